package dev.faultline.access.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Certainty;
import dev.faultline.access.Profile;
import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.ObservedProfile;
import dev.faultline.analysis.Analysis;
import dev.faultline.assertion.Layouts;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;
import dev.faultline.testing.LayoutUse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * Published reports of perf c2c whose struct is known lead to the fields that were published as the cause. The figures
 * are the published ones: for each line its HITMs and stores, for each row its offset, its parts of these, and its place
 * in the code.
 */
class PublishedC2cTest {

    /** The struct of the program false_sharing_example.c that comes with many texts about perf c2c. */
    private static final StructLayout BUF =
            Layouts.read("struct buf { long lock0; long lock1; long reserved1; long pad[1];"
                    + " long reader1; long reader2; long reader3; long reader4; } __attribute__((aligned(64)));");

    /** The words of the Linux 3.10 struct task_group that stand at the start of a line. */
    private static final StructLayout TASK_GROUP =
            Layouts.read("struct task_group { atomic64_t load_avg; atomic_t runnable_avg; int rest[13]; }"
                    + " __attribute__((aligned(64)));");

    private static Analysis analysed(StructLayout layout, String types, String text) {
        AccessCollector collector = new AccessCollector(
                new StatedTypes(List.of(types), any -> OptionalLong.of(layout.byteSize())), Map.of());
        PerfC2c.read("c2c.txt", text, collector);
        AccessFile file = collector.file("perf c2c report", Map.of(), Double.NaN);
        Profile profile = ObservedProfile.of(file, "c2c.access");
        return LayoutUse.analysed(Subject.of(layout)
                .withProfile(profile.forStruct(layout.name()).map(one -> ObservedProfile.in(one, layout))));
    }

    private static Finding worst(Analysis analysis) {
        Optional<Finding> worst = analysis.findings().stream().findFirst();
        assertThat(worst).isPresent();
        assertThat(worst.get().certainty()).isEqualTo(Certainty.SAMPLED);
        assertThat(worst.get().severity()).isEqualTo(Severity.WARNING);
        return worst.get();
    }

    @Test
    void the_example_on_four_nodes_of_2016_leads_to_lock0_beside_the_readers() {
        Analysis analysis = analysed(BUF, "buf@0x602180", """
                    0     9834     2269   109036      468            0x602180
                65.51%   55.88%   75.20%    0.00%   0x0  1  0x400b4f  27161  26039  26017  9  [.] read_write_func  x.exe  x.c:144
                 0.41%    0.35%    0.00%    0.00%   0x0  1  0x400b56  18088  12601  26671  9  [.] read_write_func  x.exe  x.c:145
                 0.00%    0.00%   24.80%  100.00%   0x0  1  0x400b61  0  0  0  9  [.] read_write_func  x.exe  x.c:146
                 7.50%    9.92%    0.00%    0.00%  0x20  1  0x400ba7  2470  1729  1897  2  [.] read_write_func  x.exe  x.c:154
                17.61%   20.89%    0.00%    0.00%  0x28  1  0x400bc1  2294  1575  1649  2  [.] read_write_func  x.exe  x.c:158
                 8.97%   12.96%    0.00%    0.00%  0x30  1  0x400bdb  2325  1897  1828  2  [.] read_write_func  x.exe  x.c:162
                """);

        assertThat(worst(analysis).rule()).isEqualTo("WriterBesideReaders");
        assertThat(worst(analysis).fields()).containsExactly("lock0", "reader1", "reader2", "reader3");
    }

    @Test
    void the_same_program_in_the_form_of_2022_leads_to_lock0_beside_reader1() {
        Analysis analysis = analysed(BUF, "buf[2]@0x55c8971f0080", """
                    0        0      252        0     2024      470        0      0x55c8971f0080
                 0.00%   12.30%    0.00%    0.00%    0.00%    0.00%   0x0  0  1  0x55c8971ed3e9  0  1313  863  0  1222  3  [.] 0x00000000000013e9  x.exe  x.exe[13e9]  0
                 0.00%    0.79%    0.00%   90.51%    0.00%    0.00%   0x0  0  1  0x55c8971ed3e2  0  1800  878  0  3029  3  [.] 0x00000000000013e2  x.exe  x.exe[13e2]  0
                 0.00%    0.00%    0.00%    9.49%  100.00%    0.00%   0x0  0  1  0x55c8971ed3f4  0  0  0  0  662  3  [.] 0x00000000000013f4  x.exe  x.exe[13f4]  0
                 0.00%   86.90%    0.00%    0.00%    0.00%    0.00%  0x20  0  1  0x55c8971ed447  0  141  103  0  1131  2  [.] 0x0000000000001447  x.exe  x.exe[1447]  0
                    1        0      129        0        0        0        0      0x55c8971f00c0
                 0.00%  100.00%    0.00%    0.00%    0.00%    0.00%  0x20  0  1  0x55c8971ed455  0  88  94  0  914  2  [.] 0x0000000000001455  x.exe  x.exe[1455]  0
                """);

        assertThat(worst(analysis).rule()).isEqualTo("WriterBesideReaders");
        assertThat(worst(analysis).fields()).containsExactly("lock0", "reader1");
        assertThat(worst(analysis).message()).contains("lock0 (write by x.exe[13e2])");
    }

    @Test
    void the_load_average_of_a_group_of_tasks_is_written_beside_what_the_tick_reads() {
        Analysis analysis = analysed(TASK_GROUP, "task_group@0xffff883ffb6a7e80", """
                    2       12        3      161        0  0xffff883ffb6a7e80
                58.33%  100.00%    0.00%    0.00%   0x0  1  0xffffffff810cf16d  1380  941  1229  9  [k] task_tick_fair  [kernel.kallsyms]  atomic64_64.h:21
                16.67%    0.00%   98.76%    0.00%   0x0  1  0xffffffff810c9379  1794  0  625  13  [k] update_cfs_rq_blocked_load  [kernel.kallsyms]  atomic64_64.h:45
                16.67%    0.00%    0.00%    0.00%   0x0  1  0xffffffff810ce098  1382  0  867  12  [k] update_cfs_shares  [kernel.kallsyms]  atomic64_64.h:21
                 8.33%    0.00%    0.00%    0.00%   0x8  1  0xffffffff810cf18c  2560  0  679  8  [k] task_tick_fair  [kernel.kallsyms]  atomic.h:26
                 0.00%    0.00%    1.24%    0.00%   0x8  1  0xffffffff810cf14f  0  0  0  2  [k] task_tick_fair  [kernel.kallsyms]  atomic.h:50
                """);

        assertThat(worst(analysis).fields()).containsExactly("load_avg", "runnable_avg");
        assertThat(analysis.findings())
                .anyMatch(one ->
                        one.message().contains("load_avg (write by update_cfs_rq_blocked_load atomic64_64.h:45)"));
    }
}
