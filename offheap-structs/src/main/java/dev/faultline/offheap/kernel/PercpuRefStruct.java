package dev.faultline.offheap.kernel;

import static dev.faultline.offheap.declare.Declaration.number;
import static dev.faultline.offheap.declare.Declaration.pointer;

import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.declare.Declaration;

/**
 * {@code struct percpu_ref} and {@code struct percpu_ref_data}, the same from 5.10 to 7.2. What every get and put reads is in
 * the first, embedded in the object that is counted; what is cold until the reference is killed is apart.
 */
public final class PercpuRefStruct {

    /** What is embedded in the object: the pointer with its two flags, and where the rest is. */
    public static final StructLayout REF = Declaration.struct("percpu_ref", "6.12")
            .field("percpu_count_ptr", number("long unsigned int", 8), 0)
            .field("data", pointer("struct percpu_ref_data *"), 8)
            .ofSize(8 + 8, 8);

    /** What is apart: the shared count and how to switch. */
    public static final StructLayout DATA = Declaration.struct("percpu_ref_data", "6.12")
            .field("count", number("atomic_long_t", 8), 0)
            .field("release", pointer("percpu_ref_func_t *"), 8)
            .field("confirm_switch", pointer("percpu_ref_func_t *"), 16)
            .bits(number("bool", 1), 24, "force_atomic:1", "allow_reinit:1")
            .hole(25, 7)
            .field("rcu", CommonStructs.CALLBACK_HEAD, 32)
            .field("ref", pointer("struct percpu_ref *"), 48)
            .ofSize(56, 8);

    private PercpuRefStruct() {}
}
