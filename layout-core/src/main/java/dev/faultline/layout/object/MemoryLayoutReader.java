package dev.faultline.layout.object;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Reads what {@code java.lang.foreign.MemoryLayout.toString} prints for a struct or union, one on a line: {@code
 * [j8(put)j8(take)i4(mask)x4](Ring)}. A letter and a number are a value and its bytes, {@code x} is padding, {@code
 * [8:j8]} is a sequence, {@code |} separates the members of a union, and {@code 64%} in front is an alignment.
 */
public final class MemoryLayoutReader {

    /** Most nested structs and sequences. */
    private static final int DEEPEST = 32;

    /** Most layouts of a text. */
    private static final int MOST_LAYOUTS = 10_000;

    private static final Pattern LAYOUT = Pattern.compile("(\\d{1,10}%)?\\[[^\\s].*");

    /** Type, bytes for each letter of a value; an upper-case letter is the other byte order. */
    private static final Map<Character, String> VALUES = Map.of(
            'z', "boolean",
            'b', "byte",
            'c', "char",
            's', "short",
            'i', "int",
            'j', "long",
            'f', "float",
            'd', "double",
            'a', "address");

    private final String source;
    private final String text;
    private final int line;
    private int at;

    private MemoryLayoutReader(String source, String text, int line) {
        this.source = source;
        this.text = text;
        this.line = line;
    }

    /** A part of a layout: a value, a sequence, a struct or union; or padding, which has no type. */
    private record Part(FieldType type, long byteSize, long byteAlignment, String name) {}

