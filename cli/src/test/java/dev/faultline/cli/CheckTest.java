package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.contract.ContractReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Contracts on the command line: what is kept, broken, and could not be checked; nothing of the last passes for the
 * first.
 */
class CheckTest {

    private static final String RING = "struct ring { unsigned int head; unsigned int tail; long mask; };\n";

    @TempDir
    Path temporary;

    private Path write(String name, String text) throws IOException {
        Path file = temporary.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path contract(String name, String promises) throws IOException {
        write("ring.txt", RING);
        return write(name, "contract: c\nsource: ring.txt\nstructs:\n  ring:\n    promises: [" + promises + "]\n");
    }

    private static Cli.Run check(Object... words) {
        String[] all = new String[words.length + 1];
        all[0] = "check";
        for (int i = 0; i < words.length; i++) {
            all[i + 1] = words[i].toString();
        }
        return Cli.run(all);
    }

    /** Fails with 3 and says exactly this, in one line, about what is wrong. */
    private void cannot(Cli.Run run, String complaint) {
        assertThat(run.err()).isEqualTo("faultline: " + complaint.replace("DIR", temporary.toString()) + "\n");
        assertThat(run.status()).isEqualTo(3);
    }

    @Test
    void kept_is_0_and_broken_is_1() throws IOException {
        Cli.Run kept = check(contract("c.contract.yaml", "{max-size: 16}, {offset: {tail: 4}}"));
        assertThat(kept.err()).isEmpty();
        assertThat(kept.status()).isZero();
        assertThat(kept.out()).isEqualTo("""
                DIR/c.contract.yaml: 2 promises kept
                c
                  kept  ring  max-size: 16
                  kept  ring  offset: {tail: 4}
                """.replace("DIR", temporary.toString()));

        Path broken = contract("c.contract.yaml", "{max-size: 16}, {different-lines: [head, tail]}");
        Cli.Run run = check(broken, "--line", "128", "--base-align", "128");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("""
                DIR/c.contract.yaml: 1 of 2 promises broken
                c
                  BROKEN  ring  different-lines: [head, tail]
                      head (bytes 0..3) and tail (bytes 4..7) share a 128-byte line

                the others: 1
                  kept  ring  max-size: 16
                """.replace("DIR", temporary.toString()));
        assertThat(check(broken, "-q").out()).doesNotContain("max-size").contains("BROKEN");
        assertThat(check(contract("c.contract.yaml", "{max-size: 16}"), "-q").out())
                .isEqualTo(temporary + "/c.contract.yaml: 1 promise kept\n");
    }

    @Test
    void what_cannot_be_judged_is_3_whatever_else_is_broken_and_the_rest_is_shown() throws IOException {
        Cli.Run run = check(contract("c.contract.yaml", "{alone: haed}, {max-size: 1}, {offset: {head: 0}}"));
        cannot(
                run,
                "DIR/c.contract.yaml: line 5, column 16: alone: struct ring has no field haed (did you mean head?)");
        assertThat(run.out())
                .contains(
                        "  not judged  ring  alone: haed\n",
                        "  BROKEN      ring  max-size: 1\n",
                        "  kept  ring  offset")
                .startsWith("1 of 3 promises broken, 1 not judged\n" + temporary + "/c.contract.yaml\nc\n");
    }

    @Test
    void what_is_misspelt_in_a_contract_is_told_at_once_and_the_other_promises_are_checked() throws IOException {
        write("ring.txt", RING);
        Cli.Run run = check(write("typo.contract.yaml", """
                contract: c
                source: ring.txt
                structs:
                  ring:
                    promises:
                      - max-size: 16
                      - alon: head
                      - max-size: 8
                      - max-hazard: nne
                  "*":
                    placments: aligned
                    promises: [ max-size: 8 ]
                """));

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out())
                .contains("kept", "BROKEN")
                .contains("1 of 2 promises broken; 3 things could not be checked\n");
        assertThat(run.err().lines())
                .hasSize(3)
                .anyMatch(line -> line.contains(
                        "line 7, column 9: an item of promises: unknown key `alon` (did you mean" + " alone?)"))
                .anyMatch(line -> line.contains("line 9, column 21: max-hazard: unknown word `nne`"))
                .anyMatch(line ->
                        line.contains("line 11, column 5: *: unknown key `placments` (did you mean" + " placements?)"));
    }

