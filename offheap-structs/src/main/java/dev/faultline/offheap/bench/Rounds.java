package dev.faultline.offheap.bench;

import dev.faultline.measure.Contestant;
import dev.faultline.measure.Effort;
import dev.faultline.measure.Scenario;
import dev.faultline.measure.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Plays scenarios round by round: one fork of each contestant a round, the order turned on every time, so that what drifts
 * hits all. A round counts when the CPUs were free before and after it; else it is played again, as long as there is
 * patience left for the whole run.
 */
final class Rounds {

    private final Gate gate;
    private final Forks forks;
    private final long pauseMillis;
    private final Bench.Listener listener;
    private long patienceNanos;
    private int counted;
    private int pinned;
    private int done;
    private int expected;

    Rounds(Gate gate, Forks forks, long patienceMillis, long pauseMillis, Bench.Listener listener) {
        this.gate = gate;
        this.forks = forks;
        this.patienceNanos = patienceMillis * 1_000_000;
        this.pauseMillis = pauseMillis;
        this.listener = listener;
    }

    /** So many forks are to come. */
    void expect(int count) {
        expected = count;
    }

    /** {@return whether every thread of every fork stayed on its CPU, and there was one} */
    boolean pinned() {
        return counted > 0 && pinned == counted;
    }

    /** {@return what came of a scenario} */
    Scenario play(Shape shape, List<Entry> entries, int asked, Effort effort) {
        int threads = shape.crowd().threads(asked);
        int end = done + entries.size() * effort.forks();
        Map<String, List<Sample>> samples = new TreeMap<>();
        Optional<String> problem = Optional.empty();
        for (int round = 0; round < effort.forks() && problem.isEmpty(); ) {
            long started = System.nanoTime();
            try {
                Map<String, Sample> one = round(shape, entries, threads, effort, round);
                one.forEach((name, sample) ->
                        samples.computeIfAbsent(name, any -> new ArrayList<>()).add(sample));
                round++;
            } catch (DisturbedException disturbed) {
                listener.disturbed(shape.name() + ": " + disturbed.getMessage());
                problem = wait(disturbed, started);
            }
        }
        done = end;
        listener.done(done, expected);
        List<Contestant> contestants = problem.isPresent()
                ? List.of()
                : entries.stream()
                        .map(entry -> contestant(entry, shape, samples.get(entry.name())))
                        .toList();
        return new Scenario(shape.name(), shape.operation(), threads, contestants, problem, shape.publishedOf(entries));
    }

    private Map<String, Sample> round(Shape shape, List<Entry> entries, int threads, Effort effort, int round)
            throws DisturbedException {
        pass();
        Map<String, Sample> samples = new TreeMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get((round + i) % entries.size());
            samples.put(entry.name(), forks.run(shape, entry, threads, effort));
            listener.done(done + round * entries.size() + i + 1, expected);
        }
        pass();
        counted += samples.size();
        pinned += (int) samples.values().stream().filter(Sample::pinned).count();
        return samples;
    }

    private void pass() throws DisturbedException {
        Optional<String> problem = gate.problem();
        if (problem.isPresent()) {
            throw DisturbedException.passing(problem.get());
        }
    }

    /** {@return why no other attempt is made, when none is; else returns after a pause} */
    private Optional<String> wait(DisturbedException disturbed, long startedNanos) {
        try {
            patienceNanos -= System.nanoTime() - startedNanos + pauseMillis * 1_000_000;
            if (!disturbed.mayPass() || patienceNanos < 0) {
                return Optional.of(disturbed.getMessage());
            }
            Thread.sleep(pauseMillis);
            return Optional.empty();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private static Contestant contestant(Entry entry, Shape shape, List<Sample> samples) {
        List<Score> scores = shape.roles().stream()
                .filter(role ->
                        samples.stream().allMatch(one -> one.nanosPerOp().containsKey(role)))
                .map(role -> new Score(
                        role,
                        samples.stream().map(one -> one.nanosPerOp().get(role)).toList()))
                .toList();
        Map<String, Long> sums = new TreeMap<>();
        samples.forEach(one -> one.counts().forEach((name, count) -> sums.merge(name, count, Long::sum)));
        double operations = Math.max(1, sums.getOrDefault(Tally.OPERATIONS, 0L));
        sums.remove(Tally.OPERATIONS);
        Map<String, Double> countsPerOp = new TreeMap<>();
        sums.forEach((name, sum) -> countsPerOp.put(name, sum / operations));
        return new Contestant(entry.name(), entry.summary(), scores, countsPerOp);
    }
}
