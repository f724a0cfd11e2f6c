package dev.faultline.offheap.refcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.Interleavings;
import dev.faultline.offheap.interleave.SteppedInts;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.refcount.DeviceCount.Form;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceCountTest extends LeakChecked {

    /** A clock that only advances in {@link #sleep}, and a record of everything that happens. */
    private static final class Watch implements DeviceCount.Listener {

        private final List<String> events = new ArrayList<>();
        private final Runnable afterEachSleep;
        private long millis = 5000; // an arbitrary start

        Watch(Runnable afterEachSleep) {
            this.afterEachSleep = afterEachSleep;
        }

        long nanos() {
            return TimeUnit.MILLISECONDS.toNanos(millis);
        }

        void sleep(long slept) {
            millis += slept;
            events.add("sleep " + slept);
            afterEachSleep.run();
        }

        @Override
        public void rebroadcast(String device) {
            events.add("rebroadcast " + device);
        }

        @Override
        public void barrier() {
            events.add("barrier");
        }

        @Override
        public void stillHeld(String device, int references) {
            events.add(device + " still held " + references);
        }

        long elapsed() {
            return millis - 5000;
        }
    }

    @ParameterizedTest
    @CsvSource({"FROM_ZERO, 0", "FROM_ONE, 1"})
    void what_is_held_on_one_stripe_may_be_put_on_another(Form form, int initial) {
        try (DeviceCount count = DeviceCount.open("eth0", form, group.areas)) {
            assertThat(count.read()).isEqualTo(initial);
            for (int i = 0; i < 10; i++) {
                count.hold(group.reader(i % 2));
            }
            assertThat(count.read()).isEqualTo(initial + 10);
            for (int i = 0; i < 10; i++) {
                count.put(group.reader(2));
            }
            assertThat(count.read()).isEqualTo(initial);
        }
    }

    @Test
    void a_stripe_wraps_around_and_the_sum_is_right() {
        SteppedInts words = new SteppedInts("words", 3);
        DeviceCount count = new DeviceCount("eth0", Form.FROM_ZERO, words, null, null);
        words.set(0, Integer.MAX_VALUE);
        words.set(1, -Integer.MAX_VALUE);
        count.hold(group.reader(0));
        assertThat(words.get(0)).isNegative();
        assertThat(count.read()).isEqualTo(1);
    }

    @Test
    void who_waits_looks_every_250_ms_tells_again_each_second_and_warns_each_ten() throws InterruptedException {
        try (DeviceCount count = DeviceCount.open("eth0", Form.FROM_ZERO, group.areas)) {
            count.hold(group.reader(0));
            count.hold(group.reader(1));
            Watch[] watch = new Watch[1];
            watch[0] = new Watch(() -> {
                if (watch[0].elapsed() == 3000) {
                    count.put(group.reader(2));
                } else if (watch[0].elapsed() == 20_500) {
                    count.put(group.reader(2));
                }
            });

            count.awaitAllReferences(watch[0]::nanos, watch[0]::sleep, watch[0]);

            assertThat(watch[0].elapsed()).isEqualTo(20_500);
            assertThat(watch[0].events).isEqualTo(expectedOfTheSeed());
        }
    }

    private static List<String> expectedOfTheSeed() {
        List<String> expected = new ArrayList<>();
        for (int second = 0; second <= 20; second++) {
            if (second > 0) {
                expected.add("rebroadcast eth0");
            }
            expected.addAll(Collections.nCopies(second < 20 ? 4 : 2, "sleep 250"));
            if (second == 9 || second == 19) {
                expected.add("eth0 still held 1");
            }
        }
        return expected;
    }

    @Test
    void the_modern_form_waits_for_one_and_looks_ever_more_seldom() throws InterruptedException {
        try (DeviceCount count = DeviceCount.open("eth1", Form.FROM_ONE, group.areas)) {
            count.hold(group.reader(0));
            Watch[] watch = new Watch[1];
            watch[0] = new Watch(() -> {
                if (watch[0].elapsed() > 1300) {
                    count.put(group.reader(1));
                }
            });

            count.awaitAllReferences(watch[0]::nanos, watch[0]::sleep, watch[0]);

            assertThat(watch[0].events)
                    .containsExactly(
                            "barrier",
                            "sleep 1",
                            "sleep 2",
                            "sleep 4",
                            "sleep 8",
                            "sleep 16",
                            "sleep 32",
                            "sleep 64",
                            "sleep 128",
                            "sleep 250",
                            "sleep 250",
                            "sleep 250",
                            "rebroadcast eth1",
                            "barrier",
                            "sleep 250",
                            "sleep 250");
            assertThat(count.read()).isEqualTo(1);
        }
    }

    @Test
    void a_device_without_references_is_not_waited_for() throws InterruptedException {
        for (Form form : Form.values()) {
            try (DeviceCount count = DeviceCount.open("lo", form, group.areas)) {
                Watch watch = new Watch(() -> {});
                count.awaitAllReferences(watch::nanos, watch::sleep, watch);
                assertThat(watch.events).isEmpty();
            }
        }
    }

    @Test
    void who_is_interrupted_stops_waiting() {
        try (DeviceCount count = DeviceCount.open("lo", Form.FROM_ZERO, group.areas)) {
            count.hold(group.reader(0));
            Watch watch = new Watch(() -> {});
            assertThatThrownBy(() -> count.awaitAllReferences(
                            watch::nanos,
                            millis -> {
                                throw new InterruptedException("enough");
                            },
                            watch))
                    .isInstanceOf(InterruptedException.class);
            count.put(group.reader(0));
        }
    }

    /** The computed memory, and the memory allocated when the areas are full. */
    @Test
    void a_device_costs_256_bytes_packed_and_4096_or_8192_padded_over_64_stripes() {
        assertThat(bytesEach(StripeAreas.packed(64, 4096), 1024))
                .isEqualTo(64 * 4)
                .isEqualTo(256);
        assertThat(bytesEach(StripeAreas.padded(64, 64), 100))
                .isEqualTo(64 * 64)
                .isEqualTo(4096);
        assertThat(bytesEach(StripeAreas.padded(64, 128), 100))
                .isEqualTo(64 * 128)
                .isEqualTo(8192);
    }

    private static double bytesEach(StripeAreas areas, int devices) {
        List<DeviceCount> counts = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            counts.add(DeviceCount.open("dev" + i, Form.FROM_ZERO, areas));
        }
        double each = (double) areas.bytesTaken() / devices;
        assertThat(counts).allMatch(count -> count.byteSize() == each);
        counts.forEach(DeviceCount::close);
        areas.close();
        return each;
    }

    @Test
    void without_a_reader_inside_or_after_close_nothing_is_counted() {
        DeviceCount count = DeviceCount.open("eth0", Form.FROM_ZERO, group.areas);
        group.reader(0).exit();
        assertThatThrownBy(() -> count.hold(group.reader(0))).hasMessageContaining("is not inside");
        group.reader(0).enter();
        count.close();
        count.close();
        for (Runnable use : List.<Runnable>of(
                () -> count.hold(group.reader(0)), () -> count.put(group.reader(0)), () -> count.read())) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the count of eth0 is closed");
        }
        try (StripeAreas few = StripeAreas.packed(1, 4096);
                DeviceCount narrow = DeviceCount.open("eth0", Form.FROM_ZERO, few)) {
            assertThatThrownBy(() -> narrow.hold(group.reader(1))).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    /** When no new references are taken, a sum of 0 is reliable: in every order of steps. */
    @Test
    void a_sum_of_zero_is_true_when_no_new_references_are_taken() {
        Interleavings.of(scenario -> {
                    SteppedInts words = scenario.int32s("words", 3);
                    DeviceCount count = new DeviceCount("eth0", Form.FROM_ZERO, words, null, null);
                    words.set(0, 2);
                    words.set(1, 0);
                    SteppedInts put = scenario.int32s("put", 1);
                    for (int i = 1; i < 3; i++) {
                        int number = i;
                        scenario.thread("T" + number, () -> {
                            put.getAndAdd(0, 1);
                            count.put(group.reader(number));
                        });
                    }
                    scenario.thread("waits", () -> {
                        if (count.read() == 0) {
                            assertThat(put.get(0)).isEqualTo(2);
                        }
                    });
                })
                .explore();
    }

    @Test
    void a_reference_that_is_passed_on_during_a_sum_may_be_missed() {
        assertThatThrownBy(() -> Interleavings.of(scenario -> {
                            SteppedInts words = scenario.int32s("words", 3);
                            DeviceCount count = new DeviceCount("eth0", Form.FROM_ZERO, words, null, null);
                            words.set(2, 1);
                            scenario.thread("passes on", () -> {
                                count.hold(group.reader(0));
                                count.put(group.reader(2));
                            });
                            scenario.thread(
                                    "waits",
                                    () -> assertThat(count.read())
                                            .as("it is held all the time")
                                            .isPositive());
                        })
                        .explore())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("it is held all the time");
    }

    @Test
    void threads_hold_and_put_and_the_sum_comes_to_zero() throws InterruptedException {
        try (DeviceCount count = DeviceCount.open("eth0", Form.FROM_ONE, group.areas)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int stripe = i;
                threads.add(new Thread(() -> {
                    for (int round = 0; round < 200_000; round++) {
                        count.hold(group.reader(stripe));
                        count.put(group.reader(stripe));
                    }
                    count.hold(group.reader(stripe));
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(count.read()).isEqualTo(1 + 3);
        }
    }

    @Test
    void the_single_word_counts_the_same_and_finds_a_put_too_much_at_once() {
        SharedDeviceCount count = new SharedDeviceCount(group.block, 4);
        count.hold();
        count.hold();
        count.put();
        assertThat(count.read()).isEqualTo(1);
        count.put();
        assertThatThrownBy(count::put)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("more references were put than held");
        assertThat(count.read()).isZero();
    }
}
