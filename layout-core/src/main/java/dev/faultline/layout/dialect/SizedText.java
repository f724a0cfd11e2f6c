package dev.faultline.layout.dialect;

import dev.faultline.input.InputException;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.TextLayouts;
import dev.faultline.layout.syntax.SkippedDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Collects the layouts of a text and what could not be read, and limits how much one text may hold. */
final class SizedText {

    /** Most members of all layouts of a text, those of embedded structs included. */
    private static final long MOST_FIELDS = 1 << 21;

    private final String source;
    private final String printer;
    private final List<StructLayout> layouts = new ArrayList<>();
    private final List<SkippedDeclaration> skipped = new ArrayList<>();
    private long fields;

    /**
     * Starts with nothing.
     *
     * @param source the name of the text in messages
     * @param printer what printed it, as provenances say: {@code "printed by clang"}
     */
    SizedText(String source, String printer) {
        this.source = source;
        this.printer = printer;
    }

    /** Adds a layout, or what is wrong with it. */
    void add(String name, int line, Supplier<StructLayout> maker) {
        try {
            layouts.add(counted(guarded(line, maker), line));
        } catch (InputException broken) {
            if (fields > MOST_FIELDS) {
                throw broken;
            }
            skip(new SkippedDeclaration(name, line, broken));
        }
    }

    void skip(SkippedDeclaration one) {
        skipped.add(one);
    }

    /** {@return a layout; what it refuses becomes an error at the line of the text} */
    StructLayout guarded(int line, Supplier<StructLayout> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException | ArithmeticException broken) {
            throw error(line, String.valueOf(broken.getMessage()));
        }
    }

    /** {@return the layout, after its members were counted} */
    StructLayout counted(StructLayout layout, int line) {
        fields += Math.max(layout.memberCount(), layout.slots().size());
        if (fields > MOST_FIELDS) {
            throw error(
                    line,
                    "more than " + MOST_FIELDS + " fields in one text, embedded ones included; keep only the types you"
                            + " need");
        }
        return layout;
    }

    Provenance provenance(int line) {
        return new Provenance(Provenance.Origin.NOTATION, source, printer, OptionalInt.of(line));
    }

    InputException error(int line, String problem) {
        return new InputException(source, "line " + line, problem);
    }

    /**
     * {@return all that was read}
     *
     * @param notes what users should know about the text, a line each
     * @throws InputException the reason of the first that was skipped, when nothing was read
     */
    TextLayouts all(List<String> notes) {
        if (layouts.isEmpty()) {
            throw skipped.get(0).reason();
        }
        return new TextLayouts(layouts, skipped, notes);
    }
}
