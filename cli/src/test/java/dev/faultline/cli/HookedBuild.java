package dev.faultline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Compiles C and C++ programs with the hooks, as the help of {@code record} tells. */
final class HookedBuild {

    /** The source of the hooks. */
    static final Path HOOKS = Path.of("recorder/src/main/c/faultline_hooks.c").toAbsolutePath();

    private final Path directory;

    /** Compiles into a directory. */
    HookedBuild(Path directory) {
        this.directory = directory;
    }

    /** {@return the file of a sample in the resources, copied} */
    Path sample(String name) throws IOException {
        Path copy = directory.resolve(name);
        try (InputStream in = HookedBuild.class.getResourceAsStream("/hooked/" + name)) {
            Files.write(copy, in.readAllBytes());
        }
        return copy;
    }

    /** {@return the flags that the help tells for a compiler} */
    static List<String> flags(String compiler) {
        return compiler.startsWith("g")
                ? List.of("-fsanitize=thread", "--param", "tsan-distinguish-volatile=1")
                : List.of(
                        "-fsanitize=thread",
                        "-mllvm",
                        "-tsan-distinguish-volatile=1",
                        "-mllvm",
                        "-tsan-instrument-read-before-write=1");
    }

    /** {@return the hooks, compiled by a compiler with all warnings as errors} */
    Path hooks(String compiler) throws IOException, InterruptedException {
        Path object = directory.resolve("hooks-" + compiler + ".o");
        if (!Files.exists(object)) {
            run(List.of(
                    compiler,
                    "-std=gnu11",
                    "-O2",
                    "-Wall",
                    "-Wextra",
                    "-Werror",
                    "-c",
                    HOOKS.toString(),
                    "-o",
                    object.toString()));
        }
        return object;
    }

    /**
     * {@return a program}
     *
     * @param source its source
     * @param compiler {@code gcc}, {@code clang}, {@code g++} or {@code clang++}
     * @param options such as {@code -O1}
     */
    Path program(Path source, String compiler, String... options) throws IOException, InterruptedException {
        String name = source.getFileName() + "-" + compiler + String.join("", options);
        Path object = directory.resolve(name + ".o");
        List<String> compile = new ArrayList<>(List.of(compiler, "-g"));
        compile.addAll(List.of(options));
        compile.addAll(flags(compiler));
        compile.addAll(List.of("-c", source.toString(), "-o", object.toString()));
        run(compile);
        Path program = directory.resolve(name);
        run(List.of(
                compiler,
                object.toString(),
                hooks(compiler.startsWith("g") ? "gcc" : "clang").toString(),
                "-o",
                program.toString(),
                "-pthread",
                "-ldl"));
        return program;
    }

    /** Runs a tool that must succeed. */
    void run(List<String> command) throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new AssertionError(command + ": " + Files.readString(log));
        }
    }

    /** {@return the files in the directory whose names begin so} */
    List<Path> written(String begin) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(one -> one.getFileName().toString().startsWith(begin))
                    .sorted()
                    .toList();
        }
    }
}
