package dev.faultline.source.detect;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A format of files that is not read: how it is recognised, what it is called, and how the layouts in it can be had.
 * The first that fits is meant. The page {@code docs/sources.md} has the same table.
 */
enum ForeignFormat {
    LINUX_KERNEL(
            "a compressed Linux kernel (bzImage)",
            "unpack it with the kernel's `scripts/extract-vmlinux FILE > vmlinux` and name vmlinux; the running kernel is"
                    + " the source `kernel`",
            new Signature(0x202, "HdrS")),
    ARM64_KERNEL(
            "a Linux kernel image of arm64",
            "name the vmlinux it was made from; the running kernel is the source `kernel`",
            new Signature(56, "ARM\u0064")),
    RISCV_KERNEL(
            "a Linux kernel image of RISC-V",
            "name the vmlinux it was made from; the running kernel is the source `kernel`",
            new Signature(56, "RSC\u0005")),
    U_IMAGE(
            "a U-Boot image",
            "name the vmlinux it was made from; the running kernel is the source `kernel`",
            Signature.start(0x27, 0x05, 0x19, 0x56)),
    KERNEL_DUMP(
            "a dump of a Linux kernel's memory",
            "print a type with crash: `struct -o TYPE`, and give its text to `faultline inspect -`",
            Signature.start("KDUMP   "),
            Signature.start("makedumpfile")),
    PE("a Windows program or library (PE)", Advice.CLANG_WINDOWS, Signature.start("MZ")),
    COFF(
            "a Windows object file (COFF)",
            Advice.CLANG_WINDOWS,
            coff(0x64, 0x86),
            coff(0x4c, 0x01),
            coff(0x64, 0xaa),
            Signature.start(0x00, 0x00, 0xff, 0xff)),
    PDB(
            "debug information of Microsoft's compiler (PDB)",
            Advice.CLANG_WINDOWS,
            Signature.start("Microsoft C/C++ MSF 7.00"),
            Signature.start("Microsoft C/C++ program database 2.00")),
    MINIDUMP("the memory of a crashed Windows program (minidump)", Advice.CLANG_WINDOWS, Signature.start("MDMP")),
    MACH_O(
            "a macOS program, library or object file (Mach-O)",
            Advice.CLANG,
            Signature.start(0xcf, 0xfa, 0xed, 0xfe),
            Signature.start(0xce, 0xfa, 0xed, 0xfe),
            Signature.start(0xfe, 0xed, 0xfa, 0xcf),
            Signature.start(0xfe, 0xed, 0xfa, 0xce),
            Signature.start(0xca, 0xfe, 0xba, 0xbe, 0, 0, 0),
            Signature.start(0xca, 0xfe, 0xba, 0xbf)),
    LLVM_BITCODE(
            "LLVM bitcode",
            "compile it: `clang -c -x ir FILE -o FILE.o`, then `pahole FILE.o | faultline inspect -`; it has types when it"
                    + " was made with -g",
            Signature.start(0x42, 0x43, 0xc0, 0xde),
            Signature.start(0xde, 0xc0, 0x17, 0x0b)),
    WEB_ASSEMBLY("WebAssembly", Advice.CLANG_WASM, Signature.start(0, 'a', 's', 'm')),
    RUST_METADATA("metadata of Rust's compiler", Advice.RUST, Signature.start('r', 'u', 's', 't', 0, 0)),
    DEX("Android code (dex)", "name the jar or the classes it was made from", Signature.start("dex\n")),
    JIMAGE(
            "the modules of a JDK (jimage)",
            "the classes of the running JDK are the source `jvm`",
            Signature.start(0xda, 0xda, 0xfe, 0xca)),
    JAVA_OBJECTS(
            "serialized Java objects", "name the jar or class path of the program", Signature.start(0xac, 0xed, 0, 5)),
    FLIGHT_RECORDING(
            "a recording of JDK Flight Recorder",
            "name the jar or class path of the program",
            Signature.start('F', 'L', 'R', 0)),
    HEAP_DUMP("a Java heap dump", "name the jar or class path of the program", Signature.start("JAVA PROFILE 1.0")),
    PERF_DATA(
            "samples of perf",
            "name the program they are of",
            Signature.start("PERFILE2"),
            Signature.start("2ELIFREP")),
    BZIP2("data compressed by bzip2", "unpack it first: `bzip2 -dc FILE > unpacked`", Signature.start("BZh")),
    LZ4(
            "data compressed by lz4",
            "unpack it first: `lz4 -dc FILE > unpacked`",
            Signature.start(0x04, 0x22, 0x4d, 0x18)),
    LZ4_LEGACY(
            "data compressed by lz4 -l",
            "unpack it first: `lz4 -dc FILE > unpacked`",
            Signature.start(0x02, 0x21, 0x4c, 0x18)),
    LZIP("data compressed by lzip", "unpack it first: `lzip -dc FILE > unpacked`", Signature.start("LZIP")),
    LZOP(
            "data compressed by lzop",
            "unpack it first: `lzop -dc FILE > unpacked`",
            Signature.start(0x89, 'L', 'Z', 'O')),
    LZMA(
            "data compressed by lzma",
            "unpack it first: `xz --format=lzma -dc FILE > unpacked`",
            Signature.start(0x5d, 0, 0)),
    COMPRESS("data compressed by compress", "unpack it first: `gzip -dc FILE > unpacked`", Signature.start(0x1f, 0x9d)),
    SEVEN_ZIP("a 7z archive", "unpack it first: `7z x FILE`", Signature.start('7', 'z', 0xbc, 0xaf, 0x27, 0x1c)),
    TAR("a tar archive", "unpack it and name a file in it: `tar -xf FILE`", new Signature(257, "ustar")),
    CPIO(
            "a cpio archive",
            "unpack it and name a file in it: `cpio -id < FILE`",
            Signature.start("070701"),
            Signature.start("070702"),
            Signature.start("070707")),
    RPM(
            "an rpm package",
            "unpack it and name a file in it: `rpm2cpio FILE | cpio -id`",
            Signature.start(0xed, 0xab, 0xee, 0xdb)),
    SQUASHFS("a squashfs image", "unpack it and name a file in it: `unsquashfs FILE`", Signature.start("hsqs")),
    PDF("a PDF", Advice.TEXT, Signature.start("%PDF-")),
    PNG("an image (PNG)", Advice.TEXT, Signature.start(0x89, 'P', 'N', 'G')),
    JPEG("an image (JPEG)", Advice.TEXT, Signature.start(0xff, 0xd8, 0xff)),
    GIF("an image (GIF)", Advice.TEXT, Signature.start("GIF8")),
    SQLITE("an SQLite database", Advice.TEXT, Signature.start("SQLite format 3"));

