package dev.faultline.hazard.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.access.ProfileReader;
import dev.faultline.access.Resolution;
import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.cost.Cost;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.OperationCost;
import dev.faultline.cost.Workload;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.cost.simulate.Simulation;
import dev.faultline.cost.simulate.SimulationOptions;
import dev.faultline.cost.simulate.Simulator;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Published cases of false sharing come out as published, and the controls stay silent. */
class TextbookCasesTest {

    private static final Machine MACHINE = Machines.neoverse();
    private static final String TWO_ROLES = "roles: { a: { cpus: 1 }, b: { cpus: 1 } }";
    private static final String EVERYBODY = "roles: { a: { cpus: all } }";

    /**
     * Joe Mario's example for perf c2c: readers went from 12,165..12,982 Mticks to 1,918..3,903, lockers 13,020 to
     * 7,590.
     */
    @Test
    void readers_beside_two_locks_gain_more_from_padding_than_the_lockers_do() {
        String before = """
                struct buf {
                        long                       lock0;            /*     0     8 */
                        long                       lock1;            /*     8     8 */
                        long                       reserved1;        /*    16     8 */
                        long                       pad[1];           /*    24     8 */
                        long                       reader1;          /*    32     8 */
                        long                       reader2;          /*    40     8 */
                        long                       reader3;          /*    48     8 */
                        long                       reader4;          /*    56     8 */
                        /* size: 64, cachelines: 1, members: 8 */
                };""";
        String after = """
                struct buf {
                        long                       lock0;            /*     0     8 */
                        long                       lock1;            /*     8     8 */
                        long                       reserved1;        /*    16     8 */
                        long                       pad[5];           /*    24    40 */
                        long                       reader1;          /*    64     8 */
                        long                       reader2;          /*    72     8 */
                        long                       reader3;          /*    80     8 */
                        long                       reader4;          /*    88     8 */
                        /* size: 96, cachelines: 2, members: 8 */
                };""";
        String roles = "roles: { locker: { cpus: 4 }, reader: { cpus: 4 } }";
        String operations = """
                - { name: lock, role: locker, rate: 2e6, accesses: [ { field: lock0, kind: rmw }, { field: lock1, kind: rmw, gap: 50ns } ] }
                - { name: look, role: reader, rate: 2e6, accesses: [ { field: reader1, kind: read }, { field: reader3, kind: read, gap: 50ns } ] }
                """;

        assertThat(rules(before, 64, operations, roles)).contains("WriterBesideReaders");
        assertThat(rules(after, 64, operations, roles)).doesNotContain("WriterBesideReaders");
        Cost packed = bill(before, 64, operations, roles).cost();
        Cost padded = bill(after, 64, operations, roles).cost();
        double lockers = packed.operations().get(0).totalNanos()
                / padded.operations().get(0).totalNanos();
        double readers = packed.operations().get(1).totalNanos()
                / padded.operations().get(1).totalNanos();
        assertThat(lockers).as("lockers gain: published 1.7").isGreaterThan(1.1);
        assertThat(readers).as("readers gain more: published 3.2 to 6.3").isGreaterThan(1.2 * lockers);
    }

