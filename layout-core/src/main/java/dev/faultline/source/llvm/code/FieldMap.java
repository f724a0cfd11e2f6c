package dev.faultline.source.llvm.code;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.SyncType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The fields of a layout by their bytes. */
final class FieldMap {

    private static final int DEEPEST = 16;

    /** Some bits of the layout. */
    private record Bits(long first, long count) {}

    private final List<Slot.Field> fields;
    private final StructLayout layout;
    private final Bits[] places;
    private final Map<Bits, List<String>> known = new HashMap<>();

    FieldMap(StructLayout layout) {
        this.layout = layout;
        this.fields = layout.fields();
        this.places = fields.stream().map(FieldMap::bits).toArray(Bits[]::new);
    }

    private static Bits bits(Slot.Field field) {
        long first = 8 * field.byteOffset()
                + field.bits().map(bits -> bits.bitOffset()).orElse(0);
        return new Bits(first, field.bits().map(bits -> (long) bits.bitSize()).orElse(8 * field.byteSize()));
    }

    /**
     * {@return the paths of the fields that an access touches; one that has exactly its bytes, when there is one}
     *
     * @param byteOffset its first byte
     * @param touch the access
     */
    List<String> paths(long byteOffset, StructTouch touch) {
        long first = 8 * byteOffset + (touch.bitCount() > 0 ? touch.firstBit() : 0);
        return known.computeIfAbsent(
                new Bits(first, touch.bitCount() > 0 ? touch.bitCount() : 8 * touch.byteSize()), this::find);
    }

    private List<String> find(Bits touched) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            Bits place = places[i];
            if (place.equals(touched)) {
                return List.of(fields.get(i).path());
            }
            if (place.first() < touched.first() + touched.count() && place.first() + place.count() > touched.first()) {
                paths.add(fields.get(i).path());
            }
        }
        return paths;
    }

    /**
     * {@return the path of what an access touches in one element of an array, {@code slots[own].count}; none when there
     * is no such array there}
     *
     * @param byteOffset its first byte, in some element
     * @param byteStride the distance of the elements among which it chooses
     * @param choice how it chooses: {@code [own]} or {@code [any]}
     */
    List<String> element(long byteOffset, long byteStride, String choice) {
        for (Slot.Field field : fields) {
            boolean isIn = byteOffset >= field.byteOffset() && byteOffset < field.byteOffset() + field.byteSize();
            if (isIn && field.type() instanceof FieldType.Array array && array.count() > 1) {
                long size = array.element().byteSize();
                return size > 0 && byteStride % size == 0 && byteStride < field.byteSize()
                        ? List.of(field.path()
                                + choice
                                + inside(array.element(), (byteOffset - field.byteOffset()) % size))
                        : List.of();
            }
        }
        return List.of();
    }

    private static String inside(FieldType element, long byteOffset) {
        if (element instanceof FieldType.Aggregate aggregate) {
            for (Slot.Field field : aggregate.layout().fields()) {
                if (byteOffset >= field.byteOffset() && byteOffset < field.byteOffset() + field.byteSize()) {
                    return "." + field.path();
                }
            }
        }
        return "";
    }

    /** {@return the paths of the fields that hold pointers} */
    Set<String> pointers() {
        Set<String> paths = new TreeSet<>();
        for (Slot.Field field : fields) {
            FieldType type = field.type();
            if (type instanceof FieldType.Scalar && type.spelling().endsWith("*")) {
                paths.add(field.path());
            }
        }
        return paths;
    }

    /**
     * {@return the structs embedded in the layout whose own functions work on this one: those at its start, base
     * classes, and those that no other struct has, with their offsets}
     */
    Map<String, Long> embedded(ProgramCode program) {
        Map<String, Long> found = new LinkedHashMap<>();
        if (layout.kind() != AggregateKind.UNION) {
            embedded(layout, 0, 0, program, found);
        }
        return found;
    }

    private static void embedded(
            StructLayout outer, long base, int depth, ProgramCode program, Map<String, Long> found) {
        if (depth > DEEPEST) {
            return;
        }
        for (Member member : outer.members()) {
            if (member.type() instanceof FieldType.Aggregate inner
                    && member.bits().isEmpty()
                    && SyncType.of(inner).isEmpty()) {
                long offset = base + member.byteOffset();
                String name = inner.layout().name();
                boolean isBase = offset == 0 || member.role() == MemberRole.BASE_CLASS;
                boolean isOnly = program.containers(name).size() == 1 && !name.isEmpty();
                if (!name.isEmpty() && (isBase || isOnly)) {
                    found.putIfAbsent(name, offset);
                }
                if (name.isEmpty() || isBase || isOnly) {
                    embedded(inner.layout(), offset, depth + 1, program, found);
                }
            }
        }
    }
}
