package dev.faultline.offheap.interleave;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tries a scenario in every order of its threads' steps, depth first, made anew and run from the start each time. A
 * step is one access to a word, with all that the thread does until the next one.
 *
 * <p>The first order that fails is thrown as an {@link AssertionError} with its steps. It fails when a thread throws, a
 * check throws, or all threads read again and again what nobody will change. A scenario must do the same each time it
 * is run in the same order, and must not hold a lock across an access: nobody could run until the lock is free.
 */
public final class Interleavings {

    private final Consumer<Scenario> scenario;
    private long mostSchedules = 1_000_000;
    private int mostSteps = 2_000;
    private int heldBackAfter = 6;
    private boolean reduced;

    private Interleavings(Consumer<Scenario> scenario) {
        this.scenario = scenario;
    }

    /** {@return what tries the scenario; the argument makes words, threads and checks} */
    public static Interleavings of(Consumer<Scenario> scenario) {
        return new Interleavings(scenario);
    }

    /** Refuses to go on after so many schedules, 1,000,000 unless told; nothing is left out silently. */
    public Interleavings atMostSchedules(long schedules) {
        mostSchedules = schedules;
        return this;
    }

    /** Refuses schedules of more steps, 2,000 unless told. */
    public Interleavings atMostSteps(int steps) {
        mostSteps = steps;
        return this;
    }

    /**
     * Holds a thread back once it has read so often what it has read already while nothing changed, 6 times unless
     * told: it waits in a loop. It goes on when a word changes. Fewer make loops cheap, but a thread that only reads a
     * word several times in a row is then taken to wait, and is not tried to run ahead.
     */
    public Interleavings heldBackAfter(int repeatedReads) {
        heldBackAfter = repeatedReads;
        return this;
    }

    /**
     * Tries steps of different threads on different words, and reads of one word, in one order only (sleep sets): every
     * state of the words is still met, in far fewer schedules. Only for scenarios in which nothing but words tells the
     * order of such steps: threads may count, but not append to one list.
     */
    public Interleavings reduced() {
        reduced = true;
        return this;
    }

    /**
     * Tries all orders.
     *
     * @return how many there were
     * @throws AssertionError with the first that fails
     * @throws IllegalStateException when there are more schedules or steps than allowed, or the scenario differs when
     *     made again
     */
    public long explore() {
        Choices.DepthFirst choices = new Choices.DepthFirst();
        long schedules = 0;
        try (Stage stage = new Stage()) {
            do {
                if (schedules == mostSchedules) {
                    throw new IllegalStateException("more than " + mostSchedules + " schedules; make the scenario"
                            + " smaller, allow more with atMostSchedules, or sample some");
                }
                choices.again();
                Run run = run(stage, choices);
                if (!run.isRedundant()) {
                    schedules++;
                    run.expectNoFailure("in schedule " + schedules);
                }
            } while (choices.next());
        }
        return schedules;
    }

    /**
     * Tries some orders, drawn: for scenarios that have too many. Says on standard output that it has not tried them
     * all.
     *
     * @param seed of the draws
     * @param schedules how many
     * @throws AssertionError with the first that fails
     */
    public void sample(long seed, long schedules) {
        System.out.println(
                "interleavings: " + schedules + " schedules drawn with seed " + seed + ", not all there are");
        Choices choices = new Choices.Drawn(seed);
        try (Stage stage = new Stage()) {
            for (long schedule = 1; schedule <= schedules; schedule++) {
                run(stage, choices).expectNoFailure("in schedule " + schedule + " drawn with seed " + seed);
            }
        }
    }

    private Run run(Stage stage, Choices choices) {
        Scenario made = new Scenario();
        scenario.accept(made);
        Run run = new Run(made, choices, new Run.Limits(mostSteps, heldBackAfter, reduced));
        run.play(stage);
        return run;
    }

    /** The threads of one exploration: taken from a pool, given back unless one is stuck. */
    static final class Stage implements AutoCloseable {

        private final List<Worker> workers = new ArrayList<>();

        Worker worker(int index) {
            while (workers.size() <= index) {
                workers.add(Worker.take());
            }
            return workers.get(index);
        }

        @Override
        public void close() {
            workers.forEach(Worker::giveBack);
        }
    }
}
