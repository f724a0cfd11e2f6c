package dev.faultline.recorder.memory;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The blocks that the program has allocated and not freed, by address. A block is freed by a call, when the buffer that
 * owns it is collected, or when another one is allocated where it was.
 */
public final class MemoryBlocks {

    private static final int MOST = 1 << 16;
    private static final ConcurrentNavigableMap<Long, MemoryBlock> BLOCKS = new ConcurrentSkipListMap<>();
    /** By the object with which they are freed: a buffer or the scope of segments. */
    private static final WeakIdentityMap<Queue<MemoryBlock>> OWNED =
            new WeakIdentityMap<>(MOST, MemoryBlocks::removeAll);

    private static final Map<String, String> TYPES = new ConcurrentHashMap<>();
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final AtomicInteger LEFT_OUT = new AtomicInteger();

    private MemoryBlocks() {}

    /** {@return how many blocks were not noted, since there were too many at a time} */
    public static int leftOut() {
        return LEFT_OUT.get();
    }

    /**
     * Notes a block.
     *
     * @param start the address of its first byte
     * @param byteSize its size in bytes
     * @param place where it is allocated: {@code "com.acme.Ring.<init>:42"}
     * @param owner the object with which it is freed; null when a call frees it
     */
    public static void allocated(long start, long byteSize, String place, Object owner) {
        OWNED.forget();
        if (start == 0 || byteSize <= 0) {
            return;
        }
        freeOverlapping(start, byteSize);
        if (COUNT.get() >= MOST) {
            LEFT_OUT.incrementAndGet();
            return;
        }
        String type = TYPES.computeIfAbsent(place, any -> "block " + any);
        MemoryBlock block = new MemoryBlock(start, byteSize, type, NUMBERS.incrementAndGet());
        if (owner != null) {
            Queue<MemoryBlock> owned = OWNED.putIfAbsent(owner, new ConcurrentLinkedQueue<>());
            if (owned == null) {
                LEFT_OUT.incrementAndGet(); // it would never be known to be freed
                return;
            }
            owned.add(block);
        }
        if (BLOCKS.put(start, block) == null) {
            COUNT.incrementAndGet();
        }
    }

    /** Forgets blocks that were freed with what owned them. */
    public static void forget() {
        OWNED.forget();
    }

    /** {@return the place where the block that begins at an address was allocated; null when none is known} */
    public static String place(long start) {
        MemoryBlock block = BLOCKS.get(start);
        return block == null ? null : block.type().substring("block ".length());
    }

    /** Notes that the block that begins at an address is freed. */
    public static void freed(long start) {
        remove(BLOCKS.get(start));
    }

    /** Notes that what an object owns is freed. */
    public static void freedWith(Object owner) {
        removeAll(OWNED.remove(owner));
    }

    /** {@return the block that has a byte at an address; null when none is known} */
    public static MemoryBlock at(long address) {
        Map.Entry<Long, MemoryBlock> below = BLOCKS.floorEntry(address);
        return below != null && below.getValue().holds(address) ? below.getValue() : null;
    }

    private static void freeOverlapping(long start, long byteSize) {
        remove(at(start));
        for (MemoryBlock inside : BLOCKS.subMap(start, start + byteSize).values()) {
            remove(inside);
        }
    }

    private static void removeAll(Queue<MemoryBlock> blocks) {
        if (blocks != null) {
            blocks.forEach(MemoryBlocks::remove);
        }
    }

    private static void remove(MemoryBlock block) {
        if (block != null) {
            block.free();
            if (BLOCKS.remove(block.start(), block)) {
                COUNT.decrementAndGet();
            }
        }
    }
}
