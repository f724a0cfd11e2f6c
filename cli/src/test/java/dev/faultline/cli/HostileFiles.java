package dev.faultline.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Files of every kind that Faultline reads, all of whose names hold what a terminal acts on, reorders or hides.
 *
 * @param directory where they are
 * @param spelling how names are spelt: as they are, or harmless with the same meaning to a reader
 */
record HostileFiles(Path directory, UnaryOperator<String> spelling) {

    /** Commands of a terminal, and line breaks that would forge a line. */
    static final String COMMANDS = "a\u001b]owned\u0007\u009b31m\nfaultline: forged\r\u0085\u2028\u2029\tb\u007f";

    /**
     * What reorders or hides: bidirectional, zero-width and other default-ignorable characters, tags, noncharacters.
     */
    static final String HIDING = "c\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u200b\u200d\u2060\u2064\ufeff\u00ad\u180e"
            + "\u034f\u115f\u3164\ufe0f\udb40\udc41\ufdd0\ufffe\ud83f\udfffd";

    /** A colour, which is no longer a colour, in brackets as patterns and elements have them. */
    static final String COLOR = "e\u001b[31mred\u001b[0m";

    /** Surrogates without their other halves, which class files may hold and UTF-8 may not. */
    private static final String HALVES = "f\ud800g\udc00";

    String spelt(String name) {
        return spelling.apply(name);
    }

    private Path file(String name) {
        return directory.resolve(spelt(name));
    }

