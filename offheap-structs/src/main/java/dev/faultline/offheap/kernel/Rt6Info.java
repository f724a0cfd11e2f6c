package dev.faultline.offheap.kernel;

import static dev.faultline.offheap.declare.Declaration.number;
import static dev.faultline.offheap.declare.Declaration.pointer;

import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.declare.Declaration;

/** {@code struct rt6_info}: an IPv6 route, whose first member is a {@code dst_entry}. 232 bytes before, 224 after. */
final class Rt6Info {

    static final StructLayout BEFORE = keys(
                    Declaration.struct("rt6_info", "6.3").field("dst", DstEntry.BEFORE, 0), 112)
            .hole(180, 4)
            .field("rt6i_idev", pointer("struct inet6_dev *"), 184)
            .field("rt6i_flags", number("u32", 4), 192)
            .hole(196, 4)
            .field("rt6i_uncached", CommonStructs.LIST_HEAD, 200)
            .field("rt6i_uncached_list", pointer("struct uncached_list *"), 216)
            .field("rt6i_nfheader_len", number("short unsigned int", 2), 224)
            .hole(226, 6)
            .ofSize(232, 8);

    static final StructLayout AFTER = keys(Declaration.struct("rt6_info", "6.4").field("dst", DstEntry.AFTER, 0), 136)
            .hole(204, 4)
            .field("rt6i_idev", pointer("struct inet6_dev *"), 208)
            .field("rt6i_flags", number("u32", 4), 216)
            .field("rt6i_nfheader_len", number("short unsigned int", 2), 220)
            .hole(222, 2)
            .ofSize(224, 8);

    private Rt6Info() {}

    /** Validity and keys, 68 bytes from byte {@code at} on. */
    private static Declaration keys(Declaration declaration, long at) {
        return declaration
                .field("from", pointer("struct fib6_info *"), at)
                .field("sernum", number("int", 4), at + 8)
                .field("rt6i_dst", CommonStructs.RT6KEY, at + 12)
                .field("rt6i_src", CommonStructs.RT6KEY, at + 32)
                .field("rt6i_gateway", CommonStructs.IN6_ADDR, at + 52);
    }
}
