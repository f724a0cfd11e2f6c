package dev.faultline.layout.emit;

import dev.faultline.input.InputException;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.SyncType;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.layout.notation.NotationStyle;
import dev.faultline.layout.notation.NotationWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;

/** Writes a layout as notation with nothing left out: embedded structs are opened, so that all their fields can be read. */
public final class NotationDeclaration {

    private static final Pattern WORD = Pattern.compile("[\\p{L}_$][\\p{L}0-9_$]*");
    /** Of a struct, with its scope and the arguments of a template; of a class, with its package. */
    private static final Pattern NAME =
            Pattern.compile("([\\p{L}_$][\\p{L}0-9_$.]*(::[\\p{L}0-9_$]+)*(<[\\p{L}0-9_$:<>()*&, -]*>)?)?");

    private static final Pattern TYPE = Pattern.compile("[\\p{L}0-9_$.:<>()*&, \\[\\]-]*");

    private NotationDeclaration() {}

    /**
     * Declares a layout.
     *
     * @param layout what to declare
     * @param lineBytes bytes from one line boundary comment to the next
     * @return the declaration; reading it gives the same bytes
     * @throws InputException when a name or a type would be read back as something else
     */
    public static Emitted of(StructLayout layout, int lineBytes) {
        StringBuilder text = new StringBuilder();
        try {
            NotationWriter.write(layout, style(layout, lineBytes), text);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        if (!isPlain(layout) && !says(text.toString(), layout)) {
            throw new InputException(
                    layout.spelling(),
                    "",
                    "a name or type in it is none that the notation can write, so it would be read back as something"
                            + " else; declare it with --emit c");
        }
        return new Emitted(text.toString(), List.of());
    }

    /** {@return whether nothing in names and types could be taken for anything else} */
    private static boolean isPlain(StructLayout layout) {
        return NAME.matcher(layout.name()).matches()
                && layout.members().stream().allMatch(NotationDeclaration::isPlain);
    }

    private static boolean isPlain(Member member) {
        return (member.isAnonymous() || WORD.matcher(member.name()).matches())
                && TYPE.matcher(member.type().spelling()).matches()
                && (!(member.type() instanceof FieldType.Aggregate inner) || isPlain(inner.layout()));
    }

    /** {@return whether a text is read as the fields of a layout} */
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

    private static List<String> fields(StructLayout layout) {
        return layout.members().stream()
                .map(member -> member.name() + " " + member.byteOffset() + " "
                        + member.type().byteSize() + " "
                        + unspaced(member.type().spelling()))
                .toList();
    }

    /** The notation has blanks of its own between the words of a type. */
    private static String unspaced(String spelling) {
        return spelling.replace(" ", "");
    }

    static NotationStyle style(StructLayout layout, int lineBytes) {
        return new NotationStyle(lineBytes, path -> opens(layout, path), path -> List.of());
    }

    /** What has a typedef's name would lose it, and a lock or a count is one field. */
    private static boolean opens(StructLayout layout, String path) {
        return layout.resolve(path)
                .map(field -> field.type() instanceof FieldType.Aggregate inner
                        && inner.spelling().equals(inner.layout().spelling())
                        && SyncType.of(inner).isEmpty())
                .orElse(false);
    }
}
