package dev.faultline.machine;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.input.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads machines from YAML.
 *
 * <pre>{@code
 * machine: my box                # its name
 * like: x86-64                   # optional: a preset or another machine file, for values not given here
 * line-bytes: 64                 # each value is a scalar, or has a source: {value: 64, source: "..."}
 * pair-bytes: 128
 * page-bytes: 4096
 * cpus: 16
 * sockets: 1
 * clusters: 1
 * costs:
 *   hit: 1.5ns                   # ns, us, ms, s
 *   socket: {value: 47ns, source: "core-to-core, measured"}
 *   occupancy: 1.0               # shares are from 0 to 1
 *   store-buffer: 56             # whole numbers of entries
 * }</pre>
 *
 * <p>Without {@code like}, {@code x86-64} is used. The source of an inherited value says so: {@code "as x86-64: ..."}.
 * Inherited numbers of CPUs, sockets and clusters are adapted to those that the file gives.
 */
@Internal
public final class MachineReader {

    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int DEEPEST = 8;
    private static final String DEFAULT_LIKE = "x86-64";
    private static final List<String> KEYS = List.of(
            "machine", "like", "line-bytes", "pair-bytes", "page-bytes", "cpus", "sockets", "clusters", "costs");

    private final String source;
    private final MachineFiles files;
    /** The files that led here by {@code like}, this one last. */
    private final List<String> chain;

    private MachineReader(String source, MachineFiles files, List<String> chain) {
        this.source = source;
        this.files = files;
        this.chain = chain;
    }

    /**
     * Reads a machine.
     *
     * @param source the name of the text in messages, and the source of values without one
     * @param yaml the text, at most 1 Mi characters
     * @param files finds what {@code like} names when it is not a preset
     * @return the machine
     * @throws InputException when the text is not a valid machine; names line, column, and the nearest known word
     */
    public static Machine read(String source, String yaml, MachineFiles files) {
        return new MachineReader(source, files, List.of(source)).machine(yaml);
    }

    private Machine machine(String yaml) {
        if (yaml.length() > MOST_CHARACTERS) {
            throw new InputException(
                    source, "", yaml.length() + " characters; a machine has at most " + MOST_CHARACTERS);
        }
        YamlTree root = YamlTree.parse(source, yaml, "machine");
        Map<String, YamlTree> entries = root.mapping(KEYS);
        String name = root.required(entries, "machine").word();
        Base base = base(entries.get("like"));
        MachineValues values = new MachineValues(source, base.label(), entries);
        Machine like = base.machine();
        Sourced<Integer> line = values.powerOfTwo("line-bytes", like.lineBytes(), 16, 1024);
        Sourced<Integer> page = values.powerOfTwo("page-bytes", like.pageBytes(), 1024, 1 << 30);
        return new Machine(
                name, line, pair(values, like, line), page, topology(values, like.topology()), costs(entries, base));
    }

    /** The machine that other values are inherited from, and its name in messages. */
    private record Base(String label, Machine machine) {}

    private Base base(YamlTree like) {
        if (like == null) {
            return new Base(DEFAULT_LIKE, Machines.byName(DEFAULT_LIKE).orElseThrow());
        }
        String word = like.word();
        return Machines.byName(word)
                .map(preset -> new Base(word, preset))
                .orElseGet(() -> new Base(word, file(like, word)));
    }

    private Machine file(YamlTree like, String word) {
        MachineFiles.Text text = files.find(source, word)
                .orElseThrow(() -> like.problem("like: there is no preset and no file `" + word + "`"
                        + Nearest.hint(word, Machines.names()) + "; presets are "
                        + String.join(", ", Machines.names())));
        List<String> longer = new ArrayList<>(chain);
        longer.add(text.name());
        if (chain.contains(text.name())) {
            throw like.problem("like: a machine cannot inherit from itself: " + String.join(" -> ", longer));
        }
        if (longer.size() > DEEPEST) {
            throw like.problem("like: more than " + DEEPEST + " files that inherit from each other: "
                    + String.join(" -> ", longer));
        }
        return new MachineReader(text.name(), files, longer).machine(text.yaml());
    }

