package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessFileReader;
import dev.faultline.access.file.AccessRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page on native recordings says that hooks do not see, and what processes do while they are recorded. */
@Tag("slow")
@Tag("native")
class NativeRecordLimitsTest {

    private static final int KILLED = 137;

    @TempDir
    private static Path directory;

    private final HookedBuild build = new HookedBuild(directory);

    @Test
    void registers_expanded_calls_and_code_without_hooks_are_not_seen() throws Exception {
        Path foreign = directory.resolve("foreign.o");
        build.run(List.of("gcc", "-O2", "-g", "-c", build.sample("foreign.c").toString(), "-o", foreign.toString()));
        Path hidden = directory.resolve("hidden.o");
        build.run(List.of(
                "gcc",
                "-O2",
                "-g",
                "-fsanitize=thread",
                "-c",
                build.sample("hidden.c").toString(),
                "-o",
                hidden.toString()));
        Path program = directory.resolve("hidden");
        build.run(List.of(
                "gcc",
                hidden.toString(),
                foreign.toString(),
                build.hooks("gcc").toString(),
                "-o",
                program.toString(),
                "-pthread",
                "-ldl"));

        Cli.Run run = record(directory.resolve("hidden.access"), program);

        Map<String, Long> counts = counts(directory.resolve("hidden.access"));
        assertThat(counts)
                .containsEntry("hidden summed read", 1L) // of 1,000 turns
                .containsEntry("hidden summed write", 1L)
                .containsEntry("hidden seen read", 1000L)
                .containsEntry("hidden seen write", 1000L)
                .containsEntry("hidden copied write", 1L); // of 48 bytes
        assertThat(counts.keySet())
                .noneMatch(what -> what.startsWith("hidden cleared"))
                .noneMatch(what -> what.startsWith("hidden foreign"));
        assertThat(run.err()).contains("accesses of threads' own stacks and thread-local variables left out");
    }

    @Test
    void blocks_that_become_variables_bit_fields_and_neighbours_on_the_heap_are_not_told() throws Exception {
        Path access = directory.resolve("beside.access");

        record(access, build.program(build.sample("beside.c"), "clang", "-O1"));

        assertThat(counts(access)).containsEntry("bits low write", 2L).doesNotContainKey("bits high write");
        assertThat(rows(access))
                .filteredOn(row -> row.key().type().equals("slot"))
                .hasSize(2)
                .allMatch(row -> row.count() == 2000 && row.sameObject() == 0);
        assertThat(counts(access).keySet()).noneMatch(what -> what.startsWith("pair"));
        record(access, build.program(build.sample("beside.c"), "gcc", "-O1"));
        assertThat(counts(access)).containsKey("pair other write");
    }

    @Test
    void a_child_has_a_file_of_its_own_and_threads_have_their_names() throws Exception {
        Path program = build.program(build.sample("family.c"), "gcc", "-O1", "-w");
        Path access = directory.resolve("family.access");

        Cli.Run run = record(access, program);

        assertThat(counts(access))
                .containsEntry("shared parent write", 1000L)
                .containsEntry("shared signals write", 1000L)
                .containsEntry("shared jumps write", 1000L)
                .containsEntry("stack of main  write", 1000L)
                .containsEntry("block make_item:30  write", 1001L)
                .doesNotContainKey("shared child write");
        assertThat(rows(access))
                .filteredOn(row -> row.key().field().equals("parent"))
                .extracting(row -> row.key().operation())
                .containsOnly("main"); // not `leave`, which longjmp has left
        assertThat(rows(access))
                .filteredOn(row -> row.key().operation().equals("step"))
                .isNotEmpty()
                .allMatch(row -> row.key().role().equals("io-#") && row.threads() == 2);
        List<Path> ofChild = build.written("family.access.");
        assertThat(ofChild).hasSize(1);
        assertThat(counts(ofChild.get(0)).keySet()).containsExactly("shared child read", "shared child write");
        assertThat(run.err()).contains("block make_item:30 (2002)");
    }

