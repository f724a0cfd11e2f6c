package dev.faultline.source.llvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.code.CodeOperation;
import dev.faultline.access.code.CodeOperation.Reached;
import dev.faultline.source.Subject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What functions do to fields is what their samples say, whatever the compiler makes of them. */
@Tag("slow")
@Tag("native")
class FunctionAccessesTest {

    private static final Pattern WRITTEN_DOWN = Pattern.compile("//= (\\w+):(.*)");

    private static final Pattern LIBRARY = Pattern.compile("(?:std|core|alloc)::|_|pthread");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O1", "-O2"})
    void functions_of_c(String level) {
        check("functions.c", level);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O1", "-O2"})
    void functions_of_cxx(String level) {
        check("functions.cc", level);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Copt-level=0", "-Copt-level=1", "-Copt-level=2"})
    void functions_of_rust(String level) {
        if (LlvmWorkshop.hasRust()) {
            check("functions.rs", level);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rust-0.ll", "rust-2.ll"})
    void functions_of_rust_from_texts_made_before(String name) {
        check("functions.rs", LlvmSource.read(name, LlvmWorkshop.sample(name)));
    }

    @Test
    void functions_of_c_with_opaque_pointers() {
        check(
                "functions.c",
                LlvmSource.open(
                        "opaque",
                        new LlvmWorkshop(directory).text("functions.c", "-O2", "-Xclang", "-opaque-pointers")));
    }

    private void check(String sample, String level) {
        check(sample, LlvmSource.open(sample, new LlvmWorkshop(directory).text(sample, level)));
    }

    private static void check(String sample, LlvmSource source) {
        Map<String, Set<String>> expected = writtenDown(LlvmWorkshop.sample(sample));
        Map<String, Set<String>> found = new TreeMap<>();
        for (Subject subject : source.all()) {
            boolean isOwn = !LIBRARY.matcher(subject.layout().name()).lookingAt();
            for (CodeOperation operation : subject.code().orElseThrow().operations()) {
                if (isOwn && expected.containsKey(operation.name())) {
                    operation
                            .effects()
                            .forEach(reached -> found.computeIfAbsent(operation.name(), any -> new TreeSet<>())
                                    .add(subject.layout().name() + "." + words(reached)));
                }
            }
        }
        expected.keySet().forEach(name -> found.putIfAbsent(name, Set.of()));
        assertThat(found).isEqualTo(expected);
    }

    private static String words(Reached reached) {
        String kind = reached.effect().kind().word();
        return reached.path() + " " + kind + (reached.effect().inLoop() ? " loop" : "");
    }

    private static Map<String, Set<String>> writtenDown(String sample) {
        Map<String, Set<String>> written = new TreeMap<>();
        Matcher lines = WRITTEN_DOWN.matcher(sample);
        while (lines.find()) {
            written.computeIfAbsent(lines.group(1), any -> new TreeSet<>())
                    .addAll(Arrays.stream(lines.group(2).split(", (?=[A-Za-z])"))
                            .map(String::strip)
                            .filter(words -> !words.isEmpty())
                            .collect(Collectors.toSet()));
        }
        written.remove("FUNCTION");
        return written;
    }
}