    /** Phoenix linear_regression: 64-byte elements, clean only where the base is 0 or 56 modulo 64. */
    @Test
    void whether_regression_arguments_collide_depends_on_the_base_address() {
        String struct = """
                struct args {
                        long                       tid;              /*     0     8 */
                        long                       points;           /*     8     8 */
                        long                       n;                /*    16     8 */
                        long                       sx;               /*    24     8 */
                        long                       sy;               /*    32     8 */
                        long                       sxx;              /*    40     8 */
                        long                       syy;              /*    48     8 */
                        long                       sxy;              /*    56     8 */
                        /* size: 64, cachelines: 1, members: 8 */
                };
                struct two {
                        struct args                a;                /*     0    64 */
                        struct args                b;                /*    64    64 */
                        /* size: 128, cachelines: 2, members: 2 */
                };""";
        StringBuilder operations = new StringBuilder();
        for (String who : List.of("a", "b")) {
            operations.append("- { name: sum " + who + ", role: " + who + ", rate: 1e6, accesses: [ { field: " + who
                    + ".points, kind: read }, { field: " + who + ".n, kind: read }");
            for (String sum : List.of("sx", "sy", "sxx", "syy", "sxy")) {
                operations.append(", { field: " + who + "." + sum + ", kind: rmw, gap: 5ns }");
            }
            operations.append(" ] }\n");
        }

        TreeMap<Long, Double> costAt = new TreeMap<>();
        StructLayout layout = layout(struct);
        Workload workload = workload(layout, operations.toString(), TWO_ROLES);
        for (long residue = 0; residue < 64; residue += 8) {
            Cost cost = new CostModel(MACHINE).cost(workload, LineMap.of(workload.fields(), 64, residue));
            costAt.put(residue, cost.coherenceNanosPerSecond(workload));
        }
        assertThat(costAt.entrySet().stream()
                        .filter(entry -> entry.getValue() == 0)
                        .map(entry -> entry.getKey()))
                .containsExactly(0L, 56L);

        assertThat(rules(struct, 64, operations.toString()))
                .doesNotContain("EmbeddedStructSpill", "WriterBesideReaders", "UncertainPlacement");
        assertThat(rules(struct, 16, operations.toString())).contains("EmbeddedStructSpill", "UncertainPlacement");
        Finding spill = findings(struct, 8, operations.toString(), TWO_ROLES).stream()
                .filter(finding -> finding.rule().equals("EmbeddedStructSpill")
                        && finding.fields().get(0).equals("a.sxy"))
                .findFirst()
                .orElseThrow();
        assertThat(spill.placements().orElseThrow().sharing())
                .as("all residues but 0 and 56 put a.sxy at 56 and b.points at 72 on one line")
                .isEqualTo(8 - 2);
    }

    @Test
    void a_pool_of_locks_a_byte_apart_is_found_and_gone_at_a_line_apart() {
        String operations =
                "- { name: lock, role: a, rate: 1e6, accesses: [ { field: pool, kind: rmw, element: own } ] }";
        String packed = """
                struct p {
                        char                       pool[41];         /*     0    41 */
                        /* size: 41, cachelines: 1, members: 1 */
                };""";
        String apart = """
                struct line {
                        char                       flag;             /*     0     1 */
                        char                       pad[63];          /*     1    63 */
                        /* size: 64, cachelines: 1, members: 2 */
                };
                struct p {
                        struct line                pool[41];         /*     0  2624 */
                        /* size: 2624, cachelines: 41, members: 1 */
                };""";
        Machine few = MACHINE.withCpus(41, "one a lock");

        assertThat(rules(packed, 64, operations, EVERYBODY)).containsExactly("ArrayNeighbours");
        CostBreakdown breakdown =
                analysis(few, packed, 64, operations, EVERYBODY).breakdown().orElseThrow();
        assertThat(breakdown.cost().operations().get(0).coherenceNanos()).isGreaterThan(40);
        assertThat(breakdown.floor().operations().get(0).coherenceNanos())
                .as("each CPU has a lock of its own: nothing is truly shared")
                .isZero();
        Analysis repaired = analysis(few, apart, 64, operations, EVERYBODY);
        assertThat(repaired.findings()).isEmpty();
        assertThat(repaired.breakdown().orElseThrow().cost().operations().get(0).coherenceNanos())
                .isZero();
    }

