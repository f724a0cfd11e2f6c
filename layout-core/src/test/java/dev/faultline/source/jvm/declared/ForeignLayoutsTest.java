package dev.faultline.source.jvm.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Layouts of {@code java.lang.foreign} are read from the bytecode of static initialisers, on every JDK; where the JDK
 * has the library, they are equal to what it makes and to where values land in memory.
 */
class ForeignLayoutsTest {

    private static final String RING = """
            package off;
            import static java.lang.foreign.ValueLayout.*;
            import java.lang.foreign.*;
            import java.lang.foreign.MemoryLayout.PathElement;
            import java.lang.invoke.VarHandle;
            public final class FfmRing {
              public static final StructLayout LAYOUT = MemoryLayout.structLayout(JAVA_LONG.withName("put"),
                  JAVA_LONG.withName("take"), JAVA_INT.withName("mask"), MemoryLayout.paddingLayout(4));
              static final VarHandle PUT = LAYOUT.varHandle(PathElement.groupElement("put"));
              static final VarHandle TAKE = LAYOUT.varHandle(PathElement.groupElement("take"));
              static final long MASK_AT = LAYOUT.byteOffset(PathElement.groupElement("mask"));
              private final MemorySegment at;
              public FfmRing(Arena arena) { at = arena.allocate(LAYOUT); }
              public void offered(long n) { PUT.setRelease(at, 0L, n); }
              public void taken(long n) { TAKE.setRelease(at, 0L, n); }
              public int mask() { return at.get(JAVA_INT, MASK_AT); }
              public static String landed() {
                FfmRing ring = new FfmRing(Arena.global());
                ring.offered(0x1111); ring.taken(0x2222); ring.at.set(JAVA_INT, MASK_AT, 0x3333);
                String found = "";
                for (long i = 0; i < LAYOUT.byteSize(); i += 4) {
                  int value = ring.at.get(JAVA_INT, i);
                  found += value == 0 ? "" : Integer.toHexString(value) + "@" + i + " ";
                }
                return found;
              }
            }
            """;

    private static final String PADDED = """
            package off;
            import static java.lang.foreign.ValueLayout.*;
            import java.lang.foreign.*;
            import java.lang.foreign.MemoryLayout.PathElement;
            import java.lang.invoke.VarHandle;
            public final class Padded {
              private static final MemoryLayout PAD = MemoryLayout.paddingLayout(128 - JAVA_LONG.byteSize());
              public static final GroupLayout LAYOUT = MemoryLayout.structLayout(
                  JAVA_LONG.withName("put"), PAD, JAVA_LONG.withName("take"), PAD).withName("ring");
              static final VarHandle PUT = LAYOUT.varHandle(PathElement.groupElement("put"));
              static final VarHandle TAKE = LAYOUT.varHandle(PathElement.groupElement("take"));
              public static final UnionLayout EITHER = MemoryLayout.unionLayout(
                  JAVA_INT.withName("number"), ADDRESS.withName("pointer"));
              public static final StructLayout ALL = MemoryLayout.structLayout(
                  MemoryLayout.sequenceLayout(4, MemoryLayout.structLayout(JAVA_INT.withName("a"),
                      JAVA_INT.withName("b"))).withName("cells"),
                  LAYOUT.withName("ring"), JAVA_SHORT.withName("s"), JAVA_INT_UNALIGNED.withName("i"),
                  JAVA_BYTE, EITHER.withByteAlignment(16).withName("either").byteSize() == 8
                      ? JAVA_BYTE.withName("yes") : JAVA_BYTE.withName("no"),
                  JAVA_LONG_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN).withName("big"));
              private final MemorySegment at;
              Padded(MemorySegment at) { this.at = at; }
              void put(long n) { PUT.setRelease(at, 0L, n); }
              void take(long n) { TAKE.setRelease(at, 0L, n); }
            }
            """;

