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
    private final EntrySummary summary;
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
    public EntryWalk(Unit unit, TextHashes texts) {
        this.unit = unit;
        this.bytes = unit.bytes();
        this.header = unit.header();
        this.abbreviations = unit.abbreviations();
        this.summary = new EntrySummary(unit, texts);
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
        while (next < end && !isDone) {
            int start = depth > 0 ? pass(next) : next;
            if (start >= end) {
                next = start;
                return false;
            }
            int code = bytes.array()[start];
            Abbreviation entry = code > 0 ? abbreviations.frequent(code) : null;
            next = start + 1;
            if (entry == null) {
                entry = unit.abbreviation(start);
                next = bytes.next();
            }
            if (entry == null) {
                if (isEndOfWatched()) {
                    return told(null, start);
                }
            } else if (look(entry, start)) {
                return told(entry, start);
            }
        }
        return false;
    }

    /**
     * {@return the position of the first entry from one on that is not just passed over} Passes over children, too, and
     * over the ends of their lists that are not told.
     */
    private int pass(int from) {
        byte[] array = bytes.array();
        int[] passes = abbreviations.passes();
        int[] opens = abbreviations.opens();
        int least = watches > 0 ? watched[watches - 1] : 1;
        int inType = watches > 0 && haveParts[watches - 1] ? least : NONE;
        int level = depth;
        int at = from;
        while (at < end) {
            int code = array[at];
            int values = at + 1;
            if (code == 0 && level > least) {
                level--;
                at = values;
                continue;
            }
            if (code < 0 && values < end) {
                code = code & 0x7f | array[values++] << 7;
            }
            if (code <= 0 || code >= passes.length) {
                break;
            }
            int bytesPassed = passes[code];
            int bytesOpened = opens[code];
            if (bytesPassed >= 0) {
                at = values + bytesPassed;
            } else if (bytesPassed < AbbreviationTable.LOOKED_AT && level != inType) {
                at = values + AbbreviationTable.LOOKED_AT - 1 - bytesPassed;
            } else if (bytesOpened != AbbreviationTable.LOOKED_AT && level < functions.length) {
                functions[level++] = bytesOpened < 0 ? at : NONE;
                at = values + (bytesOpened < 0 ? AbbreviationTable.LOOKED_AT - 1 - bytesOpened : bytesOpened);
            } else {
                break;
            }
        }
        depth = level;
        return at;
    }

    /** Reads an entry as far as it counts, and returns whether it does. */
    private boolean look(Abbreviation entry, int start) {
        int role = entry.role();
        boolean counts = role == Abbreviation.TOLD || role == Abbreviation.PART && isInType();
        next = counts && entry.isSummedUp() ? summary.read(entry, start, next) : entry.skip(bytes, next, header);
        if (entry.hasChildren()) {
            descend(role == Abbreviation.FUNCTION ? start : NONE);
        } else if (depth == 0) {
            isDone = true;
        }
        return counts;
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

    private boolean isEndOfWatched() {
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

    private boolean told(Abbreviation entry, int start) {
        abbreviation = entry;
        position = start;
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

    /** {@return how the entry is written} */
    public Abbreviation entry() {
        return abbreviation;
    }

    /** {@return what the entry has, unless it is a variable or imports a unit} */
    public EntrySummary summary() {
        return summary;
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
