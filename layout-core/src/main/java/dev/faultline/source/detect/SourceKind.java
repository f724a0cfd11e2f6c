package dev.faultline.source.detect;

import dev.faultline.source.compression.Compression;
import dev.faultline.source.elf.ArchiveFile;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.llvm.text.ModuleReader;
import dev.faultline.source.recording.RecordingSource;
import dev.faultline.source.sbe.SbeSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The kind of a file by its first bytes. */
enum SourceKind {
    /** Raw BTF. */
    BTF("BTF"),
    /** An ELF file, with or without BTF. */
    ELF("an ELF file"),
    /** A jar. */
    ZIP("a jar"),
    /** A class file. */
    CLASS("a class file"),
    /** Text, possibly pahole's. */
    TEXT("text"),
    /** An access file, whose blocks of memory are layouts. */
    RECORDING("an access file"),
    /** A schema of Simple Binary Encoding. */
    SBE("an SBE schema"),
    /** Text of LLVM IR. */
    LLVM("text of LLVM IR"),
    /** LLVM IR in binary form. */
    BITCODE("LLVM bitcode"),
    /** An empty file. */
    EMPTY("nothing"),
    /** A compressed file of a format that is unpacked. */
    COMPRESSED("compressed data"),
    /** A static library. */
    ARCHIVE("a static library"),
    /** Another format that is known but not read. */
    FOREIGN("a file of another format"),
    /** Other binary data. */
    UNKNOWN("binary data");

    /** Numbers below it, in big-endian order after the magic number, count the parts of a Mach-O file. */
    private static final int OLDEST_CLASS_FILE = 45;

    private static final FileSignature CLASS_FILE = FileSignature.start(0xca, 0xfe, 0xba, 0xbe);

    private static final FileSignature BITCODE_FILE = FileSignature.start(0x42, 0x43, 0xc0, 0xde);
    private static final FileSignature BITCODE_WRAPPER = FileSignature.start(0xde, 0xc0, 0x17, 0x0b);

    private final String words;

    SourceKind(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /**
     * {@return the kind of a file with these first bytes}
     *
     * @param head the first bytes
     */
    static SourceKind of(byte[] head) {
        if (head.length == 0) {
            return EMPTY;
        }
        if (FileSignature.start(0x9f, 0xeb).isIn(head)
                || FileSignature.start(0xeb, 0x9f).isIn(head)) {
            return BTF; // in either byte order
        }
        if (ElfFile.isElf(ByteBuffer.wrap(head))) {
            return ELF;
        }
        if (isZip(head)) {
            return ZIP;
        }
        if (isClass(head)) {
            return CLASS;
        }
        if (Compression.of(head).isPresent()) {
            return COMPRESSED;
        }
        if (ArchiveFile.isArchive(head)) {
            return ARCHIVE;
        }
        if (BITCODE_FILE.isIn(head) || BITCODE_WRAPPER.isIn(head)) {
            return BITCODE;
        }
        boolean isText = TextDecoder.isText(head);
        if (isText && ModuleReader.isIr(new String(head, StandardCharsets.ISO_8859_1))) {
            return LLVM;
        }
        if (isText && RecordingSource.isRecording(new String(head, StandardCharsets.ISO_8859_1))) {
            return RECORDING;
        }
        if (isText && SbeSource.isSchema(TextDecoder.decode(head))) {
            return SBE;
        }
        if (ForeignFormat.of(head, isText).isPresent()) {
            return FOREIGN;
        }
        return isText ? TEXT : UNKNOWN;
    }

    private static boolean isZip(byte[] head) {
        return FileSignature.start('P', 'K', 3, 4).isIn(head)
                || FileSignature.start('P', 'K', 5, 6).isIn(head) // an entry, or the end of an empty jar
                || FileSignature.start('J', 'M', 1, 0, 'P', 'K').isIn(head); // a jmod file
    }

    private static boolean isClass(byte[] head) {
        return CLASS_FILE.isIn(head)
                && (head.length < 2 * Integer.BYTES
                        || Integer.compareUnsigned(ByteBuffer.wrap(head).getInt(Integer.BYTES), OLDEST_CLASS_FILE)
                                >= 0);
    }
}
