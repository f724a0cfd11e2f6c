package dev.faultline.input.name;

import dev.faultline.input.NamePattern;

/**
 * A type in the one form that all spellings of it share: without spaces and keywords, and with the words of C's
 * integers in one order. {@code struct Ring<long int, 4u> *} is {@code Ring<long,4>*}.
 *
 * @param text the form
 */
public record QualifiedName(String text) {

    /** {@return the form of a type as written} */
    public static QualifiedName of(String written) {
        return new QualifiedName(TermParser.parse(written).toString());
    }

    /** {@return whether two texts are spellings of one type} */
    public static boolean isSame(String one, String other) {
        return one.equals(other) || NameIndex.base(one).equals(NameIndex.base(other)) && of(one).equals(of(other));
    }

    /** {@return whether a pattern matches a name as it is, or in the one form of it} */
    public static boolean matches(NamePattern pattern, String name) {
        return pattern.matches(name)
                || pattern.text().indexOf('<') >= 0 && name.indexOf('<') >= 0 && pattern.matches(of(name).text());
    }

    /**
     * {@return where the source ends in a reference {@code SOURCE#NAME}: at the last {@code #} that is not in braces,
     * as one is in the name {@code app::{impl#0}::T} of Rust; -1 when there is no source}
     */
    public static int sourceEnd(String reference) {
        int depth = 0;
        for (int i = reference.length() - 1; i >= 0; i--) {
            char c = reference.charAt(i);
            depth += c == '}' ? 1 : c == '{' && depth > 0 ? -1 : 0;
            if (c == '#' && depth == 0) {
                return i;
            }
        }
        return depth == 0 ? -1 : reference.lastIndexOf('#');
    }

    @Override
    public String toString() {
        return text;
    }
}
