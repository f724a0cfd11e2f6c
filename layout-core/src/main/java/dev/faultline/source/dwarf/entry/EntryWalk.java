package dev.faultline.source.dwarf.entry;

import java.util.Arrays;

/**
 * One walk over the entries of a unit that stops where types, their parts, and namespaces and functions around them
 * are, and passes over all others in a loop that does little: of a large program's entries nine of ten are passed over.
 */
public final class EntryWalk {

    /** Deepest nesting of entries; compilers reach about a hundred. */
    private static final int DEEPEST = 1 << 10;

    /** Stands for no function. */
    public static final int NONE = -1;

    private final Unit unit;
    private final UnitBytes bytes;
    private final UnitHeader header;
    private final AbbreviationTable abbreviations;
    private final int end;
    private int depth;
    private int position;
    private int next;
    private Abbreviation abbreviation;
    private boolean isDone;

    /** For each depth, the position of the function around the entries there, or {@link #NONE}. */
    private int[] functions = new int[8];

    /** The depth of the children whose end is told, the innermost last. */
    private int[] watched = new int[8];

    /** Which of them are the children of a type, so that parts among them are told. */
    private boolean[] haveParts = new boolean[8];

    private int watches;

    /** Starts before a unit's own entry. */
    public EntryWalk(Unit unit) {
        this.unit = unit;
        this.bytes = unit.bytes();
        this.header = unit.header();
        this.abbreviations = unit.abbreviations();
        this.end = bytes.byteSize();
        this.next = unit.root();
    }

    /**
     * Goes on to the next entry that counts, or to the end of the children that were {@linkplain #watch watched} last.
     *
     * @return whether there is one
     * @throws IllegalArgumentException when the unit is broken
     * @throws IndexOutOfBoundsException when it ends too early
     */
    public boolean next() {
        byte[] array = bytes.array();
        Abbreviation[] frequent = abbreviations.frequent();
        int at = next;
        while (at < end && !isDone) {
            int start = at;
            int code = array[at++];
            Abbreviation entry;
            if (code >= 0) {
                entry = code < frequent.length ? frequent[code] : null;
            } else {
                entry = unit.abbreviation(start);
                at = bytes.next();
            }
            if (entry == null) {
                if (isEndOfWatched(code, start)) {
                    return told(null, start, at);
                }
                continue;
            }
            int size = entry.byteSize();
            at = size >= 0 ? at + size : entry.skip(bytes, at, header);
            int role = entry.role();
            boolean counts = role == Abbreviation.TOLD || role == Abbreviation.PART && isInType();
            if (entry.hasChildren()) {
                descend(role == Abbreviation.FUNCTION ? start : NONE);
            } else if (depth == 0) {
                isDone = true;
            }
            if (counts) {
                return told(entry, start, at);
            }
        }
        next = at;
        return false;
    }

    private void descend(int function) {
        if (depth == functions.length) {
            if (depth >= DEEPEST) {
                throw new IllegalArgumentException("entries nested deeper than " + DEEPEST + " levels");
            }
            functions = Arrays.copyOf(functions, depth * 2);
        }
        functions[depth++] = function;
    }

    private boolean isEndOfWatched(int code, int start) {
        if (code > 0) {
            throw unit.unknown(start, code);
        }
        depth--;
        isDone = depth <= 0;
        if (watches == 0 || depth >= watched[watches - 1]) {
            return false;
        }
        watches--;
        return true;
    }

    private boolean isInType() {
        return watches > 0 && haveParts[watches - 1] && watched[watches - 1] == depth;
    }

    private boolean told(Abbreviation entry, int start, int behind) {
        abbreviation = entry;
        position = start;
        next = behind;
        return true;
    }

    /** {@return whether it stands at the end of watched children instead of on an entry} */
    public boolean isEnd() {
        return abbreviation == null;
    }

    /** {@return the position of the entry} */
    public int position() {
        return position;
    }

    /** {@return the tag of the entry} */
    public int tag() {
        return abbreviation.tag();
    }

    /** {@return whether the entry is followed by children} */
    public boolean hasChildren() {
        return abbreviation.hasChildren();
    }

    /** {@return whether the entry has an attribute} */
    public boolean has(DwarfAttribute attribute) {
        return abbreviation.has(attribute);
    }

    /** {@return the position behind the entry, or behind the end of the watched children} */
    public int behind() {
        return next;
    }

    /** {@return how many entries are around the entry} */
    public int depth() {
        return abbreviation.hasChildren() ? depth - 1 : depth;
    }

    /**
     * {@return the position of the function that the walk is in at a depth, or {@link #NONE} when that entry is none}
     *
     * @param outer the depth: 0 for the entry of the unit
     */
    public int function(int outer) {
        return functions[outer];
    }

    /**
     * Watches the children of the entry it stands on: their end is told.
     *
     * @param isType whether parts of types among them are told, too
     */
    public void watch(boolean isType) {
        if (watches == watched.length) {
            watched = Arrays.copyOf(watched, watches * 2);
            haveParts = Arrays.copyOf(haveParts, watches * 2);
        }
        watched[watches] = depth;
        haveParts[watches] = isType;
        watches++;
    }
}
