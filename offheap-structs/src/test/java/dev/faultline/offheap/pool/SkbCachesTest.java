package dev.faultline.offheap.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.Interleavings;
import dev.faultline.offheap.interleave.SteppedLongs;
import dev.faultline.offheap.interleave.StressTime;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.pool.SkbCaches.Switches;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which packets sockets keep, and when they free them. */
class SkbCachesTest {

    private static final StripeNodes TWO = StripeNodes.onOneNode(2);

    private int liveBefore;
    private Slab heads;
    private Slab pairs;

    @BeforeEach
    void make() {
        liveBefore = Block.live();
        heads = Slab.create(TWO, 200, 232, 64);
        pairs = Slab.create(TWO, 200, 456, 64);
    }

    @AfterEach
    void nothing_is_left() {
        assertThat(heads.inUse()).isZero();
        assertThat(pairs.inUse()).isZero();
        heads.close();
        pairs.close();
        assertThat(Block.live()).isEqualTo(liveBefore);
    }

    private SkbCaches sockets(Switches switches) {
        return SkbCaches.create(heads, pairs, 3, switches);
    }

    @Test
    void what_cannot_work_is_refused() {
        try (Slab other = Slab.create(StripeNodes.onOneNode(3), 10, 456, 64)) {
            assertThatThrownBy(() -> SkbCaches.create(heads, other, 1, Switches.ON))
                    .hasMessageContaining("StripeNodes[count=3, perNode=3]");
        }
        assertThatThrownBy(() -> SkbCaches.create(heads, heads, 1, Switches.ON))
                .hasMessage("pairs of 232 bytes, expected at least 456");
        assertThatThrownBy(() -> SkbCaches.create(heads, pairs, 0, Switches.ON)).hasMessageContaining("sockets=0");
        try (SkbCaches sockets = sockets(Switches.ON)) {
            assertThatThrownBy(() -> sockets.local(0).send(3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> sockets.local(0).deliver(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void an_acknowledged_packet_is_the_next_to_be_sent() {
        try (SkbCaches sockets = sockets(Switches.ON)) {
            long packet = sockets.local(0).send(1, 0);
            assertThat(sockets.queuedBytes(1)).isEqualTo(512);
            sockets.local(1).acknowledged(1, packet);
            assertThat(sockets.queuedBytes(1)).isZero();
            assertThat(sockets.held()).isEqualTo(1);
            assertThat(sockets.local(0).send(2, 0)).as("another socket's").isNotEqualTo(packet);
            long again = sockets.local(0).send(1, 0);
            assertThat(pairs.slots().index(again)).isEqualTo(pairs.slots().index(packet));
            assertThat(sockets.held()).isZero();
            sockets.local(0).acknowledged(1, again);
            long other = pairs.slots().handle(pairs.slots().index(packet) == 0 ? 1 : 0);
            sockets.local(0).acknowledged(2, other);
            assertThat(sockets.held()).isEqualTo(2);
        }
    }

    @Test
    void a_packet_whose_payload_is_copied_is_not_the_one_kept() {
        try (SkbCaches sockets = sockets(Switches.ON)) {
            long packet = sockets.local(0).send(0, 0);
            sockets.local(0).acknowledged(0, packet);
            long copied = sockets.local(0).send(0, 1000);
            assertThat(copied).isNotEqualTo(packet);
            assertThat(sockets.held()).isEqualTo(1);
            sockets.local(0).acknowledged(0, copied);
            assertThat(pairs.inUse()).as("there is one already").isEqualTo(1);
        }
    }

    @Test
    void a_packet_whose_clone_the_driver_has_is_not_kept_and_freed_with_the_last_reference() {
        try (SkbCaches sockets = sockets(Switches.ON)) {
            long packet = sockets.local(0).send(0, 0);
            sockets.local(0).takeClone(packet);
            assertThatThrownBy(() -> sockets.local(0).takeClone(packet)).hasMessageContaining("is in use");
            sockets.local(1).acknowledged(0, packet);
            assertThat(sockets.held()).isZero();
            assertThat(pairs.inUse()).isEqualTo(1);
            sockets.local(0).cloneSent(packet);
            assertThat(pairs.inUse()).isZero();

            long next = sockets.local(0).send(0, 0);
            sockets.local(0).takeClone(next);
            sockets.local(0).cloneSent(next);
            assertThat(pairs.inUse()).isEqualTo(1);
            sockets.local(1).acknowledged(0, next);
            assertThat(sockets.held()).isEqualTo(1);
        }
    }

    @Test
    void a_packet_that_was_read_is_freed_by_the_stripe_that_delivers_the_next() {
        try (SkbCaches sockets = sockets(Switches.ON)) {
            long packet = sockets.local(0).receive();
            sockets.local(0).deliver(0);
            sockets.local(1).read(0, packet);
            assertThat(sockets.held()).isEqualTo(1);
            long second = sockets.local(0).receive();
            long third = sockets.local(0).receive();
            sockets.local(1).read(0, second);
            assertThat(heads.inUse()).as("one is kept, the second was freed").isEqualTo(2);
            sockets.local(0).deliver(1);
            assertThat(sockets.held()).as("another socket's").isEqualTo(1);
            sockets.local(0).deliver(0);
            assertThat(sockets.held()).isZero();
            assertThat(heads.inUse()).isEqualTo(1);
            sockets.local(1).read(0, third);
        }
    }

    @Test
    void nothing_is_kept_that_is_switched_off_and_nothing_read_where_packets_are_steered() {
        for (Switches switches : new Switches[] {
            Switches.OFF,
            new Switches(true, true, true),
            new Switches(false, true, false),
            new Switches(true, false, false)
        }) {
            try (SkbCaches sockets = sockets(switches)) {
                sockets.local(1).read(0, sockets.local(0).receive());
                assertThat(sockets.held())
                        .as(switches.toString())
                        .isEqualTo(switches.receiving() && !switches.steering() ? 1 : 0);
                sockets.local(0).deliver(0);
                sockets.local(1).acknowledged(0, sockets.local(0).send(0, 0));
                assertThat(sockets.held()).as(switches.toString()).isEqualTo(switches.sending() ? 1 : 0);
            }
        }
    }

    @Test
    void purging_frees_what_is_kept_to_send_disconnecting_both_and_closing_all() {
        SkbCaches sockets = sockets(Switches.ON);
        for (int socket = 0; socket < 3; socket++) {
            sockets.local(0).acknowledged(socket, sockets.local(0).send(socket, 0));
            sockets.local(0).read(socket, sockets.local(0).receive());
        }
        assertThat(sockets.held()).isEqualTo(6);
        sockets.local(1).purge(0);
        assertThat(sockets.held()).isEqualTo(5);
        assertThat(pairs.inUse()).isEqualTo(2);
        sockets.local(1).disconnect(1);
        assertThat(sockets.held()).isEqualTo(3);
        sockets.close();
        sockets.close();
        assertThat(heads.inUse() + pairs.inUse()).isZero();
        assertThatThrownBy(() -> sockets.local(0).send(0, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sockets.local(0).deliver(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(sockets::held).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_packet_let_go_of_twice_is_noticed() {
        try (SkbCaches sockets = sockets(Switches.ON)) {
            long packet = sockets.local(0).send(0, 0);
            sockets.local(0).acknowledged(0, packet);
            assertThatThrownBy(() -> sockets.local(0).acknowledged(0, packet))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> sockets.local(0).cloneSent(packet)).isInstanceOf(IllegalStateException.class);
            long read = sockets.local(0).receive();
            sockets.local(0).read(0, read);
            sockets.local(0).deliver(0);
            assertThatThrownBy(() -> sockets.local(0).read(0, read)).isInstanceOf(IllegalStateException.class);
            assertThat(sockets.queuedBytes(0))
                    .as("charged for what is not there is nothing")
                    .isZero();
        }
    }

    @Test
    void an_allocator_with_nothing_left_leaves_sockets_as_they_were() {
        try (SkbCaches sockets = sockets(Switches.ON)) {
            List<Long> out = new ArrayList<>();
            for (long packet = sockets.local(0).send(0, 0);
                    packet != 0;
                    packet = sockets.local(0).send(0, 0)) {
                out.add(packet);
            }
            assertThat(out).hasSize(200);
            assertThat(sockets.queuedBytes(0)).isEqualTo(200 * 512);
            sockets.local(1).acknowledged(0, out.get(0));
            assertThat(sockets.local(0).send(0, 9))
                    .as("the one kept is of no use for it")
                    .isZero();
            long again = sockets.local(0).send(0, 0);
            assertThat(pairs.slots().index(again)).isEqualTo(pairs.slots().index(out.get(0)));
            out.set(0, again);
            out.forEach(packet -> sockets.local(1).acknowledged(0, packet));
            assertThat(sockets.queuedBytes(0)).isZero();
        }
    }

    @Test
    void at_each_step_of_a_random_course_every_packet_is_somewhere() {
        long seed = StressTime.seed(getClass().getSimpleName());
        Random random = new Random(seed);
        try (SkbCaches sockets = sockets(Switches.ON)) {
            List<long[]> sent = new ArrayList<>(); // packet, socket, whether the clone is out, acknowledged
            List<Long> received = new ArrayList<>();
            for (int step = 0; step < 30_000; step++) {
                int socket = random.nextInt(3);
                SkbCaches.Local local = sockets.local(random.nextInt(2));
                switch (random.nextInt(7)) {
                    case 0 -> {
                        long packet = local.send(socket, random.nextInt(2));
                        if (packet != 0) {
                            boolean cloned = random.nextBoolean();
                            if (cloned) {
                                local.takeClone(packet);
                            }
                            sent.add(new long[] {packet, socket, cloned ? 1 : 0, 0});
                        }
                    }
                    case 1, 2 -> letGo(random, local, sent);
                    case 3 -> {
                        long packet = local.receive();
                        if (packet != 0) {
                            received.add(packet);
                        }
                    }
                    case 4 -> {
                        if (!received.isEmpty()) {
                            local.read(socket, received.remove(random.nextInt(received.size())));
                        }
                    }
                    case 5 -> local.deliver(socket);
                    default -> {
                        if (random.nextInt(20) == 0) {
                            local.disconnect(socket);
                        }
                    }
                }
                if (heads.inUse() + pairs.inUse() != sent.size() + received.size() + sockets.held()) {
                    throw new AssertionError("seed " + seed + " step " + step + ": " + heads.inUse() + " + "
                            + pairs.inUse() + " in use, " + sent.size() + " + " + received.size() + " out, "
                            + sockets.held() + " kept");
                }
            }
            while (!sent.isEmpty()) {
                letGo(random, sockets.local(0), sent);
            }
            received.forEach(packet -> sockets.local(0).read(0, packet));
            assertThat(sockets.queuedBytes(0) + sockets.queuedBytes(1) + sockets.queuedBytes(2))
                    .isZero();
        }
    }

    /** One of the packets is released by the driver, by the acknowledgement, or by both. */
    private static void letGo(Random random, SkbCaches.Local local, List<long[]> sent) {
        if (sent.isEmpty()) {
            return;
        }
        int index = random.nextInt(sent.size());
        long[] one = sent.get(index);
        if (one[2] == 1 && (one[3] == 1 || random.nextBoolean())) {
            local.cloneSent(one[0]);
            one[2] = 0;
        } else if (one[3] == 0) {
            local.acknowledged((int) one[1], one[0]);
            one[3] = 1;
        }
        if (one[2] == 0 && one[3] == 1) {
            sent.remove(index);
        }
    }

    @Test
    void of_two_who_let_go_at_the_same_time_exactly_one_was_last() {
        Interleavings.of(scenario -> {
                    SteppedLongs references = scenario.int64s("references", 1);
                    references.set(0, 2);
                    AtomicInteger last = new AtomicInteger();
                    for (String who : new String[] {"acknowledgement", "driver"}) {
                        scenario.thread(who, () -> {
                            if (SkbCaches.dropsLast(references, 0)) {
                                last.incrementAndGet();
                            }
                        });
                    }
                    scenario.atEnd(() -> assertThat(last).hasValue(1));
                })
                .explore();
    }
}
