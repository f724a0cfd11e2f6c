package dev.faultline.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Compiles native types, and asks the compiler where it puts their fields. */
public final class NativeCompiler {

    /** A tool that runs longer does not end. */
    private static final long MOST_SECONDS = 60;

    private static final String HEAD = """
            #define _GNU_SOURCE
            #include <stddef.h>
            #include <stdio.h>
            #include <string.h>
            """;
    private static final String BITS = """

            static void bits(const char *name, const void *at, const void *before, size_t size) {
                const unsigned char *ones = (const unsigned char *)at, *zeros = (const unsigned char *)before;
                long first = -1, last = -1;
                for (size_t i = 0; i < size * 8; i++)
                    if ((ones[i / 8] ^ zeros[i / 8]) >> (i % 8) & 1) { if (first < 0) first = i; last = i; }
                printf("%s\\t%ld..%ld\\n", name, first, last);
            }
            """;

    private final NativeTypes types;
    private final NativeToolchain toolchain;
    private final Path directory;

    /** Compiles these types by gcc in a directory of its own. */
    public NativeCompiler(NativeTypes types, Path directory) {
        this(types, NativeToolchain.gcc(types.isCxx()), directory);
    }

    /** Compiles these types in a directory of its own. */
    public NativeCompiler(NativeTypes types, NativeToolchain toolchain, Path directory) {
        this.types = types;
        this.toolchain = toolchain;
        this.directory = directory;
    }

    /** {@return whether all these programs are installed} */
    public static boolean has(String... tools) {
        for (String tool : tools) {
            boolean found = false;
            for (String path : System.getenv("PATH").split(":")) {
                found |= Files.isExecutable(Path.of(path, tool));
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether a compiler has what it links programs with: {@code -m32} needs libraries of its own} */
    public static boolean links(NativeToolchain toolchain, Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve(toolchain.isCxx() ? "empty.cc" : "empty.c");
        Files.writeString(source, "#include <stdio.h>\nint main(void) { return puts(\"\") < 0; }\n");
        List<String> command = new ArrayList<>(toolchain.command());
        command.addAll(List.of("-o", "empty", source.toString()));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("empty.log").toFile())
                .start();
        return process.waitFor() == 0;
    }

    /** {@return whether the program that {@link #links} made runs on this machine: kernels may lack 32-bit programs} */
    public static boolean runs(Path directory) throws InterruptedException {
        try {
            return new ProcessBuilder(directory.resolve("empty").toString())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notExecutable) {
            return false;
        }
    }

    /** {@return the object file of the types, with debug information} */
    public Path object() throws IOException, InterruptedException {
        return compiled("types", types.declarations() + types.variables(), List.of("-g", "-c"));
    }

    /**
     * {@return what the compiler answers, by the name of the type and the path; the size of a type in bytes has the
     * path {@code ""}, its alignment the path {@code "alignment"}}
     *
     * @param questions the questions about each type, by its name
     */
    public Map<String, Map<String, String>> facts(Map<String, ? extends Collection<NativeQuestion>> questions)
            throws IOException, InterruptedException {
        return toolchain.isRunnable() ? printed(questions) : constants(questions);
    }

    /** {@return the answers that a program prints} */
    private Map<String, Map<String, String>> printed(Map<String, ? extends Collection<NativeQuestion>> questions)
            throws IOException, InterruptedException {
        StringBuilder text =
                new StringBuilder(HEAD).append(types.declarations()).append(BITS);
        StringBuilder main = new StringBuilder("int main(void) {\n");
        for (int i = 0; i < types.types().size(); i++) {
            NativeTypes.Type type = types.types().get(i);
            String spelling = type.spelling();
            text.append("static void ask").append(i).append("(void) {\nstatic " + spelling + " v;\n");
            text.append("printf(\"" + type.name() + "\\t\\t%zu\\n\", sizeof(" + spelling + "));\n");
            text.append("printf(\"" + type.name() + "\\talignment\\t%zu\\n\", " + alignment(spelling) + ");\n");
            for (NativeQuestion question : questions.get(type.name())) {
                text.append(printing(type, question));
            }
            text.append("}\n");
            main.append("ask").append(i).append("();\n");
        }
        Path program =
                compiled("facts", text.append(main).append("return 0; }\n").toString(), List.of());
        Map<String, Map<String, String>> facts = new TreeMap<>();
        for (String line : run(List.of(program.toString())).split("\n")) {
            String[] words = line.split("\t", -1);
            facts.computeIfAbsent(words[0], any -> new TreeMap<>()).put(words[1], words[2]);
        }
        return facts;
    }

    private String printing(NativeTypes.Type type, NativeQuestion question) {
        String name = type.name() + "\\t" + question.path();
        String field = question.expression();
        String offset = "(size_t)((char *)&" + field + " - (char *)&v)";
        return switch (question.kind()) {
            case PLACE -> "printf(\"" + name + "\\t%zu %zu\\n\", " + offset + ", sizeof(" + field + "));\n";
            case OFFSET -> "printf(\"" + name + "\\t%zu\\n\", " + offset + ");\n";
            case BITS ->
                "{ static unsigned char zeros[sizeof v]; " + field + " = " + value(field, 0)
                        + "; memcpy(zeros, &v, sizeof v); " + field + " = " + value(field, -1) + "; bits(\"" + name
                        + "\", &v, zeros, sizeof v); }\n";
            case REFERENCE -> "";
            case POINTER ->
                "printf(\"" + name + "\\t%s\\n\", *(void **)((char *)&v + " + question.answer() + ") ? \""
                        + question.answer() + "\" : \"a null pointer\");\n";
        };
    }

    private String value(String field, int number) {
        return types.isCxx() ? "decltype(" + field + ")(" + number + ")" : String.valueOf(number);
    }

    private String alignment(String spelling) {
        return (types.isCxx() ? "alignof(" : "_Alignof(") + spelling + ")";
    }

    /**
     * {@return the answers that the compiler wrote into an object file, for a target whose programs do not run here}
     */
    private Map<String, Map<String, String>> constants(Map<String, ? extends Collection<NativeQuestion>> questions)
            throws IOException, InterruptedException {
        NativeConstants constants = new NativeConstants(types.isCxx());
        for (NativeTypes.Type type : types.types()) {
            constants.ask(type, alignment(type.spelling()), questions.get(type.name()));
        }
        return constants.read(compiled("facts", types.declarations() + constants.text(), List.of("-c")));
    }

    private Path compiled(String name, String text, List<String> options) throws IOException, InterruptedException {
        Path source = directory.resolve(name + (types.isCxx() ? ".cc" : ".c"));
        Path made = directory.resolve(name + (types.isCxx() ? "-cxx" : "-c"));
        Files.writeString(source, text);
        List<String> command = new ArrayList<>(toolchain.command());
        command.addAll(options);
        command.addAll(List.of("-o", made.toString(), source.toString()));
        run(command);
        return made;
    }

    /** {@return what a program prints; it must succeed} */
    public String run(List<String> command) throws IOException, InterruptedException {
        return run(command, directory);
    }

    /** {@return what a program prints that runs in a directory; it must succeed} */
    public static String run(List<String> command, Path directory) throws IOException, InterruptedException {
        Path log = Files.createTempFile(directory, "log", "");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(log.toFile())
                .start();
        CompletableFuture.delayedExecutor(MOST_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + Files.readString(log));
        }
        Files.delete(log);
        return output;
    }
}
