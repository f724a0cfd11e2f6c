package dev.faultline.offheap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/library.md compile and run as they stand there. */
class LibraryPageTest {

    private static final Path PAGE = Path.of("..", "docs", "library.md");
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS_NAME = Pattern.compile("public class (\\w+)");

    /** What each example must print, among other text. */
    private static final Map<String, List<String>> PRINTS = Map.of(
            "PrintLayout", List.of("class PrintLayout$Ring {", "head;", "tail;", "slots;", "/* size: "),
            "FindHazards", List.of("ERROR WritersShareLine [head, tail]", "struct ring {", "/* ! "),
            "SuggestLayout", List.of("BETTER", "struct rtable"),
            "KeepLayout", List.of(""), // prints nothing
            "CountTwice", List.of("2\n", "struct counts {", "misses;"),
            "PassNumbers", List.of("42"));

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> examples_compile_and_run() throws IOException {
        return examples().stream()
                .map(example -> DynamicTest.dynamicTest(className(example), () -> compileAndRun(example)));
    }

    @Test
    void every_example_is_tried() throws IOException {
        assertThat(examples().stream().map(LibraryPageTest::className))
                .containsExactlyInAnyOrderElementsOf(PRINTS.keySet());
    }

    private static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        Matcher blocks = EXAMPLE.matcher(Files.readString(PAGE));
        while (blocks.find()) {
            examples.add(blocks.group(1));
        }
        return examples;
    }

    private static String className(String example) {
        Matcher name = CLASS_NAME.matcher(example);
        assertThat(name.find()).isTrue();
        return name.group(1);
    }

    private void compileAndRun(String example) throws Exception {
        String name = className(example);
        Path source = Files.writeString(directory.resolve(name + ".java"), example);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        boolean compiled = compiler.getTask(
                        complaints,
                        null,
                        null,
                        List.of("--release", "17", "-proc:none", "-d", directory.toString()),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                .call();
        assertThat(compiled).as(complaints.toString()).isTrue();

        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(PRINTS.get(name)).allSatisfy(part -> assertThat(text).contains(part));
    }
}
