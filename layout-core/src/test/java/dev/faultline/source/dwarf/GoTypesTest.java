package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.StructLayout;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types of Go, as its compiler describes them, are shown as a program measured them. */
class GoTypesTest {

    private static Map<String, List<StructLayout>> shapes(int version) throws Exception {
        return ReadDwarf.all(ReadDwarf.kept("go/kept/shapes-" + version + ".o"));
    }

    private static List<String> slots(String name) throws Exception {
        List<StructLayout> all = shapes(4).get(name);
        assertThat(all).as(name).hasSize(1);
        return ReadDwarf.slots(all.get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void sizes_offsets_and_alignments_are_those_that_the_program_prints(int version) throws Exception {
        String printed = Files.readString(ReadDwarf.kept("go/kept/shapes.facts"));

        assertThat(printed).contains("main.Shape\t\t272\t8\n").contains("example.com/shapes/ring.Ring[main.Point]\t\t");
        assertThat(GoFacts.differences(printed, shapes(version))).isEmpty();
    }

    @Test
    void strings_slices_and_interfaces_are_what_the_runtime_makes_of_them() throws Exception {
        assertThat(slots("main.Shape"))
                .contains(
                        "*uint8 text.str 96+8",
                        "int text.len 104+8",
                        "*uint8 bytes.array 112+8",
                        "int bytes.cap 128+8",
                        "map[string]*main.Point points 136+8",
                        "chan main.Point queue 144+8",
                        "unsafe.Pointer any.data 160+8",
                        "*runtime.itab speaker.tab 168+8",
                        "func(int) bool test 184+8",
                        "uint16[2][3] grid 192+12",
                        "uint32 inner.r 260+4");
    }

    @Test
    void embedded_structs_are_named_by_their_type_and_blank_fields_are_padding() throws Exception {
        assertThat(slots("main.Shape"))
                .contains("int32 Point.Y 80+4", "*example.com/shapes/ring.Base Base 88+8", "uint8[56] _ 16+56 padding")
                .endsWith("padding 264+8");
    }

    @Test
    void locks_and_atomics_are_one_field() throws Exception {
        assertThat(slots("main.Shared"))
                .containsExactly(
                        "sync.Mutex mu 0+8",
                        "sync.RWMutex rw 8+24",
                        "sync/atomic.Int64 n 32+8",
                        "sync/atomic.Bool flag 40+4",
                        "hole 44+4",
                        "int64 old 48+8",
                        "sync/atomic.Pointer[main.Point] ptr 56+8",
                        "sync/atomic.Value v 64+16",
                        "sync.WaitGroup wg 80+16",
                        "sync.Once once 96+12",
                        "hole 108+4",
                        "*sync.Cond cond 112+8");
    }

    @Test
    void names_have_the_path_of_the_package_and_the_arguments() throws Exception {
        assertThat(shapes(4))
                .containsKeys(
                        "example.com/shapes/ring.Ring[int64]",
                        "main.Pair[string,int8]",
                        "main.local·1",
                        "struct { main.q uint8; main.r uint32 }");
        assertThat(slots("main.Pair[string,int8]")).contains("*main.Pair[string,int8] next 24+8");
    }
}
