package dev.faultline.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Recognises padding by its shape where no code is known: at least {@value #FEWEST} scalars of one type side by side,
 * whose names count, beside a field that several CPUs change or with names that padding has. Registers and numbered
 * values ({@code a0 … a7}) have the same shape, but not the neighbours.
 */
final class PaddingSeries {

    private static final int FEWEST = 7;
    /** Stems that only padding has, or counters with leading zeros. */
    private static final Pattern TELLING = Pattern.compile("(?i)_*+(?:[pq]\\d.*+|pad.*+|[a-z]{1,3}0\\d\\d.*+)");

    private PaddingSeries() {}

    /** {@return the slots, with such fields marked as padding} */
    static List<Slot> marked(List<Slot> slots) {
        List<Slot> marked = null;
        for (int from = 0, to; from < slots.size(); from = to) {
            to = from + 1;
            while (to < slots.size() && isAlike(slots.get(to - 1), slots.get(to))) {
                to++;
            }
            if (to - from >= FEWEST && isPlain(((Slot.Field) slots.get(from)).type())) {
                marked = marked == null ? new ArrayList<>(slots) : marked;
                mark(slots, from, to, marked);
            }
        }
        return marked == null ? slots : List.copyOf(marked);
    }

    /** Marks each series in a run of fields of one type. */
    private static void mark(List<Slot> slots, int start, int end, List<Slot> marked) {
        for (int from = start, to; from < end; from = to) {
            Optional<String> stem = NameSeries.stem(name(slots.get(from))).filter(one -> !one.isEmpty());
            to = from + 1;
            while (stem.isPresent()
                    && to < end
                    && NameSeries.continues(stem.get(), name(slots.get(to - 1)), name(slots.get(to)))) {
                to++;
            }
            if (to - from >= FEWEST && isTelling(slots, from, to)) {
                for (int i = from; i < to; i++) {
                    Slot.Field field = (Slot.Field) slots.get(i);
                    marked.set(
                            i,
                            new Slot.Field(field.path(), field.type(), field.byteOffset(), field.bits(), false, true));
                }
            }
        }
    }

    private static boolean isAlike(Slot one, Slot next) {
        return one instanceof Slot.Field last
                && next instanceof Slot.Field field
                && last.type().byteSize() == field.type().byteSize()
                && field.type() instanceof FieldType.Scalar
                && last.type() instanceof FieldType.Scalar
                && field.bits().isEmpty()
                && last.bits().isEmpty()
                && !field.overlaps()
                && !last.overlaps()
                && last.type().spelling().equals(field.type().spelling());
    }

    private static boolean isPlain(FieldType type) {
        return SyncType.of(type).isEmpty() && !type.spelling().endsWith("*");
    }

    private static boolean isTelling(List<Slot> slots, int from, int to) {
        boolean hasOthers = from > 0 || to < slots.size();
        return hasOthers
                && (TELLING.matcher(name(slots.get(from))).matches()
                        || from > 0 && isShared(slots.get(from - 1))
                        || to < slots.size() && isShared(slots.get(to)));
    }

    private static boolean isShared(Slot slot) {
        return slot instanceof Slot.Field field && SyncType.of(field.type()).isPresent();
    }

    private static String name(Slot slot) {
        String path = ((Slot.Field) slot).path();
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
