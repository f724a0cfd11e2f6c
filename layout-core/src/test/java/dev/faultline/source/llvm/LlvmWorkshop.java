package dev.faultline.source.llvm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.testing.NativeCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Compiles the samples in the resources to texts of LLVM IR. */
public final class LlvmWorkshop {

    private final Path directory;

    /** Compiles into a directory. */
    public LlvmWorkshop(Path directory) {
        this.directory = directory;
    }

    /** {@return a sample of the resources} */
    public static String sample(String name) {
        try (InputStream in = LlvmWorkshop.class.getResourceAsStream("/llvm/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@return whether a Rust compiler is at hand; the log says when it is not} */
    public static boolean hasRust() {
        boolean has = run(Path.of("."), List.of("rustc", "--version")) == 0;
        if (!has) {
            System.out.println("rustc is absent: its texts in the resources are read, none are made");
        }
        return has;
    }

    /**
     * {@return the text of a sample}
     *
     * @param name the sample, whose ending says the language
     * @param options of the compiler
     */
    public Path text(String name, String... options) {
        Path text = directory.resolve(name.replace('.', '-') + String.join("", options) + ".ll");
        List<String> command = new ArrayList<>();
        if (name.endsWith(".rs")) {
            command.addAll(List.of("rustc", "--crate-type=lib", "-g", "-Ccodegen-units=1", "--emit=llvm-ir"));
        } else {
            command.addAll(List.of(name.endsWith(".cc") ? "clang++" : "clang", "-w", "-g", "-emit-llvm", "-S"));
        }
        command.addAll(List.of(options));
        return made(command, name, text);
    }

    /** {@return the object file of a sample, by clang or gcc} */
    public Path object(String name, String compiler) {
        Path object = directory.resolve(name.replace('.', '-') + compiler + ".o");
        List<String> command = name.endsWith(".rs")
                ? List.of("rustc", "--crate-type=lib", "-g", "-Ccodegen-units=1", "--emit=obj")
                : List.of(compiler, "-w", "-g", compiler.startsWith("g") ? "-O0" : "-fstandalone-debug", "-c");
        return made(new ArrayList<>(command), name, object);
    }

    private Path made(List<String> command, String name, Path result) {
        assumeTrue(NativeCompiler.has(command.get(0)), () -> command.get(0) + " is not installed");
        try {
            Path source = directory.resolve(name);
            Files.writeString(source, sample(name));
            command.addAll(List.of(name, "-o", result.toString()));
            if (run(directory, command) != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed");
            }
            return result;
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }

    private static int run(Path directory, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(120, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException absent) {
            return -1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