    /** The shapes that jextract of JDK 22 and later writes, and those of the versions before it. */
    private static final String EXTRACTED = """
            package off;
            import java.lang.foreign.*;
            import java.lang.foreign.MemoryLayout.PathElement;
            public class Extracted {
              Extracted() { }
              private static final GroupLayout $LAYOUT = MemoryLayout.structLayout(
                  Header.C_INT.withName("head"), MemoryLayout.paddingLayout(4), Header.C_LONG.withName("tail"),
                  Header.align(Header.C_LONG, 4).withName("packed")).withName("extracted");
              public static final GroupLayout layout() { return $LAYOUT; }
              private static final ValueLayout.OfInt head$LAYOUT =
                  (ValueLayout.OfInt) $LAYOUT.select(PathElement.groupElement("head"));
              private static final long head$OFFSET = $LAYOUT.byteOffset(PathElement.groupElement("head"));
              public static int head(MemorySegment struct) { return struct.get(head$LAYOUT, head$OFFSET); }
              public static void head(MemorySegment s, int value) { s.set(head$LAYOUT, head$OFFSET, value); }
              private static final ValueLayout.OfLong tail$LAYOUT =
                  (ValueLayout.OfLong) layout().select(PathElement.groupElement("tail"));
              private static final long tail$OFFSET = 8;
              public static final long tail$offset() { return tail$OFFSET; }
              public static void tail(MemorySegment s, long value) { s.set(tail$LAYOUT, tail$OFFSET, value); }
            }
            """;

    private static final String HEADER = """
            package off;
            import java.lang.foreign.*;
            public class Header {
              public static final ValueLayout.OfInt C_INT = ValueLayout.JAVA_INT;
              public static final ValueLayout.OfLong C_LONG = ValueLayout.JAVA_LONG;
              static MemoryLayout align(MemoryLayout layout, long align) {
                if (layout instanceof PaddingLayout p) { return p; }
                if (layout instanceof ValueLayout v) { return v.withByteAlignment(align); }
                throw new IllegalArgumentException();
              }
            }
            """;

    private static final String REFUSED = """
            package off;
            import static java.lang.foreign.ValueLayout.*;
            import java.lang.foreign.*;
            public final class Refused {
              static final StructLayout LAYOUT = MemoryLayout.structLayout(JAVA_INT.withName("a"),
                  JAVA_LONG.withName("b"));
              private MemorySegment at;
            }
            """;

    @TempDir
    Path directory;

    private CompiledProgram program() {
        return CompiledProgram.of(
                directory,
                ForeignStubs.libraries(directory.resolve("library")),
                RING,
                PADDED,
                EXTRACTED,
                HEADER,
                REFUSED);
    }

    private static ClassSource source(CompiledProgram program) {
        return ClassSource.open("program", program.classes(), VmMode.parse("25"));
    }

