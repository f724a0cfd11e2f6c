package dev.faultline.offheap.kernel;

import static dev.faultline.offheap.declare.Declaration.array;
import static dev.faultline.offheap.declare.Declaration.marker;
import static dev.faultline.offheap.declare.Declaration.number;
import static dev.faultline.offheap.declare.Declaration.pointer;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.declare.Declaration;

/**
 * {@code struct sk_buff}: the description of a packet, as in 6.18; and {@code struct sk_buff_fclones}, the pair in
 * which TCP allocates a packet: the one it keeps until the packet is acknowledged, and the clone it gives to the
 * driver.
 *
 * <p>In 5.10 the struct also had 224 bytes, with links, lengths, pointers and counts at the same offsets; in 6.1, 6.12
 * and 7.2 it has 232.
 */
final class SkBuff {

    static final StructLayout PACKET =
            ends(headers(lengths(owner(Declaration.struct("sk_buff", "6.18"))))).ofSize(224, 8);

    static final StructLayout PAIR = Declaration.struct("sk_buff_fclones", "6.18")
            .field("skb1", PACKET, 0)
            .field("skb2", PACKET, 224)
            .field("fclone_ref", number("refcount_t", 4), 448)
            .hole(452, 4)
            .ofSize(456, 8);

    private SkBuff() {}

    private static Declaration owner(Declaration declaration) {
        StructLayout device = Declaration.union("")
                .field("dev", pointer("struct net_device *"), 0)
                .field("dev_scratch", number("long unsigned int", 8), 0)
                .ofSize(8, 8);
        StructLayout queued = Declaration.struct("", "")
                .field("next", pointer("struct sk_buff *"), 0)
                .field("prev", pointer("struct sk_buff *"), 8)
                .field("", device, 16)
                .ofSize(24, 8);
        StructLayout links = Declaration.union("")
                .field("", queued, 0)
                .field("rbnode", CommonStructs.RB_NODE, 0)
                .field("list", CommonStructs.LIST_HEAD, 0)
                .field("ll_node", CommonStructs.LLIST_NODE, 0)
                .ofSize(24, 8);
        StructLayout time = Declaration.union("")
                .field("tstamp", number("ktime_t", 8), 0)
                .field("skb_mstamp_ns", number("u64", 8), 0)
                .ofSize(8, 8);
        return declaration
                .field("", links, 0)
                .field("sk", pointer("struct sock *"), 24)
                .field("", time, 32)
                .field("cb", array(number("char", 1), 48), 40)
                .field("", route(), 88);
    }

    private static StructLayout route() {
        StructLayout reference = Declaration.struct("", "")
                .field("_skb_refdst", number("long unsigned int", 8), 0)
                .field("destructor", pointer("void (*)(struct sk_buff *)"), 8)
                .ofSize(16, 8);
        return Declaration.union("")
                .field("", reference, 0)
                .field("tcp_tsorted_anchor", CommonStructs.LIST_HEAD, 0)
                .field("_sk_redir", number("long unsigned int", 8), 0)
                .ofSize(16, 8);
    }

    private static Declaration lengths(Declaration declaration) {
        return declaration
                .field("_nfct", number("long unsigned int", 8), 104)
                .field("len", number("unsigned int", 4), 112)
                .field("data_len", number("unsigned int", 4), 116)
                .field("mac_len", number("__u16", 2), 120)
                .field("hdr_len", number("__u16", 2), 122)
                .field("queue_mapping", number("__u16", 2), 124)
                .field("__cloned_offset", marker(), 126)
                .bits(
                        number("__u8", 1),
                        126,
                        "cloned:1",
                        "nohdr:1",
                        "fclone:2",
                        "peeked:1",
                        "head_frag:1",
                        "pfmemalloc:1",
                        "pp_recycle:1")
                .field("active_extensions", number("__u8", 1), 127);
    }

    /** The fields that a clone copies unchanged, as a union: each field by itself, and all of them as one group. */
    private static Declaration headers(Declaration declaration) {
        StructLayout copied = addresses(tags(bits(Declaration.struct("", "")))).ofSize(56, 4);
        StructLayout either = Declaration.union("")
                .field("", copied, 0)
                .field("headers", copied, 0)
                .ofSize(56, 4);
        return declaration.field("", either, 128);
    }

