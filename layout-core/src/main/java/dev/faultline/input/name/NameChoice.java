package dev.faultline.input.name;

import dev.faultline.input.NamePattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How a name that a person wrote into a file means the name of a struct: as it is, in another spelling of it, as the end
 * of it ({@code Ring} for {@code com.acme.Ring}, {@code Counters.Cell} for {@code com.acme.Counters$Cell}), or as a
 * pattern ({@code *Ring}).
 */
public enum NameChoice {
    /** The name itself. */
    EXACT,
    /** The name in another spelling. */
    SPELLING,
    /** The name without packages, scopes or arguments of templates. */
    SHORT,
    /** A pattern that matches the whole name. */
    PATTERN;

    /** {@return how a written name means a name; empty when it does not} */
    public static Optional<NameChoice> of(String written, String name) {
        if (written.equals(name)) {
            return Optional.of(EXACT);
        }
        if (QualifiedName.isSame(written, name)) {
            return Optional.of(SPELLING);
        }
        if (isEnd(dotted(written), dotted(name)) || isShort(written, name)) {
            return Optional.of(SHORT);
        }
        return isPattern(written) && QualifiedName.matches(NamePattern.parse(written), name)
                ? Optional.of(PATTERN)
                : Optional.empty();
    }

    /**
     * {@return those of the written names that mean a name in the best way; none, one, or several when it is not clear
     * which is meant}
     *
     * @param written the written names, each once
     * @param name the name of a struct
     * @param version its version, which may follow a written name after {@code @}, and such a name is the better one;
     *     empty when there is none
     */
    public static List<String> best(Collection<String> written, String name, String version) {
        List<String> best = new ArrayList<>();
        int least = Integer.MAX_VALUE;
        for (String one : written) {
            boolean isOfVersion = !version.isEmpty() && one.endsWith("@" + version);
            String plain = isOfVersion ? one.substring(0, one.length() - version.length() - 1) : one;
            Optional<NameChoice> choice = of(plain, name);
            int rank = choice.isEmpty() ? Integer.MAX_VALUE : 2 * choice.get().ordinal() + (isOfVersion ? 0 : 1);
            if (rank < least) {
                best.clear();
                least = rank;
            }
            if (choice.isPresent() && rank == least) {
                best.add(one);
            }
        }
        return best;
    }

    private static String dotted(String name) {
        return name.replace('/', '.').replace('$', '.');
    }

    private static boolean isEnd(String end, String name) {
        return name.length() > end.length() + 1
                ? name.endsWith(end) && name.charAt(name.length() - end.length() - 1) == '.'
                : name.equals(end);
    }

    private static boolean isShort(String written, String name) {
        return NameIndex.base(written).equals(NameIndex.base(name))
                && NameMatch.of(TermParser.parse(written), TermParser.parse(name)) >= 0;
    }

    private static boolean isPattern(String written) {
        return (written.indexOf('*') >= 0 || written.indexOf('?') >= 0)
                && written.length() <= NamePattern.MOST_CHARACTERS
                && isClosed(written);
    }

    /** {@return whether each bracket of a pattern is closed; an array such as {@code long[8]} is no pattern} */
    private static boolean isClosed(String written) {
        try {
            NamePattern.parse(written);
            return true;
        } catch (IllegalArgumentException open) {
            return false;
        }
    }
}