    /** Featherlight's micro-tests 6 and 8: three lines whose shares of the cost are 1/2, 1/3, 1/6. */
    @Test
    void three_lines_fought_over_three_two_and_one_times_are_ranked_so() {
        String struct = """
                struct s {
                        int                        ax;               /*     0     4 */
                        int                        ay;               /*     4     4 */
                        char                       pada[56];         /*     8    56 */
                        int                        bx;               /*    64     4 */
                        int                        by;               /*    68     4 */
                        char                       padb[56];         /*    72    56 */
                        int                        cx;               /*   128     4 */
                        int                        cy;               /*   132     4 */
                        char                       padc[56];         /*   136    56 */
                        /* size: 192, cachelines: 3, members: 9 */
                };""";
        StringBuilder operations = new StringBuilder();
        String[] lines = {"a", "b", "c"};
        for (int i = 0; i < 3; i++) {
            for (String[] who : new String[][] {{"a", "x"}, {"b", "y"}}) {
                operations.append("- { name: " + lines[i] + who[1] + ", role: " + who[0] + ", rate: " + (3 - i)
                        + "e5, accesses: [ { field: " + lines[i] + who[1] + ", kind: read }, { field: "
                        + lines[i] + who[1] + ", kind: write } ] }\n");
            }
        }

        List<Finding> ranked = findings(struct, 64, operations.toString(), TWO_ROLES).stream()
                .filter(finding -> finding.rule().equals("WritersShareLine"))
                .toList();
        assertThat(ranked).extracting(finding -> finding.fields().get(0)).containsExactly("ax", "bx", "cx");
        double all = ranked.stream()
                .mapToDouble(finding -> finding.saving().orElseThrow().cpusSaved())
                .sum();
        double[] shares = ranked.stream()
                .mapToDouble(finding -> finding.saving().orElseThrow().cpusSaved() / all)
                .toArray();
        assertThat(shares[0]).isCloseTo(1 / 2.0, within(0.03));
        assertThat(shares[1]).isCloseTo(1 / 3.0, within(0.03));
        assertThat(shares[2]).isCloseTo(1 / 6.0, within(0.03));

        Simulation played = simulate(struct, operations.toString(), TWO_ROLES);
        double misses =
                played.culprits().stream().mapToLong(Simulation.Culprit::misses).sum();
        for (int i = 0; i < 3; i++) {
            String line = lines[i];
            double share = played.culprits().stream()
                            .filter(culprit -> culprit.culprit().startsWith(line))
                            .mapToLong(Simulation.Culprit::misses)
                            .sum()
                    / misses;
            assertThat(share).as("line " + line + ", played").isCloseTo((3 - i) / 6.0, within(0.03));
        }
    }

    /** Featherlight's micro-test 9: writers on both sides of a barrier. */
    @Test
    void writers_that_never_run_together_are_not_reported_and_cost_nothing() {
        String struct = """
                struct s {
                        long                       x;                /*     0     8 */
                        long                       y;                /*     8     8 */
                        /* size: 16, cachelines: 1, members: 2 */
                };""";
        String operations = """
                - { name: build, role: a, rate: 1e6, accesses: [ { field: x, kind: read }, { field: x, kind: write } ] }
                - { name: serve, role: b, rate: 1e6, accesses: [ { field: y, kind: read }, { field: y, kind: write } ] }
                """;
        String apart = TWO_ROLES + "\n    phases: { first: [a], then: [b] }";

        assertThat(rules(struct, 64, operations)).contains("WritersShareLine");
        assertThat(rules(struct, 64, operations, apart)).isEmpty();
        assertThat(bill(struct, 64, operations, apart).cost().operations())
                .allMatch(operation -> operation.coherenceNanos() == 0);
        assertThat(simulate(struct, operations, apart).culprits()).isEmpty();
    }

