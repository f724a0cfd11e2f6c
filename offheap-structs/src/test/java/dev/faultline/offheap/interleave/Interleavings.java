package dev.faultline.offheap.interleave;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tries a scenario in every order of its threads' steps, depth first; for each order the scenario is made anew and run
 * from the start. A step is one access to a word, with everything the thread does until the next one.
 *
 * <p>The first order that fails is thrown as an {@link AssertionError} with its steps. An order fails when a thread
 * throws, a check throws, or all threads wait in loops for changes that no thread will make. A scenario must do the
 * same each time it runs in the same order. It must not hold a lock across an access: no other thread could run.
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

    /**
     * {@return the exploration of a scenario}
     *
     * @param scenario makes words, threads and checks
     */
    public static Interleavings of(Consumer<Scenario> scenario) {
        return new Interleavings(scenario);
    }

    /** Fails after more than this number of schedules, 1,000,000 by default, so that none is left out unnoticed. */
    public Interleavings atMostSchedules(long schedules) {
        mostSchedules = schedules;
        return this;
    }

    /** Fails in a schedule of more than this number of steps, 2,000 by default. */
    public Interleavings atMostSteps(int steps) {
        mostSteps = steps;
        return this;
    }

    /**
     * Suspends a thread that has read the same values this many times in a row, 6 by default, since it waits in a loop.
     * It continues when a word changes. Smaller numbers make loops cheap, but a thread that only reads a word several
     * times in a row is then taken to wait, and is not tried to run ahead.
     */
    public Interleavings heldBackAfter(int repeatedReads) {
        heldBackAfter = repeatedReads;
        return this;
    }

    /**
     * Tries steps of different threads on different words, and reads of the same word, in one order only (sleep sets).
     * Every state of the words is still reached, in far fewer schedules. Only for scenarios in which nothing but words
     * shows the order of such steps: threads may count, but not append to a common list.
     */
    public Interleavings reduced() {
        reduced = true;
        return this;
    }

    /**
     * Tries all orders.
     *
     * @return how many there were
     * @throws AssertionError with the first order that fails
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
     * Tries random orders of a scenario that has too many, and prints that not all were tried.
     *
     * @param seed the seed of the choices
     * @param schedules how many orders to try
     * @throws AssertionError with the first order that fails
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

    /** The threads of one exploration, taken from a pool and returned to it unless one is stuck. */
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
