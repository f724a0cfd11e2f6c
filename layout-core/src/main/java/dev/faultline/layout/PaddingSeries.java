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
        List<Slot> marked = slots;
        for (int from = 0, to; from < slots.size(); from = to) {
            to = from + 1;
            while (to < slots.size() && isAlike(slots.get(to - 1), slots.get(to))) {
                to++;
            }
            if (to - from >= FEWEST
                    && isPlain(((Slot.Field) slots.get(from)).type())
                    && isSeries(slots.subList(from, to))
                    && isTelling(slots, from, to)) {
                marked = marked == slots ? new ArrayList<>(slots) : marked;
                for (int i = from; i < to; i++) {
                    Slot.Field field = (Slot.Field) slots.get(i);
                    marked.set(
                            i,
                            new Slot.Field(field.path(), field.type(), field.byteOffset(), field.bits(), false, true));
                }
            }
        }
        return marked == slots ? slots : List.copyOf(marked);
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

    private static boolean isSeries(List<Slot> run) {
        String last = name(run.get(0));
        Optional<String> stem = NameSeries.stem(last).filter(one -> !one.isEmpty());
        for (Slot slot : run.subList(1, run.size())) {
            if (stem.isEmpty() || !NameSeries.continues(stem.get(), last, name(slot))) {
                return false;
            }
            last = name(slot);
        }
        return true;
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
