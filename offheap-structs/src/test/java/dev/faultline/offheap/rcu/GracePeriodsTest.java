package dev.faultline.offheap.rcu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.memory.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GracePeriodsTest {

    private final int liveBlocks = Block.live();
    private final GracePeriods periods = GracePeriods.forReaders(3);
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void everything_is_freed() {
        periods.close();
        assertThat(Block.live()).isEqualTo(liveBlocks);
    }

    private static void inThread(Runnable body) {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(body, "another");
        thread.setUncaughtExceptionHandler((who, what) -> thrown.set(what));
        thread.start();
        try {
            thread.join(20_000);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        assertThat(thread.isAlive()).isFalse();
        assertThat(thrown.get()).isNull();
    }

    @Test
    void numbers_are_given_out_and_come_back() {
        try (Reader first = periods.register()) {
            Reader second = periods.register();
            Reader third = periods.register();
            assertThat(List.of(first.slot(), second.slot(), third.slot())).containsExactly(0, 1, 2);
            assertThatThrownBy(periods::register)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("all 3 readers");
            second.close();
            second.close();
            try (Reader again = periods.register()) {
                assertThat(again.slot()).isEqualTo(1);
                assertThatThrownBy(second::enter).hasMessageContaining("reader 1 is closed");
            }
            third.close();
        }
        assertThat(periods.mostReaders()).isEqualTo(3);
        for (int readers : new int[] {0, -1, 4097}) {
            assertThatThrownBy(() -> GracePeriods.forReaders(readers)).hasMessageContaining("mostReaders=" + readers);
        }
        try (GracePeriods most = GracePeriods.forReaders(4096)) {
            most.synchronize();
        }
    }

    @Test
    void a_callback_that_throws_an_error_keeps_no_other_from_being_run() {
        GracePeriods own = GracePeriods.forReaders(1);
        own.defer(() -> {
            throw new AssertionError("first");
        });
        own.defer(() -> log.add("second"));
        assertThatThrownBy(own::close).isInstanceOf(AssertionError.class).hasMessage("first");
        assertThat(log).containsExactly("second");
        assertThat(own.pending()).isZero();
        own.close();
        assertThatThrownBy(() -> own.defer(() -> {})).isInstanceOf(IllegalStateException.class);
    }

    /** Either the callback runs, or the deferring thread gets an exception. */
    @Test
    void no_callback_is_lost_when_one_thread_defers_while_another_closes() throws InterruptedException {
        for (int round = 0; round < 300; round++) {
            GracePeriods own = GracePeriods.forReaders(1);
            AtomicInteger accepted = new AtomicInteger();
            AtomicInteger run = new AtomicInteger();
            CountDownLatch begun = new CountDownLatch(1);
            Thread defers = new Thread(() -> {
                begun.countDown();
                try {
                    while (true) {
                        own.defer(run::incrementAndGet);
                        accepted.incrementAndGet();
                    }
                } catch (IllegalStateException closed) {
                    // the exception is the other allowed result
                }
            });
            defers.start();
            begun.await();
            while (true) {
                try {
                    own.close();
                    break;
                } catch (IllegalStateException stillDeferring) {
                    Thread.yield();
                }
            }
            defers.join(20_000);
            assertThat(defers.isAlive()).isFalse();
            assertThat(run.get()).isEqualTo(accepted.get());
        }
    }

    /** A thread that spins is never seen waiting; a thread that sleeps is, most of the time. */
    @Test
    void an_interrupted_thread_waits_as_any_other_and_stays_interrupted() throws InterruptedException {
        try (Reader reader = periods.register()) {
            reader.enter();
            AtomicBoolean stillInterrupted = new AtomicBoolean();
            Thread waiting = new Thread(() -> {
                Thread.currentThread().interrupt();
                periods.synchronize();
                stillInterrupted.set(Thread.currentThread().isInterrupted());
            });
            waiting.start();
            int seenWaiting = 0;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (seenWaiting < 20 && System.nanoTime() < end) {
                seenWaiting += waiting.getState() == Thread.State.TIMED_WAITING ? 1 : 0;
                Thread.sleep(1);
            }
            reader.exit();
            waiting.join(20_000);
            assertThat(waiting.isAlive()).isFalse();
            assertThat(seenWaiting).isEqualTo(20);
            assertThat(stillInterrupted).isTrue();
        }
    }

    @Test
    void a_reader_is_inside_as_often_as_it_entered() {
        try (Reader reader = periods.register()) {
            assertThatThrownBy(reader::exit).hasMessageContaining("not inside");
            assertThatThrownBy(reader::quiescent).hasMessageContaining("not inside");
            reader.enter();
            reader.quiescent();
            reader.enter();
            assertThatThrownBy(reader::quiescent).hasMessageContaining("entered 2 times");
            reader.exit();
            assertThat(reader.isInside()).isTrue();
            reader.exit();
            assertThat(reader.isInside()).isFalse();
            assertThatThrownBy(reader::exit).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void a_reader_is_for_the_thread_that_registered_it() {
        Reader[] others = new Reader[1];
        try (Reader reader = periods.register()) {
            inThread(() -> {
                assertThatThrownBy(reader::enter).hasMessageContaining("register one for each thread");
                assertThatThrownBy(reader::close).hasMessageContaining("which is alive");
                others[0] = periods.register();
                others[0].enter();
            });
            assertThatThrownBy(periods::synchronize).hasMessageContaining("thread another has ended inside; reader 1");
            others[0].close();
            periods.synchronize();
        }
    }

    @Test
    void who_is_inside_cannot_wait_for_all_to_leave() {
        try (Reader reader = periods.register()) {
            reader.enter();
            assertThatThrownBy(periods::synchronize)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("wait for itself");
            assertThatThrownBy(periods::barrier).hasMessageContaining("wait for itself");
            reader.exit();
            periods.synchronize();
            periods.barrier();
        }
    }

    @Test
    void waiting_lasts_until_the_reader_lets_go() throws InterruptedException {
        for (boolean leaves : new boolean[] {true, false}) {
            CountDownLatch inside = new CountDownLatch(1);
            AtomicBoolean letGo = new AtomicBoolean();
            Thread thread = new Thread(() -> {
                try (Reader reader = periods.register()) {
                    reader.enter();
                    inside.countDown();
                    pause();
                    letGo.set(true);
                    if (!leaves) {
                        reader.quiescent();
                    }
                    reader.exit();
                }
            });
            thread.start();
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

            periods.synchronize();

            assertThat(letGo).isTrue();
            thread.join();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(30);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void callbacks_run_in_order_once_readers_have_let_go() {
        try (Reader reader = periods.register()) {
            reader.enter();
            for (String name : List.of("a", "b", "c")) {
                periods.defer(() -> log.add(name));
            }
            assertThat(periods.pending()).isEqualTo(3);
            assertThat(periods.poll()).isZero();
            reader.quiescent();
            periods.defer(() -> log.add("d"));
            assertThat(periods.poll()).isEqualTo(3);
            assertThat(log).containsExactly("a", "b", "c");
            assertThat(periods.pending()).isOne();
            reader.exit();
            assertThat(periods.poll()).isOne();
            assertThat(log).endsWith("d");
        }
    }

    @Test
    void a_callback_that_throws_keeps_no_other_from_running() {
        periods.defer(() -> {
            throw new IllegalArgumentException("first");
        });
        periods.defer(() -> log.add("between"));
        periods.defer(() -> {
            throw new UnsupportedOperationException("second");
        });
        periods.defer(() -> log.add("after"));

        assertThatThrownBy(periods::poll)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("first")
                .hasSuppressedException(new UnsupportedOperationException("second"));
        assertThat(log).containsExactly("between", "after");
        assertThat(periods.poll()).isZero();
        assertThatThrownBy(() -> periods.defer(null)).isInstanceOf(NullPointerException.class);
        assertThat(periods.pending()).isZero();
    }

    @Test
    void callbacks_may_defer_but_not_wait() {
        periods.defer(() -> {
            log.add("outer");
            assertThat(periods.poll()).isZero();
            assertThatThrownBy(periods::barrier).hasMessageContaining("a callback cannot wait");
            assertThatThrownBy(periods::close).hasMessageContaining("a callback cannot wait");
            periods.synchronize();
            periods.defer(() -> log.add("inner"));
        });
        periods.barrier();
        assertThat(log).containsExactly("outer");
        periods.barrier();
        assertThat(log).containsExactly("outer", "inner");
    }

    @Test
    void a_barrier_waits_for_callbacks_that_another_thread_runs() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        periods.defer(() -> {
            begun.countDown();
            pause();
            done.set(true);
        });
        Thread poller = new Thread(periods::poll);
        poller.start();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(periods.poll()).as("while another runs them").isZero();

        periods.barrier();

        assertThat(done).isTrue();
        poller.join();
    }

    @Test
    void closing_runs_what_is_left_and_refuses_what_comes_later() {
        Reader reader = periods.register();
        assertThatThrownBy(periods::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("reader 0 of")
                .hasMessageContaining("still registered");
        reader.close();
        periods.defer(() -> periods.defer(() -> log.add("deferred by a callback")));
        periods.defer(() -> {
            throw new IllegalArgumentException("in a callback");
        });

        assertThatThrownBy(periods::close).hasMessage("in a callback");

        assertThat(log).containsExactly("deferred by a callback");
        assertThat(Block.live()).isEqualTo(liveBlocks);
        assertThatCode(periods::close).doesNotThrowAnyException();
        for (Runnable use : List.<Runnable>of(
                periods::register,
                periods::synchronize,
                periods::poll,
                periods::barrier,
                () -> periods.defer(() -> {}))) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
        assertThat(periods.pending()).isZero();
        assertThatThrownBy(reader::enter).hasMessageContaining("closed");
    }

    @Test
    void callbacks_that_defer_for_ever_are_given_up_and_nothing_is_freed() {
        boolean[] stop = new boolean[1];
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            if (!stop[0]) {
                periods.defer(again[0]);
            }
        };
        periods.defer(again[0]);

        assertThatThrownBy(periods::close).hasMessageContaining("callbacks still defer callbacks");

        stop[0] = true;
        periods.register().close();
    }
}
