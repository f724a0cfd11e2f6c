package dev.faultline.offheap.jcstress;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.memory.LongWord;

/** Four off-heap words, each on a cache line of its own. */
public final class Cell {

    private static final int BYTES = 256;

    private static final Block BLOCK = Block.allocate((long) Recycled.COUNT * BYTES, BYTES);
    private static final Recycled<Cell> CELLS = new Recycled<>(Cell::new);

    public final LongWord a;

    public final LongWord b;

    public final IntWord c;

    public final IntWord d;

    private Cell(int number) {
        long at = (long) number * BYTES;
        a = BLOCK.int64(at);
        b = BLOCK.int64(at + 64);
        c = BLOCK.int32(at + 128);
        d = BLOCK.int32(at + 192);
    }

    /** {@return a cell of zeroes} */
    public static Cell next() {
        Cell cell = CELLS.next();
        cell.reset();
        return cell;
    }

    public void reset() {
        a.set(0);
        b.set(0);
        c.set(0);
        d.set(0);
    }
}
