package dev.faultline.layout.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.Member;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.notation.NotationSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;

/** What JOL and HotSpot print about objects, in the forms in which people paste it. */
class ObjectTextReaderTest {

    private static final String NEW = """
            # Running 64-bit HotSpot VM.
            # Objects are 8 bytes aligned.
            demo.Ring object internals:
            OFF  SZ                 TYPE DESCRIPTION               VALUE
              0   8                      (object header: mark)     0x0000000000000001 (non-biasable; age: 0)
              8   4                      (object header: class)    0x00c0de10
             12   4                  int Ring.mask                 7
             16   1              boolean Ring.closed               false
             17   7                      (alignment/padding gap)
             24   8                 long Ring.head                 0
             32   4   java.lang.Object[] Ring.slots                [(object), (object)]
             36   4                      (object alignment gap)
            Instance size: 40 bytes
            Space losses: 7 bytes internal + 4 bytes external = 11 bytes total
            """;

    private static final String OLD = """
            > java.lang.Integer object internals:
            >  OFFSET  SIZE   TYPE DESCRIPTION                               VALUE
            >       0     4        (object header)                           01 00 00 00 (00000001 00000000) (1)
            >       4     4        (object header)                           00 00 00 00 (00000000 00000000) (0)
            >       8     4        (object header)                           67 22 00 f8 (01100111 00100010) (-134208921)
            >      12     4    int Integer.value                             42
            > Instance size: 16 bytes
            > Space losses: 0 bytes internal + 0 bytes external = 0 bytes total
            >
            > java.lang.Object object internals:
            >  OFFSET  SIZE   TYPE DESCRIPTION                               VALUE
            >       0    12        (object header)                           N/A
            >      12     4        (loss due to the next object alignment)
            > Instance size: 16 bytes (estimated, the sample instance is not available)
            """;

    private static StructLayout one(String text) {
        List<StructLayout> layouts = ObjectTextReader.read("issue", text);
        assertThat(layouts).hasSize(1);
        return layouts.get(0);
    }

    private static Map<String, Long> offsets(StructLayout layout) {
        return layout.members().stream().collect(Collectors.toMap(Member::name, Member::byteOffset));
    }

    @Test
    void new_text_gives_header_fields_gaps_and_size() {
        StructLayout ring = one(NEW);

        assertThat(ring.name()).isEqualTo("demo.Ring");
        assertThat(ring.kind()).isEqualTo(AggregateKind.CLASS);
        assertThat(ring.byteSize()).isEqualTo(40);
        assertThat(ring.byteAlignment()).isEqualTo(8);
        assertThat(offsets(ring))
                .isEqualTo(Map.of(
                        "(header: mark)",
                        0L,
                        "(header: class)",
                        8L,
                        "mask",
                        12L,
                        "closed",
                        16L,
                        "head",
                        24L,
                        "slots",
                        32L));
        assertThat(ring.slots().stream()
                        .filter(slot -> !(slot instanceof Slot.Field))
                        .mapToLong(Slot::byteSize)
                        .sum())
                .isEqualTo(11);
        assertThat(ring.members().get(5).type().spelling()).isEqualTo("Object[]");
        assertThat(ring.provenance().describe()).isEqualTo("issue:3, printed by JOL");
    }

    @Test
    void old_text_quoted_in_a_mail_gives_each_of_its_objects() {
        List<StructLayout> layouts = ObjectTextReader.read("mail", OLD);

        assertThat(layouts).extracting(StructLayout::name).containsExactly("java.lang.Integer", "java.lang.Object");
        assertThat(offsets(layouts.get(0))).isEqualTo(Map.of("(header)", 0L, "value", 12L));
        assertThat(layouts).extracting(StructLayout::byteSize).containsExactly(16L, 16L);
    }

    @Test
    void rows_without_values_without_the_name_and_without_the_size_are_read() {
        StructLayout layout = one("""
                | OFFSET  SIZE   TYPE DESCRIPTION
                |      0    12        (object header)
                |     12     4    int Node.hash
                |     16     4 String Node.key
                """);

        assertThat(layout.name()).as("the class of the last field").isEqualTo("Node");
        assertThat(layout.byteSize()).isEqualTo(24);
    }

    @Test
    void a_hidden_field_has_its_class_before_it() {
        StructLayout layout = one("""
                app.Leaf object internals:
                OFF  SZ   TYPE DESCRIPTION
                  0  12        (object header)
                 12   4    int Base.count
                 16   8   long Leaf.count
                 24   8   long Leaf.other
                Instance size: 32 bytes
                """);

        assertThat(offsets(layout)).isEqualTo(Map.of("(header)", 0L, "Base.count", 12L, "count", 16L, "other", 24L));
    }

    @Test
    void estimates_name_the_vm_that_is_modelled_and_its_alignment() {
        List<StructLayout> layouts = ObjectTextReader.read("jol.txt", """
                ***** Hotspot Layout Simulation (JDK 8, 32-bit model)
                app.A object internals:
                OFF  SZ   TYPE DESCRIPTION  VALUE
                  0   8        (object header)  N/A
                Instance size: 8 bytes
                ***** Hotspot Layout Simulation (JDK 15, 64-bit model, NO compressed references, 16-byte aligned)
                # Object alignment: 16 bytes.
                app.A object internals:
                OFF  SZ   TYPE DESCRIPTION  VALUE
                  0  16        (object header)  N/A
                Instance size: 16 bytes
                """);

        assertThat(layouts).extracting(StructLayout::byteSize).containsExactly(8L, 16L);
        assertThat(layouts).extracting(StructLayout::byteAlignment).containsExactly(8L, 16L);
        assertThat(layouts.get(0).provenance().describe())
                .isEqualTo("jol.txt:2, printed by JOL, Hotspot Layout Simulation (JDK 8, 32-bit model)");
    }

