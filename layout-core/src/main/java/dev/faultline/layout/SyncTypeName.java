package dev.faultline.layout;

import java.util.Optional;
import java.util.Set;

/**
 * The spelling of a type, reduced to what {@link SyncTable} knows types by. Tools spell one type in several ways:
 * {@code struct atomic<long int>}, {@code std::__1::atomic<long>} and {@code volatile std::atomic<long>} have one name.
 * Linear in the length of the spelling.
 */
final class SyncTypeName {

    private static final Set<String> ATOMIC_WORDS = Set.of("_Atomic", "__rte_atomic");
    private static final Set<String> KEYWORDS = Set.of("struct", "union", "class");
    private static final Set<String> QUALIFIERS = Set.of("const", "volatile", "restrict", "mutable", "static");

    private String text;
    private boolean isAtomic;
    private boolean isVolatile;
    private boolean hasKeyword;
    private String root = "";
    private String parent = "";
    private String name = "";
    private Optional<String> argument = Optional.empty();

    private SyncTypeName(String text) {
        this.text = text;
    }

    /** {@return the parts of a spelling; a pointer, reference or array has no name} */
    static SyncTypeName of(String spelling) {
        SyncTypeName parts = new SyncTypeName(spelling.strip());
        parts.dropTrailingWords();
        if (!parts.isReference()) {
            parts.isVolatile |= parts.dropLeadingWords();
            parts.readName();
        }
        return parts;
    }

    /** {@return whether the type is qualified as atomic} */
    boolean isAtomic() {
        return isAtomic;
    }

    /** {@return whether the type is qualified as volatile; of a pointer, the pointer and not its target} */
    boolean isVolatile() {
        return isVolatile;
    }

    /** {@return whether the name stands behind {@code struct}, {@code union} or {@code class}} */
    boolean hasKeyword() {
        return hasKeyword;
    }

    /** {@return the first scope of the name; empty without scope} */
    String root() {
        return root;
    }

    /** {@return the last scope of the name; empty without scope} */
    String parent() {
        return parent;
    }

    /** {@return the name without scopes and arguments; empty for a pointer, reference or array} */
    String name() {
        return name;
    }

    /** {@return the first template or type argument; empty for a type without arguments} */
    Optional<String> argument() {
        return argument;
    }

    private void dropTrailingWords() {
        for (int start = lastWord(); start > 0; start = lastWord()) {
            String word = text.substring(start);
            if (!QUALIFIERS.contains(word) && !ATOMIC_WORDS.contains(word)) {
                return;
            }
            isAtomic |= ATOMIC_WORDS.contains(word);
            isVolatile |= word.equals("volatile");
            text = text.substring(0, start).stripTrailing();
        }
    }

    /** {@return where the last word begins; the length when the text does not end in a word} */
    private int lastWord() {
        int start = text.length();
        while (start > 0 && isWordPart(text.charAt(start - 1))) {
            start--;
        }
        return start == text.length() ? -1 : start;
    }

    /** {@return whether the words before the name, which are removed, contain {@code volatile}} */
    private boolean dropLeadingWords() {
        boolean found = false;
        int start = 0;
        while (true) {
            int end = start;
            while (end < text.length() && isWordPart(text.charAt(end))) {
                end++;
            }
            String word = text.substring(start, end);
            if (word.equals("RTE_ATOMIC") || ATOMIC_WORDS.contains(word)) {
                isAtomic = true;
            } else if (KEYWORDS.contains(word) && end < text.length()) {
                hasKeyword = true;
            } else if (!QUALIFIERS.contains(word)) {
                text = text.substring(start);
                return found;
            }
            found |= word.equals("volatile");
            start = end;
            while (start < text.length() && text.charAt(start) == ' ') {
                start++;
            }
        }
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    /** {@return whether the type is a pointer, a reference or a function, in C, C++ or Rust} */
    private boolean isReference() {
        if (text.isEmpty() || "*&^".indexOf(text.charAt(text.length() - 1)) >= 0 || "*&".indexOf(text.charAt(0)) >= 0) {
            return true;
        }
        int depth = 0;
        for (int i = 0; i + 1 < text.length(); i++) {
            depth += depthChange(i);
            if (depth == 1 && text.charAt(i) == '(' && "*^&".indexOf(text.charAt(i + 1)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** {@return 1 for an opening bracket at this index, -1 for a closing one, else 0; {@code ->} closes nothing} */
    private int depthChange(int index) {
        return switch (text.charAt(index)) {
            case '<', '(', '[', '{' -> 1;
            case '>' -> index > 0 && text.charAt(index - 1) == '-' ? 0 : -1;
            case ')', ']', '}' -> -1;
            default -> 0;
        };
    }

    private void readName() {
        int start = 0;
        int depth = 0;
        int open = -1;
        for (int i = 0; i < text.length(); i++) {
            int change = depthChange(i);
            if (change > 0 && depth == 0) {
                open = i;
            }
            depth += change;
            if (depth == 0 && text.startsWith("::", i)) {
                addScope(text.substring(start, i));
                start = i + 2;
                open = -1;
                i++;
            } else if (depth == 0 && text.charAt(i) == '/') { // the path of a Go package
                start = i + 1;
            } else if (text.charAt(i) == ' ' && depth == 0) { // `unsigned long`, or what gdb adds behind a class
                readLast(start, i, open);
                return;
            }
        }
        readLast(start, text.length(), open);
    }

    private void addScope(String scope) {
        parent = scope;
        if (root.isEmpty()) {
            root = scope.equals("core") || scope.equals("alloc") ? "std" : scope;
        }
    }

    private void readLast(int start, int end, int open) {
        if (open < 0 || open < start) {
            name = text.substring(start, end);
        } else if (end - 1 > open && ">]".indexOf(text.charAt(end - 1)) >= 0 && !isArray(open, end)) {
            name = text.substring(start, open);
            argument = Optional.of(firstArgument(open + 1, end - 1));
        }
    }

    /** {@return whether the brackets hold a number of elements instead of Go's type arguments} */
    private boolean isArray(int open, int end) {
        return text.charAt(open) == '['
                && text.substring(open + 1, end - 1)
                        .chars()
                        .allMatch(c -> c >= '0' && c <= '9' || c == '[' || c == ']');
    }

    private String firstArgument(int start, int end) {
        int depth = 0;
        for (int i = start; i < end; i++) {
            depth += depthChange(i);
            if (depth == 0 && text.charAt(i) == ',') {
                return text.substring(start, i).strip();
            }
        }
        return text.substring(start, end).strip();
    }
}
