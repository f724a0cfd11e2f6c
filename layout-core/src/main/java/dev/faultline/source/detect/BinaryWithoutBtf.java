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
            "an ELF core file, the memory of a crashed program",
            "name the program itself; `file FILE` tells which it was",
            "an ELF file of type 4",
            elf -> elf.type() == ElfFile.CORE),
    SPLIT_DWARF(
            "an ELF file with split DWARF debug information (.dwo, .dwp) and without BTF; DWARF is not read",
            "of C, `pahole FILE | faultline inspect -`; of any language, with the program that it belongs to,"
                    + " `gdb -batch -ex 'ptype /o TYPE' PROGRAM | faultline inspect -`",
            "section `.debug_info.dwo`",
            elf -> elf.has(".debug_info.dwo")),
    SKELETON(
            "an ELF file whose DWARF debug information is in .dwo files, and without BTF; DWARF is not read",
            "of C, name a .dwo file to pahole: `pahole NAME.dwo | faultline inspect -`; of any language, where these"
                    + " files are still in place, `gdb -batch -ex 'ptype /o TYPE' FILE | faultline inspect -`",
            "section `.debug_info`, beginning with a skeleton unit of DWARF 5",
            BinaryWithoutBtf::startsWithSkeleton),
    GO_DWARF(
            "a Go program with DWARF debug information, which is not read",
            "`pahole FILE | faultline inspect -`",
            "sections `.gopclntab` and `.debug_info`",
            elf -> elf.has(".gopclntab") && hasDwarf(elf)),
    GO(
            "a Go program without debug information",
            "build it without -s and -w in -ldflags, then `pahole FILE | faultline inspect -`",
            "section `.gopclntab`",
            elf -> elf.has(".gopclntab")),
    DWARF(
            "an ELF file with DWARF debug information and without BTF; DWARF is not read",
            "of C, `pahole FILE | faultline inspect -`, or compile it with `gcc -gbtf`; of any language, type by type,"
                    + " `gdb -batch -ex 'ptype /o TYPE' FILE | faultline inspect -`",
            "section `.debug_info` or `.zdebug_info`",
            BinaryWithoutBtf::hasDwarf),
    LTO(
            "an object file for gcc's link-time optimisation, without BTF",
            "`pahole FILE | faultline inspect -` when it was compiled with -g, or name the linked program",
            "sections `.gnu.lto_...`",
            elf -> elf.hasAny(name -> name.startsWith(".gnu.lto_"))),
    CTF(
            "an ELF file with CTF debug information, which is not read, and without BTF",
            "compile it with `gcc -gbtf` in place of -gctf",
            "section `.ctf`",
            elf -> elf.has(".ctf")),
    DETACHED(
            "an ELF file without BTF, whose debug information is in a file of its own",
            "name that file, which the debug package of a distribution puts at"
                    + " /usr/lib/debug/.build-id/BUILD-ID.debug",
            "section `.gnu_debuglink`",
            elf -> elf.has(".gnu_debuglink")),
    STRIPPED(
            "an ELF file without BTF and without debug information",
            "compile it with -g (C: `gcc -gbtf`), or name its debug file, which the debug package of a distribution puts"
                    + " at /usr/lib/debug/.build-id/BUILD-ID.debug",
            "none of these",
            elf -> true);

    private static final String DEBUG_INFO = ".debug_info";
    private static final int VERSION_OFFSET = 4;
    private static final int UNIT_TYPE_OFFSET = 6;
    private static final int SKELETON_VERSION = 5;
    /** DWARF 5, section 7.5.1: DW_UT_skeleton. */
    private static final int SKELETON_UNIT = 4;

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

    /** {@return whether the first unit of the debug information refers to a .dwo file, in 32-bit DWARF} */
    private static boolean startsWithSkeleton(ElfFile elf) {
        if (!elf.has(DEBUG_INFO)) {
            return false;
        }
        ByteBuffer units = elf.section(DEBUG_INFO).orElseThrow();
        return units.remaining() > UNIT_TYPE_OFFSET
                && units.getShort(VERSION_OFFSET) == SKELETON_VERSION
                && units.get(UNIT_TYPE_OFFSET) == SKELETON_UNIT;
    }

    private static boolean hasDwarf(ElfFile elf) {
        return elf.has(".debug_info") || elf.has(".zdebug_info");
    }

    /** {@return what it is and what to do, without its name} */
    String message(ElfFile elf) {
        String id = buildId(elf)
                .map(digits -> digits.substring(0, 2) + "/" + digits.substring(2))
                .orElse(BUILD_ID);
        return words + ": " + Advice.of(wayOut.replace(BUILD_ID, id), elf.source());
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