    private static Subject find(ClassSource source, String name) {
        Lookup found = source.find(name);
        assertThat(found).as(String.valueOf(found)).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) found).subjects().get(0);
    }

    private static Map<String, Long> offsets(StructLayout layout) {
        Map<String, Long> offsets = new LinkedHashMap<>();
        for (Slot.Field field : layout.fields()) {
            offsets.put(field.path(), field.byteOffset());
        }
        return offsets;
    }

    @Test
    void layoutsAreThoseOfTheLibrary() throws Exception {
        CompiledProgram program = program();
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("FfmRing.LAYOUT", "[j8(put)j8(take)i4(mask)x4]");
        texts.put("Padded.LAYOUT", "[j8(put)x120j8(take)x120](ring)");
        texts.put("Padded.EITHER", "[i4(number)|a8(pointer)]");
        texts.put(
                "Padded.ALL", "[[4:[i4(a)i4(b)]](cells)[j8(put)x120j8(take)x120](ring)s2(s)1%i4(i)b1b1(yes)1%J8(big)]");
        texts.put("Extracted.$LAYOUT", "[i4(head)x4j8(tail)4%j8(packed)](extracted)");
        StaticEvaluator evaluator = program.evaluator();
        for (Map.Entry<String, String> each : texts.entrySet()) {
            String[] name = each.getKey().split("\\.");
            StaticValue value = evaluator.values("off/" + name[0]).get(name[1]);
            assertThat(value).as(each.getKey()).isInstanceOf(StaticValue.Layout.class);
            assertThat(((StaticValue.Layout) value).value().text()).isEqualTo(each.getValue());
        }
        if (ForeignStubs.isOfJdk()) {
            try (URLClassLoader loader = program.loader()) {
                for (Map.Entry<String, String> each : texts.entrySet()) {
                    String[] name = each.getKey().split("\\.");
                    Field field = loader.loadClass("off." + name[0]).getDeclaredField(name[1]);
                    field.setAccessible(true);
                    assertThat(field.get(null)).hasToString(each.getValue());
                }
            }
        }
    }

    @Test
    void offsetsAreWhereValuesLand() throws Exception {
        CompiledProgram program = program();
        Subject ring = find(source(program), "off.FfmRing.LAYOUT");
        assertThat(offsets(ring.layout()))
                .containsExactly(Map.entry("put", 0L), Map.entry("take", 8L), Map.entry("mask", 16L));
        assertThat(ring.layout().byteSize()).isEqualTo(24);
        assertThat(ring.placement().baseAlignment()).isEqualTo(8);
        assertThat(ring.layout().provenance().describe()).contains("layout of java.lang.foreign");
        if (ForeignStubs.isOfJdk()) {
            try (URLClassLoader loader = program.loader()) {
                Method landed = loader.loadClass("off.FfmRing").getMethod("landed");
                assertThat(landed.invoke(null)).isEqualTo("1111@0 2222@8 3333@16 ");
            }
        }
    }

    @Test
    void structsAreEntriesAndSubjectsAndSuggestions() {
        ClassSource source = source(program());
        assertThat(source.entries())
                .extracting(entry -> entry.name())
                .containsSubsequence(
                        "off.FfmRing",
                        "off.Extracted.$LAYOUT",
                        "off.FfmRing.LAYOUT",
                        "off.Padded.LAYOUT",
                        "off.Padded.EITHER",
                        "off.Padded.ALL");
        assertThat(source.inventory(entry -> entry.name().endsWith(".EITHER")).subjects())
                .singleElement()
                .satisfies(union -> assertThat(union.layout().spelling()).isEqualTo("union off.Padded.EITHER"));
        assertThat(find(source, "FfmRing.LAYOUT").layout().name()).isEqualTo("off.FfmRing.LAYOUT");
        assertThat(((Lookup.Missing) source.find("off.FfmRing.LAYUOT")).reason())
                .contains("off.FfmRing.LAYOUT");
    }

    @Test
    void accessesThroughHandlesAndAtOffsetsAreOperations() {
        ClassSource source = source(program());
        assertThat(EffectLines.of(find(source, "off.FfmRing.LAYOUT")))
                .containsExactlyInAnyOrder(
                        "FfmRing.offered producer WRITE ORDERED put :14",
                        "FfmRing.taken consumer WRITE ORDERED take :15",
                        "FfmRing.mask unknown READ PLAIN mask :16",
                        "FfmRing.landed unknown WRITE PLAIN mask :19");
        assertThat(EffectLines.of(find(source, "off.Extracted.$LAYOUT")))
                .containsExactlyInAnyOrder(
                        "Extracted.head(MemorySegment) unknown READ PLAIN head :13",
                        "Extracted.head(MemorySegment, int) unknown WRITE PLAIN head :14",
                        "Extracted.tail unknown WRITE PLAIN tail :19");
    }

    @Test
    void whatTheLibraryRefusesIsNoStruct() {
        CompiledProgram program = program();
        assertThat(program.evaluator().note("off/Refused"))
                .isEqualTo("java.lang.foreign refuses member j8(b) at offset 4 is not aligned to 8 bytes");
        Subject holder = find(source(program), "off.Refused");
        assertThat(holder.code().orElseThrow().unseen())
                .anySatisfy(words -> assertThat(words).contains("at (MemorySegment)"))
                .anySatisfy(words -> assertThat(words).contains("LAYOUT").contains("is not aligned to 8 bytes"));
    }

    @Test
    void eachLayoutThatIsNotKnownSaysSoByItsName() {
        CompiledProgram program =
                CompiledProgram.of(directory.resolve("tuned"), ForeignStubs.libraries(directory.resolve("stubs")), """
                package off;
                import java.lang.foreign.*;
                class Tuned {
                  static final StructLayout ONE = MemoryLayout.structLayout(
                      MemoryLayout.paddingLayout(Integer.getInteger("one")), ValueLayout.JAVA_LONG.withName("a"));
                  static final StructLayout OTHER = MemoryLayout.structLayout(
                      MemoryLayout.paddingLayout(Integer.getInteger("two")), ValueLayout.JAVA_LONG.withName("a"));
                }
                """);
        for (String name : List.of("ONE", "OTHER")) {
            assertThat(source(program).find("off.Tuned." + name))
                    .isInstanceOfSatisfying(
                            Lookup.Missing.class,
                            missing -> assertThat(missing.reason())
                                    .startsWith("no struct off.Tuned." + name)
                                    .contains(
                                            "ONE is not known from its static initialiser",
                                            "OTHER is not known either"));
        }
    }

    @Test
    void holdersNameTheStructsThatAreFound() {
        Subject holder = find(source(program()), "off.FfmRing");
        assertThat(holder.code().orElseThrow().unseen())
                .anySatisfy(words -> assertThat(words).contains("off.FfmRing.LAYOUT"));
    }
}
