package dev.faultline.layout.syntax;

import dev.faultline.layout.MemberRole;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.token.Token;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comment that stands for bytes of which a source shows only that they are there. */
public final class NotShownComment {

    private static final Pattern TEXT = Pattern.compile("bytes (\\d{1,10}) to (\\d{1,10}) are not shown");

    private NotShownComment() {}

    /** {@return the comment for bytes that start at an offset from the outermost struct} */
    public static String of(long byteOffset, long byteSize) {
        return "/* bytes " + byteOffset + " to " + (byteOffset + byteSize - 1) + " are not shown */";
    }

    /** {@return the member that a comment stands for; empty for another comment} */
    static Optional<SyntaxTree.Member> read(Token comment) {
        Matcher numbers = TEXT.matcher(comment.text());
        if (comment.kind() != Token.Kind.COMMENT || !numbers.matches()) {
            return Optional.empty();
        }
        long first = Long.parseLong(numbers.group(1));
        long last = Long.parseLong(numbers.group(2));
        return last < first || last >= StructLayout.MOST_BYTES
                ? Optional.empty()
                : Optional.of(member(comment, first, last + 1 - first));
    }

    private static SyntaxTree.Member member(Token comment, long byteOffset, long byteSize) {
        return new SyntaxTree.Member(
                "",
                "bytes not shown",
                false,
                List.of(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(new SyntaxTree.Place(byteOffset, OptionalInt.empty(), byteSize)),
                SyntaxTree.Attributes.NONE,
                MemberRole.NOT_SHOWN,
                Optional.empty(),
                comment);
    }
}
