package dev.faultline.offheap.kernel;

import static dev.faultline.offheap.declare.Declaration.array;
import static dev.faultline.offheap.declare.Declaration.embedded;
import static dev.faultline.offheap.declare.Declaration.marker;
import static dev.faultline.offheap.declare.Declaration.number;
import static dev.faultline.offheap.declare.Declaration.opaque;
import static dev.faultline.offheap.declare.Declaration.pointer;
import static dev.faultline.offheap.declare.Declaration.pointer32;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.declare.Declaration;

/**
 * {@code struct net_device}: a network interface, shared by all threads that send or receive through it. Up to 2.6.36
 * it had one atomic reference count; since 2.6.37 there is a counter for each CPU, and the struct holds a pointer to
 * them (kernel commit 29b4433d991c).
 *
 * <p>The two old versions are those of a 32-bit kernel, of which two facts are known: the offset of the count, and the
 * order of the lists declared after it, from which their offsets follow. Of 6.18, the fields that packets, references
 * and registration use are declared.
 */
final class NetDevice {

    static final StructLayout ATOMIC_COUNT = lists32(
                    Declaration.struct("net_device", "2.6.36")
                            .undeclared(0, 640)
                            .field("refcnt", number("atomic_t", 4), 640),
                    644)
            .undeclared(668, 36)
            .upTo(704, 64);

    static final StructLayout PER_CPU_COUNT = lists32(
                    Declaration.struct("net_device", "2.6.37")
                            .undeclared(0, 608)
                            .field("pcpu_refcnt", pointer32("int *"), 608),
                    612)
            .undeclared(636, 4)
            .upTo(640, 64);

    static final StructLayout GROUPED = registration(
            counters(readByReceivers(readByBoth(readBySenders(Declaration.struct("net_device", "6.18"))))));

    private NetDevice() {}

    /** The three lists after the count, of two pointers each. */
    private static Declaration lists32(Declaration declaration, long at) {
        StructLayout list = Declaration.struct("list_head", "")
                .field("next", pointer32("struct list_head *"), 0)
                .field("prev", pointer32("struct list_head *"), 4)
                .ofSize(4 + 4, 4);
        StructLayout node = Declaration.struct("hlist_node", "")
                .field("next", pointer32("struct hlist_node *"), 0)
                .field("pprev", pointer32("struct hlist_node * *"), 4)
                .ofSize(4 + 4, 4);
        return declaration
                .field("todo_list", list, at)
                .field("index_hlist", node, at + 8)
                .field("link_watch_list", list, at + 16);
    }

    private static Declaration readBySenders(Declaration declaration) {
        StructLayout flags = flags();
        StructLayout either = Declaration.union("")
                .field("", flags, 0)
                .field("priv_flags_fast", flags, 0)
                .ofSize(8, 8);
        StructLayout queues = Declaration.struct("netdev_tc_txq", "")
                .field("count", number("u16", 2), 0)
                .field("offset", number("u16", 2), 2)
                .ofSize(2 + 2, 2);
        return declaration
                .field("__cacheline_group_begin__net_device_read_tx", marker(), 0)
                .field("", either, 0)
                .field("netdev_ops", pointer("const struct net_device_ops *"), 8)
                .field("header_ops", pointer("const struct header_ops *"), 16)
                .field("_tx", pointer("struct netdev_queue *"), 24)
                .field("gso_partial_features", features(), 32)
                .field("real_num_tx_queues", number("unsigned int", 4), 40)
                .field("gso_max_size", number("unsigned int", 4), 44)
                .field("gso_ipv4_max_size", number("unsigned int", 4), 48)
                .field("gso_max_segs", number("u16", 2), 52)
                .field("num_tc", number("s16", 2), 54)
                .field("mtu", number("unsigned int", 4), 56)
                .field("needed_headroom", number("short unsigned int", 2), 60)
                .field("tc_to_txq", array(aggregate(queues), 16), 62)
                .hole(126, 2)
                .field("xps_maps", array(pointer("struct xps_dev_maps *"), 2), 128)
                .field("nf_hooks_egress", pointer("struct nf_hook_entries *"), 144)
                .field("tcx_egress", pointer("struct bpf_mprog_entry *"), 152)
                .field("__cacheline_group_end__net_device_read_tx", marker(), 160);
    }

    private static StructLayout flags() {
        return Declaration.struct("", "")
                .bits(number("long unsigned int", 8), 0, "priv_flags:32", "lltx:1", "netmem_tx:1")
                .ofSize(8, 8);
    }

