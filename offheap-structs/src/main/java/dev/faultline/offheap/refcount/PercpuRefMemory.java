package dev.faultline.offheap.refcount;

import dev.faultline.offheap.kernel.PercpuRefStruct;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWord;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.memory.NumberField;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.memory.StructView;

/**
 * The memory of a {@link PercpuRef}: 16 bytes in the object, 56 bytes in a block of their own, and a counter for each
 * stripe.
 */
final class PercpuRefMemory {

    private static final int LINE_BYTES = 64;

    final LongWord pointer;
    final LongWord data;
    final LongWord count;
    final LongWord confirmSwitch;
    final NumberField forceAtomic;
    final NumberField allowReinit;
    final LongWords stripes;
    final long stripesNumber;

    private final Block apart;
    private final StripeAreas areas;
    private final StripeAreas.Slot slot;
    private final Runnable release;
    private boolean stripesFreed;

    private PercpuRefMemory(StructView ref, Block apart, StripeAreas areas, StripeAreas.Slot slot, Runnable release) {
        this.release = release;
        this.apart = apart;
        this.areas = areas;
        this.slot = slot;
        pointer = ref.int64("percpu_count_ptr");
        data = ref.int64("data");
        StructView cold = StructView.bind(PercpuRefStruct.DATA, apart, 0);
        count = cold.int64("count");
        confirmSwitch = cold.int64("confirm_switch");
        forceAtomic = cold.number("force_atomic");
        allowReinit = cold.number("allow_reinit");
        stripes = slot.int64s();
        stripesNumber = slot.number();
        cold.int64("release").set(1);
        cold.int64("ref").set(1);
    }

    /** The same memory with some words replaced, for tests; the other instance frees it. */
    PercpuRefMemory(PercpuRefMemory other, LongWord pointer, LongWord count, LongWords stripes) {
        this.pointer = pointer;
        this.count = count;
        this.stripes = stripes;
        data = other.data;
        confirmSwitch = other.confirmSwitch;
        forceAtomic = other.forceAtomic;
        allowReinit = other.allowReinit;
        stripesNumber = other.stripesNumber;
        apart = other.apart;
        areas = other.areas;
        slot = other.slot;
        release = () -> {};
        stripesFreed = true;
    }

    static PercpuRefMemory allocate(Block block, long byteOffset, StripeAreas areas) {
        StructView ref = StructView.bind(PercpuRefStruct.REF, block, byteOffset);
        block.claim(byteOffset, PercpuRefStruct.REF.byteSize());
        Runnable release = () -> block.release(byteOffset);
        StripeAreas.Slot slot;
        try {
            slot = areas.allocate(Long.BYTES);
        } catch (RuntimeException full) {
            release.run();
            throw full;
        }
        Block apart = Block.allocate(LINE_BYTES, LINE_BYTES);
        return new PercpuRefMemory(ref, apart, areas, slot, release);
    }

    void freeStripes() {
        if (!stripesFreed) {
            stripesFreed = true;
            areas.free(slot);
        }
    }

    void free() {
        pointer.detach(); // a late call must not change another count at the same place
        data.detach();
        freeStripes();
        apart.close();
        release.run();
    }
}
