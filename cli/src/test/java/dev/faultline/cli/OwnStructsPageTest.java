package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.cli.measure.Bencher;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way that docs/own-structs.md goes, with all that stands there: an unpadded ring is declared, found, repaired,
 * measured and guarded. In what a command prints, a line {@code ...} stands for any lines.
 */
class OwnStructsPageTest {

    private static final Path PAGE = Path.of("docs/own-structs.md");
    private static final Pattern BLOCK = Pattern.compile("(?m)^```([a-z]+)\n((?s:.*?))^```$");
    private static final Pattern DECLARATION =
            Pattern.compile("(?s) *public static final StructLayout LAYOUT = .*?ofSize\\(\\d+, \\d+\\);\n");

    @TempDir
    private Path directory;

    private Path jar;

    private record Block(String language, String text) {}

    private static List<Block> blocks() throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(PAGE));
        while (block.find()) {
            blocks.add(new Block(block.group(1), block.group(2)));
        }
        return blocks;
    }

    private static String block(String language, String part) throws IOException {
        return blocks().stream()
                .filter(block ->
                        block.language().equals(language) && block.text().contains(part))
                .map(Block::text)
                .findFirst()
                .orElseThrow();
    }

    @BeforeEach
    void files() throws IOException {
        jar = Files.createDirectories(directory.resolve("target")).resolve("ring.jar");
        for (Block block : blocks()) {
            if (block.language().equals("yaml")) {
                String name = block.text().lines().findFirst().orElseThrow().substring("# ".length());
                Files.writeString(directory.resolve(name), block.text());
            }
        }
        compile(block("java", "class Ring "));
    }

    private void compile(String source) throws IOException {
        Path classes = compiled("org/acme/Ring.java", source, List.of());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, entries);
                entries.closeEntry();
            }
        }
    }

    private Path compiled(String file, String source, List<Path> more) throws IOException {
        Path sources = Files.createTempDirectory(directory, "sources");
        Path classes = Files.createTempDirectory(directory, "classes");
        Path path = sources.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, source);
        String libraries = Stream.concat(
                        more.stream().map(Path::toString), Stream.of(System.getProperty("java.class.path")))
                .collect(Collectors.joining(System.getProperty("path.separator")));
        StringWriter problems = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options =
                List.of("--release", "17", "-g", "-proc:none", "-d", classes.toString(), "-classpath", libraries);
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            boolean isCompiled = compiler.getTask(
                            problems, manager, null, options, null, manager.getJavaFileObjects(path))
                    .call();
            assertThat(isCompiled).as(problems.toString()).isTrue();
        }
        return classes;
    }

    /** Runs a command of the page, with the files in the test's directory. */
    private Cli.Run run(String command) {
        String[] words = Arrays.stream(command.substring("faultline ".length()).split(" "))
                .map(word -> word.replace("target/ring.jar", jar.toString()))
                .map(word -> word.endsWith(".yaml") ? directory.resolve(word).toString() : word)
                .toArray(String[]::new);
        return Cli.run(words);
    }

    private static List<String> commands(String part) throws IOException {
        return block("console", part)
                .lines()
                .filter(line -> line.startsWith("$ "))
                .map(line -> line.substring(2))
                .toList();
    }

    private static String printed(String command) throws IOException {
        String text = block("console", "$ " + command + "\n");
        String after = text.substring(text.indexOf("$ " + command) + command.length() + 3);
        int next = after.indexOf("$ ");
        return next < 0 ? after : after.substring(0, next);
    }

    private void assertPrints(String command, String told) throws IOException {
        String out = told.replace(directory + "/", "");
        String pattern = printed(command)
                .lines()
                .map(line -> line.equals("...") ? "(?:.*\\n)*?" : Pattern.quote(line) + "\\n")
                .collect(Collectors.joining());
        if (!out.matches(pattern)) { // shows the difference
            assertThat(out).isEqualTo(printed(command));
        }
    }

    @Test
    void an_unpadded_ring_is_found_repaired_measured_and_guarded() throws Throwable {
        for (String command : commands("faultline list")) {
            Cli.Run run = run(command);
            assertThat(run.err()).isEmpty();
            assertPrints(command, run.out());
        }
        String check = commands("faultline check").get(0);
        Cli.Run broken = run(check);
        assertThat(broken.status()).as(broken.out() + broken.err()).isEqualTo(1);
        assertThat(broken.out()).contains("BROKEN").contains("head");
        assertThatThrownBy(this::runTest).isInstanceOf(AssertionError.class).hasMessageContaining("head");

        String bench = commands("faultline bench").get(0);
        Cli.Run benched = run(bench);
        assertThat(benched.status()).as(benched.err()).isZero();
        assertPrints(bench, benched.out());

        String suggest = commands("faultline suggest").get(0);
        Cli.Run suggested = run(suggest);
        assertThat(suggested.status()).as(suggested.err()).isZero();
        assertPrints(suggest, suggested.out());
        Path unpadded = Files.copy(jar, directory.resolve("unpadded.jar"));
        String source = block("java", "class Ring ");
        assertThat(DECLARATION.matcher(source).find()).isTrue();
        compile(DECLARATION.matcher(source).replaceFirst(Matcher.quoteReplacement(suggested.out())));

        Cli.Run clean =
                run("faultline inspect target/ring.jar#org.acme.Ring.LAYOUT --profile ring.yaml --machine x86-64");
        assertThat(clean.out()).doesNotContain("WritersShareLine").contains("tail;                 /*    64");
        assertThat(run("faultline inspect target/ring.jar#org.acme.Ring.LAYOUT").out())
                .startsWith("org.acme.Ring.LAYOUT: no findings");
        Cli.Run kept = run(check);
        assertThat(kept.status()).as(kept.out() + kept.err()).isZero();
        assertPrints(check, kept.out());
        runTest();
        played(unpadded);
    }

    /** Plays both rings off heap with real threads; how long that takes is not looked at. */
    private void played(Path unpadded) {
        String struct = "#org.acme.Ring.LAYOUT";
        String profile = directory.resolve("ring.yaml").toString();
        Cli.Run run = Cli.benching(
                Bencher.here(),
                Map.of(),
                "bench",
                unpadded + struct,
                jar + struct,
                "--profile",
                profile,
                "--forks",
                "1",
                "--time",
                "10");
        assertThat(run.status()).as(run.err()).isIn(0, 3); // 3 where other programs use the CPUs
        assertThat(run.out()).contains("layouts: ", "placed     off heap");
    }

    /** Compiles and runs the test of the page against the jar as it is. */
    private void runTest() throws Throwable {
        Path classes = compiled("RingLayoutTest.java", block("java", "class RingLayoutTest"), List.of(jar));
        URL[] urls = {classes.toUri().toURL(), jar.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            Class<?> type = loader.loadClass("RingLayoutTest");
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            for (Method method : type.getDeclaredMethods()) {
                method.setAccessible(true);
                method.invoke(constructor.newInstance());
            }
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    @Test
    void every_block_of_the_page_is_tried() throws IOException {
        assertThat(blocks().stream().collect(Collectors.groupingBy(Block::language, Collectors.counting())))
                .isEqualTo(Map.of("java", 2L, "yaml", 2L, "console", 4L));
        assertThat(blocks().stream()
                        .filter(block -> block.language().equals("console"))
                        .flatMap(block -> block.text().lines())
                        .filter(line -> line.startsWith("$ "))
                        .map(line -> line.split(" ")[2]))
                .containsExactly("list", "inspect", "suggest", "bench", "check");
    }

    @Test
    void the_ring_of_the_page_passes_numbers_on() throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> type = loader.loadClass("org.acme.Ring");
            try (AutoCloseable ring = (AutoCloseable) type.getConstructor().newInstance()) {
                Method offer = type.getMethod("offer", long.class);
                Method poll = type.getMethod("poll");
                for (long value = 1; value <= 1024; value++) {
                    assertThat(offer.invoke(ring, value)).isEqualTo(true);
                }
                assertThat(offer.invoke(ring, 1025L)).isEqualTo(false);
                for (long value = 1; value <= 1024; value++) {
                    assertThat(poll.invoke(ring)).isEqualTo(value);
                }
                assertThat(poll.invoke(ring)).isEqualTo(0L);
            }
        }
    }
}
