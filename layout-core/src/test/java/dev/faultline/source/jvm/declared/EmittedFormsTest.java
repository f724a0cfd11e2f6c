package dev.faultline.source.jvm.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.emit.EmittedDeclaration;
import dev.faultline.layout.emit.ForeignLayoutForm;
import dev.faultline.layout.emit.OffsetConstantsForm;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Structs that Java declares, written back in their own form, are the same structs when they are compiled again. */
class EmittedFormsTest {

    private static final String HEAD = """
            package off;
            import static java.lang.foreign.ValueLayout.*;
            import java.lang.foreign.*;
            """;

    private static final String HARD = HEAD + """
            public class Hard {
              static final StructLayout CELL = MemoryLayout.structLayout(JAVA_INT.withName("a"), JAVA_SHORT.withName("b"),
                  MemoryLayout.paddingLayout(2));
              public static final GroupLayout NESTED = MemoryLayout.structLayout(
                  MemoryLayout.sequenceLayout(4, CELL).withName("cells"),
                  MemoryLayout.unionLayout(JAVA_INT.withName("number"), ADDRESS.withName("pointer")).withName("either"),
                  JAVA_BYTE, JAVA_BOOLEAN.withName("set"), JAVA_CHAR.withName("letter"), JAVA_FLOAT.withName("ratio"),
                  MemoryLayout.sequenceLayout(2, MemoryLayout.sequenceLayout(3, JAVA_DOUBLE)).withName("grid"),
                  CELL.withName("last").withByteAlignment(16)).withName("hard");
              static final MemoryLayout PACKED = MemoryLayout.structLayout(JAVA_BYTE.withName("b"),
                  JAVA_LONG_UNALIGNED.withName("l"), JAVA_INT.withByteAlignment(1).withName("i"),
                  JAVA_LONG_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN).withName("big"), JAVA_BYTE);
              protected static final UnionLayout EITHER = MemoryLayout.unionLayout(
                  JAVA_INT.withName("number"), ADDRESS.withName("pointer"), MemoryLayout.paddingLayout(24));
              private static final StructLayout ALIGNED = MemoryLayout.structLayout(JAVA_LONG.withName("put"),
                  MemoryLayout.paddingLayout(56), JAVA_LONG.withName("take"),
                  MemoryLayout.paddingLayout(56)).withByteAlignment(64);
            }
            """;

    private static final String CONSTANTS = """
            package off;
            public interface Slots {
              int HEADER_LENGTH = 16, FIRST_OFFSET = HEADER_LENGTH, SECOND_OFFSET = FIRST_OFFSET + 8;
              long thirdOffset = SECOND_OFFSET + 64;
              long SLOT_LENGTH = 128L;
            }
            """;

    private static final String FLY = """
            package off;
            public class Fly {
              private final java.nio.ByteBuffer at;
              Fly(java.nio.ByteBuffer at) { this.at = at; }
              void setSlotCount(int id) { at.putInt(0, id); }
              void putSequence(long s) { at.putLong(8, s); }
            }
            """;

    @TempDir
    Path directory;

