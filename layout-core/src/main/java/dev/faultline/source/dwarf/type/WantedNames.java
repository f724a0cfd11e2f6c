package dev.faultline.source.dwarf.type;

import dev.faultline.input.name.NameIndex;
import dev.faultline.source.dwarf.entry.StringSections;
import dev.faultline.source.dwarf.entry.Unit;
import java.util.BitSet;

/**
 * Tells types whose names end in a certain word from all others, whose keys need not be made when only that word is
 * looked for. Used by one thread.
 */
public final class WantedNames {

    /** Offsets up to this are remembered. */
    private static final long MOST_REMEMBERED = 1L << 28;

    private final String word;
    private StringSections strings = StringSections.EMPTY;

    /** By offsets in {@code .debug_str}: the texts that were looked at, and those of them that end in the word. */
    private final BitSet seen = new BitSet();

    private final BitSet wanted = new BitSet();

    /**
     * Wants names that end in a word.
     *
     * @param word the word, as {@link NameIndex#base} tells it; empty to want all names
     */
    public WantedNames(String word) {
        this.word = word;
    }

    /** {@return whether every name is wanted} */
    boolean areAll() {
        return word.isEmpty();
    }

    /**
     * {@return whether a name is wanted}
     *
     * @param of the unit that has the name
     * @param text the number of its text in that unit
     */
    boolean has(Unit of, long text) {
        long offset = StringSections.offsetInStr(text);
        if (offset < 0 || offset > MOST_REMEMBERED) {
            return endsInWord(of, text);
        }
        if (strings != of.strings()) {
            strings = of.strings();
            seen.clear();
            wanted.clear();
        }
        int at = (int) offset;
        if (!seen.get(at)) {
            seen.set(at);
            wanted.set(at, endsInWord(of, text));
        }
        return wanted.get(at);
    }

    private boolean endsInWord(Unit of, long text) {
        return NameIndex.base(of.text(text)).equals(word);
    }
}
