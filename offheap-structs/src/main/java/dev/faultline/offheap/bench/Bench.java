package dev.faultline.offheap.bench;

import dev.faultline.input.InputException;
import dev.faultline.measure.Benchmark;
import dev.faultline.measure.Effort;
import dev.faultline.measure.Environment;
import dev.faultline.measure.Scenario;
import dev.faultline.offheap.cores.FreeCores;
import dev.faultline.offheap.cores.InconclusiveException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs suites on the machine at hand. */
public final class Bench {

    /** Is told how far a run is. */
    public interface Listener {
        /** So many of so many forks are done. */
        void done(int forks, int of);

        /** A round does not count, and why; it may be tried again. */
        void disturbed(String why);
    }

    /**
     * What to run.
     *
     * @param suite the suite
     * @param threads how many threads contend; at least 2
     * @param effort how much of each contestant
     * @param isPatient whether disturbances are waited for, some minutes instead of half of one
     * @param contestants names of those that take part, at least one; the suite says in which order
     * @param scenarios names of what they do, at least one
     */
    public record Request(
            Suite suite,
            int threads,
            Effort effort,
            boolean isPatient,
            List<String> contestants,
            List<String> scenarios) {

        /** Refuses what makes no sense. */
        public Request {
            if (threads < 2) {
                throw new IllegalArgumentException("threads=" + threads + ", expected at least 2");
            }
            contestants = List.copyOf(contestants);
            scenarios = List.copyOf(scenarios);
            if (contestants.isEmpty() || !suite.contestants().containsAll(contestants)) {
                throw new IllegalArgumentException(suite.name() + " has no contestants " + contestants);
            }
            if (scenarios.isEmpty() || !suite.scenarios(true).containsAll(scenarios)) {
                throw new IllegalArgumentException(suite.name() + " has no scenarios " + scenarios);
            }
            if (!suite.meet(contestants, scenarios, threads)) {
                throw new IllegalArgumentException(
                        "none of " + contestants + " takes part in " + String.join(", ", scenarios));
            }
        }

        List<Entry> entries() {
            return suite.entries().stream()
                    .filter(entry -> contestants.contains(entry.name()))
                    .toList();
        }

        /** {@return the scenarios in which at least one of the contestants takes part} */
        List<Shape> shapes() {
            return suite.shapes(contestants, scenarios, threads);
        }

        /** {@return names of the contestants that take part in a scenario, in the order they are compared in} */
        public List<String> entrants(String scenario) {
            return shape(scenario).of(entries(), threads).stream()
                    .map(Entry::name)
                    .toList();
        }

        /** {@return what a scenario has scores of, by name} */
        public List<String> roles(String scenario) {
            return shape(scenario).roles();
        }

        private Shape shape(String scenario) {
            return shapes().stream()
                    .filter(shape -> shape.name().equals(scenario))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no scenario " + scenario));
        }

        /** {@return how many seconds that takes, about, if nothing is disturbed} */
        public long seconds() {
            double fork = FORK_SECONDS + (effort.warmups() + effort.iterations()) * effort.millis() / 1000.0;
            return Math.round(forks() * fork + shapes().size() * effort.forks() * 2 * GATE_SECONDS);
        }

        /** {@return how many forks that is, if none is disturbed} */
        public int forks() {
            int entrants = shapes().stream()
                    .mapToInt(shape -> shape.of(entries(), threads).size())
                    .sum();
            return entrants * effort.forks();
        }
    }

    /** Enough for ratios with intervals, in some minutes. */
    public static final Effort BRIEF = new Effort(5, 5, 3, 150);

    /** For figures that are to be published. */
    public static final Effort THOROUGH = new Effort(12, 5, 5, 500);

    /** Of two layouts, in about a minute. */
    public static final Effort LAYOUTS = new Effort(8, 4, 5, 200);

    private static final double FORK_SECONDS = 1.2; // a VM starts, and its threads find their CPUs
    private static final double GATE_SECONDS = 0.8;

    private static final double LEAST_RATIO = 0.9;
    private static final double MOST_LOST = 0.02;
    /** Of an iteration's time. Compiling what runs between iterations takes some ms of the next; a neighbour takes half. */
    private static final double MOST_WAITED = 0.05;

    private static final long PATIENCE_MILLIS = 30_000;
    private static final long LONG_PATIENCE_MILLIS = 600_000;
    private static final long PAUSE_MILLIS = 2_000;

    private Bench() {}

    /**
     * Runs a suite.
     *
     * @param request what to run
     * @param cpus numbers of the CPUs this process may use
     * @param listener is told how far it is
     * @return what was found; scenarios that were disturbed too often say so
     * @throws InputException when libraries are missing that the suite needs
     * @throws InconclusiveException when there are fewer CPUs than threads
     */
    public static Benchmark run(Request request, List<Integer> cpus, Listener listener) {
        requireLibraries(request);
        if (cpus.size() < request.threads()) {
            throw new InconclusiveException("inconclusive: " + request.threads()
                    + " threads need as many CPUs, and this" + " process may use " + cpus.size());
        }
        List<Integer> used = cpus.subList(0, request.threads());
        long patience = request.isPatient() ? LONG_PATIENCE_MILLIS : PATIENCE_MILLIS;
        try (FreeCores cores = new FreeCores(used, LEAST_RATIO, MOST_LOST)) {
            return run(
                    request,
                    used,
                    new Rounds(
                            cores::problem,
                            new JmhForks(used, MOST_LOST, MOST_WAITED),
                            patience,
                            PAUSE_MILLIS,
                            listener));
        }
    }

    static Benchmark run(Request request, List<Integer> cpus, Rounds rounds) {
        rounds.expect(request.forks());
        List<Scenario> scenarios = new ArrayList<>();
        for (Shape shape : request.shapes()) {
            scenarios.add(rounds.play(
                    shape, shape.of(request.entries(), request.threads()), request.threads(), request.effort()));
        }
        return new Benchmark(
                request.suite().name(),
                request.suite().summary(),
                new Environment(Hardware.processor(), Hardware.java(), Hardware.system(), cpus, rounds.pinned()),
                request.effort(),
                scenarios);
    }

    private static void requireLibraries(Request request) {
        Set<Library> needed = EnumSet.of(Library.JMH);
        request.entries().forEach(entry -> entry.needs().ifPresent(needed::add));
        needed.removeIf(Library::isThere);
        if (!needed.isEmpty()) {
            throw new InputException(
                    "bench",
                    "",
                    "needs " + needed.stream().map(Library::title).collect(Collectors.joining(", "))
                            + " on the class path; the distribution has them in lib/bench");
        }
    }
}
