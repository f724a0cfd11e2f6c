package dev.faultline.bench.grid;

import dev.faultline.access.AccessKind;
import dev.faultline.access.AccessMap;
import dev.faultline.access.ProfileReader;
import dev.faultline.access.Resolution;
import dev.faultline.bench.layout.loop.AccessScript;
import dev.faultline.bench.layout.loop.ClosedLoop;
import dev.faultline.bench.layout.loop.PlayedOperation;
import dev.faultline.bench.layout.loop.ScriptCompiler;
import dev.faultline.cost.LineMap;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Two threads that do something to words on one line, or on lines apart, as fast as they can.
 *
 * @param kind what they do
 * @param gapNanos ns of computing before each operation, which begins when the value that was read before is there;
 *     from 0 to {@link #MOST_GAP_NANOS}
 * @param isApart whether the words are on lines apart
 */
public record SharingScenario(SharingKind kind, double gapNanos, boolean isApart) {

    /** The longest gap. */
    public static final double MOST_GAP_NANOS = 10_000;

    /** The gaps that {@code calibrate} measures at. */
    public static final List<Double> CALIBRATED_GAPS = List.of(0.0, 50.0, 500.0);

    /** The gaps of the grid. */
    public static final List<Double> GRID_GAPS = List.of(0.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0);

    /** Any size up to the distance of words apart would do: all words begin a line, or all are on one. */
    private static final int SCRIPT_LINE_BYTES = 64;

    private static final String OPERATION = "operation";

    /** What an operation takes that the simulator never comes to. */
    private static final double STARVED_NANOS = 1e6;

    public SharingScenario {
        if (!(gapNanos >= 0 && gapNanos <= MOST_GAP_NANOS)) {
            throw new IllegalArgumentException("a gap must be from 0 to " + MOST_GAP_NANOS + " ns, got " + gapNanos);
        }
        if (isApart && kind.threads() == 1) {
            throw new IllegalArgumentException(kind.title() + " has nothing to be apart from");
        }
    }

    /** {@return all kinds at each of these gaps, on one line and apart} */
    public static List<SharingScenario> all(List<Double> gaps) {
        List<SharingScenario> all = new ArrayList<>();
        for (SharingKind kind : SharingKind.values()) {
            for (double gap : gaps) {
                all.add(new SharingScenario(kind, gap, false));
                if (kind.threads() > 1) {
                    all.add(new SharingScenario(kind, gap, true));
                }
            }
        }
        return all;
    }

    /** {@return the same on lines apart, or on one line} */
    public SharingScenario apart(boolean other) {
        return new SharingScenario(kind, gapNanos, other);
    }

    /** {@return the threads' roles in reports, each once} */
    public List<String> roles() {
        return kind.threads() == 1 || kind.writers() == 2 ? List.of(kind.role(0)) : List.of(kind.role(0), kind.role(1));
    }

    private StructLayout layout() {
        String words;
        if (kind.words() == 1) {
            words = isApart ? "long first; char apart[504]; long second;" : "long first; long second;";
        } else if (isApart) {
            words = "struct { int count; char apart[252]; } counters[" + kind.words() + "];";
        } else {
            words = "int counters[" + kind.words() + "];";
        }
        return NotationReader.read("grid", "struct shared { " + words + " };").get(0);
    }

    /** {@return the path of what a thread accesses} */
    private String field(int thread) {
        if (kind.words() > 1) {
            return isApart ? "counters[*].count" : "counters[*]";
        }
        return thread == 0 ? "first" : "second";
    }

    private AccessMap accesses(StructLayout layout) {
        StringBuilder yaml = new StringBuilder(
                "profile: grid\nstructs:\n  shared:\n    roles: { t0: { cpus: [0] }, t1: { cpus: [1] } }\n");
        yaml.append("    operations:\n");
        for (int thread = 0; thread < kind.threads(); thread++) {
            yaml.append("      - { name: ")
                    .append(OPERATION)
                    .append(", role: t")
                    .append(thread);
            yaml.append(", rate: 1e6, accesses: [");
            double gap = gapNanos;
            for (AccessKind access : kind.accesses(thread)) {
                yaml.append(String.format(
                        Locale.ROOT, " { field: '%s', kind: %s, gap: %sns },", field(thread), access.word(), gap));
                gap = 0;
            }
            yaml.append(" ] }\n");
        }
        return Resolution.resolve(
                layout,
                ProfileReader.read("grid", yaml.toString()).forStruct("shared").orElseThrow());
    }

    /** {@return what the threads do, as a script with a part for each} */
    AccessScript script() {
        StructLayout layout = layout();
        ClosedLoop loop = ClosedLoop.of(accesses(layout), 2);
        return ScriptCompiler.compile(layout, loop, SCRIPT_LINE_BYTES, 0, loop.operations());
    }

    /**
     * Predicts by the simulator.
     *
     * @param machine the hardware, with at least two CPUs
     * @param accesses how many accesses to simulate
     * @return ns per operation of one thread, by role; the same each time
     */
    public Map<String, Double> simulated(Machine machine, long accesses) {
        ClosedLoop loop = ClosedLoop.of(accesses(layout()), 2);
        LineMap lines = LineMap.of(loop.workload().fields(), machine.lineBytes().value(), 0);
        Map<PlayedOperation, Double> nanos =
                loop.simulated(machine, lines, accesses).nanos();
        List<Double> ofThreads = new ArrayList<>();
        for (int thread = 0; thread < kind.threads(); thread++) {
            ofThreads.add(nanos.getOrDefault(new PlayedOperation("t" + thread, OPERATION), STARVED_NANOS));
        }
        return byRole(ofThreads);
    }

    /** {@return the times of threads by role: their mean where both have the same role} */
    Map<String, Double> byRole(List<Double> ofThreads) {
        Map<String, Double> nanos = new LinkedHashMap<>();
        for (int thread = 0; thread < ofThreads.size(); thread++) {
            nanos.merge(kind.role(thread), ofThreads.get(thread), (one, other) -> (one + other) / 2);
        }
        return nanos;
    }
}
