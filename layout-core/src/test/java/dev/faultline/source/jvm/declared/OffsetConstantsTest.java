package dev.faultline.source.jvm.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Certainty;
import dev.faultline.access.code.CodeInference;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Structs that classes declare by constants or use by offset are laid out as values land when the classes run. */
class OffsetConstantsTest {

    private static final String RING = """
            import java.lang.invoke.MethodHandles;
            import java.lang.invoke.VarHandle;
            import java.nio.*;
            public final class Ring {
              static final int SIZE_OF_LONG = 8;
              static final int HEADER_LENGTH = 16;
              public static final int PUT_OFFSET = HEADER_LENGTH;
              public static final int TAKE_OFFSET;
              static final int MASK_FIELD_OFFSET;
              static final int RING_LENGTH;
              static {
                int at = PUT_OFFSET;
                at += SIZE_OF_LONG; TAKE_OFFSET = at;
                at += SIZE_OF_LONG; MASK_FIELD_OFFSET = at;
                RING_LENGTH = align(MASK_FIELD_OFFSET + 4, 16);
              }
              static int align(int value, int to) { return (value + to - 1) & -to; }
              private static final VarHandle LONGS =
                  MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
              private final ByteBuffer buffer;
              private final int takeAt;
              public Ring(ByteBuffer buffer) { this.buffer = buffer; takeAt = TAKE_OFFSET; }
              public void offer(long n) { LONGS.setRelease(buffer, 16, n); }
              public void poll(long n) { LONGS.setRelease(buffer, takeAt, n); }
              public void mask(int n) { buffer.putInt(MASK_FIELD_OFFSET, n); }
            }
            """;

    private static final String FLY = """
            import java.nio.*;
            public class Fly {
              private final ByteBuffer at;
              public Fly(ByteBuffer at) { this.at = at; }
              public int getId() { return at.getInt(0); }
              public void setId(int id) { at.putInt(0, id); }
              public long sequence() { return at.getLong(8); }
              public void putSequence(long s) { at.putLong(8, s); }
              public void flag(byte b) { at.put(4, b); }
              public long total() { return at.getLong(8) + at.getInt(0); }
            }
            """;

    private static final String ADDRESS = """
            final class Cursors {
              private static final sun.misc.Unsafe UNSAFE = unsafe();
              private final long address;
              Cursors(long address) { this.address = address; }
              void put(long v) { UNSAFE.putOrderedLong(null, address + 8, v); }
              boolean take(long v) {
                long seen;
                do { seen = UNSAFE.getLongVolatile(null, address + 24); }
                while (!UNSAFE.compareAndSwapLong(null, address + 24, seen, v));
                return true;
              }
              void first(long v) { UNSAFE.putLong(address, v); }
              static sun.misc.Unsafe unsafe() { return null; }
            }
            """;

    private static final String PADDED = """
            import java.nio.*;
            final class Padded {
              static final int padding0_OFFSET = 0, PUT_OFFSET = 128, padding1_OFFSET = 136, TAKE_OFFSET = 256;
              static final int LENGTH = 384;
              private final ByteBuffer at;
              Padded(ByteBuffer at) { this.at = at; }
              void put(long n) { Views.LONGS.setRelease(at, PUT_OFFSET, n); }
              void take(long n) { Views.LONGS.setRelease(at, TAKE_OFFSET, n); }
            }
            class Views {
              static final java.lang.invoke.VarHandle LONGS =
                  java.lang.invoke.MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
            }
            """;

    private static final String RESTARTED = """
            interface Two {
              int TYPE_OFFSET = 0, KEY_OFFSET = 8, LABEL_OFFSET = 128;
              int VALUE_OFFSET = 0, OWNER_OFFSET = 8;
            }
            """;

    /** Offsets of which no struct can be made: one alone, and one that is negative. */
    private static final String NONE = """
            class None { static final int ONLY_OFFSET = 8; }
            class Negative { static final int A_OFFSET = -1, B_OFFSET = 4; }
            class Parser {
              private final java.nio.ByteBuffer in;
              Parser(java.nio.ByteBuffer in) { this.in = in; }
              long parse() { in.putInt(0, 1); return in.getInt(0) + in.getLong(4) + in.getInt(12); }
              int header() { return in.getInt(0) + in.getInt(4); }
            }
            """;

    @TempDir
    Path directory;

    private CompiledProgram compiled(String... sources) {
        return CompiledProgram.of(directory, List.of(), sources);
    }

