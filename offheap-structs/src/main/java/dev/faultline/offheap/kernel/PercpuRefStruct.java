package dev.faultline.offheap.kernel;

import static dev.faultline.offheap.declare.Declaration.number;
import static dev.faultline.offheap.declare.Declaration.pointer;

import dev.faultline.api.Internal;
import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.declare.Declaration;

/**
 * {@code struct percpu_ref} and {@code struct percpu_ref_data}, the same from 5.10 to 7.2. The first is embedded in the
 * counted object and holds what every get and put reads; the second holds what is rarely used until the reference is
 * killed.
 */
@Internal
public final class PercpuRefStruct {

    /** The embedded part: the pointer with its two flags, and a pointer to the rest. */
    public static final StructLayout REF = Declaration.struct("percpu_ref", "6.12")
            .field("percpu_count_ptr", number("long unsigned int", 8), 0)
            .field("data", pointer("struct percpu_ref_data *"), 8)
            .ofSize(8 + 8, 8);

    /** The separate part: the shared count and the state of a switch. */
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
