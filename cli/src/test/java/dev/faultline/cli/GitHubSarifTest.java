package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.source.btf.BtfBuilder;
import dev.faultline.source.jvm.ClassMaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GitHub takes the log of every command that writes SARIF, over every kind of source. */
class GitHubSarifTest {

    private static final String RING = """
            struct ring {
                    unsigned int               head;                 /*     0     4 */
                    unsigned int               tail;                 /*     4     4 */
                    unsigned int               mask;                 /*     8     4 */
                    /* XXX 4 bytes hole, try to pack */
                    void * *                   slots;                /*    16     8 */
                    /* size: 24, cachelines: 1, members: 4 */
            };
            """;

    private static final String APART = """
            struct ring {
                    unsigned int               head;                 /*     0     4 */
                    /* XXX 60 bytes hole, try to pack */
                    unsigned int               tail;                 /*    64     4 */
                    unsigned int               mask;                 /*    68     4 */
                    void * *                   slots;                /*    72     8 */
                    /* size: 80, cachelines: 2, members: 4 */
            };
            """;

    private static final String PROFILE = """
            profile: who
            structs:
              NAME:
                roles: { producer: { cpus: 1 }, consumer: { cpus: 1 } }
                operations:
                  - { name: put, role: producer, rate: 5e6, accesses: [ { field: tail, kind: rmw } ] }
                  - { name: take, role: consumer, rate: 5e6, accesses: [ { field: head, kind: rmw } ] }
            """;

    private static final String CONTRACT = """
            contract: what the ring promises
            source: ring.txt
            structs:
              ring:
                promises:
                  - max-size: 128
                  - different-lines: [head, tail]
                  - alone: missing
                  - max-size: 16
                  - max-size: 8
              lost:
                promises:
                  - max-size: 8
            """;

    @TempDir
    static Path repository;

    @BeforeAll
    static void files() throws IOException {
        write("src/ring.txt", RING);
        write("src/apart.txt", APART);
        write("src/who.yaml", PROFILE.replace("NAME", "ring"));
        write("src/app.yaml", PROFILE.replace("NAME", "a.Ring"));
        write("src/ring.contract.yaml", CONTRACT);
        byte[] type = ClassMaker.named("a/Ring").with("J", "head", "tail").bytes();
        ClassMaker.jar(repository.resolve("lib/app.jar"), Map.of("a/Ring.class", type));
        Files.createDirectories(repository.resolve("classes/a"));
        ClassMaker.file(repository.resolve("classes/a/Ring.class"), type);
        Files.write(repository.resolve("lib/all.btf"), BtfBuilder.everyKind());
    }

    private static void write(String name, String text) throws IOException {
        Path file = repository.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createDirectories(repository.resolve("lib"));
        Files.writeString(file, text);
    }

    /** A path that begins with an at sign is in the repository. */
    private static Cli.Run run(String words) {
        List<String> all =
                new ArrayList<>(List.of(words.replace("@/", repository + "/").split(" ")));
        all.addAll(List.of("--machine", "x86-64", "--format", "sarif", "--source-root", repository.toString()));
        return Cli.run(all.toArray(String[]::new));
    }

    private static String who() {
        return repository.resolve("src/who.yaml").toString();
    }

    private static GitHubSarif log(String words) throws IOException {
        if (!words.startsWith("report ")) {
            return new GitHubSarif(run(words).out());
        }
        Path file = repository.resolve("report.sarif");
        assertThat(run(words + " -o " + file).out()).isEmpty();
        return new GitHubSarif(Files.readString(file));
    }

    @ParameterizedTest
    @CsvSource({
        "inspect --from @/src/ring.txt --profile @/src/who.yaml ring, src/ring.txt",
        "report @/src/ring.txt --profile @/src/who.yaml, src/ring.txt",
        "list --from @/src/ring.txt --profile @/src/who.yaml, src/ring.txt",
        "suggest @/src/ring.txt#ring --profile @/src/who.yaml --effort low, src/ring.txt",
        "diff @/src/apart.txt @/src/ring.txt, src/ring.txt",
        "diff @/src/apart.txt#ring @/src/ring.txt#ring --profile @/src/who.yaml, src/ring.txt",
        "check @/src/ring.contract.yaml, src/ring.contract.yaml",
        "inspect --from @/lib/app.jar a.Ring --profile @/src/app.yaml, lib/app.jar",
        "report @/lib/app.jar --profile @/src/app.yaml, lib/app.jar",
        "suggest @/lib/app.jar#a.Ring --profile @/src/app.yaml --effort low, lib/app.jar",
        "report @/classes --profile @/src/app.yaml, classes/a/Ring.class",
        "report @/classes/a/Ring.class --profile @/src/app.yaml, classes/a/Ring.class",
        "report @/lib/all.btf, lib/all.btf",
        "inspect --from @/lib/all.btf everything, lib/all.btf",
        "suggest @/lib/all.btf#everything --effort low, lib/all.btf",
        "inspect rtable@6.3, faultline/catalogue-6.3/rtable.h",
        "report rtable@6.3, faultline/catalogue-6.3/rtable.h",
        "suggest rtable@6.3 --effort low, faultline/catalogue-6.3/rtable.h",
        "diff rtable@6.4 rtable@6.3, faultline/catalogue-6.3/rtable.h",
        "check @/src/missing.contract.yaml, src/missing.contract.yaml"
    })
    void results_are_in_the_repository(String words, String uri) throws IOException {
        assertThat(log(words).uris()).isNotEmpty().containsOnly(uri);
    }

