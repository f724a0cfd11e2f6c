package dev.faultline.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessFileReader;
import dev.faultline.cli.Main;
import dev.faultline.testing.access.RandomAccessFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The SQL of docs/fleet.md adds up as {@code merge} does, in DuckDB and in Spark. */
class FleetTest {

    private static final long SEED = Long.getLong("faultline.fleet.seed", 19);
    private static final int FILES = 1_000;

    /** What files may differ in so that they do not add up. */
    private static final List<Map<String, Object>> APART = List.of(
            Map.of(),
            Map.of("identity", Map.of("build-id", "5c0f")),
            Map.of("identity", Map.of()),
            Map.of("tool", "perf c2c report"),
            Map.of("unit", "accesses"),
            Map.of("certainty", "recorded"));

    @TempDir
    private static Path scratch;

    private static final List<FleetEngine> ENGINES = new ArrayList<>();
    private static final FleetPage PAGE = new FleetPage();
    private static List<RandomAccessFile> files;
    private static Path hosts;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        System.out.println("FleetTest: -Dfaultline.fleet.seed=" + SEED);
        files = RandomAccessFile.of(new Random(SEED), FILES, Map.of(), true);
        hosts = write(Files.createDirectory(scratch.resolve("hosts")), files);
        ENGINES.add(new DuckDb(PAGE, scratch));
        ENGINES.add(new Spark(PAGE, scratch));
    }

    @AfterAll
    static void stop() throws Exception {
        for (FleetEngine engine : ENGINES) {
            engine.close();
        }
    }

    static List<FleetEngine> engines() {
        return ENGINES;
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_thousand_files_add_up_to_what_merge_says(FleetEngine engine) throws Exception {
        Run merge = merge(hosts);
        assertThat(merge.status()).as(merge.err()).isZero();

        engine.add(hosts);

        assertThat(engine.rows(PAGE.all())).hasSize(1);
        assertCutLinesAreTold(engine.rows(PAGE.leftOut()));
        String sum = engine.written(1);
        assertThat(read(sum)).isEqualTo(read(merge.out()));
        assertThat(read(sum).rows()).hasSizeGreaterThan(FILES);
        // and byte by byte, once `merge` has sorted it
        Path file = Files.writeString(folder.resolve("fleet.access"), sum);
        assertThat(run(List.of("merge", file.toString())).out()).isEqualTo(merge.out());
    }

    private static void assertCutLinesAreTold(List<List<String>> leftOut) {
        Set<String> cut = new HashSet<>();
        for (int i = 0; i < FILES; i++) {
            if (!files.get(i).text().endsWith("\n")) {
                cut.add(name(i));
            }
        }
        assertThat(leftOut)
                .hasSizeGreaterThan(20)
                .allMatch(row -> row.subList(1, 3).equals(List.of("1", "1")));
        assertThat(leftOut.stream().map(row -> row.get(0).substring(row.get(0).lastIndexOf('/') + 1)))
                .containsExactlyInAnyOrderElementsOf(cut);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void files_that_merge_refuses_have_sums_of_their_own(FleetEngine engine) throws Exception {
        Random random = new Random(SEED + 1);
        List<RandomAccessFile> mixed = new ArrayList<>();
        Set<AccessFile> expected = new HashSet<>();
        for (int i = 0; i < APART.size(); i++) {
            List<RandomAccessFile> alike = RandomAccessFile.of(random, 8, APART.get(i), i % 2 == 0);
            Path alone = write(Files.createDirectory(folder.resolve("alone" + i)), alike);
            expected.add(read(merge(alone).out()));
            mixed.addAll(alike);
        }
        Path all = write(Files.createDirectory(folder.resolve("all")), mixed);
        Run refused = merge(all);
        assertThat(refused.status()).isEqualTo(3);
        assertThat(refused.err()).contains("cannot be added to", "it differs in");

        engine.add(all);

        assertThat(engine.rows(PAGE.all())).hasSize(APART.size());
        Set<AccessFile> sums = new HashSet<>();
        for (int sum = 1; sum <= APART.size(); sum++) {
            sums.add(read(engine.written(sum)));
        }
        assertThat(expected).hasSize(APART.size());
        assertThat(sums).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void files_without_one_header_have_no_part_and_are_told(FleetEngine engine) throws Exception {
        String head = "{\"format\":\"faultline-access 1\",\"certainty\":\"sampled\",\"identity\":{},\"tool\":\"t\","
                + "\"unit\":\"u\"}\n";
        String rows = "{\"role\":\"r\",\"type\":\"ring\",\"field\":\"mask\",\"kind\":\"read\",\"count\":3}\n"
                + "{\"role\":\"w\",\"type\":\"ring\",\"byteOffset\":8,\"kind\":\"write\",\"count\":5}\n";
        Files.writeString(folder.resolve("a.access"), head + rows);
        Files.writeString(folder.resolve("headless.access"), rows);
        Files.writeString(folder.resolve("later.access"), head.replace("access 1", "access 2") + rows);
        Files.writeString(folder.resolve("twice.access"), head + rows + head + rows);
        Files.writeString(
                folder.resolve("wrong.access"), head + rows + "[1]\n{\"role\":\"r\",\"count\":1.5}\nno JSON\n");
        engine.add(folder);

        assertThat(engine.rows(PAGE.leftOut()))
                .extracting(row -> row.get(0).replaceAll(".*/", "") + " " + row.get(1) + " " + row.get(2))
                .containsExactly("headless.access 0 0", "later.access 0 1", "twice.access 2 0", "wrong.access 1 3");
        assertInspectTakes(engine.written(1));
    }

    /** Of a.access and wrong.access, six reads and ten writes. */
    private void assertInspectTakes(String sum) throws IOException {
        Path layout = Files.writeString(folder.resolve("ring.c"), "struct ring { long mask, tail; };\n");
        Path profile = Files.writeString(folder.resolve("fleet.access"), sum);
        Run run = run(List.of("inspect", "--from", layout.toString(), "ring", "--profile", profile.toString()));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("WriterBesideReaders", "written: tail (10) · read: mask (6)", "2 runs");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_sum_that_no_long_holds_is_an_error(FleetEngine engine) throws Exception {
        String most = "{\"format\":\"faultline-access 1\",\"certainty\":\"sampled\",\"identity\":{},\"tool\":\"t\","
                + "\"unit\":\"u\"}\n{\"role\":\"r\",\"type\":\"t\",\"field\":\"f\",\"kind\":\"read\",\"count\":"
                + Long.MAX_VALUE + "}\n";
        Files.writeString(folder.resolve("a.access"), most);
        engine.add(folder);
        assertThat(read(engine.written(1)).rows())
                .singleElement()
                .satisfies(row -> assertThat(row.count()).isEqualTo(Long.MAX_VALUE));

        Files.writeString(folder.resolve("b.access"), most);
        engine.add(folder);

        assertThat(merge(folder).err()).contains("added up, a count is larger than 2^63 - 1");
        assertThatThrownBy(() -> engine.written(1)).hasMessageContaining("18446744073709551614");
    }

    private static Path write(Path folder, List<RandomAccessFile> some) throws IOException {
        for (int i = 0; i < some.size(); i++) {
            Files.writeString(folder.resolve(name(i)), some.get(i).text());
        }
        return folder;
    }

    private static String name(int number) {
        return String.format("host%04d.access", number);
    }

    private static AccessFile read(String text) {
        AccessFile file = AccessFileReader.read("the sum", text);
        assertThat(file.notes()).isEmpty();
        return file;
    }

    private static Run merge(Path folder) throws IOException {
        List<String> words = new ArrayList<>(List.of("merge"));
        try (Stream<Path> all = Files.list(folder)) {
            all.map(Path::toString)
                    .filter(name -> name.endsWith(".access"))
                    .sorted()
                    .forEach(words::add);
        }
        return run(words);
    }

    private record Run(int status, String out, String err) {}

    private static Run run(List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                words.toArray(String[]::new),
                InputStream.nullInputStream(),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of());
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
