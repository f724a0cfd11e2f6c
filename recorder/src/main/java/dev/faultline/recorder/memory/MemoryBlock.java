package dev.faultline.recorder.memory;

/** A block of memory off the heap, from its allocation until it is freed. */
public final class MemoryBlock {

    private final long start;
    private final long byteSize;
    private final String type;
    private final int number;
    private volatile boolean isFreed;

    MemoryBlock(long start, long byteSize, String type, int number) {
        this.start = start;
        this.byteSize = byteSize;
        this.type = type;
        this.number = number;
    }

    /** {@return the address of its first byte} */
    public long start() {
        return start;
    }

    /** {@return its size in bytes} */
    public long byteSize() {
        return byteSize;
    }

    /** {@return what its rows are named by: {@code "block com.acme.Ring.<init>:42"}} */
    public String type() {
        return type;
    }

    /** {@return a number that no other block of this run has} */
    public int number() {
        return number;
    }

    /** {@return whether a byte of it is at an address, and it is not freed} */
    public boolean holds(long address) {
        return address - start >= 0 && address - start < byteSize && !isFreed;
    }

    void free() {
        isFreed = true;
    }
}