    @Test
    void an_array_has_a_length_and_elements() {
        StructLayout layout = one("""
                [J object internals:
                OFF  SZ   TYPE DESCRIPTION               VALUE
                  0   8        (object header: mark)     0x1
                  8   4        (object header: class)    0x2
                 12   4        (array length)            10
                 16  80   long [J.<elements>             N/A
                Instance size: 96 bytes
                """);

        assertThat(offsets(layout)).containsEntry("(length)", 12L).containsEntry("<elements>", 16L);
    }

    @Test
    void what_jol_prints_here_is_read_with_the_offsets_it_says() {
        ClassLayout said = ClassLayout.parseClass(Thread.class);
        StructLayout read = one(said.toPrintable());

        assertThat(read.byteSize()).isEqualTo(said.instanceSize());
        assertThat(offsets(read).values())
                .containsAll(said.fields().stream().map(field -> field.offset()).toList());
    }

    @Test
    void the_print_of_a_vm_from_15_on_is_read() {
        StructLayout layout = one("""
                Layout of class app/Ring
                Instance fields:
                 @0 12/- RESERVED
                 @12 "mask" I 4/4 INHERITED
                 @16 "head" J 8/8 REGULAR
                 @24 "slots" [Ljava/lang/Object; 4/4 REGULAR
                 @28 1/1 EMPTY
                 @32 128/1 PADDING
                 @160 "hot" J 8/8 REGULAR
                Static fields:
                 @0 112/- RESERVED
                 @112 "ALL" Lapp/Ring; 4/4 REGULAR
                Instance size = 296 bytes
                ---
                """);

        assertThat(layout.name()).isEqualTo("app.Ring");
        assertThat(layout.byteSize()).isEqualTo(296);
        assertThat(offsets(layout))
                .isEqualTo(Map.of("(header)", 0L, "mask", 12L, "head", 16L, "slots", 24L, "hot", 160L));
        assertThat(layout.members().get(3).type().spelling()).isEqualTo("Object[]");
    }

    @Test
    void the_print_of_an_older_vm_has_what_is_inherited_as_one_unknown_field() {
        List<StructLayout> layouts = ObjectTextReader.read("log", """
                app.Base: field layout
                  @ 12 --- instance fields start ---
                  @ 12 "mask" I
                  @ 16 "head" J
                  @ 24 --- instance fields end ---
                  @ 24 --- instance ends ---
                  @104 --- static fields start ---
                  @104 "ALL" Lapp/Base;
                  @108 --- static fields end ---

                app.Leaf: field layout
                  @ 24 --- instance fields start ---
                  @ 24 "closed" Z
                  @ 28 --- instance fields end ---
                  @ 32 --- instance ends ---
                """);

        assertThat(layouts).extracting(StructLayout::byteSize).containsExactly(24L, 32L);
        assertThat(offsets(layouts.get(0))).isEqualTo(Map.of("(header)", 0L, "mask", 12L, "head", 16L));
        assertThat(offsets(layouts.get(1))).isEqualTo(Map.of("(header and inherited)", 0L, "closed", 24L));
    }

    @Test
    void rows_that_contradict_each_other_are_refused_with_their_line() {
        assertThatThrownBy(() -> ObjectTextReader.read("issue", NEW.replace(" 24   8 ", " 14   8 ")))
                .isInstanceOf(InputException.class)
                .hasMessage("issue: line 10: head at byte 14 overlaps closed, which ends at byte 17");
        assertThatThrownBy(() -> ObjectTextReader.read("issue", NEW.replace("size: 40", "size: 32")))
                .hasMessage("issue: line 3: an object of 32 bytes whose last field ends at byte 36");
        assertThatThrownBy(() -> ObjectTextReader.read("issue", NEW.replace("Ring.mask", "mask")))
                .hasMessageContaining("line 7: expected a type and Class.field");
        assertThatThrownBy(() -> ObjectTextReader.read("issue", NEW.replace(" 32   4 ", " 32 4000000000 ")))
                .hasMessage("issue: line 3: an object of 40 bytes whose last field ends at byte 4000000032");
    }

    @Test
    void the_source_of_a_text_places_objects_at_multiples_of_their_alignment() {
        NotationSource source = NotationSource.read("issue", NEW);

        Subject ring = ((Lookup.Found) source.find("demo.Ring")).subjects().get(0);
        assertThat(ring.placement().baseAlignment()).isEqualTo(8);
        assertThat(source.all()).hasSize(1);
    }

    @Test
    void a_mail_that_only_mentions_a_layout_is_read_as_notation() {
        assertThat(NotationSource.read("mail", """
                        Layout of class x
                        struct foo { long a; };
                        """).entries())
                .extracting(entry -> entry.name())
                .containsExactly("foo");
        assertThatThrownBy(() -> NotationSource.read("mail", "demo.Ring object internals:\n"))
                .hasMessageContaining("expected pahole's output, C declarations or JOL's rows");
    }
}
