package dev.faultline.access.file;

import dev.faultline.access.Evidence;
import java.util.Comparator;
import java.util.Objects;

/**
 * A line of an access file: how often one role did one thing to one field.
 *
 * @param key who did what to which field
 * @param threads how many threads of the role were seen; 0 when that is not known
 * @param cpus on how many CPUs; 0 when that is not known
 * @param count how often, in the unit of the file
 * @param hitm how many of these loads found the line changed in the cache of another core
 * @param sameObject how many of them were of an object that another role used, too; -1 when that is not known
 * @param isAtLeast whether the counter was full, so that it may be more
 * @param bytes how many bytes the widest of these accesses had; 0 when that is not known
 */
public record AccessRow(
        Key key, int threads, int cpus, long count, long hitm, long sameObject, boolean isAtLeast, int bytes) {

    /** The offset of a row that names its field by a path. */
    public static final long NO_OFFSET = -1;

    /**
     * Who did what to which field; rows with the same key are added up.
     *
     * @param role the role
     * @param operation the operation: of profilers a function
     * @param type the struct, class or variable
     * @param field the path of the field; empty when only its offset is known
     * @param byteOffset the offset in the type; {@link #NO_OFFSET} when only the path is known
     * @param kind what was done
     */
    public record Key(String role, String operation, String type, String field, long byteOffset, SeenKind kind)
            implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparing(Key::type)
                .thenComparingLong(Key::byteOffset)
                .thenComparing(Key::field)
                .thenComparing(Key::role)
                .thenComparing(Key::operation)
                .thenComparing(Key::kind);

        public Key {
            Objects.requireNonNull(operation);
            Objects.requireNonNull(kind);
            if (role.isBlank() || type.isBlank() || field.isBlank() && byteOffset < 0 || byteOffset < NO_OFFSET) {
                throw new IllegalArgumentException(
                        "role '" + role + "', type '" + type + "', field '" + field + "', offset " + byteOffset);
            }
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * A row of which no width is known.
     *
     * @param key who did what to which field
     * @param threads how many threads of the role were seen; 0 when that is not known
     * @param cpus on how many CPUs; 0 when that is not known
     * @param count how often, in the unit of the file
     * @param hitm how many of these loads found the line changed in the cache of another core
     * @param sameObject how many of them were of an object that another role used, too; -1 when that is not known
     * @param isAtLeast whether the counter was full, so that it may be more
     */
    public AccessRow(Key key, int threads, int cpus, long count, long hitm, long sameObject, boolean isAtLeast) {
        this(key, threads, cpus, count, hitm, sameObject, isAtLeast, 0);
    }

    public AccessRow {
        Objects.requireNonNull(key);
        if (bytes < 0) {
            throw new IllegalArgumentException(key + ": bytes " + bytes);
        }
        if (threads < 0 || cpus < 0 || count < 0 || hitm < 0 || hitm > count || sameObject < -1 || sameObject > count) {
            throw new IllegalArgumentException(key + ": threads " + threads + ", cpus " + cpus + ", count " + count
                    + ", hitm " + hitm + ", same object " + sameObject);
        }
    }

    /** {@return the same row of another type, at another offset} */
    AccessRow in(String type, long byteOffset) {
        Key other = new Key(key.role, key.operation, type, key.field, byteOffset, key.kind);
        return new AccessRow(other, threads, cpus, count, hitm, sameObject, isAtLeast, bytes);
    }

    /** {@return how often it was seen} */
    Evidence.Counts counts() {
        return new Evidence.Counts(count, hitm, isAtLeast);
    }

    /**
     * {@return both together: counts are added up; of threads and CPUs the larger number is taken, since every run has
     * them, and so of the width}
     *
     * @throws ArithmeticException when a sum is larger than a long holds
     */
    AccessRow plus(AccessRow other) {
        return new AccessRow(
                key,
                Math.max(threads, other.threads),
                Math.max(cpus, other.cpus),
                Math.addExact(count, other.count),
                Math.addExact(hitm, other.hitm),
                sameObject < 0 || other.sameObject < 0 ? -1 : Math.addExact(sameObject, other.sameObject),
                isAtLeast || other.isAtLeast,
                Math.max(bytes, other.bytes));
    }
}
