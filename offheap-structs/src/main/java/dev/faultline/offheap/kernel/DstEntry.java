package dev.faultline.offheap.kernel;

import static dev.faultline.offheap.declare.Declaration.number;
import static dev.faultline.offheap.declare.Declaration.pointer;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.declare.Declaration;

/**
 * {@code struct dst_entry}: a destination, shared by all threads that send to it. Before 6.4 its reference count was on
 * a cache line of fields that every send reads; 6.4 moved those away and put a rarely used list beside the count
 * (kernel commits d288a162dd1c and bc9d3a9f2afc).
 *
 * <p>Later stable kernels alias {@code dev} as {@code dev_rcu}; 6.3 and 6.4 did not, so it is one plain field here.
 */
final class DstEntry {

    static final StructLayout BEFORE = upTo64("6.3")
            .field("__refcnt", number("atomic_t", 4), 64)
            .field("__use", number("int", 4), 68)
            .field("lastuse", number("long unsigned int", 8), 72)
            .field("lwtstate", pointer("struct lwtunnel_state *"), 80)
            .field("callback_head", CommonStructs.CALLBACK_HEAD, 88)
            .field("error", number("short int", 2), 104)
            .field("__pad", number("short int", 2), 106)
            .field("tclassid", number("__u32", 4), 108)
            .field("dev_tracker", tracker(), 112)
            .ofSize(112, 8);

    static final StructLayout AFTER = upTo64("6.4")
            .field("__rcuref", number("rcuref_t", 4), 64)
            .field("__use", number("int", 4), 68)
            .field("lastuse", number("long unsigned int", 8), 72)
            .field("callback_head", CommonStructs.CALLBACK_HEAD, 80)
            .field("error", number("short int", 2), 96)
            .field("__pad", number("short int", 2), 98)
            .field("tclassid", number("__u32", 4), 100)
            .field("dev_tracker", tracker(), 104)
            .field("rt_uncached", CommonStructs.LIST_HEAD, 104)
            .field("rt_uncached_list", pointer("struct uncached_list *"), 120)
            .field("lwtstate", pointer("struct lwtunnel_state *"), 128)
            .ofSize(136, 8);

    private DstEntry() {}

    /** The first 64 bytes, which are the same in both versions. */
    private static Declaration upTo64(String version) {
        return Declaration.struct("dst_entry", version)
                .field("dev", pointer("struct net_device *"), 0)
                .field("ops", pointer("struct dst_ops *"), 8)
                .field("_metrics", number("long unsigned int", 8), 16)
                .field("expires", number("long unsigned int", 8), 24)
                .field("xfrm", pointer("struct xfrm_state *"), 32)
                .field("input", pointer("int (*)(struct sk_buff *)"), 40)
                .field("output", pointer("int (*)(struct net *, struct sock *, struct sk_buff *)"), 48)
                .field("flags", number("short unsigned int", 2), 56)
                .field("obsolete", number("short int", 2), 58)
                .field("header_len", number("short unsigned int", 2), 60)
                .field("trailer_len", number("short unsigned int", 2), 62);
    }

    /** Without NET_DEV_REFCNT_TRACKER this type has no bytes. */
    private static FieldType tracker() {
        return Declaration.opaque("netdevice_tracker", 0, 1);
    }
}
