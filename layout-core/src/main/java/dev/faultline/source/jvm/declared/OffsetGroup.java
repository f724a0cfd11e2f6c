package dev.faultline.source.jvm.declared;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Constants that say where the fields of one struct begin, with how far each field reaches: as wide as the accesses
 * there; where there is none, up to the next constant, at most 8 bytes and no more than its offset is a multiple of.
 */
final class OffsetGroup {

    /** Largest struct that is taken for one. */
    private static final long MOST_BYTES = 1L << 24;

    private static final int WIDEST = 8;

    /**
     * A struct that constants declare.
     *
     * @param layout its layout
     * @param names for each field its constant
     * @param length the constant that is its size; empty when there is none
     */
    record LaidOut(StructLayout layout, Map<String, String> names, Optional<String> length) {

        /** {@return what an author must check who moves fields: bytes that others may name} */
        Optional<String> gaps() {
            String gaps = layout.slots().stream()
                    .filter(slot -> slot instanceof Slot.Hole)
                    .map(slot -> slot.bytes().start() + " to " + (slot.bytes().end() - 1))
                    .collect(Collectors.joining(", "));
            return gaps.isEmpty()
                    ? Optional.empty()
                    : Optional.of("no constant names today's bytes " + gaps
                            + ": if they are more than padding, such as the rest of an array, reserve them too");
        }
    }

    private final List<OffsetConstant> constants;

    /** A group; constants are sorted by their offset. */
    OffsetGroup(List<OffsetConstant> constants) {
        this.constants = constants.stream()
                .sorted(Comparator.comparingLong(OffsetConstant::byteOffset))
                .toList();
    }

    List<OffsetConstant> constants() {
        return constants;
    }

    /** {@return whether no two fields share bytes, as the accesses show them} */
    boolean isApart() {
        for (int i = 1; i < constants.size(); i++) {
            OffsetConstant before = constants.get(i - 1);
            if (before.byteOffset() + Math.max(1, before.accessBytes())
                    > constants.get(i).byteOffset()) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether it may be a struct: two fields or more, none at a negative offset or far away} */
    boolean isStruct() {
        return constants.size() > 1
                && isApart()
                && constants.get(0).byteOffset() >= 0
                && constants.get(constants.size() - 1).byteOffset() < MOST_BYTES;
    }

    private long byteSize(int index) {
        OffsetConstant constant = constants.get(index);
        if (constant.letter() != 0) {
            return constant.accessBytes();
        }
        long room =
                index + 1 < constants.size() ? constants.get(index + 1).byteOffset() - constant.byteOffset() : WIDEST;
        long size = Math.min(WIDEST, Long.highestOneBit(room));
        return constant.byteOffset() == 0 ? size : Math.min(size, Long.lowestOneBit(constant.byteOffset()));
    }

    /**
     * {@return the struct; empty when names or sizes are none that a layout can have. Bytes between its fields are told
     * to be declared: the constants put them there, or name a part of the struct only}
     *
     * @param name its name
     * @param what what declares it: {@code "offset constants"}
     * @param source the source of the class
     * @param lengths constants that may be its size, by name
     */
    Optional<LaidOut> layout(String name, String what, String source, Map<String, Long> lengths) {
        try {
            return Optional.of(made(name, what, source, lengths));
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }

    private LaidOut made(String name, String what, String source, Map<String, Long> lengths) {
        List<Member> members = new ArrayList<>();
        Map<String, String> names = new LinkedHashMap<>();
        Set<String> reasons = new TreeSet<>();
        long end = constants.get(0).byteOffset();
        long alignment = 1;
        if (end > 0) { // a header that others declare, or padding: nothing may move there
            members.add(Member.notShown(0, end));
        }
        for (int i = 0; i < constants.size(); i++) {
            OffsetConstant constant = constants.get(i);
            long size = byteSize(i);
            String plain = constant.field();
            String field = names.containsKey(plain) ? plain + "_" + constant.byteOffset() : plain;
            names.put(field, constant.name());
            members.add(Member.of(
                    field,
                    new FieldType.Scalar(
                            spelling(constant.letter(), size), size, alignment(constant.byteOffset(), size)),
                    constant.byteOffset()));
            reasons.add(constant.letter() != 0 ? "accesses" : i + 1 < constants.size() ? "next constant" : "alignment");
            end = constant.byteOffset() + size;
            alignment = Math.max(alignment, alignment(constant.byteOffset(), size));
        }
        Optional<Map.Entry<String, Long>> length = length(lengths, end);
        long size = length.map(Map.Entry::getValue).orElse((end + alignment - 1) / alignment * alignment);
        String detail = what + ", sizes of fields by " + String.join(", ", reasons) + "; size "
                + length.map(found -> "by " + found.getKey()).orElse("by the last field");
        StructLayout layout = StructLayout.of(
                name,
                AggregateKind.STRUCT,
                size,
                alignment,
                members,
                new Provenance(Provenance.Origin.DECLARED, source, detail, OptionalInt.empty()));
        return new LaidOut(DeclaredStruct.withGaps(layout, 1), names, length.map(Map.Entry::getKey));
    }

    private static long alignment(long byteOffset, long size) {
        return byteOffset == 0 ? size : Math.min(size, Long.lowestOneBit(byteOffset));
    }

    private static String spelling(char letter, long size) {
        if (letter != 0) {
            return ClassNames.spelling(String.valueOf(letter));
        }
        return size == 8 ? "long" : size == 4 ? "int" : size == 2 ? "short" : "byte";
    }

    /** {@return the smallest length that has room for all fields} */
    private static Optional<Map.Entry<String, Long>> length(Map<String, Long> lengths, long end) {
        return lengths.entrySet().stream()
                .filter(each -> each.getValue() >= end && each.getValue() <= Math.max(64, 8 * end))
                .min(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
    }
}
