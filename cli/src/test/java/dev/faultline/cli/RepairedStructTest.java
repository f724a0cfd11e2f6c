package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.cli.measure.Bencher;
import dev.faultline.source.jvm.declared.CompiledProgram;
import dev.faultline.source.jvm.declared.ForeignStubs;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ring that a Java program declares off heap, unpadded: it is found, repaired by a suggestion, and the emitted
 * declaration, compiled in place of the old one, is clean, is measured and is guarded by a contract.
 */
@Tag("slow")
class RepairedStructTest {

    private static final String FOREIGN = """
            package off;
            import static java.lang.foreign.ValueLayout.*;
            import java.lang.foreign.*;
            import java.lang.foreign.MemoryLayout.PathElement;
            import java.lang.invoke.VarHandle;
            public final class FfmRing {
              // begin
              public static final StructLayout LAYOUT = MemoryLayout.structLayout(JAVA_LONG.withName("put"),
                  JAVA_LONG.withName("take"), JAVA_INT.withName("mask"), MemoryLayout.paddingLayout(4));
              // end
              static final VarHandle PUT = LAYOUT.varHandle(PathElement.groupElement("put"));
              static final VarHandle TAKE = LAYOUT.varHandle(PathElement.groupElement("take"));
              private final MemorySegment at;
              public FfmRing(Arena arena) { at = arena.allocate(LAYOUT); }
              public void offer(long n) { PUT.setRelease(at, 0L, n); }
              public void poll(long n) { TAKE.setRelease(at, 0L, n); }
            }
            """;

    private static final String CONSTANTS = """
            package off;
            import java.lang.invoke.*;
            import java.nio.*;
            public final class Ring {
              // begin
              public static final int PUT_OFFSET = 0;
              public static final int TAKE_OFFSET;
              static final int MASK_FIELD_OFFSET;
              static final int RING_LENGTH;
              static {
                int at = PUT_OFFSET;
                at += 8; TAKE_OFFSET = at;
                at += 8; MASK_FIELD_OFFSET = at;
                RING_LENGTH = MASK_FIELD_OFFSET + 8;
              }
              // end
              private static final VarHandle LONGS =
                  MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
              private final ByteBuffer at = ByteBuffer.allocateDirect(RING_LENGTH);
              public void offer(long n) { LONGS.setRelease(at, PUT_OFFSET, n); }
              public void poll(long n) { LONGS.setRelease(at, TAKE_OFFSET, n); }
              public int mask() { return at.getInt(MASK_FIELD_OFFSET); }
            }
            """;

    private static final Pattern DECLARATION = Pattern.compile("(?s)// begin\n.*// end\n");

    @TempDir
    private Path folder;

    private CompiledProgram compiled(String name, String text) {
        return CompiledProgram.of(folder.resolve(name), ForeignStubs.libraries(folder.resolve("library")), text);
    }

    private static Cli.Run run(int status, String... words) {
        Cli.Run run = Cli.run(words);
        assertThat(run.status()).as(run.err() + run.out()).isEqualTo(status);
        return run;
    }

    /** {@return the classes with the emitted declaration in place of the one that the source has} */
    private CompiledProgram repaired(String source, String struct, String put, String take) throws IOException {
        Path before = compiled("before", source).classes();
        assertThat(run(0, "inspect", before + "#" + struct).out())
                .contains("warning  WritersShareLine", put + " (written at", take + " (written at");
        Cli.Run emitted = run(0, "suggest", before + "#" + struct, "--emit", "java");
        assertThat(emitted.err()).contains("moved: " + take + " from byte 8 to 64");
        CompiledProgram repaired =
                compiled("after", DECLARATION.matcher(source).replaceFirst(Matcher.quoteReplacement(emitted.out())));
        Path after = repaired.classes();
        assertThat(run(0, "inspect", after + "#" + struct).out()).startsWith(struct + ": no findings\n");
        assertThat(run(0, "diff", before + "#" + struct, after + "#" + struct).out())
                .startsWith(struct + "  BETTER\n");
        assertThat(run(0, "diff", before.toString(), after.toString()).out())
                .contains("1 struct changed", struct + ": better", "1 better");
        guarded(struct, put, take, before, after);
        benched(before + "#" + struct, after + "#" + struct);
        return repaired;
    }

