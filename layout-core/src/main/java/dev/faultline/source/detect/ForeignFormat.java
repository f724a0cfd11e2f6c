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
            new FileSignature(0x202, "HdrS")),
    ARM64_KERNEL(
            "a Linux kernel image of arm64",
            "name the vmlinux it was made from; the running kernel is the source `kernel`",
            new FileSignature(56, "ARM\u0064")),
    RISCV_KERNEL(
            "a Linux kernel image of RISC-V",
            "name the vmlinux it was made from; the running kernel is the source `kernel`",
            new FileSignature(56, "RSC\u0005")),
    U_IMAGE(
            "a U-Boot image",
            "name the vmlinux it was made from; the running kernel is the source `kernel`",
            FileSignature.start(0x27, 0x05, 0x19, 0x56)),
    KERNEL_DUMP(
            "a dump of a Linux kernel's memory",
            "print a type with crash: `struct -o TYPE`, and give its text to `faultline inspect -`",
            FileSignature.start("KDUMP   "),
            FileSignature.start("makedumpfile")),
    PE("a Windows program or library (PE)", Advice.CLANG_WINDOWS, FileSignature.start("MZ")),
    COFF(
            "a Windows object file (COFF)",
            Advice.CLANG_WINDOWS,
            coff(0x64, 0x86),
            coff(0x4c, 0x01),
            coff(0x64, 0xaa),
            FileSignature.start(0x00, 0x00, 0xff, 0xff)),
    PDB(
            "debug information of Microsoft's compiler (PDB)",
            Advice.CLANG_WINDOWS,
            FileSignature.start("Microsoft C/C++ MSF 7.00"),
            FileSignature.start("Microsoft C/C++ program database 2.00")),
    MINIDUMP("the memory of a crashed Windows program (minidump)", Advice.CLANG_WINDOWS, FileSignature.start("MDMP")),
    MACH_O(
            "a macOS program, library or object file (Mach-O)",
            Advice.CLANG,
            FileSignature.start(0xcf, 0xfa, 0xed, 0xfe),
            FileSignature.start(0xce, 0xfa, 0xed, 0xfe),
            FileSignature.start(0xfe, 0xed, 0xfa, 0xcf),
            FileSignature.start(0xfe, 0xed, 0xfa, 0xce),
            FileSignature.start(0xca, 0xfe, 0xba, 0xbe, 0, 0, 0),
            FileSignature.start(0xca, 0xfe, 0xba, 0xbf)),
    WEB_ASSEMBLY("WebAssembly", Advice.CLANG_WASM, FileSignature.start(0, 'a', 's', 'm')),
    RUST_METADATA("metadata of Rust's compiler", Advice.RUST, FileSignature.start('r', 'u', 's', 't', 0, 0)),
    DEX("Android code (dex)", "name the jar or the classes it was made from", FileSignature.start("dex\n")),
    JIMAGE(
            "the modules of a JDK (jimage)",
            "the classes of the running JDK are the source `jvm`",
            FileSignature.start(0xda, 0xda, 0xfe, 0xca)),
    JAVA_OBJECTS(
            "serialized Java objects",
            "name the jar or class path of the program",
            FileSignature.start(0xac, 0xed, 0, 5)),
    FLIGHT_RECORDING(
            "a recording of JDK Flight Recorder",
            "name the jar or class path of the program",
            FileSignature.start('F', 'L', 'R', 0)),
    HEAP_DUMP("a Java heap dump", "name the jar or class path of the program", FileSignature.start("JAVA PROFILE 1.0")),
    PERF_DATA(
            "samples of perf",
            "name the program they are of",
            FileSignature.start("PERFILE2"),
            FileSignature.start("2ELIFREP")),
    BZIP2("data compressed by bzip2", "unpack it first: `bzip2 -dc FILE > unpacked`", FileSignature.start("BZh")),
    LZ4(
            "data compressed by lz4",
            "unpack it first: `lz4 -dc FILE > unpacked`",
            FileSignature.start(0x04, 0x22, 0x4d, 0x18)),
    LZ4_LEGACY(
            "data compressed by lz4 -l",
            "unpack it first: `lz4 -dc FILE > unpacked`",
            FileSignature.start(0x02, 0x21, 0x4c, 0x18)),
    LZIP("data compressed by lzip", "unpack it first: `lzip -dc FILE > unpacked`", FileSignature.start("LZIP")),
    LZOP(
            "data compressed by lzop",
            "unpack it first: `lzop -dc FILE > unpacked`",
            FileSignature.start(0x89, 'L', 'Z', 'O')),
    LZMA(
            "data compressed by lzma",
            "unpack it first: `xz --format=lzma -dc FILE > unpacked`",
            FileSignature.start(0x5d, 0, 0)),
    COMPRESS(
            "data compressed by compress",
            "unpack it first: `gzip -dc FILE > unpacked`",
            FileSignature.start(0x1f, 0x9d)),
    SEVEN_ZIP("a 7z archive", "unpack it first: `7z x FILE`", FileSignature.start('7', 'z', 0xbc, 0xaf, 0x27, 0x1c)),
    TAR("a tar archive", "unpack it and name a file in it: `tar -xf FILE`", new FileSignature(257, "ustar")),
    CPIO(
            "a cpio archive",
            "unpack it and name a file in it: `cpio -id < FILE`",
            FileSignature.start("070701"),
            FileSignature.start("070702"),
            FileSignature.start("070707")),
    RPM(
            "an rpm package",
            "unpack it and name a file in it: `rpm2cpio FILE | cpio -id`",
            FileSignature.start(0xed, 0xab, 0xee, 0xdb)),
    SQUASHFS("a squashfs image", "unpack it and name a file in it: `unsquashfs FILE`", FileSignature.start("hsqs")),
    PDF("a PDF", Advice.TEXT, FileSignature.start("%PDF-")),
    PNG("an image (PNG)", Advice.TEXT, FileSignature.start(0x89, 'P', 'N', 'G')),
    JPEG("an image (JPEG)", Advice.TEXT, FileSignature.start(0xff, 0xd8, 0xff)),
    GIF("an image (GIF)", Advice.TEXT, FileSignature.start("GIF8")),
    SQLITE("an SQLite database", Advice.TEXT, FileSignature.start("SQLite format 3"));

    /** A shorter signature may be how a text begins. */
    private static final int SHORTEST_IN_TEXT = 5;

    private final String words;
    private final String wayOut;
    private final List<FileSignature> signatures;

    ForeignFormat(String words, String wayOut, FileSignature... signatures) {
        this.words = words;
        this.wayOut = wayOut;
        this.signatures = List.of(signatures);
    }

    /** {@return the signature of an object file for a machine: it has no optional header} */
    private static FileSignature coff(int low, int high) {
        String rest = String.valueOf(FileSignature.ANY).repeat(14) + "\0\0";
        return FileSignature.start((char) low + String.valueOf((char) high) + rest);
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
        return signatures.stream().map(FileSignature::description).collect(Collectors.joining(", or "));
    }
}
