package dev.faultline.access.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Certainty;
import dev.faultline.access.Cpus;
import dev.faultline.access.Operation;
import dev.faultline.access.Profile;
import dev.faultline.access.ProfileReader;
import dev.faultline.access.ProfileWriter;
import dev.faultline.access.Role;
import dev.faultline.access.StructProfile;
import dev.faultline.analysis.Analysis;
import dev.faultline.assertion.Layouts;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;
import dev.faultline.testing.LayoutUse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An access file makes a profile: without rates of samples, with rates of a recording, and never with silence as cold. */
class ObservedProfileTest {

    private static final StructLayout STATS =
            Layouts.read("struct stats { long hits; int a; int b; long limit; char c; long last; };");

    private static Analysis analysed(String rows, String head) {
        AccessFile file = AccessFileReader.read("run.access", head + rows);
        return analysed(ObservedProfile.of(file, "run.access"));
    }

    private static Analysis analysed(Profile profile) {
        return LayoutUse.analysed(
                Subject.of(STATS).withProfile(profile.forStruct("stats").map(one -> ObservedProfile.in(one, STATS))));
    }

    @Test
    void samples_give_findings_that_are_sampled_without_times() {
        Analysis analysis = analysed(AccessFileTest.HITS + AccessFileTest.LIMIT, AccessFileTest.HEAD);

        assertThat(analysis.access().certainty()).isEqualTo(Certainty.SAMPLED);
        assertThat(analysis.breakdown()).isEmpty();
        assertThat(analysis.findings())
                .filteredOn(one -> one.rule().equals("WriterBesideReaders"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.certainty()).isEqualTo(Certainty.SAMPLED);
                    assertThat(one.severity()).isEqualTo(Severity.WARNING);
                    assertThat(one.fields()).containsExactly("hits", "limit");
                });
        assertThat(analysis.access().observation().orElseThrow().words())
                .isEqualTo("perf script, 2.5 s, 40 % of samples have a type");
    }

    @Test
    void a_printed_profile_read_back_gives_the_same_findings_but_declared() {
        AccessFile file = AccessFileReader.read("a", AccessFileTest.HEAD + AccessFileTest.HITS + AccessFileTest.LIMIT);
        Profile profile = ObservedProfile.of(file, "a");
        Analysis seen = analysed(profile);
        Analysis stated = analysed(ProfileReader.read("a.yaml", ProfileWriter.write(profile)));

        assertThat(stated.findings())
                .extracting(Finding::message)
                .isEqualTo(messages(seen))
                .isNotEmpty();
        assertThat(stated.findings())
                .extracting(Finding::severity)
                .isEqualTo(seen.findings().stream().map(Finding::severity).toList());
        assertThat(stated.findings()).extracting(Finding::certainty).containsOnly(Certainty.DECLARED);
    }

    private static List<String> messages(Analysis analysis) {
        return analysis.findings().stream().map(Finding::message).toList();
    }

    @Test
    void a_recording_with_a_duration_has_rates() {
        String head = AccessFileTest.HEAD.replace("sampled", "recorded");
        String twice = AccessFileTest.HITS
                + AccessFileTest.HITS.replace("hits", "last").replace(":30", ":5");
        StructProfile profile = ObservedProfile.of(AccessFileReader.read("a", head + twice), "a")
                .structs()
                .get(0);

        assertThat(profile.roles()).containsExactly(new Role("worker", new Cpus.Count(2)));
        assertThat(profile.operations())
                .extracting(Operation::name, Operation::ratePerSecond)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("count", 30 / 2.5 / 2),
                        org.assertj.core.groups.Tuple.tuple("count (2)", 5 / 2.5 / 2));
        assertThat(analysed(twice, head).access().isRated()).isTrue();
    }

    /** Two busy threads beside an idle one would meet on one CPU of a machine of two, and nothing else. */
    @Test
    void the_busiest_roles_get_cpus_first_and_rates_have_three_digits() {
        String head = AccessFileTest.HEAD.replace("sampled", "recorded");
        String idle = AccessFileTest.HITS.replace("worker", "main").replace(":30", ":1");
        String busy = AccessFileTest.HITS.replace("worker", "io").replace(":30", ":9223372036854775807");
        String less = AccessFileTest.HITS.replace("worker", "decoder").replace(":30", ":123456");
        StructProfile profile = ObservedProfile.of(AccessFileReader.read("a", head + less + idle + busy), "a")
                .structs()
                .get(0);

        assertThat(profile.roles()).extracting(Role::name).containsExactly("io", "decoder", "main");
        assertThat(profile.operations())
                .extracting(Operation::ratePerSecond)
                .element(1)
                .isEqualTo(24_700.0);
    }

    private static final String RECORDED =
            "{\"format\":\"faultline-access 1\",\"certainty\":\"recorded\",\"identity\":{},\"tool\":\"t\",\"runs\":1,"
                    + "\"seconds\":1,\"unit\":\"accesses\",\"notes\":[]}\n";

    private static String row(String role, int threads, String operation, String field, String kind, String counts) {
        return "{\"role\":\"" + role + "\",\"threads\":" + threads + ",\"operation\":\"" + operation
                + "\",\"type\":\"stats\",\"field\":\"" + field + "\",\"kind\":\"" + kind + "\",\"count\":" + counts
                + "}\n";
    }

    private static StructProfile recorded(String... rows) {
        AccessFile file = AccessFileReader.read("a", RECORDED + String.join("", rows));
        return ObservedProfile.of(file, "a").structs().get(0);
    }

    private static double rate(StructProfile profile, String operation) {
        return profile.operations().stream()
                .filter(one -> one.name().equals(operation))
                .findFirst()
                .orElseThrow()
                .ratePerSecond();
    }

    /** Of thousands of objects two threads share one: what they do to it counts, and what they do to their own does not. */
    @Test
    void of_objects_that_are_mostly_of_one_thread_the_accesses_of_the_shared_ones_count() {
        String hits = row("a", 1, "count", "hits", "rmw", "1000000,\"sameObject\":20000");
        String limit = row("b", 1, "get", "limit", "read", "50000000,\"sameObject\":30000");
        String own = row("b", 1, "get", "last", "write", "7000,\"sameObject\":0");
        String many = row("b", 1, "put", "a", "write", "5000");
        StructProfile profile = recorded(hits, limit, own, many);

        assertThat(rate(profile, "count")).isEqualTo(20_000);
        assertThat(rate(profile, "get")).isEqualTo(30_000);
        assertThat(rate(profile, "put")).isEqualTo(5_000);
        assertThat(profile.observation().orElseThrow().notes())
                .containsExactly(
                        "7000 accesses are left out: in samples of them, no object was used by another thread",
                        "whether b used one object with other threads is not known: stats has too many objects");
        assertThat(analysed(hits + limit, RECORDED).findings())
                .extracting(Finding::rule, Finding::fields)
                .contains(org.assertj.core.groups.Tuple.tuple("WriterBesideReaders", List.of("hits", "limit")));
    }

    @Test
    void counts_that_differ_by_less_than_three_digits_tell_are_of_one_operation() {
        StructProfile profile = recorded(
                row("a", 1, "put", "hits", "write", "200257"),
                row("a", 1, "put", "last", "write", "200000"),
                row("a", 1, "put", "limit", "read", "444"));

        assertThat(profile.operations()).extracting(Operation::name).containsExactly("put", "put (2)");
        assertThat(rate(profile, "put")).isEqualTo(200_000);
    }

    /** While a consumer waits for the tail, its producer does not write what it writes as often as the tail. */
    @Test
    void a_thread_that_waits_looks_once_an_operation_where_only_what_it_waits_for_is_written() {
        StructProfile profile = recorded(
                row("producer", 1, "put", "hits", "write", "1000"),
                row("producer", 1, "put", "last", "write", "1000"),
                row("consumer", 1, "take (polls)", "hits", "read", "5000000"),
                row("consumer", 1, "take", "limit", "write", "900"));

        assertThat(rate(profile, "take (polls)")).isEqualTo(900);
    }

    @Test
    void a_thread_that_waits_looks_as_often_as_a_neighbour_is_written() {
        StructProfile profile = recorded(
                row("main", 1, "stop", "c", "write", "1"),
                row("main", 1, "stop", "limit", "write", "1"),
                row("server", 1, "count", "hits", "write", "1000"),
                row("waiter", 1, "await (polls)", "c", "read", "5000000"));

        assertThat(rate(profile, "await (polls)")).isEqualTo(8 * 1000);
    }

    @Test
    void threads_that_wait_for_each_other_disturb_each_other() {
        StructProfile profile = recorded(
                row("worker", 2, "lock (polls)", "c", "read", "5000000"),
                row("worker", 2, "lock", "c", "rmw", "100"),
                row("worker", 2, "count", "hits", "write", "300"));

        assertThat(rate(profile, "lock (polls)")).isEqualTo((100 + 8 * 200) / 2.0);
    }

    @Test
    void threads_are_busy_that_do_a_hundredth_of_what_the_busiest_does() {
        String some = row("main", 1, "init", "hits", "write", "20000")
                + row("io", 3, "read", "limit", "read", "3000000")
                + row("timer", 1, "tick", "last", "write", "9000");
        Profile profile = ObservedProfile.of(AccessFileReader.read("a", RECORDED + some), "a");
        Profile churn = ObservedProfile.of(
                AccessFileReader.read("a", RECORDED + row("task", 5000, "run", "hits", "write", "6400")), "a");
        Profile sampled =
                ObservedProfile.of(AccessFileReader.read("a", RECORDED.replace("recorded", "sampled") + some), "a");

        assertThat(ObservedProfile.busyThreads(profile)).isEqualTo(4);
        assertThat(ObservedProfile.busyThreads(churn)).isEqualTo(64);
        assertThat(churn.structs().get(0).operations().get(0).ratePerSecond()).isEqualTo(100);
        assertThat(ObservedProfile.busyThreads(sampled)).isZero();
    }

    @Test
    void what_the_layout_has_no_field_for_is_left_out_and_counted() {
        String hole = AccessFileTest.LIMIT.replace(":16", ":28"); // behind the char
        String past = AccessFileTest.LIMIT.replace(":16", ":400");
        Analysis analysis = analysed(AccessFileTest.HITS + hole + past, AccessFileTest.HEAD);

        assertThat(analysis.access().uses()).hasSize(1);
        assertThat(analysis.access().observation().orElseThrow().notes())
                .containsExactly("20 samples left out, at what struct stats has no field for: +28, +400");
    }

    @Test
    void a_path_that_the_layout_lacks_is_found_by_its_offset() {
        String renamed = AccessFileTest.LIMIT.replace("\"byteOffset\"", "\"field\":\"old_name\",\"byteOffset\"");

        assertThat(analysed(AccessFileTest.HITS + renamed, AccessFileTest.HEAD)
                        .access()
                        .activities())
                .extracting(one -> one.field().path())
                .containsExactly("hits", "limit");
    }

    @Test
    void silence_is_told_where_no_store_was_seen() {
        assertThat(analysed(AccessFileTest.LIMIT, AccessFileTest.HEAD)
                        .access()
                        .observation()
                        .orElseThrow()
                        .notes())
                .containsExactly("no store to stats was seen, which does not mean that there is none");
    }

    @Test
    void of_more_rows_than_a_profile_holds_those_counted_most_are_used() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            rows.append(
                    AccessFileTest.LIMIT.replace("\"get\"", "\"get" + i + "\"").replace(":10", ":" + (10 + i)));
        }
        StructProfile profile = ObservedProfile.of(AccessFileReader.read("a", AccessFileTest.HEAD + rows), "a")
                .structs()
                .get(0);

        assertThat(profile.operations())
                .hasSize(2_000)
                .noneMatch(one -> one.name().equals("get0"));
        assertThat(profile.observation().orElseThrow().notes())
                .contains("of 5000 rows of stats the 2000 counted most are used");
        assertThat(Optional.of(ProfileReader.read("p", ProfileWriter.write(new Profile("p", List.of(profile))))))
                .isPresent();
    }
}