    /** Berkeley DB, pull request 19: isolating the hot fields of a buffer header measured -0.8 to +0.6 %. */
    @Test
    void isolating_fields_that_every_thread_writes_together_gains_nothing() {
        String before = """
                struct bh {
                        long                       latch;            /*     0     8 */
                        int                        ref;              /*     8     4 */
                        short                      flags;            /*    12     2 */
                        short                      unused1;          /*    14     2 */
                        int                        priority;         /*    16     4 */
                        int                        pgno;             /*    20     4 */
                        long                       offset;           /*    24     8 */
                        long                       next;             /*    32     8 */
                        long                       chain[3];         /*    40    24 */
                        /* size: 64, cachelines: 1, members: 9 */
                };""";
        String after = """
                struct bh {
                        long                       latch;            /*     0     8 */
                        int                        ref;              /*     8     4 */
                        short                      flags;            /*    12     2 */
                        short                      unused1;          /*    14     2 */
                        int                        priority;         /*    16     4 */
                        char                       pad0[44];         /*    20    44 */
                        int                        pgno;             /*    64     4 */
                        int                        pad1;             /*    68     4 */
                        long                       offset;           /*    72     8 */
                        long                       next;             /*    80     8 */
                        long                       chain[3];         /*    88    24 */
                        char                       pad2[16];         /*   112    16 */
                        /* size: 128, cachelines: 2, members: 12 */
                };""";
        String operations = """
                - name: pin and unpin
                  role: a
                  rate: 2e5
                  accesses:
                    - { field: latch, kind: rmw }
                    - { field: pgno, kind: read, gap: 1ns }
                    - { field: ref, kind: rmw, gap: 1ns }
                    - { field: flags, kind: write, gap: 1ns }
                    - { field: priority, kind: write, gap: 1ns }
                    - { field: latch, kind: write, gap: 1ns }
                """;
        Machine eight = MACHINE.withCpus(8, "threads of the published run: 8 and 12");

        Analysis packed = analysis(eight, before, 64, operations, EVERYBODY);
        Analysis isolated = analysis(eight, after, 64, operations, EVERYBODY);
        double gain =
                onlyOperation(isolated).ratePerSecond() / onlyOperation(packed).ratePerSecond() - 1;
        assertThat(gain)
                .as("throughput, a transaction taking 5 us; published -0.8 to +0.6 %")
                .isBetween(-0.01, 0.01);
        assertThat(packed.findings()).extracting(Finding::rule).contains("TrueSharing");
        assertThat(packed.findings()).noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    /** Huron's and others' toy: counters of one thread each, 4 bytes apart. */
    @Test
    void counters_of_one_thread_each_are_found_when_packed_and_free_when_apart() {
        String operations =
                "- { name: count, role: a, rate: 1e7, accesses: [ { field: ints, kind: rmw, element: own } ] }";
        String packed = """
                struct s {
                        int                        ints[4];          /*     0    16 */
                        /* size: 16, cachelines: 1, members: 1 */
                };""";
        Machine four = MACHINE.withCpus(4, "one a counter");

        Analysis analysis = analysis(four, packed, 64, operations, EVERYBODY);
        assertThat(analysis.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("ArrayNeighbours");
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.saving().orElseThrow().shareOfOperation()).isGreaterThan(0.5);
            assertThat(finding.saving().orElseThrow().floorNanosPerOp()).isZero();
        });
    }

    @Test
    void a_counter_that_all_share_in_truth_is_said_to_be_beyond_any_layout() {
        String struct = """
                struct s {
                        long                       n;                /*     0     8 */
                        long                       m;                /*     8     8 */
                        /* size: 16, cachelines: 1, members: 2 */
                };""";
        String shared = "- { name: count, role: a, rate: 1e7, accesses: [ { field: n, kind: rmw } ] }";

        Analysis analysis = analysis(MACHINE, struct, 64, shared, EVERYBODY);
        assertThat(analysis.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("TrueSharing");
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.saving().orElseThrow().nanosPerOp()).isCloseTo(0, within(0.01));
        });
        CostBreakdown breakdown = analysis.breakdown().orElseThrow();
        assertThat(breakdown.falseSharingNanos(0)).isCloseTo(0, within(0.01));

        String own =
                "- { name: work, role: a, rate: 1e7, accesses: [ { field: n, kind: rmw }, { field: m, kind: read } ] }";
        assertThat(rules(struct, 64, own, "roles: { a: { cpus: 1 } }")).isEmpty();
    }

    @Test
    void two_fields_that_one_operation_writes_hide_each_other_from_nobody() {
        String struct = """
                struct s {
                        long                       packets;          /*     0     8 */
                        long                       bytes;            /*     8     8 */
                        long                       ops;              /*    16     8 */
                        /* size: 24, cachelines: 1, members: 3 */
                };""";
        String one = "- { name: count, role: a, rate: 1e5, accesses: [ { field: packets, kind: write } ] }\n";
        String two =
                "- { name: count, role: a, rate: 1e5, accesses: [ { field: packets, kind: write }, { field: bytes, kind: write } ] }\n";
        String read = "- { name: read, role: b, rate: 1e5, accesses: [ { field: ops, kind: read } ] }";

        Finding alone = findings(struct, 64, one + read, TWO_ROLES).get(0);
        List<Finding> beside = findings(struct, 64, two + read, TWO_ROLES);

        assertThat(alone.severity()).isEqualTo(Severity.WARNING);
        assertThat(beside).extracting(finding -> finding.fields().get(0)).containsExactlyInAnyOrder("packets", "bytes");
        assertThat(beside).allSatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo("WriterBesideReaders");
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.saving().orElseThrow().cpusSaved())
                    .isGreaterThanOrEqualTo(alone.saving().orElseThrow().cpusSaved());
        });
    }

    /** Each CPU loads one field and stores another; a loop that waited for its stores would take 2.6 times as long. */
    @Test
    void who_loads_one_field_and_stores_another_waits_for_the_load_alone() {
        String together = """
                struct client {
                        long                       flags;            /*     0     8 */
                        long                       conn;             /*     8     8 */
                        long                       tid;              /*    16     8 */
                        long                       io_flags;         /*    24     8 */
                        /* size: 32, cachelines: 1, members: 4 */
                };""";
        String apart = """
                struct client {
                        long                       flags;            /*     0     8 */
                        long                       conn;             /*     8     8 */
                        long                       pad[6];           /*    16    48 */
                        long                       tid;              /*    64     8 */
                        long                       io_flags;         /*    72     8 */
                        /* size: 80, cachelines: 2, members: 5 */
                };""";
        String operations = """
                - { name: dispatch, role: a, rate: 3e7, accesses: [ { field: conn, kind: read, gap: 10ns }, { field: flags, kind: write, gap: 10ns } ] }
                - { name: poll, role: b, rate: 3e7, accesses: [ { field: tid, kind: read, gap: 10ns }, { field: io_flags, kind: write, gap: 10ns } ] }
                """;

        double before = bill(together, 64, operations, TWO_ROLES)
                .cost()
                .operations()
                .get(0)
                .totalNanos();
        double after = bill(apart, 64, operations, TWO_ROLES)
                .cost()
                .operations()
                .get(0)
                .totalNanos();
        assertThat(before / after).isBetween(1.1, 2.0);
        String stores = operations.replace("kind: read", "kind: write");
        assertThat(bill(together, 64, stores, TWO_ROLES).cost().operations())
                .as("stores alone wait for nothing")
                .allMatch(operation -> operation.coherenceNanos() == 0);
        assertThat(findings(together, 64, stores, TWO_ROLES))
                .noneMatch(finding -> finding.rule().equals("WritersShareLine"));
    }

    @Test
    void fields_that_both_sides_write_in_turn_are_better_off_together_and_no_finding() {
        String struct = """
                struct s {
                        long                       cached;           /*     0     8 */
                        long                       queued;           /*     8     8 */
                        /* size: 16, cachelines: 1, members: 2 */
                };""";
        String bothWrite = """
                - { name: put, role: a, rate: 1e5, accesses: [ { field: cached, kind: rmw }, { field: queued, kind: rmw } ] }
                - { name: take, role: b, rate: 1e5, accesses: [ { field: queued, kind: rmw }, { field: cached, kind: rmw } ] }
                """;
        String eachItsOwn = """
                - { name: put, role: a, rate: 1e5, accesses: [ { field: cached, kind: rmw } ] }
                - { name: take, role: b, rate: 1e5, accesses: [ { field: queued, kind: rmw } ] }
                """;

        assertThat(rules(struct, 64, bothWrite)).containsExactly("TrueSharing");
        assertThat(rules(struct, 64, eachItsOwn)).containsExactly("WritersShareLine");
    }

    @Test
    void the_write_that_is_named_is_one_that_disturbs() {
        String struct = """
                struct s {
                        long                       link;             /*     0     8 */
                        long                       size;             /*     8     8 */
                        /* size: 16, cachelines: 1, members: 2 */
                };""";
        String operations = """
                - { name: make, role: a, rate: 1e5, accesses: [ { field: link, kind: write } ] }
                - { name: queue, role: b, rate: 1e5, accesses: [ { field: link, kind: write } ] }
                - { name: look, role: a, rate: 1e5, accesses: [ { field: size, kind: read } ] }
                """;

        assertThat(findings(struct, 64, operations, TWO_ROLES))
                .filteredOn(finding -> finding.rule().equals("WriterBesideReaders"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).startsWith("link (write by b, 1e5/s"));
    }

    @Test
    void the_edge_that_is_named_is_the_one_towards_the_victim() {
        String struct = """
                struct inner {
                        long                       hot;              /*     0     8 */
                        long                       cold[9];          /*     8    72 */
                        /* size: 80, cachelines: 2, members: 2 */
                };
                struct s {
                        long                       before;           /*     0     8 */
                        struct inner               in;               /*     8    80 */
                        /* size: 88, cachelines: 2, members: 2 */
                };""";
        String operations = """
                - { name: count, role: a, rate: 1e6, accesses: [ { field: in.hot, kind: write } ] }
                - { name: look, role: b, rate: 1e6, accesses: [ { field: before, kind: read } ] }
                """;

        assertThat(findings(struct, 64, operations, TWO_ROLES))
                .filteredOn(finding -> finding.rule().equals("EmbeddedStructSpill"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .startsWith("in (struct inner) begins at byte 8, 8 bytes past a multiple of 64: in.hot"));
    }

    private static OperationCost onlyOperation(Analysis analysis) {
        return analysis.breakdown().orElseThrow().cost().operations().get(0);
    }

    private static List<String> rules(String struct, int base, String operations) {
        return rules(struct, base, operations, TWO_ROLES);
    }

    private static List<String> rules(String struct, int base, String operations, String roles) {
        return findings(struct, base, operations, roles).stream()
                .map(Finding::rule)
                .distinct()
                .toList();
    }

    private static List<Finding> findings(String struct, int base, String operations, String roles) {
        return analysis(MACHINE, struct, base, operations, roles).findings();
    }

    private static CostBreakdown bill(String struct, int base, String operations, String roles) {
        return analysis(MACHINE, struct, base, operations, roles).breakdown().orElseThrow();
    }

    private static Analysis analysis(Machine machine, String struct, int base, String operations, String roles) {
        StructLayout layout = layout(struct);
        return new Analyzer(machine, Catalog.RULES)
                .analyze(Subject.of(layout)
                        .withPlacement(new Placement(base, "the case"))
                        .withProfile(ProfileReader.read("case.yaml", profile(layout, operations, roles))
                                .forStruct(layout.name())));
    }

    private static Simulation simulate(String struct, String operations, String roles) {
        StructLayout layout = layout(struct);
        Workload workload = workload(layout, operations, roles);
        return new Simulator(MACHINE, SimulationOptions.of(7, 1_000_000))
                .run(workload, LineMap.of(workload.fields(), 64, 0));
    }

    private static Workload workload(StructLayout layout, String operations, String roles) {
        return Workload.of(
                Resolution.resolve(
                        layout,
                        ProfileReader.read("case.yaml", profile(layout, operations, roles))
                                .forStruct(layout.name())
                                .orElseThrow()),
                MACHINE.cpus().value());
    }

    private static String profile(StructLayout layout, String operations, String roles) {
        return "profile: case\nstructs:\n  " + layout.name() + ":\n    " + roles + "\n    operations:\n"
                + operations.strip().indent(6);
    }

    private static StructLayout layout(String struct) {
        List<StructLayout> layouts = NotationReader.read("case.c", struct);
        return layouts.get(layouts.size() - 1);
    }
}
