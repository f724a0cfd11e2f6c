package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which class an entry of a profile means, and what is told of entries, roles and operations that do nothing. */
class ProfileNamesTest {

    @TempDir
    private Path directory;

    private String classes;

    @BeforeEach
    void compile() throws IOException {
        Path ring = source(
                "com/acme",
                "package com.acme; public class Ring<T> { volatile long head; volatile long tail;"
                        + " void offer() { tail = tail + 1; } void poll() { head = head + 1; }"
                        + " static class Cell { volatile long value; } }");
        Path other = source("org/other", "package org.other; public class Ring { long head; }");
        classes = directory.resolve("classes").toString();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-g", "-d", classes, ring.toString(), other.toString());
        assertThat(status).isZero();
    }

    private Path source(String at, String text) throws IOException {
        return Files.writeString(
                Files.createDirectories(directory.resolve("src").resolve(at)).resolve("Ring.java"), text);
    }

    private String profile(String... entries) throws IOException {
        StringBuilder yaml = new StringBuilder("profile: test\nstructs:\n");
        for (String entry : entries) {
            yaml.append("  \"")
                    .append(entry)
                    .append("\":\n    roles: { r: { cpus: all } }\n    operations:\n")
                    .append("      - { name: o, role: r, rate: 1M, accesses: [ { field: head, kind: rmw } ] }\n");
        }
        return file(yaml.toString());
    }

