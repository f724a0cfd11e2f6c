package dev.faultline.offheap.kernel;

import static dev.faultline.offheap.declare.Declaration.number;
import static dev.faultline.offheap.declare.Declaration.pointer;

import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.declare.Declaration;

/** {@code struct rtable}: an IPv4 route, whose first member is a {@code dst_entry}. 176 bytes before and after. */
final class Rtable {

    static final StructLayout BEFORE = routeFields(
                    Declaration.struct("rtable", "6.3").field("dst", DstEntry.BEFORE, 0), 112)
            .field("rt_uncached", CommonStructs.LIST_HEAD, 152)
            .field("rt_uncached_list", pointer("struct uncached_list *"), 168)
            .ofSize(176, 8);

    static final StructLayout AFTER = routeFields(
                    Declaration.struct("rtable", "6.4").field("dst", DstEntry.AFTER, 0), 136)
            .ofSize(176, 8);

    private Rtable() {}

    /** The route's own fields, 40 bytes from byte {@code at} on. */
    private static Declaration routeFields(Declaration declaration, long at) {
        StructLayout gateway = Declaration.union("")
                .field("rt_gw4", number("__be32", 4), 0)
                .field("rt_gw6", CommonStructs.IN6_ADDR, 0)
                .ofSize(16, 4);
        return declaration
                .field("rt_genid", number("int", 4), at)
                .field("rt_flags", number("unsigned int", 4), at + 4)
                .field("rt_type", number("__u16", 2), at + 8)
                .field("rt_is_input", number("__u8", 1), at + 10)
                .field("rt_uses_gateway", number("__u8", 1), at + 11)
                .field("rt_iif", number("int", 4), at + 12)
                .field("rt_gw_family", number("u8", 1), at + 16)
                .hole(at + 17, 3)
                .field("", gateway, at + 20)
                .bits(number("u32", 4), at + 36, "rt_mtu_locked:1", "rt_pmtu:31");
    }
}