    private void guarded(String struct, String put, String take, Path before, Path after) throws IOException {
        Path contract = Files.writeString(folder.resolve("ring.contract.yaml"), """
                contract: the ends of the ring are apart
                structs:
                  %s:
                    promises:
                      - different-lines: [%s, %s]
                      - max-hazard: none
                """.formatted(struct, put, take));
        run(0, "check", contract.toString(), "--from", after.toString());
        assertThat(run(1, "check", contract.toString(), "--from", before.toString())
                        .out())
                .contains("2 of 2 promises broken", put + " (bytes 0..7) and " + take + " (bytes 8..15) share");
    }

    private static void benched(String before, String after) {
        String[] words = {"bench", before, after, "--placement", "aligned", "--forks", "1", "--time", "10"};
        Cli.Run run = Cli.benching(Bencher.here(), Map.of(), words);
        assertThat(run.status()).as(run.err()).isIn(0, 3); // 3 where other programs use the CPUs
        assertThat(run.out()).contains("layouts: ", "placed     off heap");
        Cli.Run candidate = Cli.benching(Benches::fake, Map.of(), "bench", before, "--candidate", "1");
        assertThat(candidate.status()).as(candidate.err()).isZero();
    }

    private String profile(String struct, Path classes) throws IOException {
        String skeleton = run(0, "profile", classes + "#" + struct).out();
        String rated = skeleton.replaceAll("(?m)^( +)role: (producer|consumer)$", "$0\n$1rate: 1M");
        return Files.writeString(folder.resolve("ring.yaml"), rated).toString();
    }

    private void played(String struct, Path before) throws IOException {
        assertThat(run(3, "simulate", before + "#" + struct).err()).contains("faultline profile");
        String profile = profile(struct, before);
        assertThat(run(0, "simulate", before + "#" + struct, "--profile", profile)
                        .out())
                .contains(struct, "producer: ");
        assertThat(run(0, "inspect", before + "#" + struct, "--profile", profile)
                        .out())
                .contains("false sharing");
    }

    @Test
    void layoutsOfForeignMemory() throws Exception {
        CompiledProgram repaired = repaired(FOREIGN, "off.FfmRing.LAYOUT", "put", "take");
        if (ForeignStubs.isOfJdk()) {
            try (URLClassLoader loader = repaired.loader()) {
                Field layout = loader.loadClass("off.FfmRing").getField("LAYOUT");
                assertThat(layout.get(null)).hasToString("[j8(put)i4(mask)x52j8(take)]");
            }
        }
        played("off.FfmRing.LAYOUT", folder.resolve("before/classes"));
    }

    @Test
    void offsetConstants() throws Exception {
        CompiledProgram repaired = repaired(CONSTANTS, "off.Ring.offsets", "PUT", "TAKE");
        try (URLClassLoader loader = repaired.loader()) {
            Class<?> ring = loader.loadClass("off.Ring");
            for (Map.Entry<String, Integer> each : List.of(
                    Map.entry("PUT_OFFSET", 0),
                    Map.entry("MASK_FIELD_OFFSET", 8),
                    Map.entry("TAKE_OFFSET", 64),
                    Map.entry("RING_LENGTH", 72))) {
                Field field = ring.getDeclaredField(each.getKey());
                field.setAccessible(true);
                assertThat(field.get(null)).as(each.getKey()).isEqualTo(each.getValue());
            }
        }
        played("off.Ring.offsets", folder.resolve("before/classes"));
    }
}
