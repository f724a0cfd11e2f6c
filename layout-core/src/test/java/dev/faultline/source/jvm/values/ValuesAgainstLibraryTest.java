package dev.faultline.source.jvm.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.BitField;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Lookup;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts of value interfaces against the bits that change when a program writes each field through the library. */
class ValuesAgainstLibraryTest {

    private static final Path FIXTURES = Path.of("src", "test", "resources", "values", "chronicle");

    /** Fields whose first bits the values that are written have in common: lengths of texts, and an address. */
    private static final List<String> LENGTHS = List.of("name", "note", "next");

    /** What the library needs of a JDK from 17 on. */
    private static final List<String> OPENED = List.of(
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
            "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED");

    @TempDir
    static Path directory;

    private static List<String> lines;
    private static ClassSource source;

    @BeforeAll
    static void measure() throws Exception {
        Path classes = directory.resolve("classes");
        compile(classes);
        source = ClassSource.open("values", List.of(classes.toString()), VmMode.parse("17"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPENED);
        command.addAll(List.of("-cp", classes + File.pathSeparator + libraries(), "chronicle.Witness"));
        Process witness = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
        assertThat(witness.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(witness.exitValue())
                .as(Files.readString(directory.resolve("err")))
                .isZero();
        lines = Files.readAllLines(directory.resolve("out")).stream()
                .filter(line -> line.startsWith("chronicle.Values$"))
                .toList();
    }

    private static String libraries() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target", "jars", "values"))) {
            return jars.map(jar -> jar.toAbsolutePath().toString()).collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static void compile(Path classes) throws IOException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        log,
                        log,
                        "-d",
                        classes.toString(),
                        "-cp",
                        libraries(),
                        "-proc:none",
                        "-nowarn",
                        "-Xlint:none",
                        FIXTURES.resolve("Values.java").toString(),
                        FIXTURES.resolve("Witness.java").toString());
        assertThat(status).as(log.toString(StandardCharsets.UTF_8)).isZero();
    }

    private static Lookup lookup(String type) {
        return source.find(type + ".value");
    }

    private static StructLayout layout(String type) {
        return ((Lookup.Found) lookup(type)).subjects().get(0).layout();
    }

    @Test
    void everyFieldIsWhereItsBitsChangeWhenItIsWritten() {
        int compared = 0;
        for (String line : lines) {
            String[] words = line.split(" ");
            if (words.length == 5) {
                String path = words[1].substring(0, 1).toLowerCase(Locale.ROOT) + words[1].substring(1);
                FieldRef field = layout(words[0]).resolve(path).orElseThrow();
                long start = 8 * field.bytes().start();
                long end = 8 * field.bytes().end();
                if (field.bits().isPresent()) {
                    long unit = 8 * unit(layout(words[0]), path);
                    start = unit + field.bits().get().bitOffset();
                    end = start + field.bits().get().bitSize();
                }
                long first = Long.parseLong(words[2]);
                long last = Long.parseLong(words[3]);
                // the library writes bits that are free behind a field, too
                assertThat(last).as(line).isLessThanOrEqualTo(next(layout(words[0]), end));
                if (first >= 0) {
                    assertThat(first).as(line).isBetween(start, start + (LENGTHS.contains(path) ? 5 : 0));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(45);
    }

    /** {@return the first bit from one on that another field has} */
    private static long next(StructLayout layout, long bit) {
        return layout.members().stream()
                .mapToLong(member -> 8 * member.byteOffset()
                        + member.bits().map(BitField::bitOffset).orElse(0))
                .filter(start -> start >= bit)
                .min()
                .orElse(8 * layout.byteSize());
    }

    private static long unit(StructLayout layout, String path) {
        return layout.members().stream()
                .filter(member -> member.name().equals(path))
                .findFirst()
                .orElseThrow()
                .byteOffset();
    }

    @Test
    void everySizeIsThatOfTheLibrary() {
        List<String> sizes =
                lines.stream().filter(line -> line.split(" ")[1].equals("size")).toList();
        assertThat(sizes)
                .hasSizeGreaterThanOrEqualTo(14)
                .allSatisfy(line -> assertThat(layout(line.split(" ")[0]).byteSize())
                        .as(line)
                        .isEqualTo(Long.parseLong(line.split(" ")[2])));
    }

    @Test
    void whatTheLibraryRefusesHasNoLayout() {
        List<String> impossible = lines.stream()
                .filter(line -> line.endsWith(" impossible"))
                .map(line -> line.split(" ")[0])
                .toList();
        assertThat(impossible)
                .containsExactlyInAnyOrder(
                        "chronicle.Values$Broken",
                        "chronicle.Values$Digits",
                        "chronicle.Values$Narrow",
                        "chronicle.Values$Refused")
                .allSatisfy(type -> assertThat(lookup(type)).isInstanceOf(Lookup.Missing.class));
    }

    @Test
    void whyThereIsNoLayoutIsSaid() {
        assertThat(source.find("chronicle.Values$Broken"))
                .isEqualTo(
                        new Lookup.Missing("chronicle.Values$Broken: no layout by the rules of Chronicle Values: field"
                                + " value would begin at bit 31, where the library cannot put it: give it @Align(offset = 1) or a"
                                + " group (@Group)"));
        assertThat(layout("chronicle.Values$Point"))
                .isEqualTo(((Lookup.Found) source.find("chronicle.Values$Point"))
                        .subjects()
                        .get(0)
                        .layout());
        assertThat(source.find("Values$Point"))
                .as("the end of its name, without the package")
                .isInstanceOf(Lookup.Found.class);
    }
}
