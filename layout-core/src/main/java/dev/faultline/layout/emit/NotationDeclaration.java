package dev.faultline.layout.emit;

import dev.faultline.input.InputException;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.SyncType;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.layout.notation.NotationStyle;
import dev.faultline.layout.notation.NotationWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;

/** Writes a layout as notation with all embedded structs written out, so that no field is lost. */
public final class NotationDeclaration {

    private static final Pattern WORD = Pattern.compile("[\\p{L}_$][\\p{L}0-9_$]*");
    /** The name of a C struct, with scope and template arguments, or of a Java class, with package. */
    private static final Pattern NAME =
            Pattern.compile("([\\p{L}_$][\\p{L}0-9_$.]*(::[\\p{L}0-9_$]+)*(<[\\p{L}0-9_$:<>()*&, -]*>)?)?");

    private static final Pattern TYPE = Pattern.compile("[\\p{L}0-9_$.:<>()*&, \\[\\]-]*");

    private NotationDeclaration() {}

    /**
     * Declares a layout.
     *
     * @param layout the layout to declare
     * @param lineBytes size of a line in bytes, for the comments at line boundaries
     * @return the declaration; reading it gives the same bytes
     * @throws InputException when a name or a type would be read back as something else
     */
    public static EmittedDeclaration of(StructLayout layout, int lineBytes) {
        StringBuilder text = new StringBuilder();
        try {
            NotationWriter.write(layout, style(layout, lineBytes), text);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        if (!isPlain(layout) && !says(text.toString(), layout)) {
            throw new InputException(
                    layout.spelling(), "", "the notation cannot write a name or type in it; use --emit c");
        }
        return new EmittedDeclaration(text.toString(), List.of());
    }

    /** {@return whether no name or type could be mistaken for something else} */
    private static boolean isPlain(StructLayout layout) {
        return NAME.matcher(layout.name()).matches()
                && layout.members().stream().allMatch(NotationDeclaration::isPlain);
    }

    private static boolean isPlain(Member member) {
        return (member.isAnonymous() || WORD.matcher(member.name()).matches())
                && TYPE.matcher(member.type().spelling()).matches()
                && (!(member.type() instanceof FieldType.Aggregate inner) || isPlain(inner.layout()));
    }

    /** {@return whether a text is read as the same fields} */
    private static boolean says(String text, StructLayout layout) {
        try {
            List<StructLayout> read = NotationReader.read(layout.spelling(), text);
            return read.size() == 1
                    && unspaced(read.get(0).spelling()).equals(unspaced(layout.spelling()))
                    && fields(read.get(0)).equals(fields(layout));
        } catch (InputException unreadable) {
            return false;
        }
    }

    /** {@return the members; base classes by their types, as their names may be read without scopes} */
    private static List<String> fields(StructLayout layout) {
        return layout.members().stream()
                .map(member ->
                        (member.role() == MemberRole.BASE_CLASS ? "" : member.name()) + " " + member.byteOffset() + " "
                                + member.type().byteSize() + " "
                                + unspaced(member.type().spelling()))
                .toList();
    }

    /** {@return the spelling without spaces; the notation changes those between words} */
    private static String unspaced(String spelling) {
        return spelling.replace(" ", "");
    }

    static NotationStyle style(StructLayout layout, int lineBytes) {
        return new NotationStyle(lineBytes, path -> opens(layout, path), path -> List.of());
    }

    /**
     * {@return whether an embedded struct is written out: typedefs would lose their name, locks and counts are one
     * field}
     */
    private static boolean opens(StructLayout layout, String path) {
        return layout.resolve(path)
                .map(field -> field.type() instanceof FieldType.Aggregate inner
                        && inner.spelling().equals(inner.layout().spelling())
                        && !SyncType.isOneSlot(inner))
                .orElse(false);
    }
}
