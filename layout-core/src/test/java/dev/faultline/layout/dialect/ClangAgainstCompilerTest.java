package dev.faultline.layout.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.TextLayouts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clang prints is read back equal to what programs that clang compiles say of their own types. */
@Tag("slow")
@Tag("native")
class ClangAgainstCompilerTest {

    private static final int TYPES = 300;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"c", "cpp"})
    void random_types_have_the_offsets_and_sizes_of_the_compiler(String language) throws Exception {
        boolean isCxx = language.equals("cpp");
        Path source = directory.resolve("records." + language);
        Files.writeString(source, new RandomRecords(20_261_129, isCxx, TYPES).program());
        String compiler = isCxx ? "clang++" : "clang";
        List<String> flags = List.of(compiler, "-w", source.toString());

        TextLayouts read = dump(flags);
        Map<String, List<String>> told = told(flags);

        assertThat(read.skipped()).isEmpty();
        assertThat(told).hasSize(TYPES);
        for (Map.Entry<String, List<String>> type : told.entrySet()) {
            List<StructLayout> layouts = read.layouts().stream()
                    .filter(layout -> layout.name().equals(type.getKey()))
                    .toList();
            assertThat(layouts).as(type.getKey()).hasSize(1);
            agrees(layouts.get(0), type.getValue());
        }
    }

    @Test
    void every_record_of_the_standard_library_is_read() throws Exception {
        Path source = directory.resolve("library.cpp");
        Files.writeString(source, """
                #include <bits/stdc++.h>
                #include <pthread.h>
                #include <netinet/in.h>
                std::map<int, std::string> map; std::thread thread; std::shared_ptr<int> pointer;
                std::condition_variable_any condition; std::regex regex; std::fstream stream;
                std::unordered_map<int, std::vector<long>> table; std::variant<int, std::string> variant;
                std::promise<int> promise; std::shared_timed_mutex mutex; std::tuple<char, long, std::any> tuple;
                std::deque<std::optional<double>> deque; std::function<void(int)> function; sockaddr_in6 address;
                """);
        for (String form : List.of("-fdump-record-layouts", "-fdump-record-layouts-canonical")) {
            TextLayouts read = dump(List.of("clang++", "-std=c++17", "-w", source.toString()), form);
            assertThat(read.skipped()).as(form).isEmpty();
            assertThat(read.layouts()).as(form).hasSizeGreaterThan(500);
        }
    }

    /** Compares fields, and checks that no byte of a field is called free. */
    private static void agrees(StructLayout layout, List<String> told) {
        Map<String, Slot.Field> fields = new LinkedHashMap<>();
        layout.fields().forEach(field -> fields.put(field.path().replaceAll("\\bT\\d+\\.", ""), field));
        List<ByteRange> free = layout.slots().stream()
                .filter(slot -> slot.bits().isEmpty() && (slot instanceof Slot.Hole || slot instanceof Slot.Padding))
                .map(Slot::bytes)
                .toList();
        for (String line : told) {
            String[] words = line.split(" ");
            String what = layout.name() + " " + line;
            if (words[1].equals(".")) {
                assertThat(layout.byteSize()).as(what).isEqualTo(Long.parseLong(words[2]));
                continue;
            }
            Slot.Field field = fields.get(words[1]);
            if (words[2].endsWith("+0") && field == null) {
                continue; // an empty struct of C
            }
            assertThat(field).as(what).isNotNull();
            if (field.bits().isPresent()) {
                long first = field.byteOffset() * 8 + field.bits().get().bitOffset();
                assertThat(first + "." + field.bits().get().bitSize()).as(what).isEqualTo(words[2]);
                continue;
            }
            long offset = Long.parseLong(words[2].substring(0, words[2].indexOf('+')));
            long size = Long.parseLong(words[2].substring(words[2].indexOf('+') + 1));
            ByteRange bytes = ByteRange.ofSize(offset, size);
            assertThat(field.byteOffset()).as(what).isEqualTo(offset);
            assertThat(field.byteSize()).as(what).isLessThanOrEqualTo(size);
            String spelling = field.type().spelling();
            if (!spelling.matches("(tiny_t|word_t|vec_t|enum \\w+).*")) {
                assertThat(field.byteSize()).as(what + " " + spelling).isEqualTo(size);
            }
            assertThat(free).as(what).noneMatch(bytes::overlaps);
        }
    }

    private TextLayouts dump(List<String> flags) throws IOException, InterruptedException {
        return dump(flags, "-fdump-record-layouts");
    }

    private TextLayouts dump(List<String> flags, String form) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(flags);
        words.addAll(List.of("-fsyntax-only", "-Xclang", form));
        return ReadText.all(new ClangRecordDialect(), output(words));
    }

    private Map<String, List<String>> told(List<String> flags) throws IOException, InterruptedException {
        Path program = directory.resolve("program");
        List<String> words = new ArrayList<>(flags);
        words.addAll(List.of("-o", program.toString()));
        output(words);
        return output(List.of(program.toString()))
                .lines()
                .collect(Collectors.groupingBy(
                        line -> line.substring(0, line.indexOf(' ')), LinkedHashMap::new, Collectors.toList()));
    }

    private String output(List<String> words) throws IOException, InterruptedException {
        boolean isThere = words.get(0).startsWith("/")
                || Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(one -> Files.isExecutable(Path.of(one, words.get(0))));
        assumeTrue(isThere, words.get(0) + " is not installed");
        Path errors = directory.resolve("errors");
        Process process =
                new ProcessBuilder(words).redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return output;
    }
}