    private static Declaration bits(Declaration declaration) {
        FieldType unit = number("__u8", 1);
        return declaration
                .field("__pkt_type_offset", marker(), 0)
                .bits(unit, 0, "pkt_type:3", "ignore_df:1", "dst_pending_confirm:1", "ip_summed:2", "ooo_okay:1")
                .field("__mono_tc_offset", marker(), 1)
                .bits(
                        unit,
                        1,
                        "tstamp_type:2",
                        "tc_at_ingress:1",
                        "tc_skip_classify:1",
                        "remcsum_offload:1",
                        "csum_complete_sw:1",
                        "csum_level:2")
                .bits(
                        unit,
                        2,
                        "inner_protocol_type:1",
                        "l4_hash:1",
                        "sw_hash:1",
                        "no_fcs:1",
                        "encapsulation:1",
                        "encap_hdr_csum:1",
                        "csum_valid:1",
                        "nf_trace:1")
                .bits(unit, 3, "redirected:1", "from_ingress:1", "nf_skip_egress:1", "slow_gro:1", "unreadable:1");
    }

    private static Declaration tags(Declaration declaration) {
        StructLayout partial = Declaration.struct("", "")
                .field("csum_start", number("__u16", 2), 0)
                .field("csum_offset", number("__u16", 2), 2)
                .ofSize(2 + 2, 2);
        StructLayout checksum = Declaration.union("")
                .field("csum", number("__wsum", 4), 0)
                .field("", partial, 0)
                .ofSize(4, 4);
        StructLayout tag = Declaration.struct("", "")
                .field("vlan_proto", number("__be16", 2), 0)
                .field("vlan_tci", number("__u16", 2), 2)
                .ofSize(2 + 2, 2);
        StructLayout vlan = Declaration.union("")
                .field("vlan_all", number("u32", 4), 0)
                .field("", tag, 0)
                .ofSize(4, 4);
        return declaration
                .field("tc_index", number("__u16", 2), 4)
                .field("alloc_cpu", number("u16", 2), 6)
                .field("", checksum, 8)
                .field("priority", number("__u32", 4), 12)
                .field("skb_iif", number("int", 4), 16)
                .field("hash", number("__u32", 4), 20)
                .field("", vlan, 24)
                .field("", either("unsigned int", "napi_id", "sender_cpu"), 28)
                .field("secmark", number("__u32", 4), 32)
                .field("", either("__u32", "mark", "reserved_tailroom"), 36);
    }

    /** One word under two names. */
    private static StructLayout either(String spelling, String name, String other) {
        return Declaration.union("")
                .field(name, number(spelling, 4), 0)
                .field(other, number(spelling, 4), 0)
                .ofSize(4, 4);
    }

    private static Declaration addresses(Declaration declaration) {
        StructLayout inner = Declaration.union("")
                .field("inner_protocol", number("__be16", 2), 0)
                .field("inner_ipproto", number("__u8", 1), 0)
                .ofSize(2, 2);
        return declaration
                .field("", inner, 40)
                .field("inner_transport_header", number("__u16", 2), 42)
                .field("inner_network_header", number("__u16", 2), 44)
                .field("inner_mac_header", number("__u16", 2), 46)
                .field("protocol", number("__be16", 2), 48)
                .field("transport_header", number("__u16", 2), 50)
                .field("network_header", number("__u16", 2), 52)
                .field("mac_header", number("__u16", 2), 54);
    }

    private static Declaration ends(Declaration declaration) {
        return declaration
                .field("tail", number("sk_buff_data_t", 4), 184)
                .field("end", number("sk_buff_data_t", 4), 188)
                .field("head", pointer("unsigned char *"), 192)
                .field("data", pointer("unsigned char *"), 200)
                .field("truesize", number("unsigned int", 4), 208)
                .field("users", number("refcount_t", 4), 212)
                .field("extensions", pointer("struct skb_ext *"), 216);
    }
}
