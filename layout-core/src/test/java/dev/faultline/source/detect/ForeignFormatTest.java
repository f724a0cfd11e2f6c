package dev.faultline.source.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats that are not read are told apart by their content, and the page on sources says what the program says. */
class ForeignFormatTest {

    private static final Path PAGE = Path.of("../docs/sources.md");

    /** A file of a length, of zeros but for some bytes at a place. */
    private static byte[] head(int length, int offset, int... bytes) {
        byte[] head = new byte[length];
        for (int i = 0; i < bytes.length; i++) {
            head[offset + i] = (byte) bytes[i];
        }
        return head;
    }

    private static byte[] ascii(String start, int length) {
        byte[] head = new byte[length];
        byte[] bytes = start.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, head, 0, bytes.length);
        return head;
    }

    private static ForeignFormat format(byte[] head) {
        assertThat(SourceKind.of(head)).isEqualTo(SourceKind.FOREIGN);
        return ForeignFormat.of(head, TextDecoder.isText(head)).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "MZ, PE",
        "Microsoft C/C++ MSF 7.00, PDB",
        "MDMP, MINIDUMP",
        "dex~, DEX",
        "JAVA PROFILE 1.0.2, HEAP_DUMP",
        "PERFILE2, PERF_DATA",
        "BZh9, BZIP2",
        "LZIP, LZIP",
        "070701, CPIO",
        "hsqs, SQUASHFS",
        "%PDF-1.7, PDF",
        "GIF89a, GIF",
        "SQLite format 3, SQLITE",
        "makedumpfile, KERNEL_DUMP",
        "KDUMP___, KERNEL_DUMP",
    })
    void a_file_that_starts_with_letters_is_known(String start, ForeignFormat expected) {
        assertThat(format(ascii(start.replace('_', ' ').replace('~', '\n'), 600)))
                .isEqualTo(expected);
    }

    @Test
    void a_kernel_is_known_though_it_starts_like_a_windows_program() {
        byte[] bzImage = head(1024, 0x202, 'H', 'd', 'r', 'S');
        bzImage[0] = 'M';
        bzImage[1] = 'Z';
        assertThat(format(bzImage)).isEqualTo(ForeignFormat.LINUX_KERNEL);
        byte[] arm64 = head(64, 56, 'A', 'R', 'M', 0x64);
        arm64[0] = 'M';
        arm64[1] = 'Z';
        assertThat(format(arm64)).isEqualTo(ForeignFormat.ARM64_KERNEL);
        assertThat(format(head(64, 56, 'R', 'S', 'C', 5))).isEqualTo(ForeignFormat.RISCV_KERNEL);
        assertThat(format(head(64, 0, 0x27, 0x05, 0x19, 0x56))).isEqualTo(ForeignFormat.U_IMAGE);
    }

    @Test
    void object_files_and_packages_of_other_systems_are_known() {
        assertThat(format(head(64, 0, 0xcf, 0xfa, 0xed, 0xfe))).isEqualTo(ForeignFormat.MACH_O);
        assertThat(format(head(64, 0, 0xfe, 0xed, 0xfa, 0xce))).isEqualTo(ForeignFormat.MACH_O);
        assertThat(format(head(64, 0, 0x64, 0x86, 3))).isEqualTo(ForeignFormat.COFF);
        assertThat(SourceKind.of(head(64, 0, 0x64, 0x86, 3, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)))
                .as("no object file has an optional header")
                .isEqualTo(SourceKind.UNKNOWN);
        assertThat(SourceKind.of(head(64, 0, 'B', 'C', 0xc0, 0xde))).isEqualTo(SourceKind.BITCODE);
        assertThat(SourceKind.of(head(64, 0, 0xde, 0xc0, 0x17, 0x0b))).isEqualTo(SourceKind.BITCODE);
        assertThat(format(head(64, 0, 0, 'a', 's', 'm'))).isEqualTo(ForeignFormat.WEB_ASSEMBLY);
        assertThat(format(head(64, 0, 'F', 'L', 'R', 0))).isEqualTo(ForeignFormat.FLIGHT_RECORDING);
        assertThat(format(head(64, 0, 0xda, 0xda, 0xfe, 0xca))).isEqualTo(ForeignFormat.JIMAGE);
        assertThat(format(head(600, 257, 'u', 's', 't', 'a', 'r'))).isEqualTo(ForeignFormat.TAR);
        assertThat(format(head(64, 0, 0xed, 0xab, 0xee, 0xdb))).isEqualTo(ForeignFormat.RPM);
        assertThat(format(head(64, 0, 0x04, 0x22, 0x4d, 0x18))).isEqualTo(ForeignFormat.LZ4);
    }

    @Test
    void a_class_file_is_no_mach_o_file_of_several_parts_though_both_start_alike() {
        int[] two = {0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2};
        int[] java8 = {0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 52};
        int[] java1 = {0xca, 0xfe, 0xba, 0xbe, 0, 3, 0, 45};
        int[] preview = {0xca, 0xfe, 0xba, 0xbe, 0xff, 0xff, 0, 69};
        assertThat(format(head(64, 0, two))).isEqualTo(ForeignFormat.MACH_O);
        for (int[] start : List.of(java8, java1, preview)) {
            assertThat(SourceKind.of(head(64, 0, start))).isEqualTo(SourceKind.CLASS);
        }
    }

    @Test
    void text_that_begins_like_a_format_is_text() {
        for (String text : List.of("MZ is the mark of DOS", "BZh", "hsqs", "LZIP", "dex\n", "MDMP", "GIF8")) {
            assertThat(SourceKind.of(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isEqualTo(SourceKind.TEXT);
        }
        assertThat(format("%PDF-1.4\n1 0 obj".getBytes(StandardCharsets.UTF_8))).isEqualTo(ForeignFormat.PDF);
    }

    @Test
    void the_page_on_sources_has_each_format_and_each_binary_with_its_signature_and_way_out() throws IOException {
        List<String> expected = new ArrayList<>();
        for (ForeignFormat format : ForeignFormat.values()) {
            expected.add(row(format.words(), code(format.recognition()), format.wayOut()));
        }
        for (BinaryWithoutTypes binary : BinaryWithoutTypes.values()) {
            expected.add(row(binary.words(), binary.recognition(), binary.wayOut()));
        }
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| what it is") && !line.startsWith("| --"))
                .toList();
        assertThat(rows).isEqualTo(expected);
    }

    private static String row(String words, String recognition, String wayOut) {
        return "| " + words + " | " + recognition + " | " + wayOut.replace("|", "\\|") + " |";
    }

    private static String code(String signature) {
        return "`" + signature.replace(", or ", "`, or `") + "`";
    }
}
