package dev.faultline.machine;

import dev.faultline.layout.ByteRange;
import java.util.function.LongPredicate;

/**
 * The addresses at which byte 0 of a struct may be: all multiples of the alignment that its allocator promises. Whether
 * two fields share a line may depend on the address, so answers are counts over all placements.
 *
 * @param baseAlignment alignment of byte 0 in bytes, a power of two
 * @param source who promises it
 */
public record Placement(long baseAlignment, String source) {

    public Placement {
        if (Long.bitCount(baseAlignment) != 1 || baseAlignment < 0) {
            throw new IllegalArgumentException("base alignment must be a power of two, got " + baseAlignment);
        }
        if (source.isEmpty()) {
            throw new IllegalArgumentException("a placement needs a source");
        }
    }

    /**
     * {@return the number of different offsets of byte 0 within a block}
     *
     * @param blockBytes size of a line or pair in bytes, a power of two
     */
    public int residues(long blockBytes) {
        return (int) Math.max(1, blockBytes / baseAlignment);
    }

    /**
     * {@return the number, from 0, of the block that contains a byte of the struct}
     *
     * @param byteOffset offset of the byte in the struct
     * @param baseResidue offset of byte 0 of the struct in its block, in bytes
     * @param blockBytes size of a line or pair in bytes, a power of two
     */
    public static long blockOf(long byteOffset, long baseResidue, long blockBytes) {
        return Math.floorDiv(baseResidue + byteOffset, blockBytes);
    }

    /**
     * Counts the placements in which two ranges have bytes on the same block.
     *
     * @param a a range
     * @param b another range
     * @param blockBytes size of a line or pair in bytes, a power of two
     * @return the count over all residues, each tried in turn
     */
    public PlacementCount meeting(ByteRange a, ByteRange b, long blockBytes) {
        int of = residues(blockBytes);
        int sharing = 0;
        for (int i = 0; i < of; i++) { // for each pair of fields, so without a lambda
            if (meet(a, b, i * baseAlignment, blockBytes)) {
                sharing++;
            }
        }
        return new PlacementCount(sharing, of);
    }

    /**
     * {@return whether two ranges have bytes on the same block}
     *
     * @param a a range
     * @param b another range
     * @param baseResidue offset of byte 0 of the struct in its block, in bytes
     * @param blockBytes size of a line or pair in bytes, a power of two
     */
    public static boolean meet(ByteRange a, ByteRange b, long baseResidue, long blockBytes) {
        return blockOf(a.start(), baseResidue, blockBytes) <= blockOf(b.end() - 1, baseResidue, blockBytes)
                && blockOf(b.start(), baseResidue, blockBytes) <= blockOf(a.end() - 1, baseResidue, blockBytes);
    }

    /**
     * {@return in how many placements a range is on more than one block}
     *
     * @param range the range
     * @param blockBytes size of a line or pair in bytes, a power of two
     */
    public PlacementCount straddling(ByteRange range, long blockBytes) {
        return count(
                blockBytes,
                residue ->
                        blockOf(range.start(), residue, blockBytes) != blockOf(range.end() - 1, residue, blockBytes));
    }

    /**
     * Counts the placements for which a predicate holds.
     *
     * @param blockBytes size of a line or pair in bytes
     * @param holds a predicate of the residue of the base within the block
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
