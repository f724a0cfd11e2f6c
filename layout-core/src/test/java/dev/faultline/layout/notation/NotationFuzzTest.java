package dev.faultline.layout.notation;

import dev.faultline.testing.Mutations;
import org.junit.jupiter.api.Test;

/** Broken notation: one clear line, in 256 MB. */
class NotationFuzzTest {

    private static final String SAMPLE = """
            On Tuesday somebody wrote:
            > struct dst_entry {
            >         struct net_device *        dev;              /*     0     8 */
            >         int (*input)(struct sk_buff *);              /*     8     8 */
            >         /* XXX 48 bytes hole, try to pack */
            >         atomic_t                   __refcnt;         /*    64     4 */
            >
            >         /* size: 72, cachelines: 2, members: 3 */
            > };
            union value {
                    struct {
                            u32                a:3;              /*     0: 0  4 */
                            u32                b:29;             /*     0: 3  4 */
                    } bits;                                      /*     0     4 */
                    char                       bytes[2][4];      /*     0     8 */
            } __attribute__((__aligned__(8)));
            struct rtable {
                    struct dst_entry           dst;              /*     0    72 */
                    union value                v[2];             /*    72    16 */
                    char                       end[];            /*    88     0 */
                    /* size: 88, cachelines: 2, members: 3 */
            };
            struct plain { char a; long b : 5, c; std::atomic<int> d; int (*f[3])(void); enum e { X } g; };
            typedef unsigned int word_t;
            struct aliased { word_t w[4]; _Atomic(long) n; int x __attribute__((packed, aligned(2))); };
            """;

    @Test
    void mutated_and_truncated_notation_ends_with_one_line_or_is_read() {
        Mutations.text(SAMPLE, 25_000, 3_000_000, text -> NotationReader.read("mail", text));
    }
}