    @Test
    void files_that_are_not_there_or_no_contracts_are_errors() throws IOException {
        cannot(
                check(temporary.resolve("no.contract.yaml")),
                "DIR/no.contract.yaml: no such file or directory; to check a struct's group markers, give --from"
                        + " SOURCE");
        cannot(check(temporary), "DIR: holds no *.contract.yaml");
        cannot(check(temporary + "/*.yaml"), "DIR/*.yaml: no file matches this pattern");
        cannot(check(temporary + "/no/**.yaml"), "DIR/no/**.yaml: no file matches this pattern");
        cannot(check(write("empty.contract.yaml", "")), "DIR/empty.contract.yaml: empty; expected a contract");
        cannot(
                check(write("no.txt", "hello")),
                "DIR/no.txt: line 1, column 1: contract: expected a mapping with the keys contract, structs, found the word `hello`");
        cannot(
                check(write("none.contract.yaml", "contract: c\nstructs: {}\n")),
                "DIR/none.contract.yaml: line 2, column 10: structs: expected at least one, found none");
        cannot(
                check(write("none.contract.yaml", "contract: c\nstructs: {ring: {promises: []}}\n")),
                "DIR/none.contract.yaml: line 2, column 28: promises: expected at least one, found none");
        cannot(
                check(write("none.contract.yaml", "contract: c\nstructs: {ring: {promise: []}}\n")),
                "DIR/none.contract.yaml: line 2, column 18: ring: unknown key `promise` (did you mean promises, profile?); known"
                        + " are cold, promises, source, profile, line, placements, machine");
    }

    @Test
    void structs_and_sources_that_are_not_there_are_errors() throws IOException {
        write("ring.txt", RING);
        write("empty.txt", "");
        String with = "contract: c\nsource: %s\nstructs:\n  %s: {promises: [{max-size: 1}]}\n";
        Path file = write("c.contract.yaml", with.formatted("ring.txt", "rign"));
        cannot(
                check(file),
                "DIR/c.contract.yaml: line 4, column 9: DIR/ring.txt declares no rign (did you mean ring?)");
        write("c.contract.yaml", with.formatted("ring.txt", "'*_entry'"));
        cannot(check(file), "DIR/c.contract.yaml: line 4, column 14: DIR/ring.txt: '*_entry' matches no struct of 1");
        write("c.contract.yaml", with.formatted("empty.txt", "ring"));
        cannot(check(file), "DIR/c.contract.yaml: line 2, column 9: source: DIR/empty.txt: is empty");
        write("c.contract.yaml", with.formatted("''", "ring"));
        cannot(check(file), "DIR/c.contract.yaml: line 2, column 9: source: expected a word, found nothing");
        write("c.contract.yaml", with.formatted("no.txt", "ring"));
        cannot(
                check(file),
                "DIR/c.contract.yaml: line 2, column 9: source: DIR/no.txt: no such file; a source is a file, a"
                        + " directory, a class path, kernel, jvm or -");
        write("c.contract.yaml", with.formatted("'-'", "ring"));
        cannot(
                check(file),
                "DIR/c.contract.yaml: line 2, column 9: source: -: a contract cannot name standard input; give --from -");
        write("c.contract.yaml", "contract: c\nstructs:\n  ring: {promises: [{max-size: 1}]}\n");
        Cli.Run catalogue = check(file);
        assertThat(catalogue.status()).isEqualTo(3);
        assertThat(catalogue.err()).contains("line 3, column 9: the catalogue has no struct ring");
        assertThat(catalogue.out())
                .isEqualTo("no promises; 1 thing could not be checked\n" + temporary + "/c.contract.yaml\nc\n");
    }

