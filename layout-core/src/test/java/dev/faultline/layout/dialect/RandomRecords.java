package dev.faultline.layout.dialect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random records of C or C++, and a program that tells where the compiler put their fields. */
final class RandomRecords {

    /** A field that a program can ask for: a path of names, without those of base classes. */
    record Leaf(String path, boolean isBits) {}

    private static final List<String> TYPES = List.of(
            "char %s",
            "signed char %s",
            "short %s",
            "int %s",
            "unsigned int %s",
            "long %s",
            "long long %s",
            "float %s",
            "double %s",
            "long double %s",
            "unsigned __int128 %s",
            "bool %s",
            "void *%s",
            "void (*%s)(int, char *)",
            "int (*%s[3])(void)",
            "int (*%s)[4]",
            "const char *const *%s[2]",
            "int %s[3][2]",
            "char %s[5]",
            "uint8_t %s",
            "uint64_t %s",
            "size_t %s",
            "enum mode %s",
            "tiny_t %s",
            "word_t %s[3]",
            "tiny_t %s[2][3]",
            "_Complex double %s",
            "volatile int %s",
            "vec_t %s",
            "float %s __attribute__((vector_size(16)))",
            "char %s __attribute__((aligned(16)))",
            "int %s __attribute__((packed))");
    private static final List<String> C_TYPES = List.of("_Atomic(int) %s", "_Atomic(short) %s[2]");
    private static final List<String> CXX_TYPES =
            List.of("int T0::*%s", "void (T0::*%s)(int)", "enum short_mode %s", "enum class_mode %s");
    private static final List<String> BITS =
            List.of("int %s : 5", "unsigned int %s : 17", "long %s : 40", "bool %s : 1", "unsigned char %s : 3");
    private static final List<String> NO_BITS = List.of("int : 3", "int : 0", "long : 0", "char : 2");

    private static final String HEAD = """
            #include <stdbool.h>
            #include <stdint.h>
            #include <stddef.h>
            #include <stdio.h>
            #include <string.h>
            enum mode { SLOW, FAST };
            typedef char tiny_t;
            typedef long word_t;
            typedef short vec_t __attribute__((vector_size(8)));
            """;
    private static final String CXX_HEAD = """
            enum short_mode : short { S };
            enum class class_mode : char { C };
            """;
    private static final String BITS_OF = """
            static void bits_of(const char *name, const unsigned char *a, const unsigned char *b, size_t size) {
                long first = -1, last = -1;
                for (size_t i = 0; i < size * 8; i++)
                    if ((a[i / 8] ^ b[i / 8]) >> (i % 8) & 1) { if (first < 0) first = i; last = i; }
                printf("%s %ld.%ld\\n", name, first, last - first + 1);
            }
            """;

    private record Type(String name, List<Leaf> leaves, boolean isPlain, Set<String> ancestors) {}

    private final Random random;
    private final boolean isCxx;
    private final List<Type> types = new ArrayList<>();
    private final StringBuilder text = new StringBuilder(HEAD);
    private int fields;

    RandomRecords(long seed, boolean isCxx, int count) {
        this.random = new Random(seed);
        this.isCxx = isCxx;
        text.append(isCxx ? CXX_HEAD : "");
        for (int i = 0; i < count; i++) {
            declare("T" + i, i == 0);
        }
    }

    /** {@return the declarations and a program that prints each field with its first byte or bit and its size} */
    String program() {
        StringBuilder program = new StringBuilder(text).append(BITS_OF);
        for (Type type : types) {
            String name = type.name();
            program.append("static void ask_" + name + "(void) {\n    static " + tag(name) + " o;\n" + "    printf(\""
                    + name + " . %zu\\n\", sizeof o);\n");
            for (Leaf leaf : type.leaves()) {
                String label = name + " " + leaf.path();
                String it = "o." + leaf.path();
                program.append(
                        leaf.isBits()
                                ? "    { " + it
                                        + " = 0; static unsigned char a[sizeof o + 1]; memcpy(a, (void *) &o, sizeof o); "
                                        + it + " = -1; bits_of(\"" + label
                                        + "\", a, (unsigned char *) &o, sizeof o); }\n"
                                : "    printf(\"" + label + " %td+%zu\\n\", (char *) &" + it + " - (char *) &o, sizeof("
                                        + it + "));\n");
            }
            program.append("}\n");
        }
        program.append("int main(void) {\n");
        types.forEach(type -> program.append("    ask_" + type.name() + "();\n"));
        return program.append("    return 0;\n}\n").toString();
    }