    @Test
    void types_and_operations_are_stated() throws Exception {
        Path program = build.program(build.sample("family.c"), "clang", "-O1", "-w");
        Path access = directory.resolve("stated.access");

        Cli.Run run = Cli.run(
                "record",
                "-o",
                access.toString(),
                "--as",
                "item@make_item",
                "--op",
                "^worker$",
                "--",
                program.toString());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(counts(access)).containsEntry("item first write", 1001L);
        assertThat(rows(access))
                .filteredOn(row -> row.key().role().equals("io-#"))
                .extracting(row -> row.key().operation())
                .containsOnly("worker");
        Cli.Run unknown = Cli.run("record", "-o", access.toString(), "--as", "itm@make_item", "--", program.toString());
        assertThat(unknown.err())
                .contains("--as: itm@make_item: the program describes no type itm")
                .contains("'faultline import hooks' reads it");
    }

    @Test
    void a_program_without_hooks_is_told_how_it_gets_them() throws Exception {
        Path object = directory.resolve("plain");
        build.run(List.of("gcc", build.sample("counters.c").toString(), "-o", object.toString(), "-pthread"));
        System.setProperty("faultline.agent", HookedBuild.HOOKS.toString()); // any file: no Java VM starts

        Cli.Run run;
        try {
            run = Cli.run("record", "-o", directory.resolve("plain.access").toString(), "--", object.toString());
        } finally {
            System.clearProperty("faultline.agent");
        }

        assertThat(run.status()).isZero();
        assertThat(run.err())
                .contains("plain has no hooks")
                .contains("compile it with -g -fsanitize=thread, and link it with faultline_hooks.c");
    }

    @Test
    void a_process_that_is_killed_leaves_every_count() throws Exception {
        Path program = build.program(build.sample("family.c"), "gcc", "-O2", "-w");
        Path access = directory.resolve("killed.access");

        Cli.Run run = Cli.run("record", "-o", access.toString(), "--", program.toString(), "kill");

        assertThat(run.status()).isEqualTo(KILLED);
        assertThat(counts(access)).containsEntry("shared parent write", 1000L);
        assertThat(run.err()).contains("did not end by exit");
    }

    @Test
    void a_file_that_is_left_is_imported_later() throws Exception {
        Path program = build.program(build.sample("family.c"), "clang", "-O2", "-w");
        Path name = directory.resolve("left");
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "kill");
        builder.environment().put("FAULTLINE_HOOKS_FILE", name.toString());
        assertThat(builder.start().waitFor()).isEqualTo(KILLED);
        Path moved = Files.move(program, directory.resolve("moved"));
        Path access = directory.resolve("left.access");

        Cli.Run gone = Cli.run("import", "hooks", name + ".raw", "-o", access.toString());
        Cli.Run run = Cli.run("import", "hooks", name + ".raw", "--from", moved.toString(), "-o", access.toString());

        assertThat(gone.status()).isEqualTo(3);
        assertThat(gone.err()).contains(program + ": is not there: name the program with --from");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(counts(access)).containsEntry("shared parent write", 1000L);
    }

    @Test
    void hooks_may_be_in_a_shared_library() throws Exception {
        Path library = directory.resolve("libfaultline_hooks.so");
        build.run(List.of(
                "gcc",
                "-std=gnu11",
                "-O2",
                "-fPIC",
                "-shared",
                HookedBuild.HOOKS.toString(),
                "-o",
                library.toString(),
                "-pthread",
                "-ldl"));
        Path object = directory.resolve("shared.o");
        build.run(List.of(
                "gcc",
                "-O2",
                "-g",
                "-fsanitize=thread",
                "-c",
                build.sample("counters.c").toString(),
                "-o",
                object.toString()));
        Path program = directory.resolve("shared");
        build.run(List.of(
                "gcc",
                object.toString(),
                library.toString(),
                "-Wl,-rpath," + directory,
                "-o",
                program.toString(),
                "-pthread"));

        record(directory.resolve("shared.access"), program);

        assertThat(counts(directory.resolve("shared.access")))
                .containsEntry("counters hits write", 20000L)
                .containsEntry("counters misses write", 20000L);
    }

    private static Cli.Run record(Path access, Path program) {
        Cli.Run run = Cli.run("record", "-o", access.toString(), "--", program.toString());
        assertThat(run.status()).as(run.err()).isZero();
        return run;
    }

    private static List<AccessRow> rows(Path access) throws IOException {
        AccessFile file = AccessFileReader.read(access.toString(), Files.readString(access));
        return file.rows();
    }

    private static Map<String, Long> counts(Path access) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        for (AccessRow row : rows(access)) {
            AccessRow.Key key = row.key();
            counts.merge(key.type() + " " + key.field() + " " + key.kind().word(), row.count(), Long::sum);
        }
        return counts;
    }
}
