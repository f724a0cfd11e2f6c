package dev.faultline.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MachineReaderTest {

    static final String GOOD = """
            machine: my box
            like: x86-64
            line-bytes: 64
            pair-bytes: {value: 128, source: "a manual"}
            page-bytes: 4096
            cpus: 16
            sockets: 1
            clusters: 2
            costs:
              hit: 1.5ns
              socket: {value: 0.047us, source: "core-to-core: measured"}
              occupancy: 1.0
              retention: 5e-2
            """;

    private static Machine read(String yaml) {
        return MachineReader.read("box.yaml", yaml, MachineFiles.none());
    }

    @Test
    void every_value_is_the_files_or_the_other_machines_and_says_so() {
        Machine machine = read(GOOD);

        assertThat(machine.name()).isEqualTo("my box");
        assertThat(machine.lineBytes()).isEqualTo(new Sourced<>(64, "box.yaml"));
        assertThat(machine.pairBytes()).isEqualTo(new Sourced<>(128, "a manual"));
        assertThat(machine.cpus()).isEqualTo(new Sourced<>(16, "box.yaml"));
        assertThat(machine.topology().clusters().value()).isEqualTo(2);
        assertThat(machine.costs().hitNanos()).isEqualTo(new Sourced<>(1.5, "box.yaml"));
        assertThat(machine.costs().transfers().socketNanos()).isEqualTo(new Sourced<>(47.0, "core-to-core: measured"));
        assertThat(machine.costs().retention().value()).isEqualTo(0.05);
        Sourced<Double> taken = Machines.x86().costs().transfers().remoteNanos();
        assertThat(machine.costs().transfers().remoteNanos())
                .isEqualTo(new Sourced<>(taken.value(), "as x86-64: " + taken.source()));
    }

    @Test
    void a_machine_that_names_no_other_is_like_x86_64() {
        Machine machine = read("machine: bare\n");

        assertThat(machine.lineBytes().value()).isEqualTo(64);
        assertThat(machine.lineBytes().source()).startsWith("as x86-64: ");
        assertThat(machine.costs().retention().source()).startsWith("as x86-64: ");
    }

    @Test
    void what_is_taken_is_made_to_fit_what_is_given() {
        Machine one = read("{machine: one, cpus: 1, line-bytes: 256}");
        assertThat(one.topology().sockets().value()).isEqualTo(1);
        assertThat(one.topology().clusters().value()).isEqualTo(1);
        assertThat(one.pairBytes().value()).isEqualTo(256);
        Machine sockets = read("{machine: four, sockets: 4}");
        assertThat(sockets.topology().clusters().value()).isEqualTo(4);
        Machine clusters = read("{machine: flat, clusters: 1}");
        assertThat(clusters.sockets().value()).isEqualTo(1);
    }

    @Test
    void a_machine_may_be_like_another_file_and_every_step_is_told() {
        MachineFiles files = files(Map.of(
                "base.yaml", "{machine: base, like: apple-m, cpus: 10}",
                "middle.yaml", "{machine: middle, like: base.yaml, clusters: 5}"));

        Machine machine = MachineReader.read("top.yaml", "{machine: top, like: middle.yaml}", files);

        assertThat(machine.lineBytes().value()).isEqualTo(128);
        assertThat(machine.lineBytes().source()).startsWith("as middle.yaml: as base.yaml: as apple-m: usual");
        assertThat(machine.cpus()).isEqualTo(new Sourced<>(10, "as middle.yaml: as base.yaml: base.yaml"));
        assertThat(machine.topology().clusters()).isEqualTo(new Sourced<>(5, "as middle.yaml: middle.yaml"));
    }

    @Test
    void machines_like_each_other_and_long_chains_are_refused_with_their_names() {
        MachineFiles circle = files(
                Map.of("a", "{machine: a, like: b}", "b", "{machine: b, like: a}", "self", "{machine: s, like: self}"));
        assertThatThrownBy(() -> MachineReader.read("a", "{machine: a, like: b}", circle))
                .isInstanceOf(InputException.class)
                .hasMessage("b: line 1, column 20: like: a machine cannot inherit from itself: a -> b -> a");
        assertThatThrownBy(() -> MachineReader.read("self", "{machine: s, like: self}", circle))
                .hasMessageContaining("self -> self");

        MachineFiles endless = (from, like) ->
                Optional.of(new MachineFiles.Text(like, "{machine: m, like: " + (Integer.parseInt(like) + 1) + "}"));
        assertThatThrownBy(() -> MachineReader.read("1", "{machine: m, like: 2}", endless))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("more than 8 files")
                .hasMessageEndingWith("7 -> 8 -> 9");
    }

    private static MachineFiles files(Map<String, String> texts) {
        return (from, like) -> Optional.ofNullable(texts.get(like)).map(yaml -> new MachineFiles.Text(like, yaml));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cpus: 4                  | line 1, column 1: machine: `machine` is missing
            machine: ''              | line 1, column 10: machine: expected a word, found nothing
            machine: [a]             | line 1, column 10: machine: expected a word, found a list
            machine: m;cpu: 1        | line 2, column 1: machine: unknown key `cpu` (did you mean cpus?); known are machine, like, line-bytes, pair-bytes, page-bytes, cpus, sockets, clusters, costs
            machine: m;cpus: 1000000000 | line 2, column 7: cpus: expected a whole number from 1 to 65536, found 1000000000
            machine: m;cpus: 99999999999999999999 | line 2, column 7: cpus: expected a whole number from 1 to 65536, found 99999999999999999999
            machine: m;cpus: 0       | line 2, column 7: cpus: expected a whole number from 1 to 65536, found 0
            machine: m;cpus: -4      | line 2, column 7: cpus: expected a whole number from 1 to 65536, found -4
            machine: m;cpus: 1.5     | line 2, column 7: cpus: expected a whole number from 1 to 65536, found 1.5
            machine: m;cpus: four    | line 2, column 7: cpus: expected a whole number from 1 to 65536, found four
            machine: m;cpus: {value: 0, source: x}  | line 2, column 15: cpus: expected a whole number from 1 to 65536, found 0
            machine: m;cpus: {source: x} | line 2, column 7: cpus: `value` is missing
            machine: m;cpus: {value: 4, source: ''} | line 2, column 26: cpus: `source` is empty; leave it out or fill it in
            machine: m;cpus: {value: 4, from: x} | line 2, column 18: cpus: unknown key `from`; known are value, source
            machine: m;cpus: 2;sockets: 4 | line 3, column 10: sockets: expected at most the number of CPUs, 2, found 4
            machine: m;cpus: 2;clusters: 3 | line 3, column 11: clusters: expected at most the number of CPUs, 2, found 3
            machine: m;clusters: 2;sockets: 4 | line 3, column 10: sockets: expected at most the number of clusters, 2, found 4
            machine: m;line-bytes: 60 | line 2, column 13: line-bytes: expected a power of two from 16 to 1024, found 60
            machine: m;line-bytes: 8  | line 2, column 13: line-bytes: expected a power of two from 16 to 1024, found 8
            machine: m;line-bytes: 4294967360 | line 2, column 13: line-bytes: expected a power of two from 16 to 1024, found 4294967360
            machine: m;pair-bytes: 32 | line 2, column 13: pair-bytes: expected at least the line size 64, found 32
            machine: m;page-bytes: 2147483648 | line 2, column 13: page-bytes: expected a power of two from 1024 to 1073741824, found 2147483648
            machine: m;costs: 5       | line 2, column 8: costs: expected a mapping, found the word `5`
            machine: m;costs: {hti: 1ns} | line 2, column 9: costs: unknown key `hti` (did you mean hit?); known are hit, atomic, cluster, socket, remote, occupancy, line-touch, split-atomic, pair-factor, retention, hold, store, store-buffer, outstanding
            machine: m;costs: {hit: 1.5} | line 2, column 14: hit: expected a time with unit ns, us, ms or s, such as 1.5ns, found 1.5
            machine: m;costs: {hit: ns} | line 2, column 14: hit: expected a time with unit ns, us, ms or s, such as 1.5ns, found ns
            machine: m;costs: {hit: 5 cycles} | line 2, column 14: hit: expected ns, found cycles; divide by the clock in GHz and say how, such as {value: 1.5ns, source: "..."}
            machine: m;costs: {hit: 5 parsecs} | line 2, column 14: hit: expected a time with unit ns, us, ms or s, such as 1.5ns, found 5 parsecs
            machine: m;costs: {hit: .nan} | line 2, column 14: hit: expected a time with unit ns, us, ms or s, such as 1.5ns, found .nan
            machine: m;costs: {hit: NaNns} | line 2, column 14: hit: expected a time with unit ns, us, ms or s, such as 1.5ns, found NaNns
            machine: m;costs: {hit: -1ns} | line 2, column 14: hit: expected a time from 0 ns to 1 s, found -1ns
            machine: m;costs: {hit: 1e300s} | line 2, column 14: hit: expected a time from 0 ns to 1 s, found 1e300s
            machine: m;costs: {hit: 1e999s} | line 2, column 14: hit: expected a time from 0 ns to 1 s, found 1e999s
            machine: m;costs: {cluster: 0ns} | line 2, column 18: cluster: expected a time from above 0 ns to 1 s, found 0ns
            machine: m;costs: {cluster: 48ns} | line 2, column 18: cluster: transfers must not become cheaper with distance: cluster is 48.0 ns (box.yaml), socket 47.0 ns (as x86-64: core-to-core-latency README: two Xeon Platinum 8275CL)
            machine: m;costs: {remote: 3ns} | line 2, column 17: remote: transfers must not become cheaper with distance: socket is 47.0 ns (as x86-64: core-to-core-latency README: two Xeon Platinum 8275CL), remote 3.0 ns (box.yaml)
            machine: m;costs: {occupancy: 0} | line 2, column 20: occupancy: expected a number above 0 and at most 1, found 0
            machine: m;costs: {retention: 1.01} | line 2, column 20: retention: expected a number from 0 to 1, found 1.01
            machine: m;costs: {retention: 5%} | line 2, column 20: retention: expected a number from 0 to 1, found 5%
            machine: m;costs: {retention: NaN} | line 2, column 20: retention: expected a number from 0 to 1, found NaN
            machine: m;like: x68-64 | line 2, column 7: like: there is no preset and no file `x68-64` (did you mean x86-64?); presets are x86-64, ice-lake, epyc-milan, neoverse, apple-m, power, s390x
            """)
    void nonsense_is_refused_at_its_place(String yaml, String complaint) {
        assertThatThrownBy(() -> read(yaml.strip().replace(';', '\n')))
                .isInstanceOf(InputException.class)
                .hasMessage("box.yaml: " + complaint.strip());
    }

    @Test
    void a_text_that_is_too_long_is_refused_and_a_long_word_is_not_repeated() {
        assertThatThrownBy(() -> read("#".repeat((1 << 20) + 1))).hasMessageContaining("at most 1048576");
        assertThatThrownBy(() -> read("{machine: m, cpus: " + "9".repeat(500_000) + "}"))
                .hasMessageEndingWith("99...")
                .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThan(200));
        assertThatThrownBy(() -> read("{machine: m, costs: {hit: " + "a".repeat(500_000) + "1}}"))
                .isInstanceOf(InputException.class);
    }

    static Stream<Machine> machines() {
        return Stream.concat(
                Machines.all().stream(),
                IntStream.range(0, 500).mapToObj(seed -> random(new Random(7_000_000 + seed))));
    }

    @ParameterizedTest
    @MethodSource("machines")
    void what_is_written_is_read_back_equal(Machine machine) {
        assertThat(read(MachineWriter.write(machine))).isEqualTo(machine);
    }

    private static Machine random(Random random) {
        int line = 16 << random.nextInt(7);
        int cpus = 1 + random.nextInt(Topology.MOST_CPUS);
        int clusters = 1 + random.nextInt(Math.min(cpus, Topology.MOST_CLUSTERS));
        List<Double> transfers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            transfers.add(Math.max(Double.MIN_VALUE, 1e9 * Math.pow(random.nextDouble(), 1 + random.nextInt(40))));
        }
        transfers.sort(null);
        List<Sourced<Double>> costs = new ArrayList<>();
        for (Costs.Named cost : Machines.x86().costs().named()) {
            int transfer = Costs.TRANSFERS.indexOf(cost.name());
            double value = transfer >= 0
                    ? transfers.get(transfer)
                    : switch (cost.unit()) {
                        case NANOS -> random.nextDouble() * 1e9;
                        case SHARE -> random.nextDouble();
                        case ENTRIES -> 1 + random.nextInt(4096);
                    };
            costs.add(sourced(cost.name().equals("occupancy") ? 1 - value : value, random));
        }
        return new Machine(
                "x" + word(random),
                sourced(line, random),
                sourced(Math.min(4096, line << random.nextInt(4)), random),
                sourced(1024 << random.nextInt(21), random),
                new Topology(
                        sourced(cpus, random),
                        sourced(1 + random.nextInt(clusters), random),
                        sourced(clusters, random)),
                Costs.of(costs));
    }

    private static <T> Sourced<T> sourced(T value, Random random) {
        return new Sourced<>(value, word(random));
    }

    private static String word(Random random) {
        String signs = " :\"'\\{}[],#&*!|>%@`\n\r\t\0\u001b\u007f\u0085\u00a0\u2028\u2029\ufeff\ufffe\ud800\udc00ä€";
        StringBuilder word = new StringBuilder();
        for (int length = 1 + random.nextInt(20); length > 0; length--) {
            switch (random.nextInt(4)) {
                case 0 -> word.append(signs.charAt(random.nextInt(signs.length())));
                case 1 -> word.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                case 2 -> word.append((char) random.nextInt(0x100));
                default -> word.append((char) ('a' + random.nextInt(26)));
            }
        }
        return word.toString();
    }
}