    @Test
    void profiles_and_machines_that_do_not_fit_are_errors() throws IOException {
        write("ring.txt", RING);
        String with = "contract: c\nsource: ring.txt\n%s\nstructs:\n  ring: {promises: [{max-size: 64}]}\n";
        Path file = write("c.contract.yaml", with.formatted("profile: no.yaml"));
        cannot(
                check(file),
                "DIR/c.contract.yaml: line 3, column 10: profile: DIR/no.yaml: cannot be read: no such file or directory");
        String profile =
                "profile: p\nstructs:\n  %s:\n    roles: {r: {cpus: 1}}\n    operations: [{name: o, role: r, rate: 1,"
                        + " accesses: [{field: %s, kind: read}]}]\n";
        write("p.yaml", profile.formatted("other", "x"));
        write("c.contract.yaml", with.formatted("profile: p.yaml"));
        cannot(
                check(file),
                "DIR/c.contract.yaml: line 3, column 10: profile: p.yaml has no entry for ring; it has entries for"
                        + " other; to check without a profile, write `profile: none`");
        write("p.yaml", profile.formatted("ring", "haed"));
        cannot(check(file), "DIR/p.yaml: line 5, column 65: struct ring has no field haed (did you mean head?)");
        write("c.contract.yaml", with.formatted("machine: x86"));
        cannot(
                check(file),
                "DIR/c.contract.yaml: line 3, column 10: machine: x86: no preset and no machine file (did you mean"
                        + " x86-64?); presets are x86-64, ice-lake, epyc-milan, neoverse, apple-m, power, s390x");
        write("c.contract.yaml", with.formatted("machine: apple-m"));
        assertThat(check(file).status()).isZero();
        write("c.contract.yaml", with.formatted("profile: none"));
        assertThat(check(file).status()).isZero();
    }