    private String file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("p.yaml"), yaml).toString();
    }

    private Cli.Run inspect(String name, String profile) {
        return Cli.run("inspect", "--from", classes, name, "--profile", profile, "--width", "300");
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.acme.Ring", "com/acme/Ring", "Ring", "acme.Ring", "*Ring", "com.*"})
    void a_class_is_named_in_full_in_short_or_by_a_pattern(String entry) throws IOException {
        Cli.Run run = inspect("com.acme.Ring", profile(entry));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("declared: test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.acme.Ring$Cell", "com.acme.Ring.Cell", "Ring.Cell", "Ring$Cell", "Cell"})
    void a_nested_class_is_named_with_a_dot_or_a_dollar(String name) throws IOException {
        String yaml = profile(name);
        Files.writeString(Path.of(yaml), Files.readString(Path.of(yaml)).replace("head", "value"));
        Cli.Run run = inspect(name, yaml);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("com.acme.Ring$Cell").contains("declared: test");
    }

    @Test
    void the_most_exact_name_counts_and_what_is_not_clear_is_told() throws IOException {
        String exact = profile("*Ring", "Ring", "com.acme.Ring");
        assertThat(inspect("com.acme.Ring", exact).err()).contains("p.yaml: no struct analysed here is called *Ring");

        Cli.Run two = inspect("com.acme.Ring", profile("*Ring", "com.*"));
        assertThat(two.status()).isEqualTo(3);
        assertThat(two.err())
                .contains("p.yaml: *Ring and com.* all mean com.acme.Ring; leave all but one out, or write the whole"
                        + " name");

        Cli.Run both = Cli.run("inspect", classes, "--profile", profile("Ring"));
        assertThat(both.status()).isEqualTo(3);
        assertThat(both.err())
                .contains("p.yaml: Ring may be one of 2: com.acme.Ring, org.other.Ring; write the whole name, or"
                        + " \"*Ring\" for all");
        assertThat(Cli.run("inspect", classes, "--profile", profile("*Ring")).status())
                .isZero();
    }

    @Test
    void what_matches_nothing_is_told_with_what_may_be_meant() throws IOException {
        Cli.Run some = inspect("com.acme.Ring", profile("com.acme.Ring", "Rimg"));
        assertThat(some.status()).isZero();
        assertThat(some.err()).contains("p.yaml: no struct analysed here is called Rimg (did you mean Ring?)");

        Cli.Run none = inspect("com.acme.Ring", profile("Ring<T>"));
        assertThat(none.status()).isEqualTo(3);
        assertThat(none.err())
                .contains("says nothing about class com.acme.Ring; it knows Ring<T> (write Ring: the name of a class"
                        + " has no type arguments)");
    }

    @Test
    void roles_without_operations_and_operations_without_accesses_are_told() throws IOException {
        String yaml = file("""
                profile: test
                structs:
                  Ring:
                    roles: { r: { cpus: 1 }, publisher: { cpus: 1 } }
                    operations:
                      - { name: nothing, role: r, rate: 1M, accesses: [] }
                """);
        Cli.Run run = inspect("com.acme.Ring", yaml);

        assertThat(run.status()).isZero();
        assertThat(run.err())
                .contains("p.yaml: Ring: role publisher has no operation, so nothing is counted for it")
                .contains("p.yaml: Ring: operation `nothing` of r has no accesses");
    }

    @Test
    void a_store_to_a_volatile_field_waits_and_costs_what_an_atomic_update_costs() throws IOException {
        String yaml = """
                profile: test
                structs:
                  Ring:
                    roles: { a: { cpus: 1 }, b: { cpus: 1 } }
                    operations:
                      - { name: poll, role: a, rate: 5M, accesses: [ { field: head, kind: %1$s } ] }
                      - { name: offer, role: b, rate: 5M, accesses: [ { field: tail, kind: %1$s } ] }
                """;
        Cli.Run plain = inspect("com.acme.Ring", file(yaml.formatted("write")));
        assertThat(plain.err())
                .contains("p.yaml: Ring: kind: write of head, tail: the code stores to a volatile field, which waits"
                        + " until the store has happened; that is kind: volatile-write");
        Cli.Run waits = inspect("com.acme.Ring", file(yaml.formatted("volatile-write")));
        assertThat(waits.err()).isEmpty();
        Cli.Run atomic = inspect("com.acme.Ring", file(yaml.formatted("rmw")));
        assertThat(waits.out()).contains("volatile-write");
        assertThat(waits.out().replace("volatile-write", "rmw").replaceAll(" +", " "))
                .isEqualTo(atomic.out().replaceAll(" +", " "));
    }

    @Test
    void a_store_that_a_run_saw_waits_where_the_code_says_that_its_field_is_volatile() throws IOException {
        String row = "{\"role\":\"%s\",\"threads\":1,\"operation\":\"put\",\"type\":\"com.acme.Ring\",\"field\":\"%s\","
                + "\"kind\":\"write\",\"count\":1000000}\n";
        String access = file(
                "{\"format\":\"faultline-access 1\",\"certainty\":\"recorded\",\"identity\":{\"program\":\"java\"},"
                        + "\"tool\":\"test\",\"seconds\":1,\"unit\":\"accesses\"}\n"
                        + row.formatted("a", "head") + row.formatted("b", "tail"));
        Cli.Run run = inspect("com.acme.Ring", access);

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("head (volatile-write by a, ", "recorded ·");
    }

    /** On two CPUs, the second and the third thread would share one, and never wait for each other's line. */
    @Test
    void each_busy_thread_of_a_recording_has_a_cpu_unless_a_machine_is_asked_for() throws IOException {
        String row = "{\"role\":\"%s\",\"threads\":1,\"operation\":\"put\",\"type\":\"com.acme.Ring\",\"field\":\"%s\","
                + "\"kind\":\"%s\",\"count\":%d}\n";
        String access = file("{\"format\":\"faultline-access 1\",\"certainty\":\"recorded\",\"identity\":{},"
                + "\"tool\":\"test\",\"seconds\":1,\"unit\":\"accesses\"}\n"
                + row.formatted("a", "head", "write", 1_000_000)
                + row.formatted("b", "head", "read", 2_000_000)
                + row.formatted("c", "tail", "read", 900_000));
        Cli.Run run = inspect("com.acme.Ring", access);

        assertThat(run.err())
                .isEqualTo("faultline: this machine has 2 CPUs; 3 are assumed, in as many sockets, since the recording"
                        + " has as many busy threads (--machine names another one)\n");
        assertThat(run.out()).contains("head (volatile-write by a, ", "tail (read by c, ");
        assertThat(Cli.run("inspect", "com.acme.Ring", "--from", classes, "--profile", access, "--cpus", "2")
                        .err())
                .isEmpty();
        assertThat(Cli.run("suggest", "com.acme.Ring", "--from", classes, "--profile", access, "--machine", "x86-64")
                        .err())
                .isEmpty();
        assertThat(Cli.run("suggest", "com.acme.Ring", "--from", classes, "--profile", access)
                        .err())
                .contains("3 are assumed");
    }

    @Test
    void elements_of_an_array_in_a_field_are_found_by_their_index() throws IOException {
        String row = "{\"role\":\"%s\",\"threads\":1,\"operation\":\"add\",\"type\":\"%s\",\"field\":\"[%s]\","
                + "\"kind\":\"rmw\",\"count\":1000000}\n";
        String near = "com.acme.Ring.slots (long[])";
        String far = "com.acme.Ring.spread (int[])";
        String access = file("{\"format\":\"faultline-access 1\",\"certainty\":\"recorded\",\"identity\":{},"
                + "\"tool\":\"test\",\"seconds\":1,\"unit\":\"accesses\"}\n"
                + row.formatted("a", near, "2")
                + row.formatted("b", near, "3")
                + row.formatted("a", far, "0")
                + row.formatted("b", far, "32")
                + row.formatted("b", "org.absent.Ring.slots (long[])", "1"));
        Cli.Run run = Cli.run("inspect", "--from", classes, "--profile", access, "--all", "--width", "300");

        assertThat(run.err())
                .startsWith(
                        "faultline: " + access + ": no struct analysed here is called org.absent.Ring.slots (long[])")
                .hasLineCount(1);
        assertThat(run.out())
                .contains(
                        "ArrayNeighbours  " + near,
                        "elements[2] (rmw by a, 1e6/s from other CPUs) and elements[3] (rmw by b, 1e6/s) are 8",
                        "faultline inspect '" + classes + "#" + near + "' --profile " + access)
                .doesNotContain("spread");
        assertThat(Cli.run("inspect", classes + "#" + near, "--profile", access).out())
                .contains("ArrayNeighbours", "elements[2] (rmw by a");
        assertThat(Cli.run("inspect", classes + "#org.absent.Ring.slots (long[])")
                        .err())
                .contains("no class org.absent.Ring");
    }

    @Test
    void all_fields_that_a_class_does_not_have_are_told_at_once() throws IOException {
        String yaml = profile("com.acme.Ring", "org.other.Ring");
        Files.writeString(Path.of(yaml), Files.readString(Path.of(yaml)).replace("head", "haed"));
        Cli.Run run = Cli.run("inspect", classes, "--profile", yaml);

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err().lines())
                .filteredOn(line -> line.contains("has no field haed (did you mean head?)"))
                .hasSize(2)
                .anyMatch(line -> line.contains("line 6, column 60: class com.acme.Ring"))
                .anyMatch(line -> line.contains("line 10, column 60: class org.other.Ring"));
    }
}
