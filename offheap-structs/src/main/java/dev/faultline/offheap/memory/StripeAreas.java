package dev.faultline.offheap.memory;

import java.util.BitSet;

/**
 * Allocates slots; a slot has one word for each stripe. There are two forms, and users of the words need not know
 * which:
 *
 * <ul>
 *   <li>{@link #packed}: each stripe has an area of its own, one or more pages long, and a slot is at the same offset
 *       in every area. Words of different stripes are never on the same cache line. When the areas are full a slot
 *       takes one word per stripe. The kernel's per-CPU allocator works like this.
 *   <li>{@link #padded}: each slot is a block of its own, with one cache line for each stripe.
 * </ul>
 *
 * <p>Thread-safe; each method holds a lock. A freed slot may be allocated again at once, so before freeing it the
 * caller must make sure that no thread writes its words any more.
 */
public abstract class StripeAreas implements AutoCloseable {

    private static final int PAGE_BYTES = 4096;
    private static final int LARGEST_AREA_BYTES = 1 << 20;
    private static final int MOST_STRIPES = 4096;

    private final int stripes;
    private int live; // guarded by this, like all mutable fields below
    private boolean closed;

    private StripeAreas(int stripes) {
        if (stripes < 1 || stripes > MOST_STRIPES) {
            throw new IllegalArgumentException("stripes=" + stripes + ", expected 1 to " + MOST_STRIPES);
        }
        this.stripes = stripes;
    }

    /**
     * Allocates one area for each stripe.
     *
     * @param stripes number of stripes, from 1 to 4096
     * @param areaBytes bytes of each area, a power of two from 4096 to 2^20; room for {@code areaBytes / 4} slots of 4
     *     bytes
     * @return the areas; close them
     * @throws IllegalArgumentException when a number is out of range
     */
    public static StripeAreas packed(int stripes, int areaBytes) {
        if (Integer.bitCount(areaBytes) != 1 || areaBytes < PAGE_BYTES || areaBytes > LARGEST_AREA_BYTES) {
            throw new IllegalArgumentException("areaBytes=" + areaBytes + ", expected a power of two from " + PAGE_BYTES
                    + " to " + LARGEST_AREA_BYTES);
        }
        return new Packed(stripes, areaBytes);
    }

    /**
     * Makes areas in which each slot is a block of its own, with one line for each stripe.
     *
     * @param stripes number of stripes, from 1 to 4096
     * @param lineBytes bytes of a line: 64, or 128 for processors that fetch lines in pairs
     * @return the areas; close them
     * @throws IllegalArgumentException when a number is out of range
     */
    public static StripeAreas padded(int stripes, int lineBytes) {
        if (lineBytes != 64 && lineBytes != 128) {
            throw new IllegalArgumentException("lineBytes=" + lineBytes + ", expected 64 or 128");
        }
        return new Padded(stripes, lineBytes);
    }

    /** {@return the number of stripes, which is the number of words of a slot} */
    public final int stripes() {
        return stripes;
    }

    /** {@return the number of slots that are allocated and not freed} */
    public final synchronized int live() {
        return live;
    }

    /** {@return allocated bytes of memory, for slots in use and for slots that can still be allocated} */
    public abstract long bytesTaken();

    /**
     * {@return bytes that one slot takes, over all stripes}
     *
     * @param wordBytes bytes of one word, 4 or 8
     */
    public abstract long bytesPerCounter(int wordBytes);

    /**
     * Allocates a slot.
     *
     * @param wordBytes bytes of each word, 4 or 8
     * @return the slot, all words 0; free it
     * @throws Exhausted when the areas are full
     * @throws IllegalStateException when the areas are closed
     */
    public final synchronized Slot allocate(int wordBytes) {
        expectWord(wordBytes);
        if (closed) {
            throw new IllegalStateException("the areas are closed");
        }
        Slot slot = take(wordBytes);
        slot.clear();
        live++;
        return slot;
    }

    /**
     * Frees a slot.
     *
     * @param slot a slot of these areas whose words no thread writes any more
     * @throws IllegalStateException when it was freed before
     * @throws IllegalArgumentException when it comes from other areas
     */
    public final synchronized void free(Slot slot) {
        if (slot.from != this) {
            throw new IllegalArgumentException("slot " + slot.number + " comes from other areas");
        }
        if (slot.freed) {
            throw new IllegalStateException("slot " + slot.number + " is freed already");
        }
        slot.freed = true;
        giveBack(slot);
        live--;
    }

    /**
     * Frees the memory; closing again does nothing.
     *
     * @throws IllegalStateException when slots are still allocated
     */
    @Override
    public final synchronized void close() {
        if (closed) {
            return;
        }
        if (live > 0) {
            throw new IllegalStateException(live + " slots are not freed");
        }
        closed = true;
        freeAll();
    }

    /** {@return a copy of the areas' bytes, for tests} */
    byte[] bytes() {
        return new byte[0];
    }

    abstract Slot take(int wordBytes);

    abstract void giveBack(Slot slot);

    abstract void freeAll();

    private static void expectWord(int wordBytes) {
        if (wordBytes != 4 && wordBytes != 8) {
            throw new IllegalArgumentException("wordBytes=" + wordBytes + ", expected 4 or 8");
        }
    }

    /** Thrown when no slot is left. */
    public static final class Exhausted extends IllegalStateException {

