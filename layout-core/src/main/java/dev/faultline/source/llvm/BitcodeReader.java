package dev.faultline.source.llvm;

import dev.faultline.input.InputException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Turns bitcode into text by {@code llvm-dis}, when that is installed. */
final class BitcodeReader {

    private static final String PROGRAM = "llvm-dis";
    private static final int MOST_SECONDS = 120;

    private BitcodeReader() {}

    /**
     * {@return whether bytes are bitcode}
     *
     * @param head the first bytes of a file
     */
    static boolean isBitcode(byte[] head) {
        return head.length >= 4
                && (head[0] == 'B' && head[1] == 'C' && (head[2] & 0xff) == 0xc0 && (head[3] & 0xff) == 0xde
                        || (head[0] & 0xff) == 0xde && (head[1] & 0xff) == 0xc0 && head[2] == 0x17 && head[3] == 0x0b);
    }

    /**
     * {@return the text of a bitcode file, as bytes}
     *
     * @param source its name in messages
     * @param file its path
     * @throws InputException when there is no {@code llvm-dis}, or it fails
     */
    static byte[] read(String source, Path file) {
        return read(source, file, System.getenv("PATH"));
    }

    /** Reads a file with the program in one of some directories, as {@code PATH} lists them. */
    static byte[] read(String source, Path file, String path) {
        Path program = program(path)
                .orElseThrow(() -> new InputException(
                        source,
                        "",
                        "is LLVM bitcode, and there is no " + PROGRAM
                                + " on the path to turn it into text; install llvm, or make"
                                + " text: clang -emit-llvm -S, rustc --emit=llvm-ir"));
        try {
            Process process = new ProcessBuilder(
                            program.toString(), "-o", "-", file.toAbsolutePath().toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(ProcessBuilder.Redirect.from(new File(nothing())))
                    .start();
            try (InputStream out = process.getInputStream()) {
                byte[] text = out.readNBytes(LlvmFiles.MOST_BYTES + 1);
                if (text.length > LlvmFiles.MOST_BYTES) {
                    throw LlvmFiles.tooLong(source);
                }
                boolean isDone = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
                if (!isDone || process.exitValue() != 0 || text.length == 0) {
                    throw new InputException(
                            source,
                            "",
                            PROGRAM + " cannot read this bitcode; that of the LLVM which made it can: " + PROGRAM
                                    + " -o " + "FILE.ll FILE.bc");
                }
                return text;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException failed) {
            throw new InputException(source, "", PROGRAM + " cannot be run: " + failed.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InputException(source, "", "reading was interrupted");
        }
    }

    private static String nothing() {
        return File.separatorChar == '\\' ? "NUL" : "/dev/null";
    }

    private static Optional<Path> program(String path) {
        for (String directory : path == null ? new String[0] : path.split(File.pathSeparator)) {
            try {
                Path program = Path.of(directory, PROGRAM);
                if (!directory.isEmpty() && program.isAbsolute() && Files.isExecutable(program)) {
                    return Optional.of(program);
                }
            } catch (InvalidPathException unspeakable) {
                continue;
            }
        }
        return Optional.empty();
    }
}
