package dev.faultline.layout.syntax;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.ctype.CType;
import dev.faultline.layout.ctype.CTypeFormat;
import dev.faultline.layout.token.ConstantExpression;
import dev.faultline.layout.token.Token;
import dev.faultline.layout.token.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads one declarator: stars, a name, dimensions, a width; or a pointer to a function or array. */
final class Declarator {

    private static final int MOST_GROUPS = 32;
    private static final Pattern TUPLE_FIELD = Pattern.compile("0|[1-9]\\d{0,3}");

    private final TokenCursor in;
    private final String words;
    private final StringBuilder derived = new StringBuilder();
    private final List<Long> dimensions = new ArrayList<>();
    private String name = "";
    private boolean pointer;
    private OptionalInt bitSize = OptionalInt.empty();
    private Token token;
    SyntaxTree.Attributes attributes = SyntaxTree.Attributes.NONE;

    /** Reads the declarator behind these words. */
    Declarator(TokenCursor in, String words) {
        this.in = in;
        this.words = words;
    }

    void read(Token start) {
        token = start;
        attributes = attributes.and(AttributeReader.read(in));
        stars(derived);
        if (isGroup(in, 0)) {
            group(derived, 0);
            dimensions.addAll(dimensions()); // pahole: void (*f)(int)[4]
        } else {
            name();
            attributes = attributes.and(AttributeReader.read(in));
            dimensions.addAll(dimensions());
        }
        if (in.peek().is(":")) {
            in.next();
            bitSize = OptionalInt.of((int) count(1 << 20));
        }
        attributes = attributes.and(AttributeReader.read(in));
        dimensions.addAll(dimensions()); // pahole -E prints attributes before them
        if (!name.isEmpty()) {
            AttributeReader.skipUnused(in);
        }
        while (!name.isEmpty() && in.peek().kind() == Token.Kind.WORD) {
            unknownMacro();
        }
        if (words.isEmpty() && derived.length() == 0) {
            throw in.error(in.peek(), "expected a member, found " + in.peek().shown());
        }
        if (name.length() > Parser.LONGEST_NAME) {
            throw in.error(token, "a name longer than " + Parser.LONGEST_NAME + " characters");
        }
        if (derived.length() > Parser.LONGEST_TYPE) {
            throw in.error(start, "a type longer than " + Parser.LONGEST_TYPE + " characters");
        }
    }

    /** Reads a name; gcc's {@code _vptr.Session} has a dot. */
    private void name() {
        if (in.peek().kind() == Token.Kind.WORD && !AttributeReader.isNext(in)) {
            token = in.peek();
            int end = in.token(1).isGlued(".") && token.text().startsWith("_vptr") ? 3 : 1;
            name = in.ahead().text(0, end);
            in.skip(end);
        } else if (isTupleField()) {
            token = in.next();
            name = token.text();
        }
    }

    /** {@return whether here is a number for a name, as a field of a Rust tuple has it: {@code u32 0;}} */
    private boolean isTupleField() {
        boolean isEnd = in.token(1).is(";") || in.token(1).is("[");
        return isEnd
                && derived.length() + words.length() > 0
                && TUPLE_FIELD.matcher(in.peek().text()).matches();
    }

    private void stars(StringBuilder text) {
        toMember(text);
        while (in.peek().is("*") || in.peek().is("&") || pointer && isQualifier(in.peek())) {
            Token part = in.next();
            boolean star = part.is("*") || part.is("&");
            boolean glued = star
                    && text.length() > 0
                    && text.charAt(text.length() - 1) == part.text().charAt(0);
            text.append(glued ? "" : " ").append(part.text());
            pointer |= star;
            attributes = attributes.and(AttributeReader.read(in).ofPointer());
        }
    }

    /** Reads {@code ::*} behind the name of a class, as in {@code int Foo::*field}. */
    private void toMember(StringBuilder text) {
        if (in.ahead().isScope(0) && in.token(2).is("*")) {
            in.skip(3);
            text.append("::*");
            pointer = true;
        }
    }

    /** {@return whether a parenthesis here holds a declarator: {@code (*f)}, {@code (&a)}, {@code (A::*m)}} */
    static boolean isGroup(TokenCursor in, int distance) {
        if (!in.token(distance).is("(")) {
            return false;
        }
        Token inner = in.token(distance + 1);
        if (inner.is("*") || inner.is("&") || inner.is("^")) {
            return true;
        }
        int end = in.ahead().nameEnd(distance + 1);
        return end > 0 && in.ahead().isScope(end) && in.token(end + 2).is("*");
    }

    private boolean isQualifier(Token part) {
        return part.kind() == Token.Kind.WORD && CType.QUALIFIERS.contains(part.text());
    }