    /** A shorter signature may be how a text begins. */
    private static final int SHORTEST_IN_TEXT = 5;

    private final String words;
    private final String wayOut;
    private final List<Signature> signatures;

    ForeignFormat(String words, String wayOut, Signature... signatures) {
        this.words = words;
        this.wayOut = wayOut;
        this.signatures = List.of(signatures);
    }

    /** {@return the signature of an object file for a machine: it has no optional header} */
    private static Signature coff(int low, int high) {
        String rest = String.valueOf(Signature.ANY).repeat(14) + "\0\0";
        return Signature.start((char) low + String.valueOf((char) high) + rest);
    }

    /**
     * {@return the format of a file, if it is one of these}
     *
     * @param head the file's first bytes
     * @param isText whether these are characters of a text
     */
    static Optional<ForeignFormat> of(byte[] head, boolean isText) {
        return Arrays.stream(values())
                .filter(format -> format.signatures.stream()
                        .anyMatch(signature -> signature.isIn(head)
                                && (!isText || signature.bytes().length() >= SHORTEST_IN_TEXT)))
                .findFirst();
    }

    /** {@return what it is, in a few words} */
    String words() {
        return words;
    }

    /** {@return how its layouts can be had, with {@code FILE} for its name} */
    String wayOut() {
        return wayOut;
    }

    /** {@return by which bytes it is recognised, for people} */
    String recognition() {
        return signatures.stream().map(Signature::description).collect(Collectors.joining(", or "));
    }
}