    private String tag(String name) {
        return "struct " + name;
    }

    private void declare(String name, boolean isFirst) {
        List<Leaf> leaves = new ArrayList<>();
        Set<String> ancestors = new HashSet<>(Set.of(name));
        StringBuilder bases = new StringBuilder();
        boolean isPlain = true;
        for (int i = 0; isCxx && !isFirst && i < 2 && random.nextInt(3) == 0; i++) {
            Type base = pick();
            if (base.ancestors().stream().noneMatch(ancestors::contains)) {
                bases.append(bases.isEmpty() ? " : " : ", ")
                        .append(random.nextInt(4) == 0 ? "virtual " : "")
                        .append(base.name());
                leaves.addAll(base.leaves());
                ancestors.addAll(base.ancestors());
                isPlain = false;
            }
        }
        String attribute = isFirst
                ? ""
                : switch (random.nextInt(12)) {
                    case 0 -> "__attribute__((packed)) ";
                    case 1 -> "__attribute__((aligned(64))) ";
                    default -> "";
                };
        text.append("struct " + attribute + name + bases + " {\n");
        if (isCxx && !isFirst && random.nextInt(5) == 0) {
            text.append("    virtual void m").append(name).append("() {}\n");
            isPlain = false;
        }
        int members = random.nextInt(8);
        for (int i = 0; i < members; i++) {
            isPlain &= member("    ", "", leaves, 0, false);
        }
        text.append("};\n_Static_assert(sizeof(" + tag(name) + ") < 1 << 30, \"clang lays it out\");\n");
        types.add(new Type(name, List.copyOf(leaves), isPlain, ancestors));
    }

    private Type pick() {
        return types.get(random.nextInt(types.size()));
    }

    /** Declares a member; returns whether C has such a thing too. */
    private boolean member(String indent, String prefix, List<Leaf> leaves, int depth, boolean inUnion) {
        String name = "f" + fields++;
        int choice = random.nextInt(12);
        if (choice < 2) {
            declaration(indent, one(BITS), prefix, name, true, leaves);
        } else if (choice == 2 && !inUnion) {
            text.append(indent).append(one(NO_BITS)).append(";\n");
        } else if (choice < 5 && !types.isEmpty()) {
            return embedded(indent, prefix, name, leaves, depth > 0);
        } else if (choice == 5 && depth < 3) {
            inline(indent, prefix, name, leaves, depth);
        } else {
            List<String> more = isCxx ? CXX_TYPES : C_TYPES;
            String type = random.nextInt(8) == 0 && !types.isEmpty() ? one(more) : one(TYPES);
            declaration(indent, type, prefix, name, false, leaves);
        }
        return true;
    }

    private boolean embedded(String indent, String prefix, String name, List<Leaf> leaves, boolean mustBePlain) {
        Type type = pick();
        if (mustBePlain && !type.isPlain()) {
            declaration(indent, "int %s", prefix, name, false, leaves);
            return true;
        }
        boolean isArray = random.nextInt(3) == 0;
        text.append(indent + tag(type.name()) + " " + name + (isArray ? "[2]" : "") + ";\n");
        if (isArray) {
            leaves.add(new Leaf(prefix + name, false));
        } else {
            type.leaves().forEach(leaf -> leaves.add(new Leaf(prefix + name + "." + leaf.path(), leaf.isBits())));
        }
        return type.isPlain();
    }

    private void inline(String indent, String prefix, String name, List<Leaf> leaves, int depth) {
        boolean isUnion = random.nextBoolean();
        boolean isAnonymous = random.nextBoolean();
        String inner = isAnonymous ? prefix : prefix + name + ".";
        text.append(indent).append(isUnion ? "union {\n" : "struct {\n");
        declaration(indent + "    ", "short %s", inner, "f" + fields++, false, leaves);
        for (int i = random.nextInt(3); i >= 0; i--) {
            member(indent + "    ", inner, leaves, depth + 1, isUnion);
        }
        text.append(indent).append("}").append(isAnonymous ? "" : " " + name).append(";\n");
    }

    private void declaration(
            String indent, String type, String prefix, String name, boolean isBits, List<Leaf> leaves) {
        text.append(indent).append(String.format(type, name)).append(";\n");
        leaves.add(new Leaf(prefix + name, isBits));
    }

    private String one(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
