package dev.faultline.offheap.interleave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One order of a scenario. One thread at a time has the turn, owns all state, and chooses which thread is next. */
final class Run {

    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(20);

    record Limits(int steps, int heldBackAfter, boolean reduced) {}

    private record Step(String thread, Stepped word, int index, String operation, String value) {}

    /** Ends a thread of a run that is given up. */
    private static final class Abandoned extends Error {

        private static final long serialVersionUID = 1;

        Abandoned() {
            super("this schedule is given up", null, false, false);
        }
    }

    /** A thread of the scenario. */
    final class Actor {

        private final int number;
        private final Scenario.Part part;
        private final Worker worker;
        private boolean begun;
        private boolean ended;
        // the next access
        private Stepped word;
        private int index;
        private String operation;
        private boolean mayWrite;
        // what the thread has read since a word changed
        private long changesSeen;
        private final List<Stepped> readWords = new ArrayList<>();
        private int[] readIndexes = new int[8];
        private int repeated;

        Actor(int number, Scenario.Part part, Worker worker) {
            this.number = number;
            this.part = part;
            this.worker = worker;
        }

        boolean isObserved() {
            return !checking;
        }

        void play() {
            try {
                begun = true;
                expectGoingOn();
                part.body().run();
                checkStep();
            } catch (Abandoned unwound) {
                // another thread reported the cause
            } catch (Throwable thrown) {
                fail(thrown);
            }
            ended = true;
            passOn(this);
        }

        /** Stops before an access, until the thread has the turn. */
        void stop(Stepped what, int at, String how, boolean writes) {
            expectGoingOn();
            word = what;
            index = at;
            operation = how;
            mayWrite = writes;
            checkStep();
            expectGoingOn();
            if (!passOn(this)) {
                worker.awaitTurn();
            }
            expectGoingOn();
        }

        /** Records the result of the access. */
        void did(String value, boolean changed) {
            trace.add(new Step(part.name(), word, index, operation, value));
            steps++;
            if (changed) {
                changes++;
            } else {
                countRepeated();
            }
        }

        private void countRepeated() {
            if (changesSeen != changes) {
                changesSeen = changes;
                readWords.clear();
                repeated = 0;
            }
            for (int i = 0; i < readWords.size(); i++) {
                if (readWords.get(i) == word && readIndexes[i] == index) {
                    repeated++;
                    return;
                }
            }
            if (readWords.size() == readIndexes.length) {
                readIndexes = Arrays.copyOf(readIndexes, 2 * readIndexes.length);
            }
            readIndexes[readWords.size()] = index;
            readWords.add(word);
        }

        private boolean isHeldBack(int allowed) {
            return changesSeen == changes && repeated >= allowed;
        }

        private boolean commutesWith(Actor other) {
            return word != other.word || index != other.index || !mayWrite && !other.mayWrite;
        }

        @Override
        public String toString() {
            return part.name();
        }
    }

    private final Scenario scenario;
    private final Choices choices;
    private final Limits limits;
    private final List<Actor> actors = new ArrayList<>();
    private final List<Step> trace = new ArrayList<>();
    private final Thread driver = Thread.currentThread();
    private volatile boolean over;
    private volatile boolean abandoned;
    private volatile int steps;
    private boolean redundant;
    private boolean refused; // a limit was exceeded; not a failure of the scenario
    private boolean checking;
    private Throwable failure;
    private long changes;
    private int asleep;

    Run(Scenario scenario, Choices choices, Limits limits) {
        this.scenario = scenario;
        this.choices = choices;
        this.limits = limits;
    }

    /** Runs the scenario to its end, and returns when its outcome is known. */
    void play(Interleavings.Stage stage) {
        for (Scenario.Part part : scenario.parts()) {
            Worker worker = stage.worker(actors.size());
            Actor actor = new Actor(actors.size(), part, worker);
            worker.assign(actor);
            actors.add(actor);
        }
        if (!actors.isEmpty()) {
            actors.get(0).worker.giveTurn();
            awaitEnd();
        }
        if (failure == null && !redundant) {
            try {
                scenario.checkEnd();
            } catch (RuntimeException | Error wrong) {
                failure = wrong;
            }
        }
    }