    private static Declaration readByBoth(Declaration declaration) {
        StructLayout statistics = Declaration.union("")
                .field("lstats", pointer("struct pcpu_lstats *"), 0)
                .field("tstats", pointer("struct pcpu_sw_netstats *"), 0)
                .field("dstats", pointer("struct pcpu_dstats *"), 0)
                .ofSize(8, 8);
        return declaration
                .field("__cacheline_group_begin__net_device_read_txrx", marker(), 160)
                .field("", statistics, 160)
                .field("state", number("long unsigned int", 8), 168)
                .field("flags", number("unsigned int", 4), 176)
                .field("hard_header_len", number("short unsigned int", 2), 180)
                .hole(182, 2)
                .field("features", features(), 184)
                .field("ip6_ptr", pointer("struct inet6_dev *"), 192)
                .field("__cacheline_group_end__net_device_read_txrx", marker(), 200);
    }

    private static Declaration readByReceivers(Declaration declaration) {
        return declaration
                .field("__cacheline_group_begin__net_device_read_rx", marker(), 200)
                .field("xdp_prog", pointer("struct bpf_prog *"), 200)
                .field("ptype_specific", CommonStructs.LIST_HEAD, 208)
                .field("ifindex", number("int", 4), 224)
                .field("real_num_rx_queues", number("unsigned int", 4), 228)
                .field("_rx", pointer("struct netdev_rx_queue *"), 232)
                .field("gro_max_size", number("unsigned int", 4), 240)
                .field("gro_ipv4_max_size", number("unsigned int", 4), 244)
                .field("rx_handler", pointer("rx_handler_func_t *"), 248)
                .field("rx_handler_data", pointer("void *"), 256)
                .field("nd_net", opaque("possible_net_t", 8, 8), 264)
                .field("tcx_ingress", pointer("struct bpf_mprog_entry *"), 272)
                .field("__cacheline_group_end__net_device_read_rx", marker(), 280);
    }

    /** Fields outside the groups that are written, locked, or read for some packets. */
    private static Declaration counters(Declaration declaration) {
        return declaration
                .field("name", array(number("char", 1), 16), 280)
                .undeclared(296, 248)
                .field("stats", opaque("struct net_device_stats", 184, 8), 544)
                .field("core_stats", pointer("struct net_device_core_stats *"), 728)
                .field("carrier_up_count", number("atomic_t", 4), 736)
                .field("carrier_down_count", number("atomic_t", 4), 740)
                .undeclared(744, 84)
                .field("addr_list_lock", number("spinlock_t", 4), 828)
                .undeclared(832, 120)
                .field("ip_ptr", pointer("struct in_device *"), 952)
                .undeclared(960, 8)
                .field("dev_addr", pointer("const unsigned char *"), 968)
                .undeclared(976, 88)
                .field("qdisc", pointer("struct Qdisc *"), 1064)
                .field("tx_queue_len", number("unsigned int", 4), 1072)
                .field("tx_global_lock", number("spinlock_t", 4), 1076)
                .field("xdp_bulkq", pointer("struct xdp_dev_bulk_queue *"), 1080)
                .undeclared(1088, 128);
    }

    private static StructLayout registration(Declaration declaration) {
        return declaration
                .field("watchdog_timer", opaque("struct timer_list", 40, 8), 1216)
                .field("watchdog_timeo", number("int", 4), 1256)
                .field("watchdog_lock", number("spinlock_t", 4), 1260)
                .field("watchdog_ref_held", number("bool", 1), 1264)
                .hole(1265, 3)
                .field("proto_down_reason", number("u32", 4), 1268)
                .field("todo_list", CommonStructs.LIST_HEAD, 1272)
                .field("pcpu_refcnt", pointer("int *"), 1288)
                .field("refcnt_tracker", opaque("struct ref_tracker_dir", 0, 1), 1296)
                .field("link_watch_list", CommonStructs.LIST_HEAD, 1296)
                .field("reg_state", number("u8", 1), 1312)
                .field("dismantle", number("bool", 1), 1313)
                .field("moving_ns", number("bool", 1), 1314)
                .field("rtnl_link_initializing", number("bool", 1), 1315)
                .field("needs_free_netdev", number("bool", 1), 1316)
                .undeclared(1317, 1139)
                .hole(2456, 40)
                .field("priv", array(number("u8", 1), 0), 2496)
                .ofSize(2496, 64);
    }

    private static FieldType features() {
        return number("netdev_features_t", 8);
    }

    private static FieldType aggregate(StructLayout layout) {
        return embedded(layout.spelling(), layout);
    }
}
