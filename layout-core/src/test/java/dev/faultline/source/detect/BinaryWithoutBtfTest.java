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

/** What an ELF file without BTF is, by its sections, and what is said of it. */
class BinaryWithoutBtfTest {

    private static ElfFile elf(byte[] bytes) {
        return ElfFile.of(FileBytes.of("a.o", ByteBuffer.wrap(bytes)));
    }

    @ParameterizedTest
    @CsvSource({
        ".debug_info.dwo .debug_str.dwo, SPLIT_DWARF",
        ".debug_cu_index .debug_info.dwo, SPLIT_DWARF",
        ".text .debug_info, DWARF",
        ".text .zdebug_info, DWARF",
        ".gopclntab .debug_info, GO_DWARF",
        ".gopclntab .text, GO",
        ".gnu.lto_.decls.1 .gnu.debuglto_.debug_info, LTO",
        ".gnu.lto_.decls.1 .debug_info, DWARF",
        ".ctf .text, CTF",
        ".text .gnu_debuglink, DETACHED",
        ".text .data, STRIPPED",
        ".debug_line, STRIPPED"
    })
    void it_is_known_by_its_sections(String sections, BinaryWithoutBtf expected) {
        assertThat(BinaryWithoutBtf.of(elf(ElfBuilder.withSections(sections.split(" ")))))
                .isEqualTo(expected);
    }

    @Test
    void debug_information_in_other_files_is_known_by_its_first_unit() {
        byte[] skeleton = {40, 0, 0, 0, 5, 0, 4, 8, 0, 0, 0, 0};
        byte[] whole = {40, 0, 0, 0, 5, 0, 1, 8, 0, 0, 0, 0};
        byte[] dwarf4 = {40, 0, 0, 0, 4, 0, 4, 0, 0, 0, 8, 0};
        assertThat(BinaryWithoutBtf.of(elf(withDebugInfo(skeleton)))).isEqualTo(BinaryWithoutBtf.SKELETON);
        assertThat(BinaryWithoutBtf.of(elf(withDebugInfo(whole)))).isEqualTo(BinaryWithoutBtf.DWARF);
        assertThat(BinaryWithoutBtf.of(elf(withDebugInfo(dwarf4)))).isEqualTo(BinaryWithoutBtf.DWARF);
        assertThat(BinaryWithoutBtf.of(elf(withDebugInfo(new byte[6])))).isEqualTo(BinaryWithoutBtf.DWARF);
    }

    private static byte[] withDebugInfo(byte[] content) {
        return new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .section(".debug_info", content)
                .build();
    }

    @Test
    void a_core_file_is_known_by_its_type() {
        byte[] core =
                new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN).type(ElfFile.CORE).build();
        assertThat(BinaryWithoutBtf.of(elf(core))).isEqualTo(BinaryWithoutBtf.CORE);
    }

    @Test
    void the_debug_file_is_named_by_the_build_id() {
        ByteBuffer note = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        note.putInt(4).putInt(4).putInt(3).put(new byte[] {'G', 'N', 'U', 0}).putInt(0xefcdab12);
        ElfFile stripped = elf(new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .section(".note.gnu.build-id", note.array())
                .build());
        assertThat(BinaryWithoutBtf.STRIPPED.message(stripped))
                .isEqualTo(
                        "an ELF file without BTF and without debug information: compile it with -g (C: `gcc -gbtf`), or"
                                + " name its debug file, which the debug package of a distribution puts at"
                                + " /usr/lib/debug/.build-id/12/abcdef.debug");
        assertThat(BinaryWithoutBtf.DETACHED.message(elf(ElfBuilder.withSections(".gnu_debuglink"))))
                .endsWith(" at /usr/lib/debug/.build-id/BUILD-ID.debug");
    }

    @Test
    void the_file_is_named_in_the_commands() {
        assertThat(BinaryWithoutBtf.DWARF.message(elf(ElfBuilder.withSections(".debug_info"))))
                .isEqualTo(
                        "an ELF file with DWARF debug information and without BTF; DWARF is not read: of C, `pahole a.o |"
                                + " faultline inspect -`, or compile it with `gcc -gbtf`; of any language, type by type,"
                                + " `gdb -batch -ex 'ptype /o TYPE' a.o | faultline inspect -`");
        assertThat(Advice.of("`pahole FILE`", "my file.o")).isEqualTo("`pahole FILE`");
        assertThat(Advice.of("`pahole FILE`", "-x.o")).isEqualTo("`pahole FILE`");
        assertThat(Advice.of("`pahole FILE`", "out/a+b.o")).isEqualTo("`pahole out/a+b.o`");
    }
}