    /**
     * Reads every layout of a text.
     *
     * @param source the name of the text in messages
     * @param text the text
     * @return the layouts in order; none when a line of the text is something else
     * @throws InputException when a line begins like a layout and is none; names line and column
     */
    public static List<StructLayout> read(String source, String text) {
        List<String> lines = text.lines().map(String::strip).toList();
        boolean areLayouts = lines.stream().anyMatch(one -> !one.isEmpty())
                && lines.stream()
                        .allMatch(one -> one.isEmpty() || LAYOUT.matcher(one).matches());
        if (!areLayouts) {
            return List.of();
        }
        List<StructLayout> layouts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isEmpty()) {
                layouts.add(new MemoryLayoutReader(source, lines.get(i), i + 1).whole());
            }
            if (layouts.size() > MOST_LAYOUTS) {
                throw new InputException(source, "line " + (i + 1), "more than " + MOST_LAYOUTS + " layouts");
            }
        }
        return layouts;
    }

    private StructLayout whole() {
        Part part = part(0, 0);
        if (at < text.length()) {
            throw problem("the end of the layout");
        }
        if (!(part.type() instanceof FieldType.Aggregate aggregate)) {
            throw new InputException(
                    source, "line " + line, "a sequence; expected a struct or union such as [j8(put)j8(take)]");
        }
        StructLayout layout = aggregate.layout();
        return StructLayout.of(
                part.name().isEmpty() ? "MemoryLayout:" + line : part.name(),
                layout.kind(),
                layout.byteSize(),
                layout.byteAlignment(),
                layout.members(),
                new Provenance(Provenance.Origin.NOTATION, source, "memory layout", OptionalInt.of(line)));
    }

    /**
     * Reads a part.
     *
     * @param depth how many parts are around it
     * @param start its offset in the struct around it
     */
    private Part part(int depth, long start) {
        if (depth > DEEPEST) {
            throw new InputException(source, place(), "nested deeper than " + DEEPEST + " levels");
        }
        int first = at;
        long asked = 0;
        if (isDigit()) {
            asked = number();
            expect('%');
            if (Long.bitCount(asked) != 1 || asked > StructLayout.MOST_BYTES) {
                at = first;
                throw problem("an alignment that is a power of two");
            }
        }
        Part plain = peek() == '[' ? group(depth) : value(start);
        long alignment = asked == 0 ? plain.byteAlignment() : asked;
        String name = name();
        if (peek() == ':') { // the layout that an address refers to
            at++;
            part(depth + 1, 0);
        }
        if (plain.type() instanceof FieldType.Aggregate aggregate) {
            return new Part(aligned(aggregate.layout(), alignment), plain.byteSize(), alignment, name);
        }
        FieldType type = plain.type() instanceof FieldType.Scalar scalar
                ? new FieldType.Scalar(scalar.spelling(), scalar.byteSize(), alignment)
                : plain.type();
        return new Part(type, plain.byteSize(), alignment, name);
    }

    private static FieldType.Aggregate aligned(StructLayout layout, long alignment) {
        return new FieldType.Aggregate(
                layout.kind().keyword(),
                StructLayout.of(
                        "", layout.kind(), layout.byteSize(), alignment, layout.members(), layout.provenance()));
    }

    private Part value(long start) {
        char letter = peek();
        at++;
        char lower = Character.toLowerCase(letter);
        if (lower != 'x' && !VALUES.containsKey(lower)) {
            at--;
            throw problem("a value such as j8, padding such as x4, or [");
        }
        long bytes = size(start, lower == 'x');
        if (lower == 'x') {
            return new Part(null, bytes, 1, "");
        }
        if (Long.bitCount(bytes) != 1 || bytes > 16) {
            throw problem("a value of 1, 2, 4, 8 or 16 bytes");
        }
        return new Part(FieldType.Scalar.natural(VALUES.get(lower), bytes), bytes, bytes, "");
    }

    /**
     * Reads the size of a value or of padding. Without a name behind it, its digits run into those of the alignment of
     * the next member, {@code x816%i4}: that is the largest one at which the next member is aligned.
     */
    private long size(long start, boolean isPadding) {
        int first = at;
        int end = at;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        boolean isJoined = end < text.length() && text.charAt(end) == '%' && end - first <= 20;
        for (int split = first + 1; isJoined && split < end; split++) {
            Optional<Long> size = digits(first, split);
            Optional<Long> alignment = digits(split, end);
            boolean isSize = size.isPresent() && (isPadding || Long.bitCount(size.get()) == 1 && size.get() <= 16);
            if (isSize
                    && alignment.isPresent()
                    && Long.bitCount(alignment.get()) == 1
                    && (start + size.get()) % alignment.get() == 0) {
                at = split;
                return size.get();
            }
        }
        return number();
    }

    private Optional<Long> digits(int from, int to) {
        return text.charAt(from) == '0' || to - from > 10
                ? Optional.empty()
                : Optional.of(Long.parseLong(text.substring(from, to)));
    }

    private Part group(int depth) {
        expect('[');
        if (isDigit() && isSequence()) {
            return sequence(depth);
        }
        List<Member> members = new ArrayList<>();
        long end = 0;
        long widest = 0;
        long alignment = 1;
        boolean union = false;
        while (peek() != ']') {
            Part part = part(depth + 1, union ? 0 : end);
            alignment = Math.max(alignment, part.byteAlignment());
            if (part.type() != null) {
                String name = part.name().isEmpty() ? "unnamed" + members.size() : part.name();
                members.add(Member.of(name, part.type(), union ? 0 : end));
            }
            widest = Math.max(widest, part.byteSize());
            end = within(union ? 0 : end + part.byteSize());
            if (peek() == '|') {
                at++;
                union = true;
                end = 0;
            }
        }
        expect(']');
        StructLayout layout = laidOut(union, union ? widest : end, alignment, members);
        return new Part(new FieldType.Aggregate(layout.kind().keyword(), layout), layout.byteSize(), alignment, "");
    }

    private StructLayout laidOut(boolean union, long bytes, long alignment, List<Member> members) {
        try {
            return StructLayout.of(
                    "",
                    union ? AggregateKind.UNION : AggregateKind.STRUCT,
                    bytes,
                    alignment,
                    members,
                    Provenance.of(Provenance.Origin.NOTATION, source));
        } catch (IllegalArgumentException inconsistent) {
            throw new InputException(source, place(), inconsistent.getMessage());
        }
    }

    private Part sequence(int depth) {
        long count = number();
        expect(':');
        Part element = part(depth + 1, 0);
        expect(']');
        try {
            if (element.type() == null) {
                return new Part(null, within(Math.multiplyExact(count, element.byteSize())), 1, "");
            }
            FieldType type = new FieldType.Array(element.type(), count);
            return new Part(type, within(type.byteSize()), element.byteAlignment(), "");
        } catch (IllegalArgumentException | ArithmeticException tooLarge) {
            throw new InputException(source, place(), tooLarge.getMessage());
        }
    }

    /** {@return whether the digits here are the length of a sequence, not an alignment} */
    private boolean isSequence() {
        int end = at;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end < text.length() && text.charAt(end) == ':';
    }

    private long within(long bytes) {
        if (bytes > StructLayout.MOST_BYTES) {
            throw new InputException(
                    source, place(), "more than " + StructLayout.MOST_BYTES + " bytes, the largest layout");
        }
        return bytes;
    }

    private String name() {
        if (peek() != '(') {
            return "";
        }
        int close = at;
        int open = 0; // a name may have parentheses too
        while (close < text.length()) {
            char next = text.charAt(close);
            open += next == '(' ? 1 : next == ')' ? -1 : 0;
            if (open == 0) {
                break;
            }
            close++;
        }
        if (close == text.length()) {
            throw problem("a name that ends with )");
        }
        String name = text.substring(at + 1, close);
        at = close + 1;
        return name;
    }

    private long number() {
        int start = at;
        while (isDigit() && at - start < 11) {
            at++;
        }
        if (at == start || at - start > 10) {
            at = start;
            throw problem("a number of at most 10 digits");
        }
        return Long.parseLong(text.substring(start, at));
    }

    private boolean isDigit() {
        return isDigit(peek());
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** {@return the next character; 0 at the end} */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw problem(String.valueOf(wanted));
        }
        at++;
    }

    private String place() {
        return String.format(Locale.ROOT, "line %d, column %d", line, at + 1);
    }

    private InputException problem(String expected) {
        String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end of the line";
        return new InputException(source, place(), "memory layout: expected " + expected + ", found " + found);
    }
}