        private static final long serialVersionUID = 1;

        Exhausted(String message) {
            super(message);
        }
    }

    /** One word for each stripe. */
    public static final class Slot {

        private final StripeAreas from;
        private final long number;
        private final IntWords ints;
        private final LongWords longs;
        private final Block own; // only in padded areas
        private volatile boolean freed;

        private Slot(StripeAreas from, long number, IntWords ints, LongWords longs, Block own) {
            this.from = from;
            this.number = number;
            this.ints = ints;
            this.longs = longs;
            this.own = own;
        }

        /**
         * {@return a number that identifies the slot among the allocated ones: a multiple of the word's size, at least
         * 8}
         */
        public long number() {
            return number;
        }

        /**
         * {@return its words, by stripe; throws {@link IllegalStateException} when they have 8 bytes or the slot is
         * freed}
         */
        public IntWords int32s() {
            return given(ints, 8);
        }

        /**
         * {@return its words, by stripe; throws {@link IllegalStateException} when they have 4 bytes or the slot is
         * freed}
         */
        public LongWords int64s() {
            return given(longs, 4);
        }

        private <T> T given(T words, int otherBytes) {
            if (freed) {
                throw new IllegalStateException("slot " + number + " is freed");
            }
            if (words == null) {
                throw new IllegalStateException("slot " + number + " has words of " + otherBytes + " bytes");
            }
            return words;
        }

        private void clear() {
            for (int stripe = 0; stripe < from.stripes; stripe++) {
                if (ints != null) {
                    ints.set(stripe, 0);
                } else {
                    longs.set(stripe, 0);
                }
            }
        }
    }

    /** Areas side by side in one block; a slot's words are {@code areaBytes} apart. */
    private static final class Packed extends StripeAreas {

        private static final int CELL_BYTES = 4;

        private final Block block;
        private final int areaBytes;
        private final BitSet taken = new BitSet();
        // made once for each cell, so that allocating it again makes no garbage
        private final IntWords[] ints;
        private final LongWords[] longs;

        Packed(int stripes, int areaBytes) {
            super(stripes);
            this.areaBytes = areaBytes;
            block = Block.allocate((long) stripes * areaBytes, PAGE_BYTES);
            ints = new IntWords[areaBytes / CELL_BYTES];
            longs = new LongWords[ints.length];
        }

        @Override
        public long bytesTaken() {
            return block.byteSize();
        }

        @Override
        byte[] bytes() {
            return block.toByteArray();
        }

        @Override
        public long bytesPerCounter(int wordBytes) {
            expectWord(wordBytes);
            return (long) stripes() * wordBytes;
        }

        @Override
        Slot take(int wordBytes) {
            int cells = wordBytes / CELL_BYTES;
            int cell = firstFree(cells);
            if (cell + cells > ints.length) {
                throw new Exhausted("areas of " + areaBytes + " bytes have no " + wordBytes + " bytes left; " + live()
                        + " slots are in use");
            }
            taken.set(cell, cell + cells);
            long number = 8 + (long) cell * CELL_BYTES;
            return cells == 1
                    ? new Slot(this, number, ints(cell), null, null)
                    : new Slot(this, number, null, longs(cell), null);
        }

        private int firstFree(int cells) {
            int cell = taken.nextClearBit(0);
            while (cells == 2 && (cell % 2 == 1 || taken.get(cell + 1))) {
                cell = taken.nextClearBit(cell + 1);
            }
            return cell;
        }

        private IntWords ints(int cell) {
            if (ints[cell] == null) {
                ints[cell] = block.int32s((long) cell * CELL_BYTES, stripes(), areaBytes);
            }
            return ints[cell];
        }

        private LongWords longs(int cell) {
            if (longs[cell] == null) {
                longs[cell] = block.int64s((long) cell * CELL_BYTES, stripes(), areaBytes);
            }
            return longs[cell];
        }

        @Override
        void giveBack(Slot slot) {
            int cell = (int) ((slot.number - 8) / CELL_BYTES);
            taken.clear(cell, cell + (slot.ints != null ? 1 : 2));
        }

        @Override
        void freeAll() {
            block.close();
        }
    }

    /** A block for each slot; its words are a line apart, and throw when the slot is freed. */
    private static final class Padded extends StripeAreas {

        private final int lineBytes;
        private long bytesTaken;
        private long lastNumber;

        Padded(int stripes, int lineBytes) {
            super(stripes);
            this.lineBytes = lineBytes;
        }

        @Override
        public synchronized long bytesTaken() {
            return bytesTaken;
        }

        @Override
        public long bytesPerCounter(int wordBytes) {
            expectWord(wordBytes);
            return (long) stripes() * lineBytes;
        }

        @Override
        Slot take(int wordBytes) {
            Block own = Block.allocate((long) stripes() * lineBytes, lineBytes);
            bytesTaken += own.byteSize();
            lastNumber += 8;
            return wordBytes == 4
                    ? new Slot(this, lastNumber, own.int32s(0, stripes(), lineBytes), null, own)
                    : new Slot(this, lastNumber, null, own.int64s(0, stripes(), lineBytes), own);
        }

        @Override
        void giveBack(Slot slot) {
            bytesTaken -= slot.own.byteSize();
            slot.own.close();
        }

        @Override
        void freeAll() {
            // each block was closed with its slot
        }
    }
}