    private static ClassSource source(CompiledProgram program) {
        return ClassSource.open("program", program.classes(), VmMode.parse("17"));
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
    void constantsAreWhereValuesLand() throws Exception {
        CompiledProgram program = compiled(RING);
        Subject ring = find(source(program), "Ring.offsets");
        ByteBuffer buffer = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());
        try (URLClassLoader loader = program.loader()) {
            Class<?> type = loader.loadClass("Ring");
            Object object = type.getConstructor(ByteBuffer.class).newInstance(buffer);
            type.getMethod("offer", long.class).invoke(object, 0x1111L);
            type.getMethod("poll", long.class).invoke(object, 0x2222L);
            type.getMethod("mask", int.class).invoke(object, 0x3333);
        }
        assertThat(offsets(ring.layout()))
                .isEqualTo(landed(buffer, Map.of(0x1111, "PUT", 0x2222, "TAKE", 0x3333, "MASK")));
        assertThat(ring.layout().byteSize()).isEqualTo(48);
        assertThat(ring.layout().provenance().describe())
                .endsWith("offset constants, sizes of fields by accesses; size by RING_LENGTH");
        assertThat(EffectLines.of(ring))
                .containsExactlyInAnyOrder(
                        "Ring.offer producer WRITE ORDERED PUT :23",
                        "Ring.poll consumer WRITE ORDERED TAKE :24",
                        "Ring.mask unknown WRITE PLAIN MASK :25");
    }

    /** {@return for each name the offset of its value in a buffer} */
    private static Map<String, Long> landed(ByteBuffer buffer, Map<Integer, String> values) {
        Map<String, Long> landed = new LinkedHashMap<>();
        for (int i = 0; i < buffer.capacity(); i += 4) {
            if (values.containsKey(buffer.getInt(i))) {
                landed.put(values.get(buffer.getInt(i)), (long) i);
            }
        }
        return landed;
    }

    @Test
    void twoEndsOnOneLineAreFound() {
        Subject ring = find(source(compiled(RING)), "Ring.offsets");
        assertThat(CodeInference.infer(ring.layout(), ring.code().orElseThrow()).orElseThrow())
                .satisfies(access -> assertThat(access.certainty()).isEqualTo(Certainty.FROM_CODE))
                .satisfies(access -> assertThat(access.uses())
                        .extracting(use -> use.role().name() + " " + use.field().path())
                        .contains("producer PUT", "consumer TAKE"));
    }

    @Test
    void accessorsNameFieldsWhereNoConstantDoes() throws Exception {
        CompiledProgram program = compiled(FLY);
        Subject fly = find(source(program), "Fly.at");
        ByteBuffer buffer = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
        try (URLClassLoader loader = program.loader()) {
            Class<?> type = loader.loadClass("Fly");
            Object object = type.getConstructor(ByteBuffer.class).newInstance(buffer);
            type.getMethod("setId", int.class).invoke(object, 0x1111);
            type.getMethod("putSequence", long.class).invoke(object, 0x2222L);
            type.getMethod("flag", byte.class).invoke(object, (byte) 0x33);
        }
        assertThat(offsets(fly.layout()))
                .isEqualTo(landed(buffer, Map.of(0x1111, "id", 0x33, "flag", 0x2222, "sequence")));
        assertThat(fly.layout().provenance().describe()).contains("offsets in the code of its accessors");
    }

    @Test
    void addressesOfUnsafeAreStructs() {
        Subject cursors = find(source(compiled(ADDRESS)), "Cursors.address");
        assertThat(offsets(cursors.layout()))
                .containsExactly(Map.entry("first", 0L), Map.entry("put", 8L), Map.entry("take", 24L));
        assertThat(EffectLines.of(cursors))
                .contains(
                        "Cursors.put producer WRITE ORDERED put :5",
                        "Cursors.take consumers CAS_LOOP VOLATILE take :9");
        assertThat(find(source(compiled(ADDRESS)), "Cursors")
                        .code()
                        .orElseThrow()
                        .unseen())
                .anySatisfy(words -> assertThat(words).contains("of which only Cursors.address is known"));
    }

    @Test
    void whatIsPaddedStaysApart() {
        Subject padded = find(source(compiled(PADDED)), "Padded.offsets");
        assertThat(padded.layout().byteSize()).isEqualTo(384);
        assertThat(padded.layout().fields())
                .filteredOn(Slot.Field::isPadding)
                .extracting(Slot.Field::path)
                .containsExactly("padding0", "padding1");
        assertThat(padded.layout().unusedBytes()).isZero();
    }

    @Test
    void offsetsThatStartAgainAreAnotherStruct() {
        ClassSource source = source(compiled(RESTARTED));
        assertThat(offsets(find(source, "Two.offsets").layout()).keySet()).containsExactly("TYPE", "KEY", "LABEL");
        assertThat(offsets(find(source, "Two.offsets2").layout()).keySet()).containsExactly("VALUE", "OWNER");
    }

    @Test
    void whatIsNoStructIsNone() {
        assertThat(source(compiled(NONE)).entries())
                .extracting(entry -> entry.name())
                .containsExactlyInAnyOrder("None", "Negative", "Parser");
    }
}
