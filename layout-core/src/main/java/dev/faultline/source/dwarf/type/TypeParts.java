package dev.faultline.source.dwarf.type;

import java.util.Arrays;

/**
 * Where the parts of a unit's types are: members, bases, variants and template parameters of structs, dimensions of
 * arrays, parameters of functions. They are collected in one walk, because an entry without a sibling attribute does
 * not say where it ends.
 */
final class TypeParts {

    /** Stands for a type without parts. */
    static final int NONE = -1;

    private int[] ownerPositions = new int[8];
    private int owners;

    private int[] positions = new int[16];
    private int[] ownerOfPart = new int[16];
    private int count;

    /** For each owner, the index of its first part; one more for the end. */
    private int[] starts = {0};

    /** Adds a type, in the order of positions, and returns its number. */
    int own(int position) {
        if (owners == ownerPositions.length) {
            ownerPositions = Arrays.copyOf(ownerPositions, owners * 2);
        }
        ownerPositions[owners] = position;
        return owners++;
    }

    /** Adds a part of a type. */
    void add(int owner, int position) {
        if (count == positions.length) {
            positions = Arrays.copyOf(positions, count * 2);
            ownerOfPart = Arrays.copyOf(ownerOfPart, count * 2);
        }
        positions[count] = position;
        ownerOfPart[count] = owner;
        count++;
    }

    /** Puts the parts of each type next to each other, after the walk. */
    void sort() {
        starts = new int[owners + 1];
        for (int i = 0; i < count; i++) {
            starts[ownerOfPart[i] + 1]++;
        }
        for (int i = 0; i < owners; i++) {
            starts[i + 1] += starts[i];
        }
        int[] next = Arrays.copyOf(starts, owners);
        int[] sorted = new int[count];
        for (int i = 0; i < count; i++) {
            sorted[next[ownerOfPart[i]]++] = positions[i];
        }
        positions = sorted;
        ownerOfPart = null;
    }

    /** {@return the number of the type at a position, or {@link #NONE}} */
    int owner(int position) {
        return Math.max(NONE, Arrays.binarySearch(ownerPositions, 0, owners, position));
    }

    /** {@return the index of the first part of a type, which all its others follow in their order} */
    int first(int owner) {
        return owner == NONE ? 0 : starts[owner];
    }

    /** {@return the index behind the last part of a type} */
    int behind(int owner) {
        return owner == NONE ? 0 : starts[owner + 1];
    }

    /** {@return the position of a part} */
    int position(int index) {
        return positions[index];
    }

    /** {@return the positions of the parts of the type at a position, in their order} */
    int[] of(int position) {
        int owner = owner(position);
        return Arrays.copyOfRange(positions, first(owner), behind(owner));
    }
}
