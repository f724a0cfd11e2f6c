package dev.faultline.source.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.input.InputException;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.source.Lookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads an object file of gcc with BTF added by pahole. */
class ElfWithBtfTest {

    private static final String DECLARATIONS = """
            struct point { char tag; double x; float y; };
            struct shape {
                int kind : 3; unsigned flags : 9; long id;
                union { struct point center; char raw[40]; };
                struct point corners[3]; int (*area)(const struct point *, int); char name[];
            };
            """;

    @TempDir
    Path directory;

    @Test
    void structs_of_an_object_file_are_where_the_compiler_put_them() throws Exception {
        Path object = compile();
        assumeTrue(run("pahole", "-J", object.toString()), "pahole is not installed");

        BtfSource source = BtfSource.open("shape.o", object, Optional.empty());

        for (StructLayout expected : NotationReader.read("shape.c", DECLARATIONS)) {
            StructLayout found = ((Lookup.Found) source.find(expected.name()))
                    .subjects()
                    .get(0)
                    .layout();
            assertThat(found.byteSize()).isEqualTo(expected.byteSize());
            assertThat(places(found)).isEqualTo(places(expected));
        }
    }

    @Test
    void an_object_file_without_btf_says_so() throws Exception {
        Path object = compile();

        assertThatThrownBy(() -> BtfSource.open("shape.o", object, Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessage("shape.o: an ELF file without BTF (no section .BTF)");
    }

    private static List<String> places(StructLayout layout) {
        return layout.slots().stream()
                .map(slot -> (slot instanceof Slot.Field field
                                ? field.path()
                                : slot.getClass().getSimpleName()) + " " + slot.byteOffset() + " " + slot.byteSize()
                        + " " + slot.bits())
                .toList();
    }

    private Path compile() throws IOException, InterruptedException {
        Path source = directory.resolve("shape.c");
        Files.writeString(source, DECLARATIONS + "struct shape *global;\n");
        Path object = directory.resolve("shape.o");
        assumeTrue(run("gcc", "-g", "-c", "-o", object.toString(), source.toString()), "gcc is not installed");
        return object;
    }

    /** {@return whether the program is installed; the test fails when it is and does not succeed} */
    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
            return true;
        } catch (IOException missing) {
            return false;
        }
    }
}
