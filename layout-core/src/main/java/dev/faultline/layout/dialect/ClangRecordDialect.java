package dev.faultline.layout.dialect;

import dev.faultline.input.InputException;
import dev.faultline.layout.dialect.clang.ClangLayouts;
import dev.faultline.layout.dialect.clang.ClangRecords;
import dev.faultline.layout.notation.TextLayouts;
import java.util.Optional;

/**
 * Clang's {@code -Xclang -fdump-record-layouts}, of C, C++ and Objective-C. Clang prints offsets, not sizes: those
 * follow from the types, from the other records of the text and from the members behind; where they do not, the layout
 * says which bytes are not known.
 */
final class ClangRecordDialect implements TextDialect {

    @Override
    public Optional<TextLayouts> read(String source, String text) {
        if (!text.contains("[sizeof=") && !text.contains("*** Dumping AST Record Layout")) {
            return Optional.empty();
        }
        ClangRecords records = ClangRecords.of(source, text);
        if (records.isSimple()) {
            throw new InputException(
                    source,
                    "",
                    "clang's short form of record layouts, which has no names of members; print them with -Xclang"
                            + " -fdump-record-layouts instead of -fdump-record-layouts-simple");
        }
        if (records.found.isEmpty() && records.skipped.isEmpty()) {
            return Optional.empty();
        }
        if (records.found.isEmpty()) {
            throw records.skipped.get(0).reason();
        }
        return Optional.of(new ClangLayouts(source, records.found).all(records.skipped));
    }
}
