package dev.faultline.source.llvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import dev.faultline.source.LayoutSource.Entry;
import dev.faultline.source.Lookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several files, bitcode, and files of several languages. */
class LlvmFilesTest {

    @TempDir
    private Path directory;

    @Test
    void bitcode_without_its_program_says_what_to_install() throws IOException {
        Path bitcode = Files.write(directory.resolve("a.bc"), new byte[] {'B', 'C', (byte) 0xc0, (byte) 0xde});
        assertThatThrownBy(() -> BitcodeReader.read("a.bc", bitcode, directory.toString()))
                .isInstanceOf(InputException.class)
                .hasMessage("a.bc: is LLVM bitcode, and there is no llvm-dis on the path to turn it into text; install"
                        + " llvm, or make text: clang -emit-llvm -S, rustc --emit=llvm-ir");
    }

    @Test
    void a_directory_has_the_structs_of_c_and_of_rust() throws IOException {
        Files.writeString(directory.resolve("small.ll"), LlvmWorkshop.sample("small.ll"));
        Files.writeString(directory.resolve("rust.ll"), LlvmWorkshop.sample("rust-2.ll"));
        LlvmSource source = LlvmSource.openDirectory("build", directory);
        assertThat(source.find("ring")).isInstanceOf(Lookup.Found.class);
        assertThat(source.find("functions::Ring<u64>")).isInstanceOf(Lookup.Found.class);
        assertThat(source.notes()).singleElement().asString().contains("accesses attributed");
    }

    @Test
    @Tag("slow")
    @Tag("native")
    void threads_of_one_language_call_functions_of_another() throws IOException {
        LlvmWorkshop workshop = new LlvmWorkshop(directory);
        Path c = workshop.text("mixed.c", "-O1");
        Path cxx = workshop.text("mixed.cc", "-O1");
        LlvmSource source = LlvmSource.openAll(c + ":" + cxx);
        Lookup.Found found = (Lookup.Found) source.find("shared");
        assertThat(found.subjects().get(0).code().orElseThrow().operations()).anySatisfy(operation -> {
            assertThat(operation.name()).isEqualTo("produce");
            assertThat(operation.roleReason()).contains("a thread runs it (mixed.c:");
            assertThat(operation.effects())
                    .anySatisfy(reached ->
                            assertThat(reached.effect().place().words()).isEqualTo("mixed.cc:8 in shared_put"));
        });
        assertThat(source.entries()).extracting(Entry::name).contains("shared");
        assertThat(List.of(c, cxx)).allMatch(Files::exists);
    }
}
