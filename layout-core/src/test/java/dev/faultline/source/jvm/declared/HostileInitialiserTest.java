package dev.faultline.source.jvm.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.LayoutSource;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Initialisers that never end, that end the program or need much memory are read like any others; nothing is run. */
class HostileInitialiserTest {

    @TempDir
    Path directory;

    private String note(String body) {
        String source = "class Hostile { static final int BEFORE_OFFSET = Integer.sum(1, 7) - 8, AFTER_OFFSET;"
                + " static int n; " + body + " }";
        CompiledProgram program = CompiledProgram.of(directory, List.of(), source);
        return program.evaluator().note("Hostile");
    }

    @Test
    void aLoopWithoutEndIsLeft() {
        assertThat(note("static { for (int i = 0; ; i++) { n += i; if (i < 0 && n == 3) break; } AFTER_OFFSET = 8; }"))
                .isEqualTo("its static initialiser runs for more than 100000 instructions");
    }

    @Test
    void aLoopWhoseEndIsUnknownIsFollowedUntilNothingNewIsKnown() {
        assertThat(note("static { while (System.nanoTime() > 0) { n++; } AFTER_OFFSET = 8; }"))
                .isEmpty();
    }

    @Test
    void methodsThatCallThemselvesAreFollowedToABound() {
        assertThat(note("static { AFTER_OFFSET = down(1); } static int down(int x) { return down(x + 1) + down(x); }"))
                .isEqualTo("its static initialiser runs for more than 100000 instructions");
        assertThat(note("static { AFTER_OFFSET = once(1); } static int once(int x) { return once(x + 1); }"))
                .isEmpty();
    }

    @Test
    void largeArraysAreNotMade() {
        assertThat(note("static long[][] many = new long[Integer.MAX_VALUE][Integer.MAX_VALUE];"
                        + "static byte[] one = new byte[Integer.MAX_VALUE - 8]; static { AFTER_OFFSET = 8; }"))
                .isEmpty();
    }

    @Test
    void nothingIsRun() throws Exception {
        Path file = directory.resolve("written");
        String source = "class Ends { static final int A_OFFSET = 0, B_OFFSET; static {"
                + " try { java.nio.file.Files.writeString(java.nio.file.Path.of(\"" + file + "\"), \"x\"); }"
                + " catch (java.io.IOException e) { } if (System.nanoTime() > 0) System.exit(3); B_OFFSET = 8; } }";
        CompiledProgram program = CompiledProgram.of(directory, List.of(), source);
        ClassSource classes = ClassSource.open("ends", program.classes(), VmMode.parse("17"));
        assertThat(classes.inventory().subjects())
                .extracting(subject -> subject.layout().name())
                .containsExactly("Ends", "Ends.offsets");
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void anInitialiserOfTheLargestSizeIsRead() {
        StringBuilder source = new StringBuilder("class Large { static int n;\n");
        StringBuilder initialiser = new StringBuilder("static {\n");
        for (int i = 0; i < 2000; i++) {
            source.append("static final int F").append(i).append("_OFFSET;\n");
            initialiser.append("n += 8; n -= n % 2; F").append(i).append("_OFFSET = n;\n");
        }
        source.append(initialiser).append("}\n}\n");
        CompiledProgram program = CompiledProgram.of(directory, List.of(), source.toString());
        ClassSource classes = ClassSource.open("large", program.classes(), VmMode.parse("17"));
        assertThat(classes.entries())
                .filteredOn(entry -> entry.name().equals("Large.offsets"))
                .extracting(LayoutSource.Entry::byteSize)
                .containsExactly(16_008L);
        assertThat(program.evaluator().values("Large")).containsEntry("F1999_OFFSET", new StaticValue.Whole(16_000));
    }

    @Test
    void initialisersThatNeedEachOtherEnd() {
        CompiledProgram program = CompiledProgram.of(
                directory,
                List.of(),
                "class One { static final int A_OFFSET = Two.B_OFFSET + 8; }",
                "class Two { static final int B_OFFSET = One.A_OFFSET + 8; }");
        assertThat(program.evaluator().values("One")).isEmpty();
    }
}