    /** Reads a declarator in parentheses, and the parameters or dimensions of what it points to. */
    private void group(StringBuilder text, int depth) {
        if (depth > MOST_GROUPS) {
            throw in.error(in.peek(), "more than " + MOST_GROUPS + " declarators in one another");
        }
        in.expect("(");
        StringBuilder inner = new StringBuilder();
        if (in.peek().kind() == Token.Kind.WORD) { // the class of a pointer to a member
            int end = in.ahead().nameEnd(0);
            inner.append(in.ahead().text(0, end));
            in.skip(end);
        }
        if (in.peek().is("^")) {
            in.next();
            inner.append('^');
        }
        stars(inner);
        if (isGroup(in, 0)) {
            group(inner, depth + 1);
        } else {
            name();
            dimensions.addAll(dimensions());
        }
        if (in.peek().is("(")) { // a pointer to a function that returns one
            inner.append(parentheses());
        }
        in.expect(")");
        String part = inner.toString().strip();
        text.append(depth > 0 ? "(" : " (").append(part).append(')');
        text.append(in.peek().is("(") ? parentheses() : bracketText());
        while (in.peek().is("const") || in.peek().is("noexcept") || in.peek().is("&")) {
            in.next(); // of a pointer to a method
        }
        pointer = true;
    }

    /** {@return whether this is an anonymous struct or union; gcc ignores attributes in front of it} */
    boolean isAnonymous(Specifier specifier) {
        return name.isEmpty() && specifier.inline.isPresent();
    }

    private String bracketText() {
        StringBuilder text = new StringBuilder();
        for (long dimension : dimensions()) {
            text.append('[').append(dimension).append(']');
        }
        return text.toString();
    }

    private String parentheses() {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        String before = "";
        do {
            Token part = in.next();
            if (part.kind() == Token.Kind.END || part.is(";") || part.is("{")) {
                throw in.error(part, "expected `)`, found " + part.shown());
            }
            if (part.kind() == Token.Kind.COMMENT) {
                continue;
            }
            depth += part.is("(") ? 1 : part.is(")") ? -1 : 0;
            text.append(gap(before, part.text())).append(part.text());
            before = part.text();
        } while (depth > 0);
        return text.toString();
    }

    private static String gap(String before, String now) {
        boolean none = before.isEmpty()
                || before.equals("(")
                || before.equals("[")
                || before.equals(".")
                || ",)].".contains(now) && !(now.equals(".") && before.equals(","))
                || now.equals("[")
                || now.equals("*") && before.equals("*")
                || now.equals("(") && (before.equals(")") || before.equals("("));
        return none ? "" : " ";
    }

    private List<Long> dimensions() {
        List<Long> found = new ArrayList<>();
        while (in.peek().is("[") && !in.token(1).is("[")) {
            in.next();
            if (dimensions.size() + found.size() == FieldType.Array.MOST_DIMENSIONS) {
                throw in.error(in.peek(), "an array of more than " + FieldType.Array.MOST_DIMENSIONS + " dimensions");
            }
            found.add(in.peek().is("]") ? 0L : count(Integer.MAX_VALUE * 2L + 1));
            in.expect("]");
        }
        return found;
    }

    /** Takes note of a word behind the declarator, which is a macro of unknown effect, and skips its arguments. */
    private void unknownMacro() {
        attributes = attributes.and(SyntaxTree.Attributes.unknown(in.next()));
        if (in.peek().is("(")) {
            parentheses();
        }
        attributes = attributes.and(AttributeReader.read(in));
    }

    /** {@return the value of a constant expression from 0 to {@code most}} */
    private long count(long most) {
        Token start = in.peek();
        if (AggregateParser.kind(start) != null) { // it may begin another declaration, so it is left there
            throw in.error(start, "expected a number up to " + most + ", found " + start.shown());
        }
        if (start.kind() == Token.Kind.NUMBER && !in.token(1).isOperator()) {
            return in.count(in.next(), most);
        }
        ConstantExpression expression = new ConstantExpression(in, in.scope());
        Long value = expression.value();
        if (value == null) {
            Token unknown = expression.unknown() == null ? start : expression.unknown();
            throw in.error(unknown, "expected a number up to " + most + ", found " + unknown.shown());
        }
        if (value < 0 || value > most) {
            throw in.error(start, "expected a number up to " + most + ", found " + value);
        }
        return value;
    }

    SyntaxTree.Member member(Optional<SyntaxTree.Aggregate> inline, SyntaxTree.Attributes all) {
        return new SyntaxTree.Member(
                name,
                derived.length() == 0 ? words : CTypeFormat.canonical((words + derived).strip()),
                pointer,
                List.copyOf(dimensions),
                bitSize,
                pointer ? Optional.empty() : inline,
                Optional.empty(),
                all,
                VtablePointer.role(name, pointer),
                Optional.empty(),
                token);
    }
}
