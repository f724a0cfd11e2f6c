package dev.faultline.source.jvm.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.access.code.CodeInference;
import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.ForeignJdk;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.source.jvm.child.CodeRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the user has asked for it, a VM of its own computes what no evaluation of bytecode can know. */
class RunInitialisersTest {

    private static final String ASKED = """
            package off;
            import static java.lang.foreign.ValueLayout.*;
            import java.lang.foreign.*;
            import java.lang.foreign.MemoryLayout.PathElement;
            import java.lang.invoke.VarHandle;
            public final class Asked {
              static final int LINE = Integer.getInteger("line", 64);
              public static final StructLayout LAYOUT = (StructLayout) MemoryLayout.structLayout(
                  JAVA_LONG.withName("put"), MemoryLayout.paddingLayout(LINE - 8), JAVA_LONG.withName("take"),
                  MemoryLayout.sequenceLayout(3, JAVA_INT.withName("i")).withName("cells"),
                  MemoryLayout.unionLayout(JAVA_INT.withName("number"), JAVA_BYTE.withName("flag")).withName("either"))
                  .withName("asked");
              public static final StructLayout COPY = LAYOUT;
              static final VarHandle PUT = LAYOUT.varHandle(PathElement.groupElement("put"));
              static final VarHandle TAKE = LAYOUT.varHandle(PathElement.groupElement("take"));
              private final MemorySegment at;
              Asked(MemorySegment at) { this.at = at; }
              void offer(long n) { PUT.setRelease(at, 0L, n); }
              void poll(long n) { TAKE.setRelease(at, 0L, n); }
            }
            """;

    private static final String CONSTANTS = """
            public class Constants {
              static final int LINE = Integer.getInteger("line", 64);
              static final int HEAD_OFFSET = 0, TAIL_OFFSET = LINE, LIMIT_OFFSET = 2 * LINE, LENGTH = 3 * LINE;
            }
            """;

    @TempDir
    Path directory;

    private final List<String> told = new ArrayList<>();

    private ClassSource source(CompiledProgram program, Path javaHome) {
        return source(program, javaHome, 60);
    }

    private ClassSource source(CompiledProgram program, Path javaHome, int seconds) {
        return ClassSource.open(
                "app",
                List.of(program.classes().toString()),
                VmMode.parse("17"),
                Optional.of(new CodeRun(javaHome, seconds, told::add)));
    }

    private static List<String> structs(LayoutSource source) {
        return source.entries().stream()
                .filter(entry -> entry.byteSize() >= 0)
                .map(entry -> entry.name() + " " + entry.byteSize())
                .toList();
    }

    private static Subject find(ClassSource source, String name) {
        return ((Lookup.Found) source.find(name)).subjects().get(0);
    }

    private static List<String> fields(StructLayout layout) {
        return layout.fields().stream()
                .map(field -> field.path() + "@" + field.byteOffset())
                .toList();
    }

    @Test
    void aLayoutIsWhatTheProgramComputes() {
        Optional<Path> jdk = ForeignJdk.home();
        assumeTrue(jdk.isPresent());
        CompiledProgram program = CompiledProgram.of(directory, ForeignStubs.libraries(directory.resolve("s")), ASKED);
        assertThat(structs(ClassSource.open("app", program.classes(), VmMode.parse("17"))))
                .isEmpty();

        ClassSource source = source(program, jdk.get());
        assertThat(structs(source)).as("COPY is the same layout").containsExactly("off.Asked.LAYOUT 88");
        Subject asked = find(source, "off.Asked.LAYOUT");
        assertThat(fields(asked.layout()))
                .containsExactly("put@0", "take@64", "cells@72", "either.number@84", "either.flag@84");
        assertThat(asked.layout().provenance().detail()).contains("computed by running the program's initialisers");
        assertThat(CodeInference.infer(asked.layout(), asked.code().orElseThrow())
                        .orElseThrow()
                        .uses())
                .as("handles of a layout that was computed")
                .extracting(use -> use.field().path())
                .contains("put", "take");
        assertThat(told).isEmpty();
    }

    @Test
    void constantsAreWhatTheProgramComputes() {
        CompiledProgram program = CompiledProgram.of(directory, List.of(), CONSTANTS);
        assertThat(structs(ClassSource.open("app", program.classes(), VmMode.parse("17"))))
                .isEmpty();

        ClassSource source = source(program, ForeignJdk.running());
        Subject constants = find(source, "Constants.offsets");
        assertThat(fields(constants.layout())).containsExactly("HEAD@0", "TAIL@64", "LIMIT@128");
        assertThat(constants.layout().byteSize()).isEqualTo(192);
        assertThat(constants.layout().provenance().detail())
                .contains("offset constants computed by running the program's initialisers");
        assertThat(told).isEmpty();
    }

    @Test
    void aClassFileInItsDirectoryIsRunToo() {
        CompiledProgram program = CompiledProgram.of(directory, List.of(), CONSTANTS);
        ClassSource source = ClassSource.open(
                "Constants.class",
                List.of(program.classes().resolve("Constants.class").toString()),
                VmMode.parse("17"),
                Optional.of(new CodeRun(ForeignJdk.running(), 60, told::add)));
        assertThat(find(source, "Constants.offsets").layout().byteSize()).isEqualTo(192);
    }

