package dev.faultline.source.detect;

import dev.faultline.input.InputException;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.btf.BtfSource;
import dev.faultline.source.compression.Compression;
import dev.faultline.source.elf.ArchiveFile;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.elf.FileBytes;
import dev.faultline.source.llvm.LlvmSource;
import dev.faultline.source.notation.NotationSource;
import dev.faultline.source.recording.RecordingSource;
import dev.faultline.source.sbe.SbeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Makes a source of the content of a file or a stream, whose first bytes tell its kind.
 *
 * @param name the name of the file or stream in messages
 * @param base opens the BTF that split BTF refers to; asked for BTF only
 * @param binaries makes sources of binaries
 */
record ContentReader(String name, Supplier<Optional<BtfSource>> base, BinaryReader binaries) {

    /** How many of the first bytes of a file tell its kind. */
    static final int HEAD_BYTES = 4096;

    /** Text whose first control character comes so late is text with a damaged place. */
    private static final int FEWEST_CHARACTERS = 16;

    /**
     * Opens a file.
     *
     * @param path its path
     * @param classes opens jars and class files
     * @return the source
     * @throws IOException when it cannot be read
     * @throws InputException when it is of no known kind, or broken
     */
    LayoutSource open(Path path, BiFunction<String, Path, LayoutSource> classes) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(HEAD_BYTES);
        }
        return switch (SourceKind.of(head)) {
            case ZIP, CLASS -> classes.apply(name, path);
            case BTF -> BtfSource.open(name, path, base.get());
            case ELF -> {
                try (ElfFile elf = ElfFile.open(name, path)) {
                    yield binaries.read(elf, Optional.of(path));
                }
            }
            case ARCHIVE -> {
                try (ArchiveFile archive = ArchiveFile.open(name, path)) {
                    yield binaries.read(archive, Optional.of(path));
                }
            }
            case LLVM, BITCODE -> LlvmSource.open(name, path);
            case SBE -> SbeSource.open(name, path);
            case TEXT, RECORDING, COMPRESSED, EMPTY, FOREIGN, UNKNOWN -> {
                try (InputStream in = Files.newInputStream(path)) {
                    yield read(in);
                }
            }
        };
    }

    /**
     * Reads a stream to its end.
     *
     * @param in the stream
     * @return the source
     * @throws IOException when it cannot be read
     * @throws InputException when it is empty, too long, of a kind that is not read from a stream, or broken
     */
    LayoutSource read(InputStream in) throws IOException {
        byte[] head = in.readNBytes(HEAD_BYTES);
        SourceKind kind = SourceKind.of(head);
        if (kind == SourceKind.FOREIGN || kind == SourceKind.UNKNOWN) {
            throw unusable(kind, head);
        }
        byte[] content =
                new SequenceInputStream(new ByteArrayInputStream(head), in).readNBytes(SourceDetector.MOST_BYTES + 1);
        if (content.length > SourceDetector.MOST_BYTES) {
            throw tooLong(kind);
        }
        if (kind != SourceKind.COMPRESSED) {
            return of(kind, content);
        }
        Compression format = Compression.of(head).orElseThrow();
        return unpacked(format, format.unpack(name, content));
    }

    private LayoutSource unpacked(Compression format, byte[] content) {
        SourceKind kind = SourceKind.of(head(content));
        return switch (kind) {
            case ZIP, CLASS, COMPRESSED, BITCODE ->
                throw new InputException(
                        name,
                        "",
                        kind.words() + " compressed by " + format.word() + "; " + Advice.of(format.wayOut(), name));
            case TEXT, RECORDING, LLVM, SBE -> {
                if (content.length > SourceDetector.MOST_BYTES) {
                    throw tooLong(kind);
                }
                yield of(kind, content);
            }
            default -> of(kind, content);
        };
    }

    private LayoutSource of(SourceKind kind, byte[] content) {
        return switch (kind) {
            case TEXT -> text(TextDecoder.decode(content));
            case RECORDING -> RecordingSource.read(name, new String(content, StandardCharsets.UTF_8));
            case LLVM -> LlvmSource.read(name, new String(content, StandardCharsets.ISO_8859_1));
            case SBE -> SbeSource.read(name, content);
            case BTF -> BtfSource.of(name, ByteBuffer.wrap(content), base.get());
            case ELF -> binaries.read(ElfFile.of(bytes(content)), Optional.empty());
            case ZIP, CLASS, BITCODE ->
                throw new InputException(name, "", kind.words() + " can only be read from a file; name it with --from");
            case ARCHIVE -> binaries.read(ArchiveFile.of(bytes(content)), Optional.empty());
            case EMPTY, COMPRESSED, FOREIGN, UNKNOWN -> throw unusable(kind, head(content));
        };
    }

    private LayoutSource text(String text) {
        SourceCode.refuseJava(name, text);
        try {
            return NotationSource.read(name, text);
        } catch (InputException unclear) {
            throw SourceCode.advised(unclear, name);
        }
    }

    private FileBytes bytes(byte[] content) {
        return FileBytes.of(name, ByteBuffer.wrap(content));
    }

    private static byte[] head(byte[] content) {
        return Arrays.copyOf(content, Math.min(content.length, HEAD_BYTES));
    }

    private InputException tooLong(SourceKind kind) {
        return new InputException(
                name,
                "",
                "is longer than " + (SourceDetector.MOST_BYTES >> 20) + " MiB; "
                        + switch (kind) {
                            case TEXT, RECORDING, LLVM, SBE -> "keep only the structs you need";
                            case COMPRESSED -> "unpack it, and name what was in it";
                            default -> "only a file may be longer; name it in place of a pipe";
                        });
    }

    private InputException unusable(SourceKind kind, byte[] head) {
        if (kind == SourceKind.EMPTY) {
            return new InputException(name, "", "is empty");
        }
        Optional<ForeignFormat> format = ForeignFormat.of(head, TextDecoder.isText(head));
        if (format.isPresent()) {
            return new InputException(
                    name, "", Advice.message(format.get().words(), format.get().wayOut(), name));
        }
        int control = TextDecoder.firstControl(head);
        if (control >= FEWEST_CHARACTERS) {
            return InputException.atByte(
                    name,
                    control,
                    String.format(
                            "text with a control character, %02x; remove these: `tr -d '\\000-\\010\\016-\\037'`",
                            head[control]));
        }
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < Math.min(4, head.length); i++) {
            bytes.append(String.format("%s%02x", i == 0 ? "" : " ", head[i]));
        }
        return new InputException(
                name,
                "",
                "expected BTF, an ELF file with BTF or DWARF, a jar, a class file, a directory of classes,"
                        + " pahole's or JOL's text, an SBE schema,"
                        + " found binary data starting " + bytes);
    }
}
