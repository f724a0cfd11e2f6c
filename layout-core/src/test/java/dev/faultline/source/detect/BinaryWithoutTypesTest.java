package dev.faultline.source.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.elf.ElfBuilder;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.elf.FileBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an ELF file without BTF and DWARF is, by its sections, and what is said of it. */
class BinaryWithoutTypesTest {

    private static ElfFile elf(byte[] bytes) {
        return ElfFile.of(FileBytes.of("a.o", ByteBuffer.wrap(bytes)));
    }

    @ParameterizedTest
    @CsvSource({
        ".gopclntab .text, GO",
        ".gnu.lto_.decls.1 .text, LTO",
        ".ctf .text, CTF",
        ".text .gnu_debuglink, DETACHED",
        ".text .data, STRIPPED",
        ".debug_line, STRIPPED"
    })
    void it_is_known_by_its_sections(String sections, BinaryWithoutTypes expected) {
        assertThat(BinaryWithoutTypes.of(elf(ElfBuilder.withSections(sections.split(" ")))))
                .isEqualTo(expected);
    }

    @Test
    void a_core_file_is_known_by_its_type() {
        byte[] core =
                new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN).type(ElfFile.CORE).build();
        assertThat(BinaryWithoutTypes.of(elf(core))).isEqualTo(BinaryWithoutTypes.CORE);
    }

    @Test
    void the_debug_file_is_named_by_the_build_id() {
        ByteBuffer note = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        note.putInt(4).putInt(4).putInt(3).put(new byte[] {'G', 'N', 'U', 0}).putInt(0xefcdab12);
        ElfFile stripped = elf(new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .section(".note.gnu.build-id", 7, 0, note.array())
                .build());
        assertThat(BinaryWithoutTypes.STRIPPED.message(stripped))
                .isEqualTo(
                        "an ELF file without debug information: compile it with -g, or name its debug file, which the"
                                + " debug package of a distribution puts at /usr/lib/debug/.build-id/12/abcdef.debug");
        assertThat(BinaryWithoutTypes.DETACHED.message(elf(ElfBuilder.withSections(".gnu_debuglink"))))
                .endsWith(" at /usr/lib/debug/.build-id/BUILD-ID.debug");
    }

    @Test
    void the_file_is_named_in_the_commands() {
        assertThat(BinaryWithoutTypes.CORE.message(elf(ElfBuilder.withSections(".text"))))
                .isEqualTo(
                        "an ELF core file, the memory of a crashed program: name the program itself; `file a.o` tells"
                                + " which it was");
        assertThat(Advice.of("`pahole FILE`", "my file.o")).isEqualTo("`pahole FILE`");
        assertThat(Advice.of("`pahole FILE`", "-x.o")).isEqualTo("`pahole FILE`");
        assertThat(Advice.of("`pahole FILE`", "out/a+b.o")).isEqualTo("`pahole out/a+b.o`");
    }
}
