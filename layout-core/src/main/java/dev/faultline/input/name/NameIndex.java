package dev.faultline.input.name;

import dev.faultline.input.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the names of a source that a name, as people write it, means: those that are spelled alike, else those of which
 * it leaves out the least. Inline namespaces, default arguments of templates, scopes and arguments may be left out.
 */
public final class NameIndex {

    private static final int MOST_NAMED = 5;
    private static final int MOST_HINTS = 3;

    private final Collection<String> names;
    private final Map<String, List<String>> byBase = new HashMap<>();

    /**
     * An index of names.
     *
     * @param names the names as the source has them, each once
     */
    public NameIndex(Collection<String> names) {
        this.names = names;
        names.forEach(name ->
                byBase.computeIfAbsent(base(name), any -> new ArrayList<>(1)).add(name));
    }

    /**
     * {@return the names that a name means: none, one, the spellings of one, or several different ones for which it is
     * short}
     *
     * @param wanted a name as typed
     */
    public List<String> meanings(String wanted) {
        TypeTerm term = TermParser.parse(wanted);
        String spelled = term.toString();
        List<String> best = new ArrayList<>();
        int least = Integer.MAX_VALUE;
        for (String name : byBase.getOrDefault(base(spelled), List.of())) {
            TypeTerm full = TermParser.parse(name);
            int bits = full.toString().equals(spelled) ? 0 : NameMatch.of(term, full);
            if (bits >= 0 && bits < least) {
                best.clear();
                least = bits;
            }
            if (bits == least) {
                best.add(name);
            }
        }
        return best;
    }

    /** {@return whether names are spellings of one} */
    public static boolean isOne(List<String> meanings) {
        return meanings.stream().map(QualifiedName::of).distinct().count() == 1;
    }

    /** {@return what to say of several names: {@code "a::S; b::S; and 3 more"}} */
    public static String listed(List<String> meanings) {
        return String.join("; ", meanings.subList(0, Math.min(MOST_NAMED, meanings.size())))
                + (meanings.size() > MOST_NAMED ? "; and " + (meanings.size() - MOST_NAMED) + " more" : "");
    }

    /**
     * {@return the names nearest to one that has no meaning: {@code " (did you mean ns::Ring<int>?)"}; empty when there
     * are none}
     *
     * @param wanted a name as typed
     */
    public String hint(String wanted) {
        String hint = Nearest.hint(wanted, names);
        if (!hint.isEmpty()) {
            return hint;
        }
        List<String> similar = Nearest.of(base(wanted), byBase.keySet()).stream()
                .flatMap(base -> byBase.get(base).stream())
                .limit(MOST_HINTS)
                .toList();
        return similar.isEmpty() ? "" : " (did you mean " + String.join(", ", similar) + "?)";
    }

    /** {@return the last word of a name outside brackets, in time linear in its length} */
    public static String base(String name) {
        int end = name.length();
        int depth = 0;
        while (end > 0) {
            char c = name.charAt(end - 1);
            if (">)]}".indexOf(c) >= 0) {
                depth += c == '>' && end > 1 && name.charAt(end - 2) == '-' ? 0 : 1;
            } else if ("<([{".indexOf(c) >= 0) {
                depth--;
            } else if (depth <= 0 && !Character.isWhitespace(c)) {
                break;
            }
            end--;
        }
        int start = end;
        while (start > 0 && isWord(name.charAt(start - 1))) {
            start--;
        }
        return name.substring(start, end);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || Character.isSurrogate(c);
    }
}
