package dev.faultline.source.dwarf.type;

import java.util.Arrays;

/** Finds positions of a unit in an ascending list, of which it knows where each piece of the unit begins. */
final class PositionIndex {

    /** A piece has 64 bytes, and so few positions. */
    private static final int PIECE_SHIFT = 6;

    private final int[] positions;
    private final int count;

    /** For each piece, the index of the first position in it or behind it. */
    private final int[] firsts;

    /**
     * Indexes positions.
     *
     * @param positions in ascending order
     * @param count how many of them count
     * @param byteSize the length of the unit; positions are below
     */
    PositionIndex(int[] positions, int count, int byteSize) {
        this.positions = positions;
        this.count = count;
        this.firsts = new int[(byteSize >> PIECE_SHIFT) + 1];
        int piece = 0;
        for (int i = 0; i < count; i++) {
            int last = positions[i] >> PIECE_SHIFT;
            while (piece <= last) {
                firsts[piece++] = i;
            }
        }
        Arrays.fill(firsts, piece, firsts.length, count);
    }

    /** {@return the index of a position; when it is not there, {@code -i - 1} with the index of the next one} */
    int find(int position) {
        int piece = position >> PIECE_SHIFT;
        if (piece >= firsts.length) {
            return -count - 1;
        }
        int i = firsts[piece];
        while (i < count && positions[i] < position) {
            i++;
        }
        return i < count && positions[i] == position ? i : -i - 1;
    }
}
