package dev.faultline.layout.dialect;

import dev.faultline.input.InputException;
import dev.faultline.layout.notation.TextLayouts;
import java.util.List;
import java.util.Optional;

/** A format of text that states layouts and is not C. */
public interface TextDialect {

    /** All dialects, in the order in which they are tried. */
    List<TextDialect> ALL =
            List.of(new ClangRecordDialect(), new RustSizesDialect(), new GoLayoutDialect(), new UnreadDialect());

    /**
     * Reads a text.
     *
     * @param source the name of the text in messages
     * @param text the text
     * @return its layouts and what was skipped; empty when the text holds nothing in this dialect
     * @throws InputException when it is in this dialect and nothing of it can be read
     */
    Optional<TextLayouts> read(String source, String text);
}
