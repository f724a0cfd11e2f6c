package dev.faultline.layout;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Padding fields side by side, which reports show as one thing.
 *
 * @param fields at least two fields, each starting where the last ends
 */
@Internal
public record PaddingLayer(List<Slot.Field> fields) {

    public PaddingLayer {
        fields = List.copyOf(fields);
        if (fields.size() < 2) {
            throw new IllegalArgumentException("a layer of " + fields.size());
        }
    }

    /**
     * {@return the layers of a layout, in order of offset}
     *
     * @param layout the layout
     * @param isWanted which padding fields may be in a layer
     */
    public static List<PaddingLayer> of(StructLayout layout, Predicate<Slot.Field> isWanted) {
        List<PaddingLayer> layers = new ArrayList<>();
        List<Slot.Field> run = new ArrayList<>();
        for (Slot slot : layout.slots()) {
            boolean isPadding = slot instanceof Slot.Field field
                    && field.isPadding()
                    && field.bits().isEmpty()
                    && !field.overlaps()
                    && isWanted.test(field);
            if (!isPadding) {
                add(run, layers);
            } else {
                run.add((Slot.Field) slot);
            }
        }
        add(run, layers);
        return layers;
    }

    private static void add(List<Slot.Field> run, List<PaddingLayer> layers) {
        if (run.size() > 1) {
            layers.add(new PaddingLayer(run));
        }
        run.clear();
    }

    /** {@return its bytes} */
    public ByteRange bytes() {
        return new ByteRange(
                fields.get(0).bytes().start(),
                fields.get(fields.size() - 1).bytes().end());
    }

    /** {@return size and names: {@code "56 bytes of padding, a0 to a6"}} */
    public String words() {
        String first = fields.get(0).path();
        String last = fields.get(fields.size() - 1).path();
        String owner = first.substring(0, first.lastIndexOf('.') + 1);
        String rest = last.startsWith(owner) ? last.substring(owner.length()) : last;
        return String.format(Locale.ROOT, "%,d bytes of padding, %s to %s", bytes().byteSize(), first, rest);
    }
}
