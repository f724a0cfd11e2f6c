package dev.faultline.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

public class ProfileWriterTest {

    @Test
    void what_was_read_is_written_and_read_back() {
        Profile profile = ProfileReader.read("p.yaml", ProfileReaderTest.GOOD);

        String yaml = ProfileWriter.write(profile);

        assertThat(placeless(ProfileReader.read("q.yaml", yaml))).isEqualTo(placeless(profile));
        assertThat(yaml)
                .contains("- { field: \"slots[own]\", kind: rmw, gap: 1500ns }")
                .contains("rate: 5e6\n");
    }

    @Test
    void what_an_access_waits_for_is_written() {
        Profile profile = ProfileReader.read(
                "p.yaml",
                ProfileReaderTest.GOOD
                        .replace("gap: 20ns }", "gap: 20ns, after: start }")
                        .replace("element: own }", "element: own, after: refcnt }"));

        String yaml = ProfileWriter.write(profile);

        assertThat(placeless(ProfileReader.read("q.yaml", yaml))).isEqualTo(placeless(profile));
        assertThat(yaml)
                .contains("{ field: genid, kind: read, gap: 20ns, after: start }")
                .contains("kind: rmw, gap: 1500ns, after: refcnt }");
    }

    @Test
    void numbers_are_short_and_lose_nothing() {
        for (double value :
                new double[] {0, 1, 20, 1000, 10_000, 5e6, 1e12, 0.1, 1.5, 1234.5678, 1e-9, 4.9e-324, 1e15}) {
            assertThat(Double.parseDouble(ProfileWriter.number(value))).isEqualTo(value);
        }
        assertThat(ProfileWriter.number(1000)).isEqualTo("1000");
        assertThat(ProfileWriter.number(5e6)).isEqualTo("5e6");
        assertThat(ProfileWriter.number(1e-12)).isEqualTo("1e-12");
    }

    @Tag("slow")
    @Test
    void random_profiles_with_hostile_names_come_back_equal() {
        long seed = Long.getLong("faultline.seed", 20_261_121);
        for (int i = 0; i < 3000; i++) {
            Profile profile = new Maker(new Random(seed + i)).profile();
            String yaml = ProfileWriter.write(profile);
            assertThat(placeless(ProfileReader.read("q.yaml", yaml)))
                    .as("seed %d%n%s", seed + i, yaml)
                    .isEqualTo(placeless(profile));
        }
    }

    /** A profile without where it stands in what file. */
    public static Profile placeless(Profile profile) {
        List<StructProfile> structs = profile.structs().stream()
                .map(struct -> new StructProfile(
                        struct.struct(),
                        profile.title(),
                        struct.roles(),
                        struct.operations().stream()
                                .map(ProfileWriterTest::placeless)
                                .toList(),
                        struct.phases(),
                        ""))
                .toList();
        return new Profile(profile.title(), structs);
    }

    private static Operation placeless(Operation operation) {
        List<Access> accesses = operation.accesses().stream()
                .map(access -> new Access(
                        access.field(), access.kind(), access.gapNanos(), access.changeShare(), access.after(), ""))
                .toList();
        return new Operation(operation.name(), operation.role(), operation.ratePerSecond(), accesses);
    }

    /** Makes profiles of everything that YAML might take for something else. */
    private record Maker(Random random) {

        private static final String[] NAMES = {
            "tx",
            "null",
            "true",
            "~",
            "no",
            "1e3",
            "a: b",
            "- x",
            "a[3]",
            "x,y",
            "{",
            "#",
            "'",
            "\"",
            "\\",
            "\u00e9",
            "*a",
            "&a",
            "!t",
            "|",
            ">",
            "%",
            "@",
            "`",
            " lead",
            "trail ",
            "a\tb",
            "a\nb",
            "x\u2028",
            "\ufeff",
            "\ud83d\ude00",
            "?",
            "class$inner",
            "dst.__refcnt",
            "std::map<int, x>",
            "0x1f",
            ".5",
            "=",
            "<<"
        };

        Profile profile() {
            String title = name();
            List<StructProfile> structs = new ArrayList<>();
            for (String struct : names(1)) {
                structs.add(struct(struct, title));
            }
            return new Profile(title, structs);
        }

        private StructProfile struct(String name, String title) {
            List<Role> roles =
                    names(1).stream().map(role -> new Role(role, cpus())).toList();
            List<Operation> operations = new ArrayList<>();
            for (int n = random.nextInt(3); n > 0; n--) {
                operations.add(new Operation(name(), any(roles).name(), rate(), accesses()));
            }
            List<Phase> phases = new ArrayList<>();
            for (String phase : names(0)) {
                phases.add(new Phase(
                        phase,
                        random.nextBoolean() ? List.of() : List.of(any(roles).name())));
            }
            return new StructProfile(name, title, roles, operations, phases, "");
        }

        private List<Access> accesses() {
            List<Access> accesses = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                AccessKind kind = AccessKind.values()[random.nextInt(AccessKind.values().length)];
                double gap = random.nextBoolean() ? 0 : number(1e15);
                double changes = kind == AccessKind.WRITE_IF_CHANGED ? random.nextDouble() : 1;
                String after = accesses.isEmpty() || random.nextBoolean()
                        ? ""
                        : random.nextBoolean() ? Access.START : any(accesses).field();
                accesses.add(new Access(name() + (random.nextBoolean() ? "" : "[own]"), kind, gap, changes, after, ""));
            }
            return accesses;
        }

        private Cpus cpus() {
            return switch (random.nextInt(3)) {
                case 0 -> new Cpus.All();
                case 1 -> new Cpus.Count(1 + random.nextInt(1 << 20));
                default ->
                    new Cpus.Listed(random.ints(1 + random.nextInt(4), 0, 1 << 20)
                            .distinct()
                            .boxed()
                            .toList());
            };
        }

        private double rate() {
            return switch (random.nextInt(8)) {
                case 0 -> Operation.FULL_RATE;
                case 1 -> Double.NaN;
                default -> number(1e12);
            };
        }

        private double number(double most) {
            return most * Math.pow(random.nextDouble(), random.nextInt(40));
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private List<String> names(int least) {
            return random.ints(least + random.nextInt(3), 0, NAMES.length)
                    .distinct()
                    .mapToObj(i -> NAMES[i])
                    .toList();
        }

        private String name() {
            return NAMES[random.nextInt(NAMES.length)];
        }
    }
}
