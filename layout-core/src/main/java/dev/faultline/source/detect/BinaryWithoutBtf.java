package dev.faultline.source.detect;

import dev.faultline.source.elf.ElfFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What an ELF file without BTF has instead, and how its layouts can be had. The first that fits is meant. The page
 * {@code docs/sources.md} has the same table.
 */
enum BinaryWithoutBtf {
    CORE(
            "the memory of a crashed program (an ELF core file) without BTF",
            "name the program itself; `file FILE` tells which it was",
            "e_type 4",
            elf -> elf.type() == ElfFile.CORE),
    SPLIT_DWARF(
            "the split debug information of a program (a .dwo or .dwp file), without BTF",
            "`pahole FILE | faultline inspect -` for C; for any language, with the program beside it: "
                    + Words.GDB_PROGRAM,
            "`.debug_info.dwo`",
            elf -> elf.has(".debug_info.dwo")),
    DWARF(
            "an ELF file with DWARF debug information, without BTF",
            "`pahole FILE | faultline inspect -` for C, or compile C with `gcc -gbtf`; for any language, type by type:"
                    + " `gdb -batch -ex 'ptype /o TYPE' FILE | faultline inspect -`",
            "`.debug_info` or `.zdebug_info`",
            elf -> elf.has(".debug_info") || elf.has(".zdebug_info")),
    LTO(
            "an object file for gcc's link-time optimisation, without BTF",
            "`pahole FILE | faultline inspect -` when it was compiled with -g; or name the linked program",
            "`.gnu.lto_*`",
            elf -> elf.hasAny(name -> name.startsWith(".gnu.lto_"))),
    CTF(
            "an ELF file with CTF debug information, without BTF",
            "compile it with `gcc -gbtf` in place of -gctf",
            "`.ctf`",
            elf -> elf.has(".ctf")),
    DETACHED(
            "an ELF file whose debug information is in a file of its own",
            "name that file; distributions have it as " + Words.DEBUG_FILE,
            "`.gnu_debuglink`",
            elf -> elf.has(".gnu_debuglink")),
    GO(
            "a Go program without debug information",
            "build it without `-ldflags=-s -w`, then `pahole FILE | faultline inspect -`",
            "`.gopclntab`",
            elf -> elf.has(".gopclntab")),
    STRIPPED(
            "an ELF file without BTF and without debug information",
            "compile it with -g (C: `gcc -gbtf`), or name its debug file; distributions have it as " + Words.DEBUG_FILE,
            "none of these",
            elf -> true);

    /** Parts of the advice, which the constants cannot name when they are fields of the enum. */
    private static final class Words {
        static final String GDB_PROGRAM = "`gdb -batch -ex 'ptype /o TYPE' PROGRAM | faultline inspect -`";
        static final String DEBUG_FILE = "/usr/lib/debug/.build-id/BUILD-ID.debug";
    }

    private static final String BUILD_ID = "BUILD-ID";
    private static final String NOTE_SECTION = ".note.gnu.build-id";
    private static final int NOTE_HEADER_BYTES = 16;
    private static final int MOST_ID_BYTES = 64;

    private final String words;
    private final String wayOut;
    private final String recognition;
    private final Predicate<ElfFile> test;

    BinaryWithoutBtf(String words, String wayOut, String recognition, Predicate<ElfFile> test) {
        this.words = words;
        this.wayOut = wayOut;
        this.recognition = recognition;
        this.test = test;
    }

    /** {@return what an ELF file without BTF is} */
    static BinaryWithoutBtf of(ElfFile elf) {
        return Arrays.stream(values())
                .filter(kind -> kind.test.test(elf))
                .findFirst()
                .orElse(STRIPPED);
    }

    /** {@return what it is and what to do, without its name} */
    String message(ElfFile elf) {
        String advice = buildId(elf)
                .map(id -> wayOut.replace(BUILD_ID, id.substring(0, 2) + "/" + id.substring(2)))
                .orElse(wayOut.replace(BUILD_ID, "XX/YYYY")
                        + (wayOut.contains(BUILD_ID) ? ", named by its build-id" : ""));
        return Advice.message(words, advice, elf.source());
    }

    /** {@return the identity of the build that the linker wrote, as hexadecimal digits} */
    private static Optional<String> buildId(ElfFile elf) {
        if (!elf.has(NOTE_SECTION)) {
            return Optional.empty();
        }
        ByteBuffer note = elf.section(NOTE_SECTION).orElseThrow();
        int length = note.remaining() < NOTE_HEADER_BYTES ? 0 : note.getInt(Integer.BYTES);
        if (length < 2 || length > MOST_ID_BYTES || length > note.remaining() - NOTE_HEADER_BYTES) {
            return Optional.empty();
        }
        byte[] id = new byte[length];
        note.get(NOTE_HEADER_BYTES, id);
        return Optional.of(HexFormat.of().formatHex(id));
    }

    String words() {
        return words;
    }

    String wayOut() {
        return wayOut;
    }

    /** {@return by what it is recognised, for people} */
    String recognition() {
        return recognition;
    }
}
