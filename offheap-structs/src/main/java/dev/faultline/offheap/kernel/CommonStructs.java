package dev.faultline.offheap.kernel;

import static dev.faultline.offheap.declare.Declaration.array;
import static dev.faultline.offheap.declare.Declaration.number;
import static dev.faultline.offheap.declare.Declaration.pointer;

import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.declare.Declaration;

/** Small structs that the declared ones embed; they are the same in all 64-bit versions. */
final class CommonStructs {

    static final StructLayout LIST_HEAD = Declaration.struct("list_head", "")
            .field("next", pointer("struct list_head *"), 0)
            .field("prev", pointer("struct list_head *"), 8)
            .ofSize(8 + 8, 8);

    static final StructLayout LLIST_NODE = Declaration.struct("llist_node", "")
            .field("next", pointer("struct llist_node *"), 0)
            .ofSize(8, 8);

    static final StructLayout RB_NODE = Declaration.struct("rb_node", "")
            .field("__rb_parent_color", number("long unsigned int", 8), 0)
            .field("rb_right", pointer("struct rb_node *"), 8)
            .field("rb_left", pointer("struct rb_node *"), 16)
            .ofSize(8 + 8 + 8, 8);

    static final StructLayout CALLBACK_HEAD = Declaration.struct("callback_head", "")
            .field("next", pointer("struct callback_head *"), 0)
            .field("func", pointer("void (*)(struct callback_head *)"), 8)
            .ofSize(8 + 8, 8);

    static final StructLayout IN6_ADDR =
            Declaration.struct("in6_addr", "").field("in6_u", addressBytes(), 0).ofSize(16, 4);

    static final StructLayout RT6KEY = Declaration.struct("rt6key", "")
            .field("addr", IN6_ADDR, 0)
            .field("plen", number("int", 4), 16)
            .ofSize(16 + 4, 4);

    private CommonStructs() {}

    /** An IPv6 address as a union of three arrays. */
    private static StructLayout addressBytes() {
        return Declaration.union("")
                .field("u6_addr8", array(number("__u8", 1), 16), 0)
                .field("u6_addr16", array(number("__be16", 2), 8), 0)
                .field("u6_addr32", array(number("__be32", 4), 4), 0)
                .ofSize(16, 4);
    }
}