    @Test
    void one_broken_file_does_not_keep_the_others_from_being_checked() throws IOException {
        contract("a/b.contract.yaml", "{max-size: 64}");
        write("a/ring.txt", RING);
        write("a/c.contract.yaml", "nonsense: [");
        write("a/.hidden/d.contract.yaml", "nonsense");
        Cli.Run run = check(temporary.resolve("a"));
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).contains("kept").contains("1 promise kept; 1 thing could not be checked\n");
        assertThat(run.err().lines()).hasSize(1).first().asString().contains("c.contract.yaml: line ");
        assertThat(check(temporary + "/*/b.*.yaml").status()).isZero();
        assertThat(check(temporary + "/**/[ab].*").status()).isZero();
        Cli.Run twice = check(temporary + "/a/b.contract.yaml", temporary + "/a/b.*", temporary.resolve("none.yaml"));
        assertThat(twice.out()).contains("1 promise kept; 1 thing could not be checked\n");
    }

    @Test
    void wrong_words_are_usage() {
        assertThat(check().status()).isEqualTo(2);
        assertThat(check().err()).startsWith("faultline: name a contract");
        assertThat(check("--from", "kernel").err()).startsWith("faultline: name a struct of kernel");
        assertThat(check("--update", "--match", "*").status()).isEqualTo(2);
        assertThat(check("--from", "jvm", "tcp_*").err())
                .contains("'tcp_*' is a pattern; --match takes those of structs");
        assertThat(check("--line", "60", "x.yaml").status()).isEqualTo(2);
        assertThat(check("--quite", "x.yaml").err()).contains("check has no option --quite (did you mean --quiet?)");
    }

    @Test
    void from_overrides_the_source() throws IOException {
        Path file = contract("c.contract.yaml", "{max-size: 16}");
        write("other.txt", "struct ring { long many[9]; };");
        Cli.Run run = check(file, "--from", temporary.resolve("other.txt"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("the struct has 72 bytes, 56 more than allowed");
        Cli.Run input = Cli.withInput("struct ring { long many[9]; };", "check", file.toString(), "--from", "-");
        assertThat(input.status()).isEqualTo(1);
    }

    @Test
    void a_source_is_told_by_the_struct_or_the_contract() throws IOException {
        write("a.txt", "struct ring { char a; };");
        write("b.txt", "struct ring { long b; };");
        Path file = write(
                "c.contract.yaml", """
                contract: c
                source: a.txt
                structs:
                  ring: {promises: [{max-size: 1}]}
                  b.txt#ring: {promises: [{max-size: 8}]}
                  'r*': {source: b.txt, promises: [{offset: {b: 0}}]}
                  rtable@6.3: {source: kernel, promises: [{max-size: 1}]}
                """.replace("  rtable@6.3: {source: kernel, promises: [{max-size: 1}]}\n", ""));
        Cli.Run run = check(file);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains(": 3 promises kept\n");
    }

    private Path counted(String members) throws IOException {
        write("s.txt", "struct s { " + members + " };");
        return write("s.contract.yaml", """
                contract: c
                source: s.txt
                structs:
                  s: {promises: [{max-hazard: baseline}]}
                """);
    }

    @Test
    void a_baseline_is_recorded_kept_and_outgrown() throws IOException {
        Path file = counted("atomic_t count; int ops; int key;");
        Path baseline = temporary.resolve("s.baseline.yaml");
        cannot(
                check(file),
                "DIR/s.contract.yaml: line 4, column 18: max-hazard: there is no baseline yet; `faultline check"
                        + " --update` records one");
        Cli.Run update = check("--update", file);
        assertThat(update.status()).isZero();
        assertThat(update.err()).isEqualTo("faultline: " + baseline + ": 1 finding accepted\n");
        String written = Files.readString(baseline);
        assertThat(written)
                .contains(
                        "    - {rule: WriterBesideReaders, fields: [count, key, ops], severity: info, reason: \"\"}\n");
        assertThat(check(file).status()).isZero();
        assertThat(check("--update", file).err()).endsWith("1 finding accepted, as before\n");
        assertThat(Files.readString(baseline)).isEqualTo(written);

        Files.writeString(baseline, "# mine\n" + written.replace("reason: \"\"", "reason: 'we know'"));
        check("--update", file);
        assertThat(Files.readString(baseline)).contains("reason: \"we know\"").doesNotContain("mine");

        counted("int key; int other[0]; atomic_t count; int ops; int fresh;");
        Cli.Run grown = check(file);
        assertThat(grown.status()).isEqualTo(1);
        assertThat(grown.out()).contains("accepted without fresh: info");

        counted("int key;");
        Cli.Run stale = check(file);
        assertThat(stale.status()).isZero();
        assertThat(String.join(" ", stale.out().split("\\s+")))
                .contains(
                        "note: s: the baseline accepts WriterBesideReaders of count, key, ops (info), which is no longer"
                                + " found; --update removes it");
        check("--update", file);
        assertThat(Files.readString(baseline)).endsWith("structs:\n  s: []\n");
        try (var files = Files.list(temporary)) {
            assertThat(files.map(one -> one.getFileName().toString()))
                    .containsExactlyInAnyOrder("s.txt", "s.contract.yaml", "s.baseline.yaml");
        }
    }

    @Test
    void structs_of_one_name_share_their_baseline() throws IOException {
        Path file = counted("atomic_t count; int ops; }; struct s { atomic_t uses; int key;");
        assertThat(check("--update", file).status()).isZero();
        Cli.Run run = check(file);
        assertThat(run.status()).isZero();
        assertThat(run.out()).doesNotContain("note").contains(": 2 promises kept\n");
    }

    @Test
    void a_finding_that_got_worse_is_new() throws IOException {
        Path file = counted("atomic_t count; int ops; int key;");
        check("--update", file);
        write("s.yaml", """
                profile: p
                structs:
                  s:
                    roles: { all: { cpus: all } }
                    operations:
                      - name: use
                        role: all
                        rate: 1e6
                        accesses:
                          - { field: count, kind: rmw }
                          - { field: key, kind: read, gap: 50ns }
                          - { field: ops, kind: read, gap: 50ns }
                """);
        Files.writeString(file, Files.readString(file) + "profile: s.yaml\n");
        Cli.Run worse = check(file);
        assertThat(worse.status()).isEqualTo(1);
        assertThat(worse.out()).containsAnyOf("error WriterBesideReaders", "warning WriterBesideReaders", "new:");
    }

    @Test
    void a_broken_baseline_is_neither_taken_for_an_empty_one_nor_written_over() throws IOException {
        Path file = counted("atomic_t count; int ops; int key;");
        Path baseline = write("s.baseline.yaml", "baseline: 1\nstructs: {s: [{rule: Nonsense}]}\n");
        String complaint = "DIR/s.baseline.yaml: line 2, column 15: an item of s: `fields` is missing";
        cannot(check(file), complaint);
        cannot(check("--update", file), complaint);
        assertThat(Files.readString(baseline)).contains("Nonsense");
    }

    @Test
    void nothing_is_recorded_of_a_contract_that_could_not_be_checked_or_does_not_ask() throws IOException {
        Path file = counted("atomic_t count;");
        Files.delete(temporary.resolve("s.txt"));
        Cli.Run run = check("--update", file);
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("s.baseline.yaml: not written, since not all of ");
        assertThat(temporary.resolve("s.baseline.yaml")).doesNotExist();
        cannot(
                check("--update", contract("c.contract.yaml", "{max-size: 16}")),
                "nothing to record: no struct of these contracts asks for a baseline (max-hazard: baseline)");
    }

    @Test
    void a_struct_is_held_to_its_own_markers() throws IOException {
        Path text = write("g.txt", """
                struct good {
                    char __cacheline_group_begin__a_read[0];
                    long x;
                    char __cacheline_group_end__a_read[0];
                };
                struct bad {
                    char __cacheline_group_begin__a_read[0];
                    long x;
                };
                struct plain { long x; };
                """);
        Cli.Run good = check("--from", text, "good");
        assertThat(good.status()).isZero();
        assertThat(good.out()).contains("  kept  good  group a_read: whole, bytes 0..7\n");
        assertThat(check(text + "#good").out()).contains("  kept  good  group a_read: whole, bytes 0..7\n");
        Cli.Run both = check("--from", text, "good", "bad");
        assertThat(both.status()).isEqualTo(1);
        assertThat(both.out()).contains("group a_read begins at byte 0 and never ends");
        cannot(
                check("--from", text, "plain"),
                "DIR/g.txt: struct plain has no cache-line group markers, so there is nothing to check; a contract can"
                        + " promise more");
        assertThat(check("--from", text, "plain", "bad").status()).isEqualTo(3);
        assertThat(check("--from", text, "--match", "*d").status()).isEqualTo(1);
        assertThat(check("--from", text, "--match", "*").out()).contains(": 1 of 2 promises broken\n");
        cannot(
                check("--from", text, "--match", "p*"),
                "DIR/g.txt: none of the 1 matching structs has cache-line group markers");
        cannot(check("--from", text, "--match", "q*"), "DIR/g.txt: 'q*' matches no struct of 3");
        cannot(check("--from", text, "godo"), "DIR/g.txt declares no godo (did you mean good?)");
    }

    @Test
    void the_running_kernel_keeps_its_groups() {
        assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "this machine has no kernel BTF");
        Cli.Run run = check("--from", "kernel", "--match", "*");
        assumeTrue(!run.err().contains("none of the"), "this kernel has no groups");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("whole");
    }

    @Test
    void contracts_of_the_documentation_are_contracts() throws IOException {
        String page = Files.readString(Path.of("docs/contracts.md"));
        Matcher block = Pattern.compile("(?ms)^```yaml\\n(contract:.*?)^```$").matcher(page);
        assertThat(block.find()).isTrue();
        do {
            assertThat(ContractReader.read("docs/contracts.md", block.group(1)).entries())
                    .isNotEmpty();
        } while (block.find());
        for (String word : List.of(
                "alone",
                "same-line",
                "different-lines",
                "group",
                "max-size",
                "offset",
                "line-aligned",
                "no-straddle",
                "max-hazard",
                "groups")) {
            assertThat(page).contains("| `" + word + ": ");
        }
    }

    @Test
    void promises_by_the_thousand_are_refused_at_their_place_with_the_limit() throws IOException {
        String promises = String.join(", ", Collections.nCopies(2500, "{alone: head}"));
        Cli.Run run = check(contract("c.contract.yaml", promises));
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err())
                .contains("c.contract.yaml: line 5, column ")
                .contains(": promises: at most 2000, found 2001 or more; split the contract");
    }

    @Test
    void promises_on_a_struct_of_very_many_fields_are_refused_with_the_product() throws IOException {
        String fields =
                IntStream.range(0, 20_000).mapToObj(i -> "int f" + i + ";").collect(Collectors.joining());
        write("ring.txt", "struct ring {" + fields + "};");
        String promises = String.join(", ", Collections.nCopies(1001, "{alone: f7}"));
        Path file = write(
                "c.contract.yaml",
                "contract: c\nsource: ring.txt\nstructs:\n  ring:\n    promises: [" + promises + "]\n");
        Cli.Run run = check(file, "--machine", "x86-64");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err())
                .contains(
                        "c.contract.yaml: line 5, column 5: 1001 promises and cold patterns on 20000 fields of struct ring")
                .contains("the product may be at most 20000000; split the entry or use fewer promises");
    }

    @Tag("slow")
    @Test
    void as_many_promises_as_there_may_be_are_checked_in_time() throws IOException {
        String fields =
                IntStream.range(0, 5000).mapToObj(i -> "int f" + i + ";").collect(Collectors.joining());
        write("ring.txt", "struct ring {" + fields + "};");
        String promises =
                IntStream.range(0, 2000).mapToObj(i -> "{alone: f" + i + "}").collect(Collectors.joining(", "));
        Path file = write(
                "c.contract.yaml",
                "contract: c\nsource: ring.txt\nline: 64\nstructs:\n  ring:\n    promises: [" + promises + "]\n");
        Cli.Run run = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> check(file));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("2,000 of 2,000 promises broken");
    }
}
