package dev.faultline.source.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.input.InputException;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.testing.NativeCompiler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that a message tells are run, and what they print or write is read. */
@Tag("slow")
@Tag("native")
class WayOutTest {

    private static final String DECLARATION = "struct ring { int head; long tail; char bytes[8]; } *ring;\n";

    private static final Pattern COMMAND = Pattern.compile("`([^`]*)`");
    private static final String PIPE = " | faultline inspect -";

    @TempDir
    Path directory;

    private SourceDetector detector;

    @BeforeEach
    void detectorAndSource() throws IOException {
        detector = new SourceDetector(directory.resolve("btf"), Optional.empty(), Optional.of(VmMode.ofFeature(17)));
        Files.writeString(directory.resolve("ring.c"), DECLARATION);
    }

    /** {@return what a command prints; the test does not run where the program is missing} */
    private byte[] run(String command) throws IOException, InterruptedException {
        String program = command.split(" ")[0];
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v " + program)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0,
                program + " is not installed");
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        byte[] printed = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(command).isZero();
        return printed;
    }

    /** {@return the commands in what is said of a file} */
    private List<String> commands(String file) {
        String name = directory.resolve(file).toString();
        InputException refused = catchThrowableOfType(InputException.class, () -> detector.open(name));
        assertThat(refused).as(file).isNotNull();
        List<String> commands = new ArrayList<>();
        Matcher matcher = COMMAND.matcher(refused.getMessage());
        while (matcher.find()) {
            commands.add(matcher.group(1));
        }
        return commands;
    }

    private LayoutSource printed(String command) throws IOException, InterruptedException {
        assertThat(command).endsWith(PIPE);
        byte[] text = run(command.substring(0, command.length() - PIPE.length()));
        return detector.read("standard input", new ByteArrayInputStream(text));
    }

    private static void hasRing(LayoutSource source) {
        StructLayout ring =
                ((Lookup.Found) source.find("ring")).subjects().get(0).layout();
        assertThat(ring.byteSize()).isEqualTo(24);
        assertThat(ring.slots())
                .filteredOn(slot -> slot instanceof Slot.Field)
                .extracting(slot -> ((Slot.Field) slot).path() + " " + slot.byteOffset() + " " + slot.byteSize())
                .containsExactly("head 0 4", "tail 8 8", "bytes 16 8");
    }

    @Test
    void an_object_file_for_link_time_optimisation_is_read_when_compiled_with_debug_information() throws Exception {
        run("gcc -flto -c ring.c");
        assertThat(words("ring.o")).isEqualTo(BinaryWithoutTypes.LTO.words());
        run("gcc -g -flto -c ring.c");
        hasRing(detector.open(directory.resolve("ring.o").toString()));
    }

    @Test
    void bitcode_is_read_by_way_of_its_text() throws Exception {
        assumeTrue(NativeCompiler.has("llvm-dis"), "llvm-dis is not installed");
        run("clang -g -emit-llvm -c ring.c -o ring.bc");
        hasRing(detector.open(directory.resolve("ring.bc").toString()));
    }

    @Test
    void a_member_of_a_static_library_is_taken_out_and_read() throws Exception {
        run("gcc -gbtf -c ring.c");
        run("ar rc libring.a ring.o");
        Files.delete(directory.resolve("ring.o"));
        run(commands("libring.a").get(0));
        hasRing(detector.open(directory.resolve("ring.o").toString()));
    }

    @Test
    void the_source_of_a_windows_object_file_is_printed_by_clang() throws Exception {
        run("clang --target=x86_64-pc-windows-msvc -c ring.c -o ring.obj");
        StructLayout ring = ((Lookup.Found) printed(commands("ring.obj").get(0).replace("SOURCE", "ring.c"))
                        .find("ring"))
                .subjects()
                .get(0)
                .layout();
        assertThat(ring.byteSize()).as("a long has 4 bytes there").isEqualTo(16);
    }

    @Test
    void a_core_file_and_a_stripped_program_are_told_from_one_with_debug_information() throws Exception {
        Files.writeString(directory.resolve("ring.c"), DECLARATION + "int main() { return !ring; }\n");
        run("gcc -g -o program ring.c");
        run("gdb -batch -ex 'break main' -ex run -ex 'generate-core-file core' ./program");
        run("objcopy --only-keep-debug program program.debug");
        run("strip -o stripped program");
        run("objcopy --add-gnu-debuglink=program.debug stripped linked");

        assertThat(words("core")).isEqualTo(BinaryWithoutTypes.CORE.words());
        hasRing(detector.open(directory.resolve("program.debug").toString()));
        assertThat(words("stripped")).isEqualTo(BinaryWithoutTypes.STRIPPED.words());
        hasRing(detector.open(directory.resolve("linked").toString()));
        Files.delete(directory.resolve("program.debug"));
        assertThat(words("linked")).isEqualTo(BinaryWithoutTypes.DETACHED.words());
    }

    /** {@return what a file is, as its refusal says} */
    private String words(String file) {
        String name = directory.resolve(file).toString();
        String message = catchThrowableOfType(InputException.class, () -> detector.open(name))
                .getMessage();
        return message.substring(name.length() + 2, message.indexOf(": ", name.length() + 2));
    }
}
