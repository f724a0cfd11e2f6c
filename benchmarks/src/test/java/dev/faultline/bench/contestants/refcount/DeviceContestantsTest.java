package dev.faultline.bench.contestants.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.bench.contestants.refcount.RefcountBenchmark.Needs;
import dev.faultline.bench.contestants.refcount.RefcountBenchmark.Work;
import dev.faultline.layout.StructLayout;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeviceContestantsTest {

    private static final long LINE_BYTES = 64;

    @Test
    void frames_read_the_device_under_its_count() {
        for (CountContestant device : List.of(
                new DeviceWordCount("pcpu_refcnt"),
                new DeviceWordCount("gso_partial_features"),
                new DeviceStripesCount())) {
            device.open(2);
            DeviceUser user = (DeviceUser) device.user(0);
            assertThat(user.get()).isTrue();
            assertThat(user.fields()).isEqualTo(DeviceFields.SUM);
            user.put();
            device.close();
        }
    }

    @Test
    void a_word_counts_the_references_of_all_threads() {
        CountContestant device = new DeviceWordCount("pcpu_refcnt");
        device.open(2);
        DeviceUser first = (DeviceUser) device.user(0);
        DeviceUser second = (DeviceUser) device.user(1);
        first.get();
        second.get();
        assertThat(first.count()).as("with the initial reference").isEqualTo(3);
    }

    @Test
    void the_count_is_apart_from_or_beside_what_frames_read() {
        assertThat(linesRead()).doesNotContain(line("pcpu_refcnt")).contains(line("gso_partial_features"));
    }

    @Test
    void the_work_begins_with_what_it_needs() {
        CountContestant device = new DeviceWordCount("pcpu_refcnt");
        device.open(1);
        DeviceUser user = (DeviceUser) device.user(0);
        assertThat(done(Needs.NOTHING, user)).isZero();
        assertThat(done(Needs.FIELDS, user)).isEqualTo(DeviceFields.SUM);
        assertThat(done(Needs.COUNT, user)).isEqualTo(1);
    }

    /** Without a step the work returns what it begins with. */
    private static long done(Needs needs, DeviceUser user) {
        Work work = new Work();
        work.needs = needs;
        work.frameNanos = 0;
        work.begin();
        return work.on(user);
    }

    private static List<Long> linesRead() {
        return Stream.of("netdev_ops", "mtu", "flags", "features")
                .map(DeviceContestantsTest::line)
                .toList();
    }

    private static long line(String field) {
        StructLayout layout = DeviceFields.layout();
        return layout.resolve(field).orElseThrow().bytes().start() / LINE_BYTES;
    }
}
