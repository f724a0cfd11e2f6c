package dev.faultline.offheap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/library.md compile and run as they stand there. */
class LibraryPageTest {

    private static final Path PAGE = Path.of("..", "docs", "library.md");
    private static final Pattern CLASS_NAME = Pattern.compile("public class (\\w+)");

    /** What each example must print, among other text. */
    private static final Map<String, List<String>> PRINTS = Map.of(
            "PrintLayout", List.of("class PrintLayout$Ring {", "head;", "tail;", "slots;", "/* size: "),
            "FindHazards", List.of("ERROR WritersShareLine [head, tail]", "struct ring {", "/* ! "),
            "SuggestLayout", List.of("BETTER", "struct rtable"),
            "KeepLayout", List.of(""), // prints nothing
            "CountTwice", List.of("2\n", "struct counts {", "misses;"),
            "PassNumbers", List.of("42"),
            "TakeAndFree", List.of("42"));

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> examples_compile_and_run() throws IOException {
        return PageExample.of(PAGE).stream()
                .map(example -> DynamicTest.dynamicTest(className(example), () -> compileAndRun(example)));
    }

    @Test
    void every_example_is_tried() throws IOException {
        assertThat(PageExample.of(PAGE).stream().map(LibraryPageTest::className))
                .containsExactlyInAnyOrderElementsOf(PRINTS.keySet());
    }

    private static String className(String example) {
        Matcher name = CLASS_NAME.matcher(example);
        assertThat(name.find()).isTrue();
        return name.group(1);
    }

    private void compileAndRun(String example) throws Exception {
        String name = className(example);
        String text = PageExample.printed(directory, name, example);
        assertThat(PRINTS.get(name)).allSatisfy(part -> assertThat(text).contains(part));
    }
}
