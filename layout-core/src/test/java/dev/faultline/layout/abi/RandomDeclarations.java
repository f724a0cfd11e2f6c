package dev.faultline.layout.abi;

import java.util.Random;

/** Random C declarations with attributes wherever C allows them; every name is used once. */
final class RandomDeclarations {

    private static final String[] TYPES = {
        "char",
        "short",
        "int",
        "long",
        "unsigned char",
        "unsigned long long",
        "double",
        "float",
        "_Bool",
        "long double",
        "__int128",
        "double _Complex",
        "unsigned short int",
        "const volatile long",
        "__typeof__(unsigned int)"
    };
    private static final String[] UNITS = {"char", "short", "int", "long", "unsigned int", "unsigned long long", "_Bool"
    };
    private static final int[] UNIT_BITS = {8, 16, 32, 64, 32, 64, 1};
    private static final String[] ALIGNMENTS = {
        "aligned(8)",
        "__aligned__(16)",
        "aligned(sizeof(void *))",
        "aligned(1 << 5)",
        "aligned(2 * sizeof(long))",
        "aligned",
        "aligned(__alignof__(short))",
        "aligned(LINE)",
        "aligned(LINE / 2), unused"
    };

    private final Random random;
    private final int number;
    private final StringBuilder before = new StringBuilder();
    private int names;

    RandomDeclarations(Random random, int number) {
        this.random = random;
        this.number = number;
    }

    /** {@return a struct or union with the typedefs and enums that it uses; needs {@code LINE} to be defined} */
    String declaration() {
        String keyword = random.nextInt(6) == 0 ? "union" : "struct";
        int limit = random.nextInt(5) == 0 ? 1 << random.nextInt(5) : 0;
        String front = attribute(8, true);
        String body = " {\n" + members(2) + "}" + attribute(4, true) + ";\n";
        String text = before + keyword + front + " r" + number + body;
        return limit == 0 ? text : "#pragma pack(push, " + limit + ")\n" + text + "#pragma pack(pop)\n";
    }

    private String members(int depth) {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            text.append("  ").append(member(depth)).append('\n');
        }
        return text.append("  int " + name()).append(";\n").toString();
    }

    private String name() {
        return "m" + names++;
    }

    private String member(int depth) {
        int kind = random.nextInt(14);
        if (kind < 4) {
            return bitField();
        }
        if (kind < 6 && depth > 0) {
            return nested(depth);
        }
        return switch (kind) {
            case 6 -> typedef() + " " + name() + attribute(4, false) + ";";
            case 7 -> enumeration() + " " + name() + attribute(4, false) + ";";
            case 8 -> "int *" + attribute(3, false) + " " + name() + ", " + name() + attribute(3, false) + ";";
            case 9 -> "long (*" + name() + ")(void *, int)" + attribute(4, false) + ";";
            case 10 -> "_Atomic(" + (random.nextBoolean() ? "short" : pair()) + ") " + name() + ";";
            case 11 -> alignas() + type() + " " + name() + array() + ";";
            case 12 -> attribute(5, false) + " void *" + name() + array() + attribute(3, false) + ";";
            default ->
                attribute(5, false) + " " + type() + " " + attribute(8, false) + " " + name() + array()
                        + attribute(3, false) + (random.nextInt(3) == 0 ? ", " + name() : "") + ";";
        };
    }

    private String type() {
        return TYPES[random.nextInt(TYPES.length)];
    }

    /** {@return an alignment that is not less than that of any type, as {@code _Alignas} requires} */
    private String alignas() {
        return "_Alignas(" + (random.nextBoolean() ? "32" : "LINE") + ") ";
    }

    private String array() {
        return switch (random.nextInt(8)) {
            case 0 -> "[" + (1 + random.nextInt(4)) + "]";
            case 1 -> "[sizeof(int) - " + random.nextInt(3) + "][2]";
            default -> "";
        };
    }

    private String bitField() {
        int unit = random.nextInt(UNITS.length);
        int width = random.nextInt(UNIT_BITS[unit] + 1);
        boolean unnamed = width == 0 || random.nextInt(6) == 0;
        String type = UNITS[unit];
        if (random.nextInt(5) == 0 && !type.equals("_Bool")) {
            String alias = "t" + number + "_" + names++;
            before.append("typedef " + type + " " + alias + attribute(2, true) + ";\n");
            type = alias;
        }
        return attribute(8, false) + " " + type + (unnamed ? " :" : " " + name() + " : ") + width
                + attribute(unnamed ? 9 : 5, false) + ";";
    }

    private String nested(int depth) {
        String name = random.nextBoolean() ? "" : " " + name();
        String tag = random.nextInt(4) == 0 && !name.isEmpty() ? " n" + number + "_" + names++ : "";
        String keyword = random.nextInt(3) == 0 ? "union" : "struct";
        return attribute(9, false) + " " + keyword + attribute(8, true) + tag + " {\n" + members(depth - 1) + "}"
                + attribute(4, true) + name + (name.isEmpty() ? "" : attribute(3, false)) + ";";
    }

    private String typedef() {
        String alias = "t" + number + "_" + names++;
        String array = random.nextInt(4) == 0 ? "[3]" : "";
        before.append(
                "typedef " + attribute(5, true) + " " + type() + " " + alias + array + attribute(3, true) + ";\n");
        return alias;
    }

    private String enumeration() {
        String tag = "e" + number + "_" + names++;
        String value = random.nextInt(3) == 0 ? " = 1ll << " + random.nextInt(40) : "";
        String negative = random.nextInt(3) == 0 ? ", C" + tag + " = -1" : "";
        before.append("enum " + (random.nextBoolean() ? "__attribute__((packed)) " : "") + tag + " { A" + tag + value
                + ", B" + tag + negative + " };\n");
        return "enum " + tag;
    }

    private String pair() {
        String tag = "p" + number + "_" + names++;
        before.append("struct " + tag + " { " + type() + " a" + attribute(4, false) + "; char b; };\n");
        return "struct " + tag;
    }

    /** {@return an attribute in one of {@code often} cases; on a type never one that is larger than its elements} */
    private String attribute(int often, boolean type) {
        if (random.nextInt(often) != 0) {
            return random.nextInt(12) == 0 ? " __attribute__((unused))" : "";
        }
        return switch (random.nextInt(5)) {
            case 0 -> " __attribute__((packed))";
            case 1 -> " __attribute__((aligned(" + (1 << random.nextInt(7)) + ")))";
            case 2 -> " __attribute__((packed, aligned(" + (1 << random.nextInt(4)) + ")))";
            case 3 -> " __attribute__((__packed__)) __attribute__((" + ALIGNMENTS[random.nextInt(3)] + "))";
            default -> " __attribute__((" + ALIGNMENTS[random.nextInt(ALIGNMENTS.length)] + "))";
        };
    }
}