    @Test
    void nothingIsRunWhereAllIsKnown() {
        CompiledProgram program = CompiledProgram.of(
                directory, List.of(), "class Known { static final int A_OFFSET = 0, B_OFFSET = 64; }");
        assertThat(structs(source(program, directory.resolve("no-jdk")))).containsExactly("Known.offsets 72");
    }

    @Test
    void offsetsOfFieldsOfJavaObjectsAreNotAskedFor() {
        CompiledProgram program = CompiledProgram.of(
                directory,
                List.of(),
                "class Counter { static final long A_OFFSET = Access.fieldOffset(\"a\"), B_OFFSET ="
                        + " Access.fieldOffset(\"b\"); long a; long b; }",
                "class Access { static long fieldOffset(String name) { return System.nanoTime(); } }");
        assertThat(structs(source(program, directory.resolve("no-jdk")))).isEmpty();
    }

    @Test
    void aVmThatIsTooOldIsToldWithTheJdkThatIsNeeded() {
        assumeTrue(Runtime.version().feature() < 22);
        CompiledProgram program = CompiledProgram.of(directory, ForeignStubs.libraries(directory.resolve("s")), ASKED);
        assertThat(structs(source(program, ForeignJdk.running()))).isEmpty();
        assertThat(told)
                .containsExactly("the initialiser of off.Asked was not run: it needs JDK 22 or newer, and this is JDK "
                        + Runtime.version().feature() + "; --java-home names another one");
    }

    @Test
    void aDirectoryWithoutJavaIsRefused() {
        CompiledProgram program = CompiledProgram.of(directory, List.of(), CONSTANTS);
        ClassSource source = source(program, directory.resolve("no-jdk"));
        assertThatThrownBy(source::entries)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no-jdk: is no Java to run initialisers with: there is no ");
    }

    /** What each hostile class does beside declaring constants that must be computed. */
    private static String hostile(String name, String body) {
        return "class " + name + " { static final int A_OFFSET = Integer.getInteger(\"a\", 0), B_OFFSET;"
                + " static int n; static { try { " + body
                + " } catch (java.io.IOException | InterruptedException e) { throw new IllegalStateException(e); }"
                + " if (n == 77) { throw new IllegalStateException(\"n is 77\"); }"
                + " B_OFFSET = Integer.getInteger(\"b\", 64); }"
                + " static void io() throws java.io.IOException, InterruptedException { } }";
    }

    @Test
    void hostileInitialisersAreToldAndTheOthersGoOn() throws Exception {
        Path pid = directory.resolve("pid");
        String fork = "new ProcessBuilder(\"sh\", \"-c\", \"sleep 1000 & echo $! > " + pid + "\")"
                + ".start().waitFor(); io();";
        CompiledProgram program = CompiledProgram.of(
                directory,
                List.of(),
                hostile("A1", "io(); System.exit(3);"),
                hostile("A2", "io(); n = 77;"),
                hostile("A3", "io(); Runtime.getRuntime().halt(0);"),
                hostile("A4", "for (int i = 0; i < 20000; i++) { System.out.println(\"end 4\"); } io();"),
                hostile("A5", fork),
                hostile(
                        "A6",
                        "java.nio.file.Files.writeString(java.nio.file.Path.of(\"here\"), \"x\");"
                                + " n = System.in.read(); io();"),
                hostile("A7", "new Thread(() -> { while (true) { n = 5; } }).start(); io();"),
                CONSTANTS);
        ClassSource source = source(program, ForeignJdk.running());
        assertThat(structs(source))
                .containsExactly(
                        "A4.offsets 72", "A5.offsets 72", "A6.offsets 72", "A7.offsets 72", "Constants.offsets 192");
        assertThat(told)
                .containsExactly(
                        "the initialiser of A1 ended its VM with status 3",
                        "the initialiser of A2 threw java.lang.IllegalStateException: n is 77",
                        "the initialiser of A3 ended its VM with status 0",
                        "what the initialisers of app printed is left out: 120000 bytes",
                        "processes that the initialisers of app have started were ended: 1");
        assertThat(Files.exists(Path.of("here"))).as("not in our directory").isFalse();
        long id = Long.parseLong(Files.readString(pid).strip());
        Optional<ProcessHandle> sleep = ProcessHandle.of(id);
        if (sleep.isPresent()) { // it was ended, and is gone when its parent has noticed
            sleep.get().onExit().get(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void anInitialiserThatDoesNotEndIsEnded() {
        CompiledProgram program = CompiledProgram.of(
                directory, List.of(), hostile("A1", "io(); while (System.nanoTime() != 0) { n++; }"), CONSTANTS);
        assertThat(structs(source(program, ForeignJdk.running(), 6))).containsExactly("Constants.offsets 192");
        assertThat(told).containsExactly("the initialiser of A1 did not end within 6 s");
    }
}
