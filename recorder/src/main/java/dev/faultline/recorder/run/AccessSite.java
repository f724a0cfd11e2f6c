package dev.faultline.recorder.run;

import dev.faultline.recorder.memory.FieldTraits;

/** A place in the code that touches a field, or that calls what touches one. */
public final class AccessSite {

    /** A load. */
    public static final String READ = "read";
    /** A store. */
    public static final String WRITE = "write";
    /** A store that waits until it has happened: to a volatile field, or by a method that makes it one. */
    public static final String VOLATILE_WRITE = "volatile-write";
    /** An atomic read-modify-write, also a compare-and-set that fails, since it takes the cache line too. */
    public static final String READ_MODIFY_WRITE = "rmw";

    final String type;
    final String field;
    private final String kind;
    /** What {@link #kind()} has found; null before. */
    private String knownKind;

    final int method;
    final boolean isPoll;
    final AccessSite also;

    /**
     * Describes a place.
     *
     * @param type the binary name of the class that the code names; empty when only the run tells
     * @param field the field; empty when only the run tells
     * @param kind what is done
     * @param method the number of the method that the place is in
     * @param isPoll whether it is in a loop that only reads
     */
    public AccessSite(String type, String field, String kind, int method, boolean isPoll) {
        this(type, field, kind, method, isPoll, null);
    }

    /**
     * Describes accesses that happen equally often and are counted as one.
     *
     * @param type the binary name of the class that the code names; empty for an element of an array
     * @param field the field; empty for an element of an array
     * @param kind what is done
     * @param method the number of the method that the place is in
     * @param isPoll whether it is in a loop that only reads
     * @param also another access of the same object, element or class; null for none
     */
    public AccessSite(String type, String field, String kind, int method, boolean isPoll, AccessSite also) {
        this.type = type;
        this.field = field;
        this.kind = kind;
        this.method = method;
        this.isPoll = isPoll;
        this.also = also;
    }

    /** {@return what is done} Of a store, the class that declares the field tells it, which is loaded by then. */
    String kind() {
        String known = knownKind;
        if (known == null) {
            boolean isStore = kind.equals(WRITE) && !field.isEmpty();
            known = isStore && FieldTraits.isVolatile(type, field) ? VOLATILE_WRITE : kind;
            knownKind = known;
        }
        return known;
    }
}
