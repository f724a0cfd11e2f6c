package dev.faultline.offheap.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Writes every declared struct as C without offsets or holes; gcc must arrive at the declared offsets, size and
 * alignment. Structs with 4-byte pointers are compiled for a 32-bit machine.
 */
@Tag("slow")
class DeclaredAgainstGccTest {

    private static final int LINE_BYTES = 64;

    @TempDir
    Path directory;

    static Stream<Subject> declared() {
        return new KernelCatalog().all().stream();
    }

    @ParameterizedTest
    @MethodSource("declared")
    void gcc_lays_the_same_members_out_at_the_same_bytes(Subject subject) throws IOException, InterruptedException {
        StructLayout layout = subject.layout();
        boolean narrow = layout.fields().stream()
                .anyMatch(field -> field.type() instanceof FieldType.Scalar scalar
                        && scalar.isPointer()
                        && scalar.byteSize() == 4);
        String target = narrow ? "-m32" : "-m64";
        assumeTrue(compile("int main(void) { return 0; }", target).isEmpty(), "no gcc for " + target);
        StringBuilder text = new StringBuilder("struct " + layout.name() + " {\n");
        members(layout, text);
        text.append("} __attribute__((aligned(").append(layout.byteAlignment()).append(")));\n");
        expect(text, "sizeof(struct " + layout.name() + ")", layout.byteSize());
        expect(text, "_Alignof(struct " + layout.name() + ")", layout.byteAlignment());
        int checked = 0;
        for (Slot.Field field : layout.fields()) {
            if (field.bits().isEmpty()) {
                String offset = "__builtin_offsetof(struct " + layout.name() + ", " + field.path() + ")";
                expect(text, offset, field.byteOffset());
                checked++;
            }
        }
        assertThat(compile(text.toString(), target)).as(text.toString()).isEmpty();
        assertThat(checked).isPositive();
    }

    private static void expect(StringBuilder text, String expression, long value) {
        text.append("_Static_assert(%s == %d, \"%s\");\n".formatted(expression, value, expression));
    }

    private static void members(StructLayout layout, StringBuilder text) {
        long end = 0;
        for (Member member : layout.members()) {
            // A gap up to a line that no type explains is an attribute in the source.
            boolean placed = member.byteOffset() > end && member.byteOffset() % LINE_BYTES == 0;
            text.append(declaration(member))
                    .append(placed ? " __attribute__((aligned(" + LINE_BYTES + ")))" : "")
                    .append(";\n");
            end = member.byteOffset() + member.type().byteSize();
        }
    }

    private static String declaration(Member member) {
        String bits = member.bits().map(bit -> ":" + bit.bitSize()).orElse("");
        return type(member.type()) + " " + member.name() + dimensions(member.type()) + bits;
    }

    private static String type(FieldType type) {
        if (type instanceof FieldType.Array array) {
            return type(array.element());
        }
        if (type instanceof FieldType.Aggregate inner) {
            StringBuilder text = new StringBuilder(inner.layout().kind().keyword() + " {\n");
            members(inner.layout(), text);
            return text.append('}').toString();
        }
        if (type instanceof FieldType.Scalar scalar && scalar.isPointer()) {
            return "void *";
        }
        if (type instanceof FieldType.Opaque opaque) {
            return "struct { char bytes[" + opaque.byteSize() + "]; } __attribute__((aligned(" + opaque.byteAlignment()
                    + ")))";
        }
        return switch ((int) type.byteSize()) {
            case 1 -> "unsigned char";
            case 2 -> "unsigned short";
            case 4 -> "unsigned int";
            case 8 -> "unsigned long long";
            default -> throw new IllegalArgumentException(type.spelling());
        };
    }

    private static String dimensions(FieldType type) {
        return type instanceof FieldType.Array array ? "[" + array.count() + "]" + dimensions(array.element()) : "";
    }

    /** {@return gcc's error messages; empty if there are none} */
    private String compile(String program, String target) throws IOException, InterruptedException {
        assumeTrue(gccIsThere(), "gcc is not installed");
        Path source = directory.resolve("layout.c");
        Path log = directory.resolve("log");
        Files.writeString(source, program);
        int status = new ProcessBuilder("gcc", "-std=gnu11", "-w", target, "-fsyntax-only", source.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        return status == 0 ? "" : "gcc ended with " + status + ": " + Files.readString(log);
    }

    private static boolean gccIsThere() {
        return Optional.ofNullable(System.getenv("PATH"))
                .map(path -> Stream.of(path.split(":")).anyMatch(one -> Files.isExecutable(Path.of(one, "gcc"))))
                .orElse(false);
    }
}
