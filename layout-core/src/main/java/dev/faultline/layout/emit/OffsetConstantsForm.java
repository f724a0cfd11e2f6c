package dev.faultline.layout.emit;

import dev.faultline.input.InputException;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A struct as constants of Java that say where its fields begin and, perhaps, how long it is. */
public final class OffsetConstantsForm implements DeclarationForm {

    /**
     * A constant.
     *
     * @param field the path of the field that begins there; empty for the length
     * @param head its declaration up to the name: {@code "public static final int"}
     * @param name its name
     */
    public record Constant(String field, String head, String name) {
        public Constant {
            Objects.requireNonNull(field);
            Objects.requireNonNull(head);
            Objects.requireNonNull(name);
        }
    }

    private final List<Constant> offsets;
    private final Optional<Constant> length;
    private final List<String> notes;

    /**
     * Creates a form.
     *
     * @param offsets the constants, one a field
     * @param length the constant that is the length of the struct
     * @param notes what else is to be said of the source, a line each
     */
    public OffsetConstantsForm(List<Constant> offsets, Optional<Constant> length, List<String> notes) {
        this.offsets = List.copyOf(offsets);
        this.length = Objects.requireNonNull(length);
        this.notes = List.copyOf(notes);
    }

    /** {@return the form for a struct whose source has no constants: one for each of its fields, and its length} */
    public static OffsetConstantsForm of(StructLayout layout, List<String> notes) {
        String head = "public static final int";
        Set<String> taken = new HashSet<>(Set.of("LENGTH"));
        List<Constant> offsets = new ArrayList<>();
        for (Slot.Field field : layout.fields()) {
            String name = constant(field.path()) + "_OFFSET";
            String free = name;
            for (int i = 2; !taken.add(free); i++) {
                free = name + i;
            }
            offsets.add(new Constant(field.path(), head, free));
        }
        return new OffsetConstantsForm(offsets, Optional.of(new Constant("", head, "LENGTH")), notes);
    }

    /**
     * {@return words in upper case with underscores between: {@code SLOT_COUNT} for {@code slot.count} or slotCount}
     */
    private static String constant(String path) {
        String words = path.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replaceAll("[^A-Za-z0-9]+", "_");
        String plain = words.replaceAll("^_+|_+$", "").toUpperCase(Locale.ROOT);
        return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
    }

    @Override
    public String title() {
        return "offset constants";
    }

    @Override
    public EmittedDeclaration declare(StructLayout before, StructLayout after, long byteAlignment) {
        JavaDeclaration.checkIsStruct(after);
        offsets.forEach(one -> JavaDeclaration.checkIsName(after, one.name()));
        length.ifPresent(one -> JavaDeclaration.checkIsName(after, one.name()));
        StringBuilder text = new StringBuilder();
        Set<String> declared = new HashSet<>();
        for (Slot.Field field : after.fields()) {
            for (Constant one : offsets) {
                if (one.field().equals(field.path())) {
                    text.append(line(one, field.byteOffset()));
                    declared.add(one.field());
                }
            }
        }
        offsets.stream()
                .filter(one -> !declared.contains(one.field()))
                .findFirst()
                .ifPresent(lost -> {
                    throw new InputException(
                            after.spelling(), "", lost.name() + ": the layout has no field " + lost.field());
                });
        boolean asks = byteAlignment > Math.max(8, after.byteAlignment());
        long size = asks ? ByteRange.roundUp(after.byteSize(), byteAlignment) : after.byteSize();
        length.ifPresent(one -> text.append(line(one, size)));
        return new EmittedDeclaration(text.toString(), notes(before, after, size, asks ? byteAlignment : 1));
    }

    private static String line(Constant constant, long value) {
        boolean isLong = constant.head().endsWith(" long");
        if (!isLong && value > Integer.MAX_VALUE) {
            throw new InputException(constant.name(), "", value + " is larger than an int");
        }
        return constant.head() + " " + constant.name() + " = " + value + (isLong && value != (int) value ? "L" : "")
                + ";\n";
    }

    private List<String> notes(StructLayout before, StructLayout after, long size, long byteAlignment) {
        List<String> all = new ArrayList<>(notes);
        String needed = size + " bytes, was " + before.byteSize();
        if (size != before.byteSize()) {
            all.add(
                    length.isPresent()
                            ? length.get().name() + " is " + needed
                                    + ": what is allocated, mapped or laid out by a number of its own must follow"
                            : "no constant says how long it is; it is " + needed);
        }
        if (byteAlignment > 1) {
            all.add("it must begin at a multiple of " + byteAlignment + ": arena.allocate(" + size + ", "
                    + byteAlignment + "), or ByteBuffer.allocateDirect(" + (size + byteAlignment - 1)
                    + ").alignedSlice(" + byteAlignment + ")");
        }
        if (byteAlignment == 1 && before.equals(after)) {
            return all;
        }
        all.add("javac copies constants into the classes that use them: compile all of these again");
        all.addAll(MovedFields.notes(before, after));
        return all;
    }
}