    private static String quoted(String text) {
        return text.chars()
                .mapToObj(
                        c -> c > ' ' && c <= '~' && c != '"' && c != '\\' ? "" + (char) c : String.format("\\u%04x", c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    /** File names hold what every file system of Linux takes, whatever the locale of the test. */
    Path btf() throws IOException {
        Btf b = new Btf();
        int number = b.number(spelt("unsigned " + HIDING));
        int inner = b.struct(spelt("in" + HIDING), 4, b.string(spelt("x" + COMMANDS)), number, 0);
        int atomic = b.struct("", 4, b.string("counter"), number, 0);
        int counter = b.typedef("atomic_t", atomic);
        for (String struct : List.of("s1" + COMMANDS, "s2" + HIDING, "s3" + COLOR)) {
            b.struct(
                    spelt(struct),
                    16,
                    b.string(spelt("w" + COMMANDS)),
                    counter,
                    0,
                    b.string(spelt("r" + HIDING)),
                    number,
                    32,
                    b.string(spelt("i" + COMMANDS)),
                    inner,
                    64,
                    b.string(spelt("z" + HIDING)),
                    number,
                    96);
        }
        int none = b.array(number, 0);
        b.struct(
                spelt("s4" + HIDING),
                8,
                b.string(spelt("__cacheline_group_begin__g" + COMMANDS)),
                none,
                0,
                b.string(spelt("m" + HIDING)),
                number,
                0,
                b.string(spelt("__cacheline_group_end__g" + COMMANDS)),
                none,
                32,
                b.string(spelt("n" + HIDING)),
                number,
                32);
        return Files.write(file("b\u001b[31m\n.btf"), b.build());
    }

    /** The same structs, one larger, one gone. */
    Path otherBtf() throws IOException {
        Btf b = new Btf();
        int number = b.number(spelt("unsigned " + HIDING));
        b.struct(
                spelt("s1" + COMMANDS),
                72,
                b.string(spelt("r" + HIDING)),
                number,
                0,
                b.string(spelt("w" + COMMANDS)),
                number,
                544);
        b.struct(spelt("s2" + HIDING), 4, b.string(spelt("new" + HIDING)), number, 0);
        b.struct(spelt("s5" + HIDING), 4, b.string(spelt("new" + COMMANDS)), number, 0);
        return Files.write(file("b2\u001b[31m\n.btf"), b.build());
    }

    Path profile() throws IOException {
        String yaml = "profile: " + quoted(spelt("title " + COMMANDS + HIDING)) + "\nstructs:\n";
        for (String struct : List.of("s1" + COMMANDS, "s2" + HIDING, "p/C" + COMMANDS)) {
            yaml += "  " + quoted(spelt(struct.replace('/', '.'))) + ":\n    roles:\n      "
                    + quoted(spelt("writer " + COMMANDS)) + ": { cpus: 1 }\n      " + quoted(spelt("reader " + HIDING))
                    + ": { cpus: 1 }\n    operations:\n      - { name: "
                    + quoted(spelt("add " + COLOR + COMMANDS)) + ", role: " + quoted(spelt("writer " + COMMANDS))
                    + ", rate: 1e6, accesses: [ { field: " + quoted(spelt("w" + COMMANDS)) + ", kind: rmw } ] }\n"
                    + "      - { name: " + quoted(spelt("look " + HIDING)) + ", role: "
                    + quoted(spelt("reader " + HIDING)) + ", rate: 1e6, accesses: [ { field: "
                    + quoted(spelt("r" + HIDING)) + ", kind: read } ] }\n";
        }
        return Files.writeString(file("p\u001b[31m\n.yaml"), yaml);
    }

    Path machine() throws IOException {
        String source = quoted(spelt("measured by " + COMMANDS + HIDING));
        return Files.writeString(
                file("m\u001b[31m\n.yaml"),
                "machine: " + quoted(spelt("box " + COMMANDS + HIDING)) + "\nline-bytes: { value: 64, source: " + source
                        + " }\ncpus: { value: 2, source: " + source + " }\n");
    }

    /** Promises kept, broken, not to be judged, and one that needs a baseline. */
    Path contract() throws IOException {
        String struct = quoted(spelt("s1" + COMMANDS));
        String yaml = "contract: " + quoted(spelt("title " + COMMANDS + HIDING)) + "\nsource: "
                + quoted(btf().getFileName().toString()) + "\nstructs:\n  " + struct + ":\n    promises:\n"
                + "      - max-size: 4\n      - max-hazard: baseline\n      - alone: "
                + quoted(spelt("w" + COMMANDS)) + "\n      - group: { name: " + quoted(spelt("group " + COMMANDS))
                + ", members: [ " + quoted(spelt("w" + COMMANDS)) + ", " + quoted(spelt("r" + HIDING))
                + " ], max-bytes: 4 }\n      - same-line: [ " + quoted(spelt("gone" + COMMANDS)) + ", "
                + quoted(spelt("r" + HIDING)) + " ]\n  " + quoted(spelt("gone" + HIDING))
                + ":\n    promises: [ { max-size: 4 } ]\n";
        return Files.writeString(file("k\u001b[31m\n.contract.yaml"), yaml);
    }

    /** A jar with a class that no compiler makes and every VM loads. */
    Path jar() throws IOException {
        Path jar = file("j\u001b[31m\n.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            String name = spelt("p/C" + COMMANDS);
            out.putNextEntry(new JarEntry(name + ".class"));
            ClassWriter writer = new ClassWriter(0);
            writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
            writer.visitSource(spelt("C" + COLOR + COMMANDS + HIDING + ".java").replace("/", ""), null);
            field(writer, "w" + COMMANDS, "I");
            field(writer, "r" + HIDING, "J");
            field(writer, "h" + HALVES, spelt("Lp/T" + HIDING) + ";");
            writer.visitEnd();
            out.write(writer.toByteArray());
            out.closeEntry();
            out.putNextEntry(new JarEntry(spelt("p/Broken" + COMMANDS) + ".class"));
            out.write(new byte[] {1, 2, 3});
            out.closeEntry();
        }
        return jar;
    }

    private void field(ClassWriter writer, String name, String descriptor) {
        writer.visitField(Opcodes.ACC_VOLATILE, spelt(name), descriptor, null, null)
                .visitEnd();
    }

    /** The notation takes plain names only, and of control characters the escape; comments hold the others. */
    Path notation() throws IOException {
        return Files.writeString(
                file("n\u001b[31m\n.txt"),
                "/* " + spelt("\u001b[31m" + HIDING)
                        + " */\nstruct plain {\n\tatomic_t w; /* 0 4 */\n\tint r; /* 4 4 */\n\t/* size: 8 */\n};\n"
                        + "/* one */\n/* two */\n/* three */\n/* four */\n");
    }

    Path brokenNotation() throws IOException {
        return Files.writeString(
                file("o\u001b[31m\n.txt"), "struct plain {\n int " + spelt("x" + COLOR + HIDING) + "; /* 0 4 */\n};\n");
    }

    /** A table of the kernel's documentation; comments in it hold anything but line breaks. */
    Path table(String field) throws IOException {
        return Files.writeString(
                file("t\u001b[31m\n.rst"),
                "s struct fast path usage breakdown\n\n"
                        + "Type   Name                fastpath_tx_access  fastpath_rx_access  Comments\n"
                        + "u32    " + field + " ".repeat(20 - field.length())
                        + "read_mostly         read_write          \u001b]0;owned\u0007\u009b31m" + HIDING + "\n");
    }

    /** BTF, record by record. Ids count from 1 in the order of the calls. */
    private static final class Btf {
        private final ByteArrayOutputStream types = new ByteArrayOutputStream();
        private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
        private int id;

        Btf() {
            strings.write(0);
        }

        int string(String text) {
            if (text.isEmpty()) {
                return 0;
            }
            int at = strings.size();
            strings.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            strings.write(0);
            return at;
        }

        private int type(String name, int kind, int count, int sizeOrType, int... more) {
            ByteBuffer record = ByteBuffer.allocate(12 + 4 * more.length).order(ByteOrder.LITTLE_ENDIAN);
            record.putInt(string(name)).putInt(kind << 24 | count).putInt(sizeOrType);
            for (int word : more) {
                record.putInt(word);
            }
            types.writeBytes(record.array());
            return ++id;
        }

        int number(String name) {
            return type(name, 1, 0, 4, 32);
        }

        int array(int element, int count) {
            return type("", 3, 0, 0, element, element, count);
        }

        /** Members are a string, a type and an offset in bits each. */
        int struct(String name, int byteSize, int... members) {
            return type(name, 4, members.length / 3, byteSize, members);
        }

        int typedef(String name, int type) {
            return type(name, 8, 0, type);
        }

        byte[] build() {
            ByteBuffer blob =
                    ByteBuffer.allocate(24 + types.size() + strings.size()).order(ByteOrder.LITTLE_ENDIAN);
            blob.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24);
            blob.putInt(0).putInt(types.size()).putInt(types.size()).putInt(strings.size());
            return blob.put(types.toByteArray()).put(strings.toByteArray()).array();
        }
    }
}
