package dev.faultline.input.name;

import dev.faultline.input.name.TypeTerm.Group;
import dev.faultline.input.name.TypeTerm.Name;
import dev.faultline.input.name.TypeTerm.Part;
import dev.faultline.input.name.TypeTerm.Segment;
import dev.faultline.input.name.TypeTerm.Sign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Cuts the text of a type into a term. A text that is none, such as one with an open bracket, is a single sign. */
final class TermParser {

    private static final int LONGEST = 16_384;
    private static final int DEEPEST = 100;
    private static final Set<String> KEYWORDS = Set.of("struct", "class", "union", "enum", "typename");
    private static final Set<String> QUALIFIERS = Set.of("const", "volatile");

    private final NameScanner scanner;
    private int depth;

    /** How many square brackets with the arguments of a generic type of Go are open. */
    private int goBrackets;

    /** Thrown for a text that is no type. */
    private static final class NoType extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoType() {
            super("", null, false, false);
        }
    }

    private TermParser(String text) {
        this.scanner = new NameScanner(text);
    }

    /** {@return the term of a text} */
    static TypeTerm parse(String text) {
        if (text.length() <= LONGEST) {
            try {
                TermParser parser = new TermParser(text);
                TypeTerm term = parser.term();
                if (parser.scanner.isAtEnd() && !term.parts().isEmpty()) {
                    return term;
                }
            } catch (NoType other) {
                return new TypeTerm(List.of(new Sign(text)));
            }
        }
        return new TypeTerm(List.of(new Sign(text)));
    }

    private TypeTerm term() {
        List<Part> parts = new ArrayList<>();
        List<Part> qualifiers = new ArrayList<>();
        boolean isTarget = true; // before the first star, where the order of qualifiers does not count
        while (true) {
            scanner.skipSpaces();
            if (scanner.isAtEnd() || depth > 0 && ",>)]".indexOf(scanner.peek()) >= 0) {
                break;
            }
            Part part = part();
            boolean isQualifier = isPlain(part) && QUALIFIERS.contains(part.toString());
            if (isQualifier && isTarget) {
                qualifiers.add(new Sign(part.toString()));
            } else if (!(isPlain(part) && KEYWORDS.contains(part.toString()) && scanner.isAtName())) {
                parts.add(isQualifier ? new Sign(part.toString()) : part);
                isTarget &= !(part instanceof Sign);
            }
        }
        qualifiers.sort((a, b) -> a.toString().compareTo(b.toString()));
        parts.addAll(0, qualifiers);
        return new TypeTerm(parts);
    }

    /** {@return whether a part is one word} */
    private static boolean isPlain(Part part) {
        return part instanceof Name name
                && name.segments().size() == 1
                && name.segments().get(0).arguments().isEmpty();
    }

    private Part part() {
        if (scanner.isAtName()) {
            return name();
        }
        if (scanner.take("->") || scanner.take("::*")) {
            return new Sign(scanner.taken());
        }
        if (scanner.take("::")) { // a name from the outermost scope
            return scanner.isAtName() ? name() : new Sign("::");
        }
        char open = scanner.peek();
        if (open == '(' || open == '[') {
            Group group = new Group(open, arguments(open == '(' ? ')' : ']'));
            scanner.skipSpaces();
            return open == '(' && scanner.isAtNumber() ? part() : group; // (ns::Color)1 is a 1
        }
        return new Sign(scanner.character());
    }

    private Name name() {
        List<Segment> segments = new ArrayList<>();
        do {
            scanner.skipSpaces();
            if (segments.isEmpty() || scanner.isAtName()) {
                segments.add(segment());
            } else {
                throw new NoType();
            }
            scanner.skipSpaces();
        } while (!scanner.isAt("::*") && scanner.takeSeparator());
        return StandardAlias.resolve(new Name(segments));
    }

    private Segment segment() {
        String base = scanner.base();
        if (base == null) {
            throw new NoType();
        }
        scanner.skipSpaces();
        if (scanner.isAt("<")) {
            return afterParameters(new Segment(base, Optional.of(arguments('>'))));
        }
        if (scanner.isAt("[") && (depth == 0 || goBrackets > 0)) {
            goBrackets++;
            List<TypeTerm> arguments = arguments(']');
            goBrackets--;
            return new Segment(base, Optional.of(arguments));
        }
        return afterParameters(new Segment(base, Optional.empty()));
    }

    /** Leaves out the parameters of a function that is a scope: {@code run(int)::Job} is {@code run::Job}. */
    private Segment afterParameters(Segment segment) {
        if (scanner.isAt("(")) {
            int behind = scanner.behindParameters();
            if (behind >= 0) {
                scanner.moveTo(behind);
            }
        }
        return segment;
    }

    /** Reads what stands in brackets, both of which it takes. */
    private List<TypeTerm> arguments(char close) {
        scanner.character();
        if (++depth > DEEPEST) {
            throw new NoType();
        }
        List<TypeTerm> terms = new ArrayList<>();
        do {
            TypeTerm term = term();
            if (!term.parts().isEmpty()) {
                terms.add(term);
            }
        } while (scanner.take(","));
        if (!scanner.take(String.valueOf(close))) {
            throw new NoType();
        }
        depth--;
        return terms;
    }
}
