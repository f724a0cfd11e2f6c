package dev.faultline.layout.syntax;

import dev.faultline.layout.StructLayout;
import dev.faultline.layout.token.IntegerLiterals;
import dev.faultline.layout.token.Token;
import dev.faultline.layout.token.TokenCursor;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads what pahole states in comments: the place of a member, {@code 8: 3 4} for offset, first bit and size, and the
 * size of a struct, {@code size: 72, cachelines: 2}. Numbers that no struct can have are refused; other comments are
 * ignored.
 */
final class OffsetComments {

    private static final String SIZE = "size: ";
    private static final int MOST_BITS = 1 << 20;

    private final TokenCursor in;
    private final Token comment;
    private final String text;
    private int at;

    private OffsetComments(TokenCursor in, Token comment) {
        this.in = in;
        this.comment = comment;
        this.text = comment.text();
    }

    /** {@return the place that a comment states; empty when it states none} */
    static Optional<SyntaxTree.Place> place(TokenCursor in, Token comment) {
        return comment.kind() == Token.Kind.COMMENT ? new OffsetComments(in, comment).place() : Optional.empty();
    }

    /** {@return the size that a comment states; empty when it states none} */
    static OptionalLong size(TokenCursor in, Token comment) {
        if (comment.kind() != Token.Kind.COMMENT || !comment.text().startsWith(SIZE)) {
            return OptionalLong.empty();
        }
        OffsetComments numbers = new OffsetComments(in, comment);
        numbers.at = SIZE.length();
        String digits = numbers.number();
        return digits.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(numbers.checked("size", digits, StructLayout.MOST_BYTES));
    }

    /** {@return the place of a member of a union that states only its size, as early versions of pahole print it} */
    static Optional<SyntaxTree.Place> sizeOnly(TokenCursor in, Token comment) {
        if (comment.kind() != Token.Kind.COMMENT) {
            return Optional.empty();
        }
        OffsetComments numbers = new OffsetComments(in, comment);
        String size = numbers.number();
        return size.isEmpty() || numbers.at < numbers.text.length()
                ? Optional.empty()
                : Optional.of(SyntaxTree.Place.ofSize(numbers.checked("size", size, StructLayout.MOST_BYTES)));
    }

    private Optional<SyntaxTree.Place> place() {
        String offset = number();
        String bit = "";
        boolean hasBit = !offset.isEmpty() && at < text.length() && text.charAt(at) == ':';
        if (hasBit) {
            at++;
            blanks();
            bit = number();
        }
        boolean apart = blanks();
        String size = number();
        if (offset.isEmpty() || size.isEmpty() || !apart || at < text.length() || hasBit && bit.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SyntaxTree.Place(
                checked("offset", offset, StructLayout.MOST_BYTES),
                hasBit ? OptionalInt.of((int) checked("bit", bit, MOST_BITS)) : OptionalInt.empty(),
                checked("size", size, StructLayout.MOST_BYTES)));
    }

    private boolean blanks() {
        int start = at;
        while (at < text.length() && text.charAt(at) <= ' ') { // a mailer may have wrapped the comment
            at++;
        }
        return at > start;
    }

    /** {@return the number at this place with its sign; empty when there is none} */
    private String number() {
        int start = at;
        int end = start + (text.startsWith("-", start) ? 1 : 0);
        boolean hex = text.startsWith("0x", end) || text.startsWith("0X", end);
        int digits = end + (hex ? 2 : 0);
        end = digits;
        while (end < text.length() && isDigit(text.charAt(end), hex)) {
            end++;
        }
        if (end == digits) {
            return "";
        }
        at = end;
        return text.substring(start, end);
    }

    private static boolean isDigit(char c, boolean hex) {
        return c >= '0' && c <= '9' || hex && Character.digit(c, 16) >= 0 && c < 128;
    }

    private long checked(String what, String digits, long most) {
        long value = IntegerLiterals.stated(digits);
        if (value < 0 || value > most) {
            String shown = digits.length() > 40 ? digits.substring(0, 40) + "\u2026" : digits;
            throw in.error(comment, "expected a " + what + " from 0 to " + most + ", found " + shown);
        }
        return value;
    }
}
