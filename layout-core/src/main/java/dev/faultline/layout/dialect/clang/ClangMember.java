package dev.faultline.layout.dialect.clang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A member of a printed record, with the members printed below it.
 *
 * @param line the line of the text, from 1
 * @param byteOffset the offset from the start of the outermost record
 * @param bits its bits when it is a bit-field
 * @param hasNoBits whether it is a bit-field of no width
 * @param content what it is
 * @param members what it consists of
 */
record ClangMember(
        int line,
        long byteOffset,
        Optional<ClangLine.Bits> bits,
        boolean hasNoBits,
        ClangContent content,
        List<ClangMember> members) {

    static ClangMember of(int line, ClangLine printed) {
        return new ClangMember(
                line,
                printed.byteOffset().getAsLong(),
                printed.bits(),
                printed.hasNoBits(),
                ClangContent.of(printed.content()),
                new ArrayList<>());
    }

    /** {@return whether it is a bit-field without a name, which only keeps bits free} */
    boolean isUnnamedBits() {
        return hasNoBits || bits.isPresent() && content.name().isEmpty();
    }
}
