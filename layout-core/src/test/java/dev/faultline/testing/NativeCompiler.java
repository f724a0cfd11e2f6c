package dev.faultline.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compiles native types, and asks the compiler where it puts their fields. */
public final class NativeCompiler {

    private static final String BITS = """

            static void bits(const char *name, const void *at, size_t size) {
                const unsigned char *bytes = (const unsigned char *)at;
                long first = -1, last = -1;
                for (size_t i = 0; i < size * 8; i++)
                    if (bytes[i / 8] >> (i % 8) & 1) { if (first < 0) first = i; last = i; }
                printf("%s\\t%ld..%ld\\n", name, first, last);
            }
            """;

    private final NativeTypes types;
    private final Path directory;

    /** Compiles these types in a directory of its own. */
    public NativeCompiler(NativeTypes types, Path directory) {
        this.types = types;
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

    /** {@return the object file of the types, with debug information} */
    public Path object() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder(types.declarations());
        int number = 0;
        for (NativeTypes.Type type : types.types()) {
            text.append(type.spelling()).append(" variable").append(number++).append(";\n");
        }
        return compiled("types", text.toString(), List.of("-g", "-c"));
    }

    /**
     * {@return where the compiler puts fields, by type and path: {@code "8 4"} for offset and size in bytes,
     * {@code "64..66"} for the bits of a bit-field; the size of a type has the path {@code ""}}
     *
     * @param fields the paths of the fields of each type, by its name
     * @param bits those of them that are bit-fields, as {@code type.path}
     */
    public Map<String, Map<String, String>> facts(Map<String, Set<String>> fields, Set<String> bits)
            throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder("#define _GNU_SOURCE\n#include <stddef.h>\n#include <stdio.h>\n#include <string.h>\n");
        text.append(types.declarations()).append(BITS);
        StringBuilder main = new StringBuilder("int main(void) {\n");
        for (int i = 0; i < types.types().size(); i++) {
            NativeTypes.Type type = types.types().get(i);
            text.append("static void ask").append(i).append("(void) {\n").append(types.isCxx() ? "static " : "");
            text.append(types.isCxx() ? type.spelling() + " v;\n" : "");
            text.append("printf(\"" + type.name() + "\\t\\t%zu\\n\", sizeof(" + type.spelling() + "));\n");
            Set<String> paths = new TreeSet<>(fields.getOrDefault(type.name(), Set.of()));
            paths.addAll(type.inherited());
            for (String path : paths) {
                text.append(bits.contains(type.name() + "." + path) ? bit(type, path) : place(type, path));
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

    private String place(NativeTypes.Type type, String path) {
        String name = type.name() + "\\t" + path;
        String c = type.spelling();
        return types.isCxx()
                ? "printf(\"" + name + "\\t%zu %zu\\n\", (size_t)((char *)&v." + path + " - (char *)&v), sizeof(v."
                        + path + "));\n"
                : "printf(\"" + name + "\\t%zu %zu\\n\", offsetof(" + c + ", " + path + "), sizeof(((" + c + " *)0)->"
                        + path + "));\n";
    }

    private String bit(NativeTypes.Type type, String path) {
        return "{ " + (types.isCxx() ? "static " : "") + type.spelling() + " b; memset((void *)&b, 0, sizeof b); b."
                + path + " = -1; bits(\"" + type.name() + "\\t" + path + "\", &b, sizeof b); }\n";
    }

    private Path compiled(String name, String text, List<String> options) throws IOException, InterruptedException {
        Path source = directory.resolve(name + (types.isCxx() ? ".cc" : ".c"));
        Path made = directory.resolve(name + (types.isCxx() ? "-cxx" : "-c"));
        Files.writeString(source, text);
        List<String> command = new ArrayList<>(
                types.isCxx() ? List.of("g++", "-std=c++17", "-fno-access-control") : List.of("gcc", "-std=gnu11"));
        command.addAll(options);
        command.addAll(List.of("-w", "-Wno-packed-bitfield-compat", "-o", made.toString(), source.toString()));
        run(command);
        return made;
    }

    /** {@return what a program prints; it must succeed} */
    public String run(List<String> command) throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + Files.readString(log));
        }
        return output;
    }
}
