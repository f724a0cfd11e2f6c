package dev.faultline.machine;

import dev.faultline.layout.ByteRange;
import java.util.function.LongPredicate;

/**
 * Where byte 0 of a struct may stand: at any multiple of the alignment its allocator promises. "They share a line" is
 * true or false only of one placement; over all of them it is a count.
 *
 * @param baseAlignment what is known of the address of byte 0, a power of two
 * @param source who promises it
 */
public record Placement(long baseAlignment, String source) {

    /** Refuses an alignment that is no power of two. */
    public Placement {
        if (Long.bitCount(baseAlignment) != 1 || baseAlignment < 0) {
            throw new IllegalArgumentException("base alignment must be a power of two, got " + baseAlignment);
        }
        if (source.isEmpty()) {
            throw new IllegalArgumentException("a placement needs a source");
        }
    }

    /** {@return the number of different places byte 0 can have within a block (line, pair) of that size} */
    public int residues(long blockBytes) {
        return (int) Math.max(1, blockBytes / baseAlignment);
    }

    /** {@return the number, from 0, of the block holding the byte {@code byteOffset} into the struct} */
    public static long blockOf(long byteOffset, long baseResidue, long blockBytes) {
        return Math.floorDiv(baseResidue + byteOffset, blockBytes);
    }

    /**
     * In how many placements two ranges have bytes on one block.
     *
     * @param a a range
     * @param b another
     * @param blockBytes size of a line or pair, a power of two
     * @return the count over all residues of the base; brute force, so obviously right
     */
    public PlacementCount meeting(ByteRange a, ByteRange b, long blockBytes) {
        return count(blockBytes, residue -> meet(a, b, residue, blockBytes));
    }

    /** {@return whether two ranges have bytes on one block when byte 0 stands {@code baseResidue} bytes into one} */
    public static boolean meet(ByteRange a, ByteRange b, long baseResidue, long blockBytes) {
        return blockOf(a.start(), baseResidue, blockBytes) <= blockOf(b.end() - 1, baseResidue, blockBytes)
                && blockOf(b.start(), baseResidue, blockBytes) <= blockOf(a.end() - 1, baseResidue, blockBytes);
    }

    /** {@return in how many placements a range lies on more than one block} */
    public PlacementCount straddling(ByteRange range, long blockBytes) {
        return count(
                blockBytes,
                residue ->
                        blockOf(range.start(), residue, blockBytes) != blockOf(range.end() - 1, residue, blockBytes));
    }

    /**
     * Counts the placements in which something holds.
     *
     * @param blockBytes size of a line or pair
     * @param holds asked once for each residue of the base within the block
     * @return the count
     */
    public PlacementCount count(long blockBytes, LongPredicate holds) {
        int of = residues(blockBytes);
        int sharing = 0;
        for (int i = 0; i < of; i++) {
            if (holds.test(i * baseAlignment)) {
                sharing++;
            }
        }
        return new PlacementCount(sharing, of);
    }
}
