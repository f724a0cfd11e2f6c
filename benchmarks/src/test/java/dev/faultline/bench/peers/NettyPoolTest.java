package dev.faultline.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.Recycler;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whether the Recycler reuses on plain threads, as it is set here; else it would compete as a maker of garbage. */
class NettyPoolTest {

    private static final class Thing {
        private final Recycler.Handle<Thing> handle;

        Thing(Recycler.Handle<Thing> handle) {
            this.handle = handle;
        }
    }

    private static Recycler<Thing> recycler(int[] made, int ratio, Thread owner) {
        return owner == null
                ? new Recycler<>(1024, ratio, 32) {
                    @Override
                    protected Thing newObject(Handle<Thing> handle) {
                        made[0]++;
                        return new Thing(handle);
                    }
                }
                : new Recycler<>(1024, ratio, 32, owner, false) {
                    @Override
                    protected Thing newObject(Handle<Thing> handle) {
                        made[0]++;
                        return new Thing(handle);
                    }
                };
    }

    /** {@return how many were made in ten bursts of 256, which another thread may recycle} */
    private static int made(int ratio, Thread owner, boolean elsewhere) throws InterruptedException {
        int[] made = {0};
        Recycler<Thing> recycler = recycler(made, ratio, owner);
        for (int burst = 0; burst < 10; burst++) {
            Set<Thing> taken = new HashSet<>();
            for (int i = 0; i < 256; i++) {
                taken.add(recycler.get());
            }
            assertThat(taken).as("no other record").hasSize(256);
            Runnable recycling = () -> taken.forEach(thing -> thing.handle.recycle(thing));
            if (elsewhere) {
                Thread thread = new Thread(recycling);
                thread.start();
                thread.join();
            } else {
                recycling.run();
            }
        }
        return made[0];
    }

    @Test
    void made_for_a_thread_it_gives_that_thread_back_what_anybody_recycled() throws InterruptedException {
        assertThat(made(0, Thread.currentThread(), false)).isEqualTo(256);
        assertThat(made(0, Thread.currentThread(), true)).isEqualTo(256);
    }

    @Test
    void with_its_default_ratio_it_makes_most_of_a_burst_anew() throws InterruptedException {
        assertThat(made(8, Thread.currentThread(), false)).isGreaterThan(1000);
    }

    @Test
    void made_for_no_thread_it_keeps_nothing_of_a_plain_thread() throws InterruptedException {
        assertThat(Thread.currentThread().getClass()).isEqualTo(Thread.class);
        assertThat(made(0, null, false))
                .as("else each user need no recycler of its own")
                .isEqualTo(2560);
    }

    @Test
    void the_contestant_gets_back_what_it_freed() {
        try (NettyPool pool = new NettyPool()) {
            pool.open(1, 256);
            NettyPool.User user = pool.user(0);
            user.take(7);
            Object first = pool.inSlot(7);
            user.free(7);
            user.take(7);
            assertThat(pool.inSlot(7)).isSameAs(first);
        }
    }
}
