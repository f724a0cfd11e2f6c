package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one command says of a struct, no other denies. */
class OneAnswerTest {

    private static final String TOGETHER = """
            struct mm {
            	struct rw_semaphore        mmap_lock;            /*     0    40 */
            	spinlock_t                 page_table_lock;      /*    40     4 */

            	/* XXX 4 bytes hole, try to pack */

            	long int                   total_vm;             /*    48     8 */
            	long int                   map_count;            /*    56     8 */

            	/* size: 64, cachelines: 1, members: 4 */
            };
            """;

    private static final String PROFILE = """
            profile: many CPUs wait for a lock
            structs:
              mm:
                roles:
                  mapper: { cpus: 104 }
                operations:
                  - name: mmap
                    role: mapper
                    rate: 2e4
                    accesses:
                      - { field: mmap_lock, kind: rmw }
                      - { field: total_vm, kind: rmw, gap: 100ns }
                      - { field: map_count, kind: rmw, gap: 20ns }
                      - { field: page_table_lock, kind: rmw, gap: 100ns }
                      - { field: page_table_lock, kind: write, gap: 20ns }
                      - { field: mmap_lock, kind: rmw, gap: 100ns }
            """;

    @TempDir
    private Path directory;

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    @Test
    void where_many_cpus_queue_the_repair_that_findings_advise_is_suggested() throws IOException {
        String struct = file("mm.txt", TOGETHER) + "#mm";
        String profile = file("mm.yaml", PROFILE);
        String[] options = {"--profile", profile, "--base-align", "64", "--machine", "x86-64"};

        assertThat(Cli.run(with("inspect", struct, options)).out())
                .containsPattern("LockBesideData\n[^>]*fixing this saves [0-9]+ of");
        assertThat(Cli.run(with("suggest", struct, options)).out())
                .doesNotContain("Nothing to win", "optimal")
                .containsPattern("=> 1 +[0-9]+ +[23] .* [0-9]{2} % ");
    }

    private static String[] with(String command, String struct, String... options) {
        String[] all = new String[options.length + 2];
        all[0] = command;
        all[1] = struct;
        System.arraycopy(options, 0, all, 2, options.length);
        return all;
    }

    @Test
    void without_a_profile_no_times_stand_beside_the_verdict() {
        for (String struct : new String[] {"rtable", "dst_entry", "rt6_info"}) {
            Cli.Run run = Cli.run("diff", struct + "@6.3", struct + "@6.4", "--profile", "none");

            assertThat(run.out()).doesNotContain("BETTER", "WORSE", "time lost").contains("without a profile");
        }
    }

    @Test
    void padding_where_nothing_is_known_to_gain_is_no_difference() throws IOException {
        String bare = file("bare.h", "struct p { int head; int tail; };\n");
        String padded = file("padded.h", "struct p { int head; char pad[60]; int tail; };\n");

        assertThat(Cli.run("diff", bare + "#p", padded + "#p").out())
                .startsWith("p  SAME\n  no difference known; 60 bytes larger\n");
    }

    @Test
    void the_profile_of_the_catalogue_is_offered_for_a_struct_of_its_name() throws IOException {
        Cli.Run printed = Cli.run("inspect", "percpu_ref_data@6.12", "--profile", "none");
        String text = printed.out().substring(printed.out().indexOf("struct percpu_ref_data {"));
        String old = file("old.txt", text.substring(0, text.indexOf("};") + 3));

        Cli.Run run = Cli.run("inspect", old + "#percpu_ref_data");

        assertThat(run.err())
                .contains("the catalogue has a profile of percpu_ref_data: 'faultline profile percpu_ref_data@6.12 > "
                        + "percpu_ref_data.yaml', then --profile percpu_ref_data.yaml");
        assertThat(Cli.run("inspect", old + "#percpu_ref_data", "--profile", "none")
                        .err())
                .doesNotContain("catalogue");
    }

    @Test
    void a_profile_of_counters_for_each_cpu_names_the_element_of_its_own() throws IOException {
        String slots = file(
                "slots.h",
                "struct slot { atomic_long_t ops; long rest; };\n"
                        + "struct table { struct slot counters[8]; atomic_t hits[4]; long limit; };\n");

        assertThat(Cli.run("profile", slots + "#table").out())
                .contains("counters[own].ops", "hits[own]")
                .doesNotContain("field: counters,", "field: hits,");
        assertThat(Cli.run("profile", "--help").out()).contains("counts[own]", "counts[any]", "counts[*]");
    }
}
