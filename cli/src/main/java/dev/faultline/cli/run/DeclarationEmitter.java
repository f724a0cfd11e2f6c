package dev.faultline.cli.run;

import dev.faultline.cli.option.Emission;
import dev.faultline.input.InputException;
import dev.faultline.input.InputProblems;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.emit.CDeclaration;
import dev.faultline.layout.emit.DeclarationForm;
import dev.faultline.layout.emit.EmittedDeclaration;
import dev.faultline.layout.emit.ForeignLayoutForm;
import dev.faultline.layout.emit.JavaDeclaration;
import dev.faultline.layout.emit.MemberOrder;
import dev.faultline.layout.emit.NotationDeclaration;
import dev.faultline.layout.emit.OffsetConstantsForm;
import dev.faultline.layout.emit.SchemaForm;
import dev.faultline.layout.emit.SourcePatch;
import dev.faultline.source.Subject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Writes a layout as a declaration. */
public final class DeclarationEmitter {

    private static final int MOST_SOURCE_BYTES = 16 << 20;

    /**
     * A source file that declares structs.
     *
     * @param file its path
     * @param text its content
     */
    public record Source(Path file, String text) {}

    private DeclarationEmitter() {}

    /**
     * Declares a layout.
     *
     * @param as the language
     * @param before today's struct
     * @param after the struct to declare, with its placement
     * @param lineBytes the size of a cache line
     * @param against the source to change, for a diff
     * @throws dev.faultline.input.InputException when the language cannot express the layout, or the source does not
     * declare the struct
     */
    public static EmittedDeclaration of(
            Emission as, Subject before, Subject after, int lineBytes, Optional<Source> against) {
        StructLayout layout = after.layout();
        return switch (as) {
            case LAYOUT -> NotationDeclaration.of(layout, lineBytes);
            case C -> CDeclaration.of(layout, Optional.of(before.layout()));
            case JAVA ->
                before.form()
                        .filter(form -> !(form instanceof SchemaForm))
                        .map(form -> declared(form, before, after))
                        .orElseGet(() -> JavaDeclaration.of(layout));
            case DECLARATION -> JavaDeclaration.of(layout);
            case FFM -> declared(own(before, ForeignLayoutForm.class, ForeignLayoutForm::of), before, after);
            case CONSTANTS ->
                declared(
                        own(before, OffsetConstantsForm.class, one -> OffsetConstantsForm.of(one, List.of())),
                        before,
                        after);
            case SBE ->
                declared(
                        own(before, SchemaForm.class, one -> {
                            throw new InputException(
                                    before.reference(),
                                    "",
                                    "is not declared by an SBE schema or a codec, so no schema has its types; --emit c,"
                                            + " java and ffm write any struct");
                        }),
                        before,
                        after);
            case DIFF -> patch(against.orElseThrow(), before.layout(), layout);
        };
    }

    /** What a diff cannot change, such as a class with member functions between its fields, is told in words. */
    private static EmittedDeclaration patch(Source source, StructLayout before, StructLayout after) {
        try {
            return SourcePatch.of(name(source.file()), source.text(), before, after);
        } catch (InputException unchanged) {
            InputProblems problems = new InputProblems();
            problems.add(unchanged);
            problems.add(new InputException(
                    source.file().toString(),
                    "",
                    "is left as it is; by hand, put the members of " + before.spelling() + " into this order: "
                            + String.join(" ", MemberOrder.lines(after))));
            throw problems.all();
        }
    }

    private static DeclarationForm own(
            Subject subject, Class<? extends DeclarationForm> kind, Function<StructLayout, DeclarationForm> other) {
        return subject.form().filter(kind::isInstance).orElseGet(() -> other.apply(subject.layout()));
    }

    private static EmittedDeclaration declared(DeclarationForm form, Subject before, Subject after) {
        return form.declare(before.layout(), after.layout(), after.placement().baseAlignment());
    }

    /** The name in the head of a diff: relative to the current directory, as {@code patch -p1} expects. */
    private static String name(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = file.toAbsolutePath().normalize();
        Path name = absolute.startsWith(here)
                ? here.relativize(absolute)
                : absolute.getRoot().relativize(absolute);
        return name.toString().replace('\\', '/');
    }

    /**
     * Reads a source.
     *
     * @throws dev.faultline.input.InputException when it cannot be read as text
     */
    public static Source read(Path file) {
        return new Source(file, InputText.readUtf8(file.toString(), "source", MOST_SOURCE_BYTES));
    }
}
