package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.entry.DwarfTag;
import dev.faultline.source.dwarf.entry.EntrySummary;
import java.util.Arrays;

/**
 * The parts of a unit's types: members, bases, template parameters, dimensions of arrays and parameters of functions.
 * Of each type the parts are known by their positions and by the types they refer to; all else that tells them from
 * others is in one hash.
 */
final class TypeParts {

    /** Stands for a type without parts, and for no part. */
    static final int NONE = -1;

    /** Stands for the target of a part that has none, and that does not refer to {@code void} either. */
    static final int NO_TARGET = -3;

    /** Stands for the target of a part that has parts itself. */
    static final int NESTED = -4;

    private static final int FIRST_HASH = 0x2545f491;
    private static final int FIRST_PARTS = 1 << 10;
    private static final int BYTES_PER_PART = 32;

    private final int byteSize;
    private int[] ownerPositions = new int[8];

    /** For each type, its first and its last part. */
    private int[] firsts = new int[8];

    private int[] lasts = new int[8];

    /** For each type the two halves of the hash of its parts. */
    private long[] hashes = new long[2 * 8];

    private int owners;

    private int[] positions;

    /** For each part, what it refers to, as {@link #target} tells. */
    private int[] targets;

    /** For each part, the next one of the same type. */
    private int[] nexts;

    private int count;

    /** Finds types; made when the first one is looked for, after the walk. */
    private PositionIndex index;

    /**
     * Makes none yet.
     *
     * @param byteSize the length of the unit in bytes
     */
    TypeParts(int byteSize) {
        this.byteSize = byteSize;
        int first = Math.min(FIRST_PARTS, 1 + byteSize / BYTES_PER_PART);
        this.positions = new int[first];
        this.targets = new int[first];
        this.nexts = new int[first];
    }

    /** Adds a type, in the order of positions, and returns its number. */
    int own(int position) {
        if (owners == ownerPositions.length) {
            ownerPositions = Arrays.copyOf(ownerPositions, owners * 2);
            firsts = Arrays.copyOf(firsts, owners * 2);
            lasts = Arrays.copyOf(lasts, owners * 2);
            hashes = Arrays.copyOf(hashes, owners * 4);
        }
        ownerPositions[owners] = position;
        firsts[owners] = NONE;
        lasts[owners] = NONE;
        hashes[2 * owners] = FIRST_HASH;
        hashes[2 * owners + 1] = FIRST_HASH;
        return owners++;
    }

    /**
     * Adds a part of a type.
     *
     * @param owner the number of the type
     * @param position where the part is
     * @param part what it has
     */
    void add(int owner, int position, EntrySummary part) {
        int tag = part.entry().tag();
        switch (tag) {
            case DwarfTag.MEMBER, DwarfTag.INHERITANCE -> {
                if (part.isStatic()) { // a unit has those that it uses
                    append(owner, position, NO_TARGET);
                } else {
                    hash(owner, part.name(), part.numbers() + tag);
                    append(owner, position, number(part.target(), false));
                }
            }
            case DwarfTag.TEMPLATE_TYPE_PARAMETER, DwarfTag.TEMPLATE_VALUE_PARAMETER, DwarfTag.FORMAL_PARAMETER -> {
                hash(owner, tag, part.numbers());
                append(owner, position, number(part.target(), true));
            }
            case DwarfTag.VARIANT_PART, DwarfTag.VARIANT -> {
                hash(owner, tag, part.numbers());
                append(owner, position, NESTED);
            }
            case DwarfTag.SUBRANGE_TYPE, DwarfTag.GENERIC_SUBRANGE, DwarfTag.UNSPECIFIED_PARAMETERS -> {
                hash(owner, tag, part.numbers());
                append(owner, position, NO_TARGET);
            }
            default -> append(owner, position, NO_TARGET);
        }
    }

    private void hash(int owner, long first, long second) {
        hashes[2 * owner] = ContentHash.nextHigh(hashes[2 * owner], first, second);
        hashes[2 * owner + 1] = ContentHash.nextLow(hashes[2 * owner + 1], first, second);
    }

    /**
     * {@return a number for a type and what of it counts: all of it, or only the name of a struct, union, enum or
     * typedef; negative numbers, which stand for no position, stay what they are}
     */
    static int number(int position, boolean isNamed) {
        return position < 0 ? position : position << 1 | (isNamed ? 1 : 0);
    }

    private void append(int owner, int position, int target) {
        if (count == positions.length) {
            positions = Arrays.copyOf(positions, count * 2);
            targets = Arrays.copyOf(targets, count * 2);
            nexts = Arrays.copyOf(nexts, count * 2);
        }
        positions[count] = position;
        targets[count] = target;
        nexts[count] = NONE;
        if (lasts[owner] == NONE) {
            firsts[owner] = count;
        } else {
            nexts[lasts[owner]] = count;
        }
        lasts[owner] = count++;
    }

    /** {@return the number of the type at a position, or {@link #NONE}} */
    int owner(int position) {
        if (index == null) {
            index = new PositionIndex(ownerPositions, owners, byteSize);
        }
        return Math.max(NONE, index.find(position));
    }

    /** {@return the high half of the hash of a type's parts} */
    long high(int owner) {
        return owner == NONE ? FIRST_HASH : hashes[2 * owner];
    }

    /** {@return the low half of the hash of a type's parts} */
    long low(int owner) {
        return owner == NONE ? FIRST_HASH : hashes[2 * owner + 1];
    }

    /** {@return the first part of a type, or {@link #NONE}} */
    int first(int owner) {
        return owner == NONE ? NONE : firsts[owner];
    }

    /** {@return the next part of the same type, or {@link #NONE}} */
    int next(int part) {
        return nexts[part];
    }

    /**
     * {@return the {@link #number} of the type that a part refers to; {@link EntrySummary#VOID},
     * {@link EntrySummary#ELSEWHERE}, {@link #NO_TARGET} or {@link #NESTED}}
     */
    int target(int part) {
        return targets[part];
    }

    /** {@return the position of a part} */
    int position(int part) {
        return positions[part];
    }

    /** {@return the positions of the parts of the type at a position, in their order} */
    int[] of(int position) {
        int owner = owner(position);
        int length = 0;
        for (int part = first(owner); part != NONE; part = nexts[part]) {
            length++;
        }
        int[] all = new int[length];
        int i = 0;
        for (int part = first(owner); part != NONE; part = nexts[part]) {
            all[i++] = positions[part];
        }
        return all;
    }
}
