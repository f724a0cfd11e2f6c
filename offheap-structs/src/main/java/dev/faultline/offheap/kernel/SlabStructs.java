package dev.faultline.offheap.kernel;

import static dev.faultline.offheap.declare.Declaration.array;
import static dev.faultline.offheap.declare.Declaration.number;
import static dev.faultline.offheap.declare.Declaration.pointer;

import dev.faultline.api.Internal;
import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.declare.Declaration;

/**
 * Structs of the kernel's allocators, in front of their pages. Several CPUs use one of them only to take a lock, which
 * is on the same cache line as what it guards, as it should be; the structs of one CPU are used by no other.
 */
@Internal
public final class SlabStructs {

    /** SLUB's state of one CPU: the free list of the page it allocates from. 7.2 has none. */
    static final StructLayout KMEM_CACHE_CPU = Declaration.struct("kmem_cache_cpu", "6.12")
            .field("freelist", pointer("void **"), 0)
            .field("tid", number("long unsigned int", 8), 8)
            .field("slab", pointer("struct slab *"), 16)
            .field("partial", pointer("struct slab *"), 24)
            .ofSize(4 * 8, 8);

    /**
     * The magazines of one CPU, called sheaves: one in use, a spare, and one for objects that wait for a grace period.
     */
    public static final StructLayout SLUB_PERCPU_SHEAVES = Declaration.struct("slub_percpu_sheaves", "7.2")
            .field("lock", number("local_trylock_t", 1), 0)
            .hole(1, 7)
            .field("main", pointer("struct slab_sheaf *"), 8)
            .field("spare", pointer("struct slab_sheaf *"), 16)
            .field("rcu_free", pointer("struct slab_sheaf *"), 24)
            .ofSize(4 * 8, 8);

    /** The full and empty magazines of a node. */
    public static final StructLayout NODE_BARN = Declaration.struct("node_barn", "7.2")
            .field("lock", number("spinlock_t", 4), 0)
            .hole(4, 4)
            .field("sheaves_full", CommonStructs.LIST_HEAD, 8)
            .field("sheaves_empty", CommonStructs.LIST_HEAD, 24)
            .field("nr_full", number("unsigned int", 4), 40)
            .field("nr_empty", number("unsigned int", 4), 44)
            .ofSize(48, 8);

    /** The header of a magazine. In the kernel its first 16 bytes have other uses as well. */
    public static final StructLayout SLAB_SHEAF = Declaration.struct("slab_sheaf", "7.2")
            .field("barn_list", CommonStructs.LIST_HEAD, 0)
            .field("cache", pointer("struct kmem_cache *"), 16)
            .field("size", number("unsigned int", 4), 24)
            .field("node", number("int", 4), 28)
            .field("objects", array(pointer("void *"), 0), 32)
            .ofSize(32, 8);

    /** The header of an array of SLAB, which was removed in 6.8. */
    public static final StructLayout ARRAY_CACHE = Declaration.struct("array_cache", "6.1")
            .field("avail", number("unsigned int", 4), 0)
            .field("limit", number("unsigned int", 4), 4)
            .field("batchcount", number("unsigned int", 4), 8)
            .field("touched", number("unsigned int", 4), 12)
            .field("entry", array(pointer("void *"), 0), 16)
            .ofSize(4 * 4, 8);

    private SlabStructs() {}
}
