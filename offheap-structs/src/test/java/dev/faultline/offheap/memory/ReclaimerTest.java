package dev.faultline.offheap.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReclaimerTest {

    private static StackTraceElement frame(String className) {
        return new StackTraceElement(className, "run", null, -2);
    }

    /** Repeats {@link Reclaimer#look} until all memory is freed; fails after 20 s. */
    private static void expectNothingPending() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (Block.pendingBytes() > 0 && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertThat(Block.pendingBytes()).isZero();
    }

    @Test
    void closed_memory_is_given_back_without_another_call() throws InterruptedException {
        expectNothingPending();
        Block block = Block.allocate(1 << 20, 64);
        LongWord word = block.int64(64);
        block.close();
        assertThatThrownBy(word::get).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        expectNothingPending();
    }

    @Test
    void many_blocks_that_come_and_go_leave_at_most_a_bounded_amount() throws InterruptedException {
        long most = 0;
        for (int i = 0; i < 40; i++) {
            Block.allocate(8 << 20, 64).close();
            most = Math.max(most, Block.pendingBytes());
        }
        assertThat(most).isLessThanOrEqualTo(80L << 20);
        expectNothingPending();
    }

    @Test
    void a_thread_inside_an_access_keeps_the_memory() {
        for (Class<?> accessor : new Class<?>[] {
            OffHeapInt.class,
            OffHeapInts.class,
            OffHeapLong.class,
            OffHeapLongs.class,
            NumberField.class,
            BytesField.class
        }) {
            StackTraceElement[] frames = {frame("sun.misc.Unsafe"), frame(accessor.getName()), frame("com.acme.Main")};
            assertThat(Reclaimer.isInside(frames)).as(accessor.getName()).isTrue();
        }
        assertThat(Reclaimer.isInside(new StackTraceElement[] {frame(Block.class.getName())}))
                .isFalse();
        assertThat(Reclaimer.isInside(new StackTraceElement[] {frame("jdk.internal.vm.Continuation")}))
                .as("a carrier with a virtual thread")
                .isTrue();
        assertThat(Reclaimer.isInside(new StackTraceElement[] {frame("java.lang.VirtualThread")}))
                .as("the JDK's thread that unblocks virtual ones")
                .isFalse();
        assertThat(Reclaimer.isInside(new StackTraceElement[0])).isFalse();
    }

    /** The class that keeps a window's address, here this test. */
    private static final class User {

        static byte[] keep(Window window, CountDownLatch has, CountDownLatch goOn) throws InterruptedException {
            long address = window.open();
            has.countDown();
            goOn.await();
            window.setLong(address, 7);
            return new byte[] {(byte) window.getLong(address)};
        }
    }

    @Test
    void a_thread_inside_a_call_of_a_window_s_user_keeps_the_memory() throws InterruptedException {
        expectNothingPending();
        Block block = Block.allocate(64 << 20, 64);
        Window window = Window.on(block, User.class);
        CountDownLatch has = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicReference<Object> read = new AtomicReference<>();
        Thread inside = new Thread(() -> {
            try {
                read.set(User.keep(window, has, goOn)[0]);
            } catch (InterruptedException | RuntimeException failed) {
                read.set(failed);
            }
        });
        inside.start();
        has.await();
        block.close();
        assertThatThrownBy(window::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        for (int i = 0; i < 5; i++) {
            assertThat(Reclaimer.look()).as("all is freed").isFalse();
        }
        assertThat(Block.pendingBytes()).isPositive();
        goOn.countDown();
        inside.join();
        assertThat(read.get()).as("what the late access read").isEqualTo((byte) 7);
        expectNothingPending();
    }

    @Test
    void a_window_on_a_closed_block_is_refused() {
        Block block = Block.allocate(64, 64);
        block.close();
        assertThatThrownBy(() -> Window.on(block, User.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    /** The VM keeps threads as keys of a map; a thread that is equal to all others must not hide any. */
    @Test
    void a_thread_that_equals_others_hides_none() throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        List<Thread> alike = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread() {
                @Override
                public void run() {
                    try {
                        stop.await();
                    } catch (InterruptedException ended) {
                        // nothing to do
                    }
                }

                @Override
                public boolean equals(Object other) {
                    return other instanceof Thread;
                }

                @Override
                public int hashCode() {
                    throw new IllegalStateException("asked for");
                }
            };
            alike.add(thread);
            thread.start();
        }
        Block.allocate(1 << 20, 64).close();
        expectNothingPending();
        stop.countDown();
        for (Thread thread : alike) {
            thread.join();
        }
    }

    /** An object that only a finalizer still reaches must find its block closed, too. */
    @Test
    @SuppressWarnings({"removal", "deprecation"}) // one name on 17, the other on later JDKs
    void a_word_that_only_a_finalizer_holds_is_told() throws InterruptedException {
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        Block block = Block.allocate(1 << 20, 64);
        LongWord word = block.int64(64);
        class Counted {
            private final LongWord mine;

            Counted(LongWord mine) {
                this.mine = mine;
            }

            @Override
            protected void finalize() {
                try {
                    block.close();
                    mine.getAndAdd(1);
                    said.add("went to memory");
                } catch (IllegalStateException closed) {
                    said.add("told");
                }
            }
        }
        new Counted(word);
        word = null;
        for (int i = 0; said.isEmpty() && i < 200; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(said.poll()).isEqualTo("told");
    }

    /** A bulk write takes long enough to be under way when the block closes; its memory must still be there. */
    @Test
    void a_bulk_write_that_is_under_way_ends_and_the_next_one_throws() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            Block block = Block.allocate(64 << 20, 64);
            LongWords words = block.int64s(0, 8 << 20, 8);
            long[] from = new long[8 << 20];
            AtomicReference<Throwable> end = new AtomicReference<>();
            CountDownLatch begun = new CountDownLatch(1);
            Thread writer = new Thread(() -> {
                begun.countDown();
                try {
                    while (true) {
                        words.setAll(0, from, 0, from.length);
                    }
                } catch (IllegalStateException closed) {
                    end.set(closed);
                }
            });
            writer.start();
            begun.await();
            Thread.sleep(round);
            block.close();
            writer.join(20_000);
            assertThat(end.get()).hasMessageContaining("closed");
        }
        expectNothingPending();
    }

    /** A virtual thread is in no list of stacks: while one runs, closed memory is not freed. From JDK 21 on. */
    @Test
    void a_virtual_thread_that_runs_keeps_the_memory() throws Exception {
        expectNothingPending();
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(1);
        Thread busy = startVirtualOrNull(() -> {
            running.countDown();
            while (!stop.get()) {
                Thread.onSpinWait();
            }
        });
        if (busy == null) {
            assertThat(Runtime.version().feature()).isLessThan(21);
            return;
        }
        running.await();
        Block.allocate(1 << 20, 64).close();
        Reclaimer.look();
        Reclaimer.look();
        assertThat(Block.pendingBytes()).isGreaterThanOrEqualTo(1 << 20);
        stop.set(true);
        busy.join();
        expectNothingPending();
    }

    /** {@return a started virtual thread, or null where this JDK has none} */
    static Thread startVirtualOrNull(Runnable body) throws ReflectiveOperationException {
        Method start;
        try {
            start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        } catch (NoSuchMethodException old) {
            return null;
        }
        return Runtime.version().feature() < 21 ? null : (Thread) start.invoke(null, body);
    }
}