    /** {@return the pair size; an inherited one grows with a line size that the file gives} */
    private static Sourced<Integer> pair(MachineValues values, Machine like, Sourced<Integer> line) {
        Sourced<Integer> pair = values.powerOfTwo("pair-bytes", like.pairBytes(), 1, 4096);
        if (pair.value() >= line.value()) {
            return pair;
        }
        if (values.has("pair-bytes")) {
            throw values.problem(
                    "pair-bytes", "expected at least the line size " + line.value() + ", found " + pair.value());
        }
        return new Sourced<>(line.value(), "raised to the line size; " + pair.source());
    }

    private static Topology topology(MachineValues values, Topology like) {
        Sourced<Integer> cpus = values.whole("cpus", like.cpus(), 1, Topology.MOST_CPUS);
        Sourced<Integer> clusters = values.whole("clusters", like.clusters(), 1, Topology.MOST_CLUSTERS);
        Sourced<Integer> sockets = values.whole("sockets", like.sockets(), 1, Topology.MOST_CLUSTERS);
        boolean clustered = values.has("clusters") && clusters.value() < cpus.value();
        sockets = clustered
                ? atMost(values, "sockets", sockets, clusters.value(), "clusters")
                : atMost(values, "sockets", sockets, cpus.value(), "CPUs");
        clusters = atMost(values, "clusters", clusters, cpus.value(), "CPUs");
        if (clusters.value() < sockets.value()) { // so the clusters are inherited
            clusters = new Sourced<>(sockets.value(), "one per socket; " + clusters.source());
        }
        return new Topology(cpus, sockets, clusters);
    }

    /** Checks a number that the file gives, or lowers an inherited one. */
    private static Sourced<Integer> atMost(
            MachineValues values, String key, Sourced<Integer> count, int most, String what) {
        if (count.value() <= most) {
            return count;
        }
        if (values.has(key)) {
            throw values.problem(
                    key, "expected at most the number of " + what + ", " + most + ", found " + count.value());
        }
        return new Sourced<>(most, "lowered to the number of " + what + "; " + count.source());
    }

    private Costs costs(Map<String, YamlTree> entries, Base base) {
        List<Costs.Named> named = base.machine().costs().named();
        YamlTree tree = entries.get("costs");
        Map<String, YamlTree> given = tree == null
                ? Map.of()
                : tree.mapping(named.stream().map(Costs.Named::name).toList());
        MachineValues values = new MachineValues(source, base.label(), given);
        List<Sourced<Double>> figures = new ArrayList<>();
        for (Costs.Named each : named) {
            figures.add(
                    switch (each.unit()) {
                        case NANOS -> nanos(values, each);
                        case SHARE -> share(values, each);
                        case ENTRIES -> values.entries(each.name(), each.figure(), Costs.MOST_ENTRIES);
                    });
        }
        checkOrder(values, named, figures);
        return Costs.of(figures);
    }

    private static Sourced<Double> nanos(MachineValues values, Costs.Named cost) {
        return values.nanos(cost.name(), cost.figure(), Costs.LONGEST_NANOS, Costs.mayBeZero(cost.name()));
    }

    private static Sourced<Double> share(MachineValues values, Costs.Named cost) {
        return values.share(cost.name(), cost.figure(), Costs.mayBeZero(cost.name()));
    }

    /** Refuses transfer times that fall with distance. Inherited times do not, so the file gives one of the two. */
    private static void checkOrder(MachineValues values, List<Costs.Named> named, List<Sourced<Double>> figures) {
        for (int i = 1; i < named.size(); i++) {
            String near = named.get(i - 1).name();
            String far = named.get(i).name();
            boolean transfers = Costs.TRANSFERS.contains(near) && Costs.TRANSFERS.contains(far);
            Sourced<Double> nearer = figures.get(i - 1);
            Sourced<Double> farther = figures.get(i);
            if (transfers && nearer.value() > farther.value()) {
                throw values.problem(
                        values.has(far) ? far : near,
                        "transfers must not become cheaper with distance: " + near + " is " + nearer.value() + " ns ("
                                + nearer.source() + "), " + far + " " + farther.value() + " ns (" + farther.source()
                                + ")");
            }
        }
    }
}
