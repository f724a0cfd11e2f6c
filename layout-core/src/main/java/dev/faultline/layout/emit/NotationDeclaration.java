package dev.faultline.layout.emit;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.SyncType;
import dev.faultline.layout.notation.NotationStyle;
import dev.faultline.layout.notation.NotationWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes a layout as notation with nothing left out: embedded structs are opened, so that all their fields can be read. */
public final class NotationDeclaration {

    private NotationDeclaration() {}

    /**
     * Declares a layout.
     *
     * @param layout what to declare
     * @param lineBytes bytes from one line boundary comment to the next
     * @return the declaration; reading it gives the same bytes
     */
    public static Emitted of(StructLayout layout, int lineBytes) {
        StringBuilder text = new StringBuilder();
        try {
            NotationWriter.write(layout, style(layout, lineBytes), text);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return new Emitted(text.toString(), List.of());
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
