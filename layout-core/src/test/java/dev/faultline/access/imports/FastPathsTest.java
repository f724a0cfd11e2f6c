package dev.faultline.access.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.Access;
import dev.faultline.access.Cpus;
import dev.faultline.access.Operation;
import dev.faultline.access.Profile;
import dev.faultline.access.ProfileReader;
import dev.faultline.access.ProfileWriter;
import dev.faultline.access.ProfileWriterTest;
import dev.faultline.access.Resolution;
import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class FastPathsTest {

    private static final FastPaths PATHS =
            new FastPaths(new FastPaths.Path(new Cpus.All(), 1e6), new FastPaths.Path(new Cpus.Count(2), 2e6));

    private static final StructLayout RING = layout("""
            struct ring {
                    struct header {
                            int magic;                  /*     0     4 */
                    } head;                             /*     0     4 */
                    union {
                            struct {
                                    u32 produced;       /*     4     4 */
                            };                          /*     4     4 */
                            u32 both;                   /*     4     4 */
                    };                                  /*     4     4 */
                    u32 consumed;                       /*     8     4 */
                    u8 flavour:2;                       /*    12: 0  1 */
                    char name[16];                      /*    13    16 */
                    atomic_t users;                     /*    32     4 */
                    struct {
                            u64 pushes;                 /*    40     8 */
                    } stats;                            /*    40     8 */
                    struct {
                            u64 pushes;                 /*    48     8 */
                    } peer;                             /*    48     8 */
                    /* size: 56 */
            };
            """);

    private static StructLayout layout(String notation) {
        List<StructLayout> layouts = NotationReader.read("test", notation);
        return layouts.get(layouts.size() - 1);
    }

    @Test
    void a_path_is_a_role_and_one_operation_in_the_order_of_the_table() {
        Profile profile = PATHS.profile(ruled()).profile();

        assertThat(profile.structs()).hasSize(1);
        assertThat(profile.forStruct("ring").orElseThrow().operations())
                .extracting(Operation::name, Operation::role, Operation::ratePerSecond)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("tx fast path", "tx", 1e6),
                        org.assertj.core.groups.Tuple.tuple("rx fast path", "rx", 2e6));
        assertThat(accesses(profile, 0))
                .containsExactly(
                        "produced read",
                        "produced write",
                        "consumed read",
                        "flavour read",
                        "users rmw",
                        "stats.pushes write");
        assertThat(accesses(profile, 1))
                .containsExactly("produced read", "consumed read", "consumed write", "name write", "users rmw");
        assertThat(ProfileWriterTest.placeless(ProfileReader.read("again", ProfileWriter.write(profile))))
                .isEqualTo(ProfileWriterTest.placeless(profile));
    }

    @Test
    void fields_are_found_in_anonymous_named_and_embedded_structs() {
        ImportedProfile direct = PATHS.profileFor(RING, ruled());
        assertThat(direct.missing()).isEmpty();
        assertThat(accesses(direct.profile(), 0)).contains("produced write", "stats.pushes write");
        Resolution.resolve(RING, direct.profile().structs().get(0));

        StructLayout outer = layout("""
                struct ring {
                        u32 produced;                   /*     0     4 */
                        u32 consumed;                   /*     4     4 */
                        u8 flavour:2;                   /*     8: 0  1 */
                        char name[16];                  /*     9    16 */
                        atomic_t users;                 /*    28     4 */
                        struct {
                                u64 pushes;             /*    32     8 */
                        } stats;                        /*    32     8 */
                        /* size: 40 */
                };
                struct device {
                        u32 produced;                   /*     0     4 */
                        struct ring ring;               /*     8    40 */
                        /* size: 48 */
                };
                """);
        ImportedProfile embedded = PATHS.profileFor(outer, ruled());
        assertThat(embedded.missing()).isEmpty();
        assertThat(embedded.profile().structs().get(0).struct()).isEqualTo("device");
        assertThat(accesses(embedded.profile(), 1))
                .as("device.produced is not the ring's")
                .contains("ring.produced read")
                .doesNotContain("produced read");
    }

    @Test
    void a_field_that_is_not_there_is_named_with_the_nearest_and_left_out() {
        StructLayout without = layout("""
                struct ring {
                        u32 prodused;                   /*     0     4 */
                        u32 consumed;                   /*     4     4 */
                        /* size: 8 */
                };
                """);

        ImportedProfile imported = PATHS.profileFor(without, ruled());

        assertThat(imported.missing()).hasSize(5);
        assertThat(imported.missing().get(0))
                .isEqualTo("ring.rst: line 11: struct ring has no field produced (did you mean prodused?)");
        assertThat(accesses(imported.profile(), 1)).containsExactly("consumed read", "consumed write");
    }

    @Test
    void a_name_in_two_places_is_not_guessed() {
        String plain = NetCachelinesTest.RULED.replace("struct stats_u64    pushes", "u64                 pushes");

        ImportedProfile imported = PATHS.profileFor(RING, NetCachelines.read("ring.rst", plain));

        assertThat(imported.missing())
                .containsExactly("ring.rst: line 17: struct ring has 2 fields pushes, stats.pushes, peer.pushes");
    }

    @Test
    void a_struct_with_a_table_of_its_own_is_left_to_it() {
        String outer = NetCachelinesTest.RULED
                .replace("ring struct fast", "device struct fast")
                .replace("struct header       head", "struct ring         ring         read_mostly");
        assertThat(outer).contains("struct ring         ring         read_mostly");
        StructLayout device = layout("""
                struct device {
                        struct ring {
                                u32 produced;           /*     0     4 */
                        } ring;                         /*     0     4 */
                        u32 consumed;                   /*     4     4 */
                        /* size: 8 */
                };
                """);
        List<FieldTable> both = List.of(
                NetCachelines.read("device.rst", outer).get(0),
                NetCachelines.read("ring.rst", NetCachelinesTest.RULED).get(0));

        ImportedProfile imported = PATHS.profileFor(device, both);

        assertThat(imported.notes())
                .containsExactly("device.rst: line 10: ring is described by the table of struct ring");
        assertThat(accesses(imported.profile(), 0)).doesNotContain("ring read").contains("ring.produced read");
    }

    @Test
    void tables_that_give_nothing_or_contradict_each_other_are_refused() {
        StructLayout other = layout("struct other {\n int a; /* 0 4 */\n /* size: 4 */\n};\n");
        assertThatThrownBy(() -> PATHS.profileFor(other, ruled()))
                .isInstanceOf(InputException.class)
                .hasMessage("ring.rst: struct other has none of the fields; the table is about ring");
        List<FieldTable> twice = List.of(ruled().get(0), ruled().get(0));
        assertThatThrownBy(() -> PATHS.profile(twice)).hasMessageContaining("ring has a table in ring.rst already");
        String idle = NetCachelinesTest.RULED
                .replace("write_mostly", "-           ")
                .replace("read_mostly", "-          ")
                .replace("read_write", "-         ");
        assertThatThrownBy(() -> PATHS.profile(NetCachelines.read("idle.rst", idle)))
                .hasMessage("idle.rst: the table has no field that is used");
    }

    private static List<FieldTable> ruled() {
        return NetCachelines.read("ring.rst", NetCachelinesTest.RULED);
    }

    private static List<String> accesses(Profile profile, int operation) {
        return profile.structs().get(0).operations().get(operation).accesses().stream()
                .map((Access access) -> access.field() + " " + access.kind().word())
                .toList();
    }
}
