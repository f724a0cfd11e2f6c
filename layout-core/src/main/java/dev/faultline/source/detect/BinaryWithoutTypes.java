package dev.faultline.source.detect;

import dev.faultline.source.elf.BuildId;
import dev.faultline.source.elf.ElfFile;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * What an ELF file without BTF and DWARF has instead, and how its layouts can be had. The first that fits is meant. The
 * page {@code docs/sources.md} has the same table.
 */
enum BinaryWithoutTypes {
    CORE(
            "an ELF core file, the memory of a crashed program",
            "name the program itself; `file FILE` tells which it was",
            "an ELF file of type 4",
            elf -> elf.type() == ElfFile.CORE),
    GO(
            "a Go program without debug information",
            "build it without -s and -w in -ldflags",
            "section `.gopclntab`",
            elf -> elf.has(".gopclntab")),
    LTO(
            "an object file for gcc's link-time optimisation, without debug information",
            "compile it with -g, or name the linked program when it was compiled with -g",
            "sections `.gnu.lto_...`",
            elf -> elf.hasAny(name -> name.startsWith(".gnu.lto_"))),
    CTF(
            "an ELF file with CTF debug information, which is not read, and without BTF and DWARF",
            "compile it with -g in place of -gctf",
            "section `.ctf`",
            elf -> elf.has(".ctf")),
    DETACHED(
            "an ELF file whose debug information is in a file of its own, which is not found",
            "name that file, which the debug package of a distribution puts at"
                    + " /usr/lib/debug/.build-id/BUILD-ID.debug",
            "section `.gnu_debuglink`",
            elf -> elf.has(".gnu_debuglink")),
    STRIPPED(
            "an ELF file without debug information",
            "compile it with -g, or name its debug file, which the debug package of a distribution puts"
                    + " at /usr/lib/debug/.build-id/BUILD-ID.debug",
            "none of these",
            elf -> true);

    private static final String BUILD_ID = "BUILD-ID";

    private final String words;
    private final String wayOut;
    private final String recognition;
    private final Predicate<ElfFile> test;

    BinaryWithoutTypes(String words, String wayOut, String recognition, Predicate<ElfFile> test) {
        this.words = words;
        this.wayOut = wayOut;
        this.recognition = recognition;
        this.test = test;
    }

    /** {@return what an ELF file without BTF and DWARF is} */
    static BinaryWithoutTypes of(ElfFile elf) {
        return Arrays.stream(values())
                .filter(kind -> kind.test.test(elf))
                .findFirst()
                .orElse(STRIPPED);
    }

    /** {@return what it is and what to do, without its name} */
    String message(ElfFile elf) {
        String id = BuildId.of(elf).map(build -> build.path("")).orElse(BUILD_ID);
        return words + ": " + Advice.of(wayOut.replace(BUILD_ID, id), elf.source());
    }

    /** {@return whether nothing in it or beside it is known to tell types, so that its symbols are all there is} */
    boolean hasNoTypes() {
        return this == GO || this == DETACHED || this == STRIPPED;
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