    private void awaitEnd() {
        int stepsThen = -1;
        long since = System.nanoTime();
        while (!over) {
            LockSupport.parkNanos(this, STUCK_NANOS);
            if (steps != stepsThen) {
                stepsThen = steps;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > STUCK_NANOS) {
                failStuck();
            }
        }
    }

    private void failStuck() {
        StringBuilder where = new StringBuilder("no step for 20 seconds; does a thread hold a lock across an access?");
        for (Actor actor : actors) {
            actor.worker.setStuck();
            where.append("\n").append(actor).append(" ").append(actor.worker.getState());
            for (StackTraceElement frame : actor.worker.getStackTrace()) {
                where.append("\n    ").append(frame);
            }
        }
        abandoned = true;
        throw new IllegalStateException(where.toString());
    }

    boolean isRedundant() {
        return redundant;
    }

    void expectNoFailure(String where) {
        if (failure == null) {
            return;
        }
        if (refused) {
            throw new IllegalStateException(failure.getMessage() + " " + where + ":" + printed());
        }
        throw new AssertionError(failure + "\n" + where + ":" + printed(), failure);
    }

    private void refuse(String why) {
        refused = true;
        fail(new IllegalStateException(why));
    }

    private String printed() {
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (Step step : trace) {
            text.append(String.format(
                    "%n%5d  %-8s %-40s %s",
                    ++number, step.thread, step.word.label(step.index) + "." + step.operation, step.value));
        }
        return text.toString();
    }

    private void expectGoingOn() {
        if (abandoned) {
            throw new Abandoned();
        }
    }

    private void fail(Throwable why) {
        if (failure == null && !redundant) {
            failure = why;
        }
        abandoned = true;
    }

    private void checkStep() {
        checking = true;
        try {
            scenario.checkStep();
        } catch (RuntimeException | Error wrong) {
            fail(wrong);
        } finally {
            checking = false;
        }
    }

    /**
     * Passes the turn to the next thread.
     *
     * @return whether that is {@code from}
     */
    private boolean passOn(Actor from) {
        Actor next = abandoned ? null : choose(from);
        if (next == null) { // given up, or all have ended: each thread ends in turn
            if (!from.ended) {
                return true;
            }
            next = firstLeft();
            if (next == null) {
                over = true;
                LockSupport.unpark(driver);
                return false;
            }
        }
        if (next != from) {
            next.worker.giveTurn();
        }
        return next == from;
    }

    private Actor firstLeft() {
        for (Actor actor : actors) {
            if (!actor.ended) {
                return actor;
            }
        }
        return null;
    }

    private Actor choose(Actor from) {
        for (Actor actor : actors) {
            if (!actor.begun) {
                return actor;
            }
        }
        int able = able();
        if (able == 0) {
            return null;
        }
        int awake = able & ~asleep;
        if (awake == 0) {
            redundant = true;
            abandoned = true;
            return null;
        }
        if (steps >= limits.steps) {
            refuse("more than " + limits.steps + " steps");
            return null;
        }
        try {
            Actor chosen = actors.get(choices.choose(awake, steps == 0 ? 0 : from.number));
            if (limits.reduced) {
                asleep = commuting(asleep | choices.triedBefore(), chosen);
            }
            return chosen;
        } catch (IllegalStateException different) {
            refuse(different.getMessage());
            return null;
        }
    }

    /** The threads that can run; 0 when all have ended or wait for each other. */
    private int able() {
        int left = 0;
        int able = 0;
        int patient = 0;
        for (Actor actor : actors) {
            if (!actor.ended) {
                left |= 1 << actor.number;
                able |= actor.isHeldBack(limits.heldBackAfter) ? 0 : 1 << actor.number;
                patient |= actor.isHeldBack(8 * limits.heldBackAfter + 64) ? 0 : 1 << actor.number;
            }
        }
        if (able == 0 && patient == 0 && left != 0) {
            fail(new AssertionError("the remaining threads wait for changes that no thread will make"));
        }
        return able != 0 ? able : patient; // a thread that only reads many times still ends
    }

    private int commuting(int threads, Actor with) {
        int commuting = 0;
        for (Actor actor : actors) {
            if ((threads >>> actor.number & 1) == 1 && actor != with && !actor.ended && actor.commutesWith(with)) {
                commuting |= 1 << actor.number;
            }
        }
        return commuting;
    }
}
