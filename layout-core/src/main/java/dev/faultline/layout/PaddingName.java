package dev.faultline.layout;

import dev.faultline.api.Internal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognises member names that mean unused bytes: {@code _pad0}, {@code m_Padding1}, {@code reserved_2}. Of arrays of
 * bytes or numbers some more are: {@code cacheline_fill}, {@code pad_buf0}, and {@code rest} where it is shorter than
 * two lines and ends with one.
 */
@Internal
public final class PaddingName {

    private static final Set<String> WORDS =
            Set.of("pad", "pads", "padding", "reserved", "rsvd", "unused", "filler", "fill", "dummy");
    /** Words that say where the padding is or what it is made of; alone they mean nothing. */
    private static final Set<String> BESIDE =
            Set.of("cache", "line", "cacheline", "cl", "buf", "buffer", "bytes", "space", "to", "end", "align", "tail");
    /** Words for what is left of a line. */
    private static final Set<String> REMAINDERS = Set.of("rest", "spare", "gap", "space", "tail", "remainder");
    /** Letters that prefixes of members consist of: {@code m_}, {@code s_}. */
    private static final Set<String> PREFIXES = Set.of("m", "s", "f");

    private static final Pattern BETWEEN = Pattern.compile("_++|(?<=[a-z])(?=[A-Z])|(?<=[a-zA-Z])(?=\\d)");
    private static final Pattern NUMBER = Pattern.compile("\\d++[a-z]?");
    /** Longer names are none; so no name takes long. */
    private static final int LONGEST = 64;

    private static final int LINE_BYTES = 64;

    /** The name of all fields of Go that no code can use. */
    private static final String BLANK = "_";

    private PaddingName() {}

    /** {@return whether a member's name is a word for padding, with any prefix, underscores and numbers around it} */
    public static boolean isOne(String name) {
        return name.equals(BLANK) || mayBe(name) && hasOnly(name, Set.of());
    }

    /**
     * {@return whether name, type and place of a member say that it is padding}
     *
     * @param name its name
     * @param type its type
     * @param byteOffset its offset in the struct that declares it
     */
    static boolean isOne(String name, FieldType type, long byteOffset) {
        if (isOne(name)) {
            return true;
        }
        if (!(type instanceof FieldType.Array) || !isPlain(type.innermost())) {
            return false;
        }
        return mayBe(name) && hasOnly(name, BESIDE)
                || type.innermost().byteSize() == 1
                        && type.byteSize() < 2 * LINE_BYTES
                        && (byteOffset + type.byteSize()) % LINE_BYTES == 0
                        && REMAINDERS.contains(word(name));
    }

    private static boolean isPlain(FieldType type) {
        return type instanceof FieldType.Scalar scalar
                && !scalar.isPointer()
                && SyncType.of(type).isEmpty();
    }

    /** A fast test: few field names of a kernel pass it. */
    private static boolean mayBe(String name) {
        if (name.length() > LONGEST) {
            return bare(name);
        }
        for (int i = 0; i < name.length() - 2; i++) {
            int pair = (name.charAt(i) | 0x20) << 8 | name.charAt(i + 1) | 0x20;
            if (pair == ('p' << 8 | 'a')
                    || pair == ('r' << 8 | 'e')
                    || pair == ('r' << 8 | 's')
                    || pair == ('u' << 8 | 'n')
                    || pair == ('f' << 8 | 'i')
                    || pair == ('d' << 8 | 'u')) {
                return true;
            }
        }
        return false;
    }

    /** Long runs of underscores around a word are read too. */
    private static boolean bare(String name) {
        int first = 0;
        int end = name.length();
        while (first < end && name.charAt(first) == '_') {
            first++;
        }
        while (end > first && (name.charAt(end - 1) == '_' || Character.isDigit(name.charAt(end - 1)))) {
            end--;
        }
        return end - first <= LONGEST;
    }

    /** Whether a name consists of words for padding, numbers, one prefix, and the other words. */
    private static boolean hasOnly(String name, Set<String> others) {
        boolean hasWord = false;
        boolean isFirst = true;
        for (String token : BETWEEN.split(name)) {
            if (token.isEmpty()) {
                continue;
            }
            String word = token.toLowerCase(Locale.ROOT);
            if (WORDS.contains(word)) {
                hasWord = true;
            } else if (!NUMBER.matcher(word).matches()
                    && !others.contains(word)
                    && !(isFirst && PREFIXES.contains(word))) {
                return false;
            }
            isFirst = false;
        }
        return hasWord;
    }

    /** {@return a name without prefix, underscores and numbers} */
    private static String word(String name) {
        String only = "";
        for (String token : BETWEEN.split(name.length() > LONGEST ? "" : name)) {
            String word = token.toLowerCase(Locale.ROOT);
            if (!word.isEmpty() && !NUMBER.matcher(word).matches() && !(only.isEmpty() && PREFIXES.contains(word))) {
                only = only.isEmpty() ? word : BLANK;
            }
        }
        return only;
    }
}