    private Subject find(String name, String source, String where) {
        CompiledProgram program = CompiledProgram.of(
                directory.resolve(where), ForeignStubs.libraries(directory.resolve("library")), source);
        Lookup found = ClassSource.open("program", program.classes(), VmMode.parse("25"))
                .find(name);
        assertThat(found).as(String.valueOf(found)).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) found).subjects().get(0);
    }

    private static EmittedDeclaration emit(Subject subject, long byteAlignment) {
        return subject.form().orElseThrow().declare(subject.layout(), subject.layout(), byteAlignment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NESTED", "PACKED", "EITHER", "ALIGNED"})
    void layoutsAreTheSameWhenTheyAreCompiledAgain(String constant) {
        String name = "off.Hard." + constant;
        Subject before = find(name, HARD, "before");
        String text = emit(before, before.placement().baseAlignment()).text();
        Subject after = find(name, HEAD + "public class Hard {\n" + text + "}\n", "after");
        assertThat(after.layout().members()).isEqualTo(before.layout().members());
        assertThat(after.layout().byteSize()).isEqualTo(before.layout().byteSize());
        assertThat(after.layout().byteAlignment()).isEqualTo(before.layout().byteAlignment());
        assertThat(emit(after, before.placement().baseAlignment()).text())
                .as("the other order of bytes, and members without names")
                .isEqualTo(text);
        assertThat(text)
                .contains(HARD.lines()
                        .filter(line -> line.contains(" " + constant + " ="))
                        .map(line -> line.strip().replaceFirst(" = .*", " = "))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void whatNeedsAlignmentAsksForIt() {
        Subject before = find("off.Hard.PACKED", HARD, "before");
        EmittedDeclaration emitted = emit(before, 64);
        assertThat(emitted.notes()).anySatisfy(note -> assertThat(note).contains("arena.allocate(size, 64)"));
        String text = emitted.text().replace("MemoryLayout PACKED", "StructLayout PACKED");
        Subject after = find("off.Hard.PACKED", HEAD + "class Hard {\n" + text + "}\n", "after");
        assertThat(after.placement().baseAlignment()).isEqualTo(64);
        assertThat(after.layout().byteSize())
                .as("elements of an array start on lines too")
                .isEqualTo(64);
        assertThat(after.layout().members()).isEqualTo(before.layout().members());
    }

    @Test
    void structsOfCAreLayoutsToo() {
        StructLayout layout = NotationReader.read("s.c", "struct s { char c[3]; void *p; unsigned short h[2][2]; };")
                .get(0);
        String text = ForeignLayoutForm.of(layout).declare(layout, layout, 8).text();
        Subject made = find("off.Made.LAYOUT", HEAD + "class Made {\n" + text + "}\n", "made");
        assertThat(made.layout().byteSize()).isEqualTo(24);
        assertThat(made.layout().fields())
                .extracting(field -> field.path() + " " + field.type().spelling() + " @" + field.byteOffset())
                .containsExactly("c byte[3] @0", "p address @8", "h short[2][2] @16");
        StructLayout bits =
                NotationReader.read("s.c", "struct b { int a:3; int b:4; };").get(0);
        assertThatThrownBy(() -> ForeignLayoutForm.of(bits).declare(bits, bits, 4))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no bit-fields");
    }

    @Test
    void constantsKeepTheirNamesAndTypes() {
        Subject before = find("off.Slots.offsets", CONSTANTS, "before");
        EmittedDeclaration emitted = emit(before, 8);
        assertThat(emitted.text()).isEqualTo("""
                public static final int FIRST_OFFSET = 16;
                public static final int SECOND_OFFSET = 24;
                public static final long thirdOffset = 88;
                public static final long SLOT_LENGTH = 128;
                """);
        assertThat(emitted.notes())
                .anySatisfy(note -> assertThat(note).contains("no constant names today's bytes 32 to 87"))
                .as("nothing has changed")
                .noneSatisfy(note -> assertThat(note).contains("javac copies constants"));
        Subject after = find("off.Slots.offsets", "package off; interface Slots {\n" + emitted.text() + "}", "after");
        assertThat(after.layout().members()).isEqualTo(before.layout().members());
        assertThat(emit(before, 64).notes())
                .anySatisfy(note -> assertThat(note).contains("arena.allocate(128, 64)", "alignedSlice(64)"))
                .anySatisfy(note -> assertThat(note).contains("javac copies constants"));
    }

    @Test
    void accessorsGetConstants() {
        EmittedDeclaration emitted = emit(find("off.Fly.at", FLY, "before"), 8);
        assertThat(emitted.text()).isEqualTo("""
                public static final int SLOT_COUNT_OFFSET = 0;
                public static final int SEQUENCE_OFFSET = 8;
                public static final int LENGTH = 16;
                """);
        assertThat(emitted.notes())
                .anySatisfy(note -> assertThat(note).contains("putSequence, setSlotCount of off.Fly"));
    }

    @Test
    void namesThatOnlyClassFilesCanHaveAreRefused() {
        StructLayout layout =
                NotationReader.read("s.c", "struct s { long a; long b; };").get(0);
        String name = "A\n\u001b[31m = 1; static { System.exit(0); } //_OFFSET";
        assertThatThrownBy(() -> new OffsetConstantsForm(
                                List.of(new OffsetConstantsForm.Constant("a", "static final int", name)),
                                Optional.empty(),
                                List.of())
                        .declare(layout, layout, 8))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot have the name")
                .hasMessageNotContainingAny("\n", "\u001b");
        assertThatThrownBy(() -> new ForeignLayoutForm("static final StructLayout", name, "", Set.of(), Set.of())
                        .declare(layout, layout, 8))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot have the name");
    }

    @Test
    void constantsThatNoIntHoldsAreRefused() {
        StructLayout layout = NotationReader.read("s.c", "struct s { char a[2147483647]; char b[9]; char c; };")
                .get(0);
        assertThatThrownBy(() -> OffsetConstantsForm.of(layout, List.of()).declare(layout, layout, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("larger than an int");
    }
}