    @Test
    void results_of_an_object_file_with_dwarf_are_in_its_source() throws Exception {
        write("src/ring.c", "struct ring { unsigned head, tail, mask; void **slots; } ring;\n");
        Path object = repository.resolve("lib/ring.o");
        tool("gcc", "-g", "-c", repository.resolve("src/ring.c").toString(), "-o", object.toString());

        assertThat(log("report @/lib/ring.o --profile @/src/who.yaml").uris())
                .isNotEmpty()
                .containsOnly("src/ring.c");
        assertThat(log("diff @/src/apart.txt @/lib/ring.o --profile @/src/who.yaml")
                        .uris())
                .isNotEmpty()
                .containsOnly("src/ring.c");
    }

    @Test
    void results_of_an_object_file_with_btf_are_in_it() throws Exception {
        write("src/ring.c", "struct ring { unsigned head, tail, mask; void **slots; } ring;\n");
        Path object = repository.resolve("lib/ring.o");
        tool("gcc", "-gbtf", "-c", repository.resolve("src/ring.c").toString(), "-o", object.toString());

        assertThat(log("report @/lib/ring.o --profile @/src/who.yaml").uris())
                .isNotEmpty()
                .containsOnly("lib/ring.o");
        assertThat(log("diff @/src/apart.txt @/lib/ring.o --profile @/src/who.yaml")
                        .uris())
                .isNotEmpty()
                .containsOnly("lib/ring.o");
    }

    private static void tool(String... words) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(words[0] + ": " + said).isZero();
        } catch (IOException missing) {
            assumeTrue(false, "no " + words[0]);
        }
    }

    @Test
    void every_result_has_a_file_whatever_the_source() throws IOException {
        assertThat(log("list").uris())
                .isNotEmpty()
                .allMatch(uri -> uri.matches("faultline/catalogue-[0-9a-z.]+/\\w+\\.h"));
        GitHubSarif read = new GitHubSarif(Cli.withInput(RING, "inspect", "-", "--profile", who(), "--format", "sarif")
                .out());
        assertThat(read.uris()).containsOnly("faultline/standard-input/ring.h");
    }

    @Test
    void a_promise_is_at_its_line_of_the_contract() throws IOException {
        Cli.Run run = run("check @/src/ring.contract.yaml");
        GitHubSarif log = new GitHubSarif(run.out());

        assertThat(run.status()).isEqualTo(3);
        assertThat(log.lines()).containsExactly(7, 9, 10, 8, 12);
        assertThat(log.fingerprints()).doesNotHaveDuplicates();
    }

    @Test
    void a_line_is_that_of_the_declaration() throws IOException {
        write("src/two.txt", "\n\n" + RING + APART.replace("ring", "apart"));

        assertThat(log("report @/src/two.txt --profile @/src/who.yaml").lines()).contains(3);
    }

    @Test
    void fingerprints_do_not_depend_on_the_path_or_the_line() throws IOException {
        write("elsewhere/copy.txt", "\n\n\n" + RING);

        assertThat(log("report @/elsewhere/copy.txt --profile @/src/who.yaml").fingerprints())
                .isNotEmpty()
                .isEqualTo(log("report @/src/ring.txt --profile @/src/who.yaml").fingerprints());
    }

    @ParameterizedTest
    @CsvSource({
        "a b.txt, src/a%20b.txt",
        "50%.txt, src/50%25.txt",
        "a\\b.txt, src/a%5Cb.txt",
        "a:b.txt, src/a%3Ab.txt",
        "é#?.txt, src/%C3%A9%23%3F.txt"
    })
    @DisabledOnOs(OS.WINDOWS)
    void names_are_encoded_as_they_are(String name, String uri) throws IOException {
        write("src/" + name, RING);
        String file = repository.resolve("src/" + name).toString();

        GitHubSarif log = new GitHubSarif(Cli.run(
                        "inspect",
                        file,
                        "--profile",
                        who(),
                        "--format",
                        "sarif",
                        "--source-root",
                        repository.toString())
                .out());

        assertThat(log.uris()).isNotEmpty().containsOnly(uri);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void links_are_followed_as_long_as_they_stay_in_the_repository(@TempDir Path outside) throws IOException {
        Files.createSymbolicLink(repository.resolve("src/link.txt"), repository.resolve("src/ring.txt"));
        Files.createSymbolicLink(
                repository.resolve("src/out.txt"), Files.writeString(outside.resolve("ring.txt"), RING));

        assertThat(log("report @/src/link.txt --profile @/src/who.yaml").uris()).containsOnly("src/ring.txt");
        assertThat(log("report @/src/out.txt --profile @/src/who.yaml").uris()).containsOnly("src/out.txt");
    }

    @Test
    void a_file_elsewhere_keeps_its_absolute_uri(@TempDir Path outside) throws IOException {
        Path file = Files.writeString(outside.resolve("ring.txt"), RING);

        assertThat(log("report " + file + " --profile @/src/who.yaml").uris())
                .isNotEmpty()
                .allMatch(uri -> uri.startsWith("file:///") && uri.endsWith("/ring.txt"));
    }

    @Test
    void without_a_source_root_it_is_the_working_directory() throws IOException {
        GitHubSarif log = new GitHubSarif(Cli.run(
                        "inspect",
                        "docs/../docs/examples/ring.txt",
                        "--profile",
                        "docs/examples/ring.yaml",
                        "--format",
                        "sarif")
                .out());

        assertThat(log.uris()).isNotEmpty().containsOnly("docs/examples/ring.txt");
    }

    @Test
    void a_source_root_that_is_no_directory_is_wrong_usage() {
        Cli.Run run = Cli.run("report", "rtable@6.3", "--source-root", "nowhere");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Invalid value for option '--source-root': 'nowhere' is no directory");
    }
}
