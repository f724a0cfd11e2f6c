package dev.faultline.input.name;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A type, cut into names and signs: {@code ns::Ring<long, 4> *} is a name of two segments, of which the last has two
 * arguments, and a sign.
 *
 * @param parts in the order of the text; qualifiers before the name that they qualify
 */
record TypeTerm(List<Part> parts) {

    /** How the namespace without a name is written here. */
    static final String ANONYMOUS = "{anonymous}";

    /** A part of a type. */
    sealed interface Part {}

    /**
     * A character or a qualifier, such as {@code *}.
     *
     * @param text the sign
     */
    record Sign(String text) implements Part {
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * What stands in brackets, such as the parameters of a function.
     *
     * @param open the opening bracket
     * @param terms what its commas separate
     */
    record Group(char open, List<TypeTerm> terms) implements Part {
        Group {
            terms = List.copyOf(terms);
        }

        @Override
        public String toString() {
            return open + joined(terms) + (open == '(' ? ')' : ']');
        }
    }

    /**
     * A name with its scopes.
     *
     * @param segments the scopes, from outside to inside, and the name itself; at least one
     */
    record Name(List<Segment> segments) implements Part {
        Name {
            segments = List.copyOf(segments);
        }

        @Override
        public String toString() {
            return segments.stream().map(Segment::toString).collect(Collectors.joining("::"));
        }
    }

    /**
     * A scope, or a name without its scopes.
     *
     * @param base without arguments
     * @param arguments of a template or generic type; empty when there are no brackets
     */
    record Segment(String base, Optional<List<TypeTerm>> arguments) {
        Segment {
            arguments = arguments.map(List::copyOf);
        }

        @Override
        public String toString() {
            return base + arguments.map(all -> "<" + joined(all) + ">").orElse("");
        }
    }

    TypeTerm {
        parts = List.copyOf(parts);
    }

    private static String joined(List<TypeTerm> terms) {
        return terms.stream().map(TypeTerm::toString).collect(Collectors.joining(","));
    }

    /** {@return the text in the one form that all spellings of a type share: {@code ns::Ring<long,4>*}} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            String next = part.toString();
            boolean isBetweenWords =
                    !text.isEmpty() && isWord(text.charAt(text.length() - 1)) && isWord(next.charAt(0));
            text.append(isBetweenWords ? " " : "").append(next);
        }
        return text.toString();
    }

    private static boolean isWord(char character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$' || character == '{';
    }
}
