package dev.faultline.source.dwarf;

import dev.faultline.source.dwarf.record.TypeRecord;
import dev.faultline.source.dwarf.record.TypeRecord.MemberRecord;
import dev.faultline.source.dwarf.record.TypeStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Completes the types of members that their unit only declares, by a definition in another unit. Where units define
 * several, it is the one that fills the bytes that the member has.
 */
final class CompletedTypes {

    private static final int DEEPEST = 128;

    /** Stands for a number of bytes that is not known. */
    private static final long UNKNOWN_ROOM = -1;

    private final TypeStore store;
    private final Function<String, List<TypeRecord.Aggregate>> definitions;
    private final BiPredicate<TypeRecord.Aggregate, TypeRecord.Aggregate> isSame;

    /** The struct whose members were completed last, and the bytes at which its members start, in ascending order. */
    private TypeRecord.Aggregate lastOwner;

    private long[] starts = {};

    /**
     * Completes types of a file.
     *
     * @param store resolves signatures of type units
     * @param definitions finds the definitions of a name
     * @param isSame whether the layouts of two structs are equal; it may throw what its caller handles
     */
    CompletedTypes(
            TypeStore store,
            Function<String, List<TypeRecord.Aggregate>> definitions,
            BiPredicate<TypeRecord.Aggregate, TypeRecord.Aggregate> isSame) {
        this.store = store;
        this.definitions = definitions;
        this.isSame = isSame;
    }

    /**
     * {@return the type of a member with what it declares replaced by the definition; empty when the file has none}
     *
     * @param owner the struct
     * @param member one of its members
     * @throws IllegalArgumentException when the file has several definitions that fit
     */
    Optional<TypeRecord> type(TypeRecord.Aggregate owner, MemberRecord member) {
        TypeRecord type = member.type();
        return isComplete(type) ? Optional.of(type) : completed(type, room(owner, member), 0);
    }

    /**
     * {@return the type of a variable with what it declares replaced by the definition; empty when the file has none}
     *
     * @param type the type
     * @throws IllegalArgumentException when the file has several different definitions
     */
    Optional<TypeRecord> type(TypeRecord type) {
        return isComplete(type) ? Optional.of(type) : completed(type, UNKNOWN_ROOM, 0);
    }

    private static boolean isComplete(TypeRecord type) {
        TypeRecord one = type;
        for (int depth = 0; depth < DEEPEST; depth++) {
            if (one instanceof TypeRecord.Renamed renamed) {
                one = renamed.target();
            } else if (one instanceof TypeRecord.Array array) {
                one = array.element();
            }
        }
        return isHere(one);
    }

    private static boolean isHere(TypeRecord type) {
        return !(type instanceof TypeRecord.Declared) && !(type instanceof TypeRecord.Signed);
    }

    private Optional<TypeRecord> completed(TypeRecord type, long room, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("a type that is made of itself, or of more than " + DEEPEST + " others");
        }
        if (type instanceof TypeRecord.Renamed renamed) {
            return completed(renamed.target(), room, depth + 1)
                    .map(target -> new TypeRecord.Renamed(
                            renamed.spelling(), target, renamed.byteAlignment(), renamed.isTypedef()));
        }
        if (type instanceof TypeRecord.Array array) {
            long count = array.counts().stream().reduce(1L, (product, one) -> product * Math.max(1, one));
            boolean isEmpty = array.counts().contains(0L);
            return completed(array.element(), isEmpty ? Long.MAX_VALUE : divided(room, count), depth + 1)
                    .map(element -> new TypeRecord.Array(element, array.counts()));
        }
        if (type instanceof TypeRecord.Signed signed) {
            return store.signed(signed.signature()).flatMap(defined -> completed(defined, room, depth + 1));
        }
        return type instanceof TypeRecord.Declared declared
                ? definition(declared, room).map(TypeRecord.class::cast)
                : Optional.of(type);
    }

    private static long divided(long room, long count) {
        return room == UNKNOWN_ROOM ? room : room / Math.max(1, count);
    }

    private Optional<TypeRecord.Aggregate> definition(TypeRecord.Declared declared, long room) {
        List<TypeRecord.Aggregate> all = definitions.apply(declared.name());
        if (all.size() < 2) {
            return all.stream().findFirst();
        }
        if (room == UNKNOWN_ROOM) {
            if (all.stream().allMatch(one -> isSame.test(all.get(0), one))) {
                return Optional.of(all.get(0));
            }
            throw new IllegalArgumentException(
                    declared.spelling() + " is declared, and the file has " + all.size() + " different ones");
        }
        long largest = all.stream()
                .mapToLong(TypeRecord.Aggregate::byteSize)
                .filter(size -> size <= room)
                .max()
                .orElseGet(() -> all.stream() // its tail is used by others
                        .mapToLong(TypeRecord.Aggregate::byteSize)
                        .min()
                        .orElseThrow());
        List<TypeRecord.Aggregate> different = new ArrayList<>();
        for (TypeRecord.Aggregate one : all) {
            if (one.byteSize() == largest && different.stream().noneMatch(other -> isSame.test(one, other))) {
                different.add(one);
            }
        }
        if (different.size() > 1) {
            throw new IllegalArgumentException(declared.spelling() + " is declared where a member has it, and the file"
                    + " has " + different.size() + " different ones of " + largest + " bytes");
        }
        return Optional.of(different.get(0));
    }

    /** {@return the bytes from a member to the next one or to the end of its struct} */
    private long room(TypeRecord.Aggregate owner, MemberRecord member) {
        if (owner != lastOwner) {
            lastOwner = owner;
            starts = owner.members().stream()
                    .mapToLong(one -> one.bitOffset() / 8)
                    .sorted()
                    .distinct()
                    .toArray();
        }
        long start = member.bitOffset() / 8;
        int found = Arrays.binarySearch(starts, start);
        int next = found >= 0 ? found + 1 : -found - 1;
        return (next < starts.length ? starts[next] : owner.byteSize()) - start;
    }
}
