package dev.faultline.access;

import static dev.faultline.access.ProfileWriterTest.placeless;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProfileReaderTest {

    static final String GOOD = """
            profile: route lookup under a shared destination
            structs:
              rtable:
                roles:
                  sender:   { cpus: all }
                  receiver: { cpus: [0, 2] }
                  control:  { cpus: 1 }
                operations:
                  - name: get, use, put
                    role: sender
                    rate: 5e6
                    accesses:
                      - { field: refcnt, kind: cas-loop }
                      - { field: genid, kind: read, gap: 20ns }
                      - { field: slots, kind: rmw, gap: 1.5us, element: own }
                phases:
                  build: [control]
                  serve: [sender, receiver]
            """;

    @Test
    void a_profile_is_read_whole() {
        Profile profile = ProfileReader.read("p.yaml", GOOD);

        assertThat(profile.title()).isEqualTo("route lookup under a shared destination");
        StructProfile struct = profile.forStruct("rtable").orElseThrow();
        assertThat(struct.roles())
                .containsExactly(
                        new Role("sender", new Cpus.All()),
                        new Role("receiver", new Cpus.Listed(List.of(0, 2))),
                        new Role("control", new Cpus.Count(1)));
        Operation operation = struct.operations().get(0);
        assertThat(operation.ratePerSecond()).isEqualTo(5e6);
        assertThat(operation.accesses())
                .extracting(Access::field, Access::kind, Access::gapNanos)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("refcnt", AccessKind.CAS_LOOP, 0.0),
                        org.assertj.core.groups.Tuple.tuple("genid", AccessKind.READ, 20.0),
                        org.assertj.core.groups.Tuple.tuple("slots[own]", AccessKind.RMW, 1500.0));
        assertThat(struct.phases())
                .containsExactly(
                        new Phase("build", List.of("control")), new Phase("serve", List.of("sender", "receiver")));
    }

    @Test
    void more_accesses_roles_or_phases_than_can_be_costed_are_refused_with_the_limit() {
        refused(
                "- { field: genid, kind: read, gap: 20ns }",
                "- { field: genid, kind: read }\n".concat("          - { field: genid, kind: read }\n".repeat(2000)),
                "line 9, column 9: accesses of rtable: at most 2000, found 2003; leave out what is rare");
        StringBuilder roles = new StringBuilder("control:  { cpus: 1 }\n");
        StringBuilder phases = new StringBuilder("build: [control]\n");
        for (int i = 0; i < 500; i++) {
            roles.append("      r").append(i).append(": { cpus: all }\n");
            phases.append("      p").append(i).append(": [control]\n");
        }
        refused("control:  { cpus: 1 }", roles.toString(), "roles: at most 500, found 503");
        refused("build: [control]", phases.toString(), "phases: at most 500, found 502");
    }

    @Test
    void long_lists_of_cpus_and_operations_without_number_are_refused_with_the_limit() {
        refused(
                "cpus: [0, 2]",
                "cpus: [" + "7,".repeat(1025) + "]",
                "line 6, column 25: CPU numbers of a role: at most 1024, found 1025 or more; leave out what is rare");
        String numbers = IntStream.range(0, 1000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        String roles = IntStream.range(0, 9)
                .mapToObj(i -> "\n      r" + i + ": {cpus: [" + numbers + "]}")
                .collect(Collectors.joining());
        refused(
                "control:  { cpus: 1 }",
                "control:  { cpus: 1 }" + roles,
                "CPU numbers of all roles together: at most 8192, found 9002");
        refused(
                "    phases:",
                "      - {name: o, role: sender, rate: 1, accesses: []}\n".repeat(2000) + "    phases:",
                "operations of rtable: at most 2000, found 2001");
    }

    @Test
    void a_list_of_a_million_cpus_is_refused_before_the_tree_is_built() {
        refused("cpus: [0, 2]", "cpus: [" + "7,".repeat(1_000_000) + "]", "more than 500000 words, lists and mappings");
    }

    @Test
    void accesses_count_in_each_phase_and_those_of_a_role_in_no_phase_in_all() {
        String access = "          - { field: genid, kind: read }\n";
        String phases = "      p%d: [control]\n";
        String many = IntStream.range(0, 498).mapToObj(i -> phases.formatted(i)).collect(Collectors.joining());
        String ofControl = GOOD.replace("    phases:\n", "    phases:\n" + many);
        assertThat(ProfileReader.read("p.yaml", ofControl).structs().get(0).phases())
                .hasSize(500);
        String unbound = ofControl
                .replace("serve: [sender, receiver]", "serve: [receiver]")
                .replace("    phases:\n", access.repeat(18) + "    phases:\n");
        assertThatThrownBy(() -> ProfileReader.read("p.yaml", unbound))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("accesses of all phases together: at most 10000, found 10500");
    }

    @Test
    void errors_name_line_column_and_the_nearest_known_word() {
        refused("kind: read,", "kind: raed,", "p.yaml: line 14, column 35: unknown kind `raed` (did you mean read?)");
        refused("role: sender", "role: sendr", "line 10, column 15: unknown role `sendr` (did you mean sender?)");
        refused("rate: 5e6", "rate: -5", "line 11, column 15: rate: expected a number that is not negative");
        refused("gap: 20ns", "gap: 20", "line 14, column 46: gap: expected a time with unit");
        refused("    phases:", "    phase:", "line 16, column 5: rtable: unknown key `phase` (did you mean phases?)");
        refused("cpus: all", "cpus: -1", "line 5, column 25: cpus: expected all, a number");
        refused("cpus: [0, 2]", "cpus: [0, 0]", "distinct CPU numbers");
        refused("profile: route", "profil: route", "unknown key `profil` (did you mean profile?)");
        refused(
                "      build: [control]",
                "      build: [control]\n      build: [sender]",
                "line 18, column 7: `build` is given twice");
    }

    @Test
    void numbers_have_units_and_words_of_other_tools_are_hinted_at() {
        for (String[] one : new String[][] {{"10M", "1e7"}, {"5k", "5000"}, {"1.5G", "1.5e9"}, {"\"2e3\"", "2000"}}) {
            String yaml = GOOD.replace("rate: 5e6", "rate: " + one[0]);
            assertThat(ProfileReader.read("p.yaml", yaml)
                            .structs()
                            .get(0)
                            .operations()
                            .get(0)
                            .ratePerSecond())
                    .isEqualTo(Double.parseDouble(one[1]));
        }
        refused("kind: read,", "kind: lazySet,", "unknown kind `lazySet` (did you mean write?)");
        refused("kind: read,", "kind: getAndAdd,", "(did you mean rmw?)");
        refused("kind: read,", "kind: compareAndSet,", "(did you mean cas-loop or rmw?)");
        refused("kind: read,", "kind: ordered-write,", "(did you mean write?)");
        refused("kind: read,", "kind: volatile,", "(did you mean volatile-write?)");
        refused("kind: read,", "kind: READ,", "(did you mean read?)");
        refused("gap: 20ns", "gap: 20\u00b5s", "(did you mean 20us?)");
        refused("gap: 20ns", "gap: 20m", "unknown unit `m`; known are ns, us, ms, s");
    }

    @Test
    void all_problems_are_told_in_the_order_of_their_places_up_to_a_limit() {
        String wrong = GOOD.replace("cpus: 1", "cpus: x")
                .replace("kind: read", "kind: raed")
                .replace("build: [control]", "build: [contrl]");
        assertThatThrownBy(() -> ProfileReader.read("p.yaml", wrong))
                .isInstanceOfSatisfying(
                        InputException.class,
                        all -> assertThat(all.lines())
                                .hasSize(3)
                                .satisfiesExactly(
                                        first -> assertThat(first)
                                                .startsWith("p.yaml: line 7, column 25: cpus: expected all"),
                                        second -> assertThat(second)
                                                .startsWith("p.yaml: line 14, column 35: unknown kind"),
                                        third -> assertThat(third)
                                                .startsWith("p.yaml: line 17, column 15: unknown role")));
        String many = GOOD.replace(
                "- { field: genid, kind: read, gap: 20ns }",
                "- { field: genid, kind: x }\n          ".repeat(30).strip());
        assertThatThrownBy(() -> ProfileReader.read("p.yaml", many))
                .isInstanceOfSatisfying(
                        InputException.class,
                        all -> assertThat(all.lines()).hasSize(21).last().isEqualTo("p.yaml: and 10 more problems"));
    }

    @Test
    void a_file_of_nothing_but_problems_is_refused_in_time() {
        String access = "          - { field: genid, kind: x, gap: y }\n";
        String many = GOOD.replace("    phases:\n", access.repeat(5_000) + "    phases:\n");
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                java.time.Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> ProfileReader.read("p.yaml", many))
                        .isInstanceOf(InputException.class));
    }

    @Test
    void aliases_deep_nesting_and_an_empty_file_are_refused() {
        assertThatThrownBy(() -> ProfileReader.read("p.yaml", "a: &x [1]\nb: *x\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 2, column 4: an alias");
        assertThatThrownBy(() -> ProfileReader.read("p.yaml", "[".repeat(5000)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nested deeper than 32");
        assertThatThrownBy(() -> ProfileReader.read("p.yaml", "# nothing\n"))
                .hasMessage("p.yaml: empty; expected a profile");
    }

    @Test
    void an_access_waits_for_the_one_before_it_unless_the_profile_says_for_what() {
        assertThat(overlapping("read", "read", "read")).isEmpty();
        assertThat(overlapping("read", "read, after: start", "read, after: start"))
                .containsExactly(1, 2);
        assertThat(overlapping("read", "read, after: a", "read, after: a"))
                .as("both wait for the first, and not for each other")
                .containsExactly(2);
        assertThat(overlapping("read", "read, after: start", "read, after: a"))
                .as("it waits for one of two that overlap, and so for both")
                .containsExactly(1);
        assertThat(overlapping("read", "write, after: start", "read, after: start"))
                .containsExactly(1, 2);
        assertThat(overlapping("read", "rmw, after: start", "read, after: start"))
                .as("an atomic update waits for all before it, and all after wait for it")
                .isEmpty();
    }

    private static List<Integer> overlapping(String first, String second, String third) {
        Profile profile = ProfileReader.read("p.yaml", """
                profile: test
                structs:
                  s:
                    roles: { r: { cpus: all } }
                    operations:
                      - name: op
                        role: r
                        rate: 1e6
                        accesses: [ { field: a, kind: %s }, { field: b, kind: %s }, { field: c, kind: %s } ]
                """.formatted(first, second, third));
        return profile.structs().get(0).operations().get(0).overlapping().stream()
                .boxed()
                .toList();
    }

    @Test
    void what_else_a_profile_says_is_read_or_refused_with_what_is_expected() {
        Profile profile = ProfileReader.read(
                "p.yaml",
                GOOD.replace("rate: 5e6", "rate: max")
                        .replace("kind: read,", "kind: write-if-changed, changes: 0.01,")
                        .replace("kind: cas-loop", "kind: await"));
        Operation operation = profile.structs().get(0).operations().get(0);
        assertThat(operation.isAtFullRate()).isTrue();
        assertThat(operation.accesses().get(0).kind()).isEqualTo(AccessKind.AWAIT);
        assertThat(operation.accesses().get(1).kind()).isEqualTo(AccessKind.WRITE_IF_CHANGED);
        assertThat(operation.accesses().get(1).changeShare()).isEqualTo(0.01);
        assertThat(placeless(ProfileReader.read("q.yaml", ProfileWriter.write(profile))))
                .isEqualTo(placeless(profile));

        refused("kind: read,", "kind: write-if-changed,", "`changes` is missing");
        refused("kind: read,", "kind: write-if-changed, changes: 1.5,", "changes: 1.5 is beyond 1");
        refused("kind: read,", "kind: read, changes: 0.5,", "changes: only for kind: write-if-changed");
        refused("rate: 5e6", "rate: fast", "rate: expected a number that is not negative, such as 5e6, or max");
        String conditional = "- { field: genid, kind: write-if-changed, changes: 0 }\n          ";
        refused(
                "- { field: genid",
                conditional.repeat(7) + "- { field: genid",
                "accesses write-if-changed of an operation: at most 6, found 7");
    }

    @Test
    void the_profile_of_the_page_is_read_and_written_back() throws IOException {
        String page = Files.readString(Path.of("../docs/profiles.md"));
        int start = page.indexOf("```yaml\n") + 8;
        String yaml = page.substring(start, page.indexOf("\n```\n", start));
        Profile profile = ProfileReader.read("profiles.md", yaml);

        assertThat(placeless(ProfileReader.read("q.yaml", ProfileWriter.write(profile))))
                .isEqualTo(placeless(profile));
        assertThat(page)
                .as("all kinds are explained")
                .contains(AccessKind.words().stream()
                        .map(kind -> "| `" + kind + "` |")
                        .toList())
                .contains("At most " + ProfileReader.MOST_CONDITIONAL + " of them");
    }

    @Test
    void without_a_rate_an_operation_that_waits_is_as_fast_as_what_it_waits_for() {
        String waits = GOOD.replace("kind: cas-loop", "kind: await").replace("        rate: 5e6\n", "");
        Operation operation = ProfileReader.read("p.yaml", waits)
                .structs()
                .get(0)
                .operations()
                .get(0);

        assertThat(operation.isAtFullRate()).isTrue();
        assertThat(ProfileWriter.write(ProfileReader.read("p.yaml", waits))).doesNotContain("rate:");
    }

    @Test
    void cpus_that_several_roles_list_are_told() {
        String yaml = """
                profile: test
                structs:
                  s:
                    roles: { a: { cpus: [0, 1] }, b: { cpus: [1, 2] }, c: { cpus: [2] }, d: { cpus: all } }
                    operations:
                      - { name: x, role: a, rate: 1, accesses: [ { field: f, kind: read } ] }
                      - { name: y, role: b, rate: 1, accesses: [ { field: f, kind: read } ] }
                      - { name: z, role: c, rate: 1, accesses: [ { field: f, kind: read } ] }
                      - { name: q, role: d, rate: 1, accesses: [ { field: f, kind: read } ] }
                """;
        StructLayout layout = StructLayout.of(
                "s",
                AggregateKind.STRUCT,
                4,
                4,
                List.of(Member.of("f", FieldType.Scalar.natural("int", 4), 0)),
                Provenance.of(Provenance.Origin.DECLARED, "test"));

        assertThat(Resolution.resolve(
                                layout, ProfileReader.read("p", yaml).structs().get(0))
                        .sharedCpus())
                .containsExactly("CPU 1 by a and b", "CPU 2 by b and c");
        String phases = yaml + "    phases: { one: [a, c], two: [b] }\n";
        assertThat(Resolution.resolve(
                                layout,
                                ProfileReader.read("p", phases).structs().get(0))
                        .sharedCpus())
                .isEmpty();
    }

    @Test
    void what_an_access_waits_for_is_an_earlier_access_of_its_operation() {
        refused(
                "kind: read, gap: 20ns",
                "kind: read, after: refcont",
                "line 14, column 48: after: no earlier access of this operation to `refcont` (did you mean refcnt?);"
                        + " known are refcnt, start");
        refused("kind: read, gap: 20ns", "kind: read, after: slots[own]", "to `slots[own]`; known are refcnt, start");
        refused("kind: cas-loop", "kind: cas-loop, after: refcnt", "to `refcnt`; known are start");
    }

    @Test
    void a_field_the_layout_does_not_have_is_refused_at_its_line_with_the_nearest() {
        FieldType word = FieldType.Scalar.natural("int", 4);
        StructLayout layout = StructLayout.of(
                "rtable",
                AggregateKind.STRUCT,
                8,
                4,
                List.of(Member.of("refcnt", word, 0), Member.of("gen_id", word, 4)),
                Provenance.of(Provenance.Origin.DECLARED, "test"));
        StructProfile profile =
                ProfileReader.read("p.yaml", GOOD).forStruct("rtable").orElseThrow();

        assertThatThrownBy(() -> Resolution.resolve(layout, profile))
                .isInstanceOf(InputException.class)
                .hasMessage("p.yaml: line 14, column 22: struct rtable has no field genid (did you mean gen_id?)\n"
                        + "p.yaml: line 15, column 22: struct rtable has no field slots");
    }

    private static void refused(String good, String bad, String expected) {
        assertThat(GOOD).contains(good);
        assertThatThrownBy(
                        () -> ProfileReader.read("p.yaml", GOOD.replaceFirst(java.util.regex.Pattern.quote(good), bad)))
                .as(bad)
                .isInstanceOf(InputException.class)
                .hasMessageContaining(expected);
    }
}
