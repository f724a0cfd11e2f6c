package dev.faultline.bench.layout.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.AccessMap;
import dev.faultline.access.ProfileReader;
import dev.faultline.access.Resolution;
import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.memory.ObjectMemory;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassOutline;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.ObjectShape;
import dev.faultline.source.jvm.VmMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays on real objects of generated classes, whose fields remember what was done to them. */
class HeapObjectTest {

    /** What the class below inherits. */
    static class Base {
        byte tag;
        long inherited;
    }

    /** The class that is measured. */
    static final class Stats extends Base {
        volatile boolean running;
        volatile long received;
        volatile int decoded;
        Object owner;
        short narrow;
    }

    private static final String OPERATIONS = """
            - name: often
              role: a
              rate: 3e6
              accesses:
                - { field: running, kind: read }
                - { field: received, kind: rmw }
                - { field: decoded, kind: cas-loop }
                - { field: narrow, kind: write }
            - name: seldom
              role: a
              rate: 1e6
              accesses:
                - { field: inherited, kind: rmw }
                - { field: owner, kind: write }
                - { field: owner, kind: rmw }
                - { field: owner, kind: cas-loop }
                - { field: owner, kind: read }
            """;

    private static ClassOutline outline() {
        return ClassSource.ofLoaded(Stats.class, VmMode.running()).outline(Stats.class.getName());
    }

    private static AccessMap access(StructLayout layout, String operations) {
        String yaml = "profile: test\nstructs:\n  " + layout.name()
                + ":\n    roles: { a: { cpus: 1 } }\n    operations:\n"
                + operations.strip().indent(6);
        return Resolution.resolve(
                layout,
                ProfileReader.read("test", yaml).forStruct(layout.name()).orElseThrow());
    }

    private static AccessScript script(StructLayout layout, ObjectShape shape, long residue, String operations) {
        ClosedLoop loop = ClosedLoop.of(access(layout, operations), 1);
        AccessScript script = ScriptCompiler.compile(layout, loop, 64, residue, loop.operations(), Optional.of(shape));
        return AccessScript.parse(script.text());
    }

    private static ClassOutline.Tier tier(String name, List<String> fields, int pads) {
        return new ClassOutline.Tier(
                name,
                fields,
                IntStream.range(0, pads).mapToObj(i -> "pad" + name + i).toList());
    }

    private static long offset(StructLayout layout, String field) {
        return layout.resolve(field).orElseThrow().bytes().start();
    }

    private static void play(StructLayout layout, ObjectShape shape, long residue) {
        AccessScript script = script(layout, shape, residue, OPERATIONS);
        try (ScriptPlayer.Stage stage = new ScriptPlayer.Stage(script, 500, MemoryAccesses.class, System::nanoTime)) {
            ScriptPlayer player = stage.player(0);
            Object object = stage.object();
            for (int i = 0; i < AccessScript.TURNS / 64; i++) {
                player.play(64);
            }

            assertThat(ObjectMemory.readLong(object, offset(layout, "received")))
                    .isEqualTo(3072);
            assertThat(ObjectMemory.readInt(object, offset(layout, "decoded"))).isEqualTo(3072);
            assertThat(ObjectMemory.readLong(object, offset(layout, "inherited")))
                    .isEqualTo(1024);
            assertThat(ObjectMemory.readShort(object, offset(layout, "narrow"))).isNotZero();
            assertThat(ObjectMemory.readByte(object, offset(layout, "running")))
                    .as("only read")
                    .isZero();
            assertThat(ObjectMemory.readInt(object, offset(layout, "owner")))
                    .as("left null")
                    .isZero();
            System.gc(); // follows the reference
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 8, 56})
    void todays_class_is_played_as_an_object_at_a_place_on_a_line(long residue) {
        ClassOutline outline = outline();
        play(outline.asIs(VmMode.running()).layout(), outline.shape(), residue);
    }

    @Test
    void a_chain_of_classes_is_played_with_its_padding() {
        ClassOutline outline = outline();
        List<ClassOutline.Tier> tiers = List.of(
                tier("First", List.of("running", "owner", "narrow"), 0),
                tier("Pad", List.of(), 64),
                tier("Second", List.of("received"), 0),
                tier("Pad2", List.of(), 64),
                tier("Third", List.of("decoded"), 0));
        Subject laidOut = outline.tiered(tiers, VmMode.running());
        ObjectShape shape = outline.shape(tiers);

        assertThat(offset(laidOut.layout(), "decoded") - offset(laidOut.layout(), "received"))
                .as("padding keeps them apart")
                .isGreaterThanOrEqualTo(64);
        assertThat(new HeapObject(264, 64, shape).text()).contains("/B*64/").endsWith("/-");
        play(laidOut.layout(), shape, 24);
    }

    @Test
    void an_object_stands_where_it_is_asked_to() {
        AddressReader addresses = AddressReader.measured();
        ObjectShape shape = outline().shape();
        for (long residue : new long[] {0, 16, 40}) {
            PlacedObject placed = new PlacedObject(new HeapObject(256 + residue, 64, shape));
            placed.requireUnmoved();
            assertThat(addresses.address(placed.object()) % 64).isEqualTo(residue);
        }
        Map<Long, Long> distances = Stream.generate(() -> new byte[2][1008])
                .limit(100)
                .map(pair -> Math.abs(addresses.address(pair[1]) - addresses.address(pair[0])))
                .collect(Collectors.groupingBy(distance -> distance, Collectors.counting()));
        assertThat(distances.getOrDefault(1024L, 0L))
                .as("arrays of 1008 bytes with their headers, one after the other: " + distances)
                .isGreaterThan(50);
    }

    @Test
    void a_vm_that_lays_out_otherwise_is_found_out() {
        List<ObjectShape.Field> fields = List.of(new ObjectShape.Field('J', OptionalLong.of(80)));
        assertThatThrownBy(() -> new PlacedObject(new HeapObject(256, 64, new ObjectShape(List.of(fields)))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("this VM has field 1 of class 1 at byte \\d+, the layout at byte 80");
        assertThatThrownBy(() -> new ObjectShape.Field('X', OptionalLong.empty()))
                .hasMessageContaining("type X");
    }

    @Test
    void what_would_damage_an_object_is_refused() {
        ClassOutline outline = outline();
        StructLayout layout = outline.asIs(VmMode.running()).layout();
        String header = layout.members().get(0).name();
        assertThatThrownBy(() -> script(
                        layout,
                        outline.shape(),
                        0,
                        "- { name: x, role: a, rate: 1, accesses: [ { field: '" + header + "', kind: write } ] }"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("its header is written");
        assertThatThrownBy(
                        () -> AccessScript.parse("block 600; object 256 64 J@16; play 1 0.0:write:8@256; thread 0*1.0"))
                .hasMessageContaining("no field at 0.0:write:8@256");
        assertThatThrownBy(() -> AccessScript.parse("block 600; object 256 J@16; thread 0*1.0"))
                .hasMessageContaining("no object");
    }
}
