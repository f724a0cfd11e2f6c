package dev.faultline.source.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.Provenance;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.compression.Compression;
import dev.faultline.source.compression.Packer;
import dev.faultline.testing.Bounded;
import dev.faultline.testing.NativeCompiler;
import dev.faultline.testing.NativeTypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kernel modules without BTF, whose types are in DWARF, as built and compressed as distributions install them. */
@Tag("slow")
@Tag("native")
class KernelModuleTest {

    private static final String MODULE = """
            struct list_head { struct list_head *next, *prev; };
            struct device { long id; struct list_head queue; char name[8]; };
            struct module { char name[56]; void (*init)(void); };
            static struct device first = { 1 };
            static void start(void) { first.id++; }
            const char license[] __attribute__((section(".modinfo"), used)) = "license=GPL";
            struct module this_module __attribute__((section(".gnu.linkonce.this_module"), used)) = { "toy", start };
            """;

    @TempDir
    Path directory;

    private Path module;
    private SourceDetector detector;

    @BeforeEach
    void compile() throws Exception {
        assumeTrue(NativeCompiler.has("gcc", "ld"), "gcc and ld are not installed");
        Path source = Files.writeString(directory.resolve("toy.c"), MODULE);
        Path object = directory.resolve("toy.o");
        module = directory.resolve("toy.ko");
        NativeCompiler compiler = new NativeCompiler(NativeTypes.of(false, ""), directory);
        compiler.run(List.of("gcc", "-g", "-c", "-ffreestanding", "-o", object.toString(), source.toString()));
        compiler.run(List.of("ld", "-r", "-o", module.toString(), object.toString()));
        detector = new SourceDetector(directory.resolve("btf"), Optional.empty(), Optional.empty());
    }

    private StructLayout device(Path file) {
        LayoutSource source = Bounded.read(20, () -> detector.open(file.toString()));
        Lookup found = source.find("struct device");
        assertThat(found).as(file.toString()).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) found).subjects().get(0).layout();
    }

    @Test
    void types_are_read_of_modules_as_built_and_compressed() throws Exception {
        StructLayout built = device(module);
        assertThat(built.byteSize()).isEqualTo(32);
        assertThat(built.fields().stream().map(Slot.Field::path).toList())
                .containsExactly("id", "queue.next", "queue.prev", "name");
        assertThat(built.provenance().origin()).isEqualTo(Provenance.Origin.DWARF);
        for (Compression format : Compression.values()) {
            Path packed = directory.resolve("toy.ko." + format.word());
            Files.write(packed, Packer.packed(format, Files.readAllBytes(module)));
            assertThat(device(packed).sameBytesAs(built)).as(format.word()).isTrue();
        }
    }

    @Test
    void a_cut_module_is_refused_with_what_was_expected_and_what_is_there() throws Exception {
        byte[] whole = Files.readAllBytes(module);
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        Files.write(module, half);
        assertThat(Bounded.refusal(() -> detector.open(module.toString())))
                .matches(
                        module + ": byte 0x[0-9a-f]+: section headers from 0 \\([0-9]+ bytes\\) lies outside a file of "
                                + half.length);
        Path packed = directory.resolve("toy.ko.xz");
        byte[] all = Packer.packed(Compression.XZ, whole);
        Files.write(packed, Arrays.copyOf(all, all.length / 2));
        assertThat(Bounded.refusal(() -> detector.open(packed.toString()))).startsWith(packed + ": broken xz data: ");
    }
}
