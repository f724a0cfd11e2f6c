package dev.faultline.offheap.kernel;

import static dev.faultline.offheap.declare.Declaration.number;
import static dev.faultline.offheap.declare.Declaration.opaque;
import static dev.faultline.offheap.declare.Declaration.pointer;

import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.declare.Declaration;

/**
 * {@code struct sock}: one end of a connection, as in 5.10, with the two caches of one packet each that 5.2 added
 * (kernel commits 472c2e07eef0 for sending and 8b27dae5a2e8 for receiving) and 5.16 removed (d8b81175e412). Queues,
 * caches and what packets are charged to are declared; the rest is not.
 */
final class Sock {

    private static final StructLayout LOCK = Declaration.struct("", "")
            .field("slock", number("spinlock_t", 4), 0)
            .field("owned", number("int", 4), 4)
            .field("wq", opaque("wait_queue_head_t", 24, 8), 8)
            .ofSize(32, 8);

    private static final StructLayout QUEUE = Declaration.struct("sk_buff_head", "")
            .field("next", pointer("struct sk_buff *"), 0)
            .field("prev", pointer("struct sk_buff *"), 8)
            .field("qlen", number("__u32", 4), 16)
            .field("lock", number("spinlock_t", 4), 20)
            .ofSize(24, 8);

    static final StructLayout WITH_CACHES =
            sending(budget(receiving(common()))).undeclared(392, 368).ofSize(760, 8);

    private Sock() {}

    private static Declaration common() {
        StructLayout common = Declaration.struct("sock_common", "5.10")
                .undeclared(0, 128)
                .field("skc_refcnt", number("refcount_t", 4), 128)
                .undeclared(132, 4)
                .ofSize(136, 8);
        return Declaration.struct("sock", "5.10").field("__sk_common", common, 0);
    }

    /** Fields written for each received packet, by the receiving interrupt and by the reading thread. */
    private static Declaration receiving(Declaration declaration) {
        StructLayout backlog = Declaration.struct("", "")
                .field("rmem_alloc", number("atomic_t", 4), 0)
                .field("len", number("int", 4), 4)
                .field("head", pointer("struct sk_buff *"), 8)
                .field("tail", pointer("struct sk_buff *"), 16)
                .ofSize(24, 8);
        return declaration
                .field("sk_lock", LOCK, 136)
                .field("sk_drops", number("atomic_t", 4), 168)
                .undeclared(172, 4)
                .field("sk_error_queue", QUEUE, 176)
                .field("sk_rx_skb_cache", pointer("struct sk_buff *"), 200)
                .field("sk_receive_queue", QUEUE, 208)
                .field("sk_backlog", backlog, 232);
    }

    private static Declaration budget(Declaration declaration) {
        return declaration
                .field("sk_forward_alloc", number("int", 4), 256)
                .undeclared(260, 8)
                .field("sk_rcvbuf", number("int", 4), 268)
                .undeclared(272, 8)
                .field("sk_filter", pointer("struct sk_filter *"), 280)
                .undeclared(288, 32);
    }

    /** Fields written for each sent packet, by the sending thread and by the interrupt that acknowledges it. */
    private static Declaration sending(Declaration declaration) {
        return declaration
                .field("sk_dst_cache", pointer("struct dst_entry *"), 320)
                .undeclared(328, 8)
                .field("sk_wmem_queued", number("int", 4), 336)
                .field("sk_wmem_alloc", number("refcount_t", 4), 340)
                .undeclared(344, 8)
                .field("sk_send_head", pointer("struct sk_buff *"), 352)
                .field("sk_tx_skb_cache", pointer("struct sk_buff *"), 360)
                .field("sk_write_queue", QUEUE, 368);
    }
}
