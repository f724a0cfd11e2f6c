package dev.faultline.source.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.layout.notation.NotationStyle;
import dev.faultline.layout.notation.NotationWriter;
import dev.faultline.source.Subject;
import dev.faultline.source.btf.BtfSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every struct and union of the running kernel, as read from its BTF and as pahole prints it: the same names as
 * often, the same sizes, members, types, offsets and bits. This holds the BTF reader and the notation reader against
 * an independent program at once.
 */
@Tag("slow")
class KernelAgainstPaholeTest {

    private static final Path KERNEL = Path.of("/sys/kernel/btf/vmlinux");

    private static List<StructLayout> ours;
    private static List<StructLayout> paholes;

    @BeforeAll
    static void readBoth() throws IOException, InterruptedException {
        assumeTrue(Files.isReadable(KERNEL), "this kernel carries no BTF");
        assumeTrue(onPath("pahole"), "pahole is not installed");
        ours = BtfSource.open("kernel", KERNEL, Optional.empty()).all().stream()
                .map(Subject::layout)
                .toList();
        paholes = NotationReader.read("pahole", pahole());
    }

    @Test
    void the_same_structs_and_unions_are_there_none_missing_none_extra() {
        assertThat(ours).hasSizeGreaterThan(5_000);
        assertThat(byName(ours).keySet()).isEqualTo(byName(paholes).keySet());
    }

    @Test
    void size_members_offsets_and_bits_of_each_are_what_pahole_prints() {
        Map<String, List<String>> read = byName(ours);
        List<String> differences = new ArrayList<>();
        byName(paholes).forEach((name, printed) -> {
            List<String> known = read.getOrDefault(name, List.of());
            // Where several types bear one name, pahole prints one of them; that one must be among ours.
            boolean same = known.size() == 1 ? known.equals(printed) : known.containsAll(printed);
            if (!same) {
                differences.add("BTF:\n" + String.join("\n", known) + "\npahole:\n" + String.join("\n", printed));
            }
        });
        assertThat(differences)
                .as(
                        "%d structs differ; the first:\n%s",
                        differences.size(), differences.stream().limit(4).toList())
                .isEmpty();
    }

    @Test
    void what_the_writer_writes_of_each_the_reader_reads_back() throws IOException {
        StringBuilder text = new StringBuilder();
        for (StructLayout layout : ours) {
            NotationWriter.write(layout, NotationStyle.plain(64), text);
        }
        List<StructLayout> readBack = NotationReader.read("written", text.toString());

        assertThat(readBack).hasSameSizeAs(ours);
        for (int i = 0; i < ours.size(); i++) {
            StringBuilder written = new StringBuilder();
            StringBuilder read = new StringBuilder();
            describe(ours.get(i), 0, written);
            describe(readBack.get(i), 0, read);
            assertThat(readBack.get(i).byteSize()).isEqualTo(ours.get(i).byteSize());
            assertThat(read.toString()).as(ours.get(i).spelling()).isEqualTo(written.toString());
        }
    }

    private static Map<String, List<String>> byName(List<StructLayout> layouts) {
        Map<String, List<String>> byName = new TreeMap<>();
        for (StructLayout layout : layouts) {
            StringBuilder text = new StringBuilder(layout.spelling() + " " + layout.byteSize());
            describe(layout, 0, text);
            byName.computeIfAbsent(layout.spelling(), any -> new ArrayList<>()).add(text.toString());
        }
        return byName;
    }

    /** What pahole shows: members, and those of aggregates without a tag, which it opens. */
    private static void describe(StructLayout layout, long base, StringBuilder text) {
        for (Member member : layout.members()) {
            text.append('\n')
                    .append(asPaholeSpells(member.type().spelling()))
                    .append(' ')
                    .append(member.name())
                    .append(" @")
                    .append(base + member.byteOffset())
                    .append(' ')
                    .append(member.bits().map(Object::toString).orElse(""))
                    .append(' ')
                    .append(member.type().byteSize());
            if (innermost(member.type()) instanceof FieldType.Aggregate inner && isInline(inner)) {
                describe(inner.layout(), base + member.byteOffset(), text);
            }
        }
    }

    /**
     * How pahole 1.24 spells four kinds of types, which says less than C: the qualifier of a pointer in front of
     * all, so that {@code void * const} becomes {@code const void *}; a pointer to an array as one to its element;
     * const twice for an array of const elements, which the reader passes on; {@code int (*const)(void)} as {@code
     * const int (*)(void)}.
     */
    private static String asPaholeSpells(String declared) {
        return declared.replaceAll("^(.*) (\\*?)\\(\\*const\\)\\(", "const $1 $2(*)(")
                .replaceAll(" \\(\\*\\)(\\[\\d+])+$", " *")
                .replaceAll("([A-Za-z_][\\w ]*) \\*(const|volatile)\\b", "$2 $1 *")
                .replace("const const ", "const ");
    }

    private static FieldType innermost(FieldType type) {
        FieldType element = type;
        while (element instanceof FieldType.Array array) {
            element = array.element();
        }
        return element;
    }

    private static boolean isInline(FieldType.Aggregate type) {
        String keyword = type.layout().kind().keyword();
        return type.layout().name().isEmpty() && type.spelling().matches("((const|volatile) )*" + keyword);
    }

    private static String pahole() throws IOException, InterruptedException {
        Path out = Files.createTempFile("pahole", ".txt");
        try {
            Process process = new ProcessBuilder("pahole", "-F", "btf", KERNEL.toString())
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor()).isZero();
            return Files.readString(out, StandardCharsets.UTF_8);
        } finally {
            Files.delete(out);
        }
    }

    private static boolean onPath(String program) {
        for (String directory : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }
}
