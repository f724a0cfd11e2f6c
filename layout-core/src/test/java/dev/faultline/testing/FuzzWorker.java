package dev.faultline.testing;

import dev.faultline.input.InputException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives one input after the other to a reader, on a thread with a stack of 512 KB: half of what a thread of a VM has
 * by default, and
 * a quarter of what the program's launcher gives, since a caller of the library has frames of its own.
 *
 * @param <I> the kind of input
 */
final class FuzzWorker<I> extends Thread {

    private static final long STACK_BYTES = 512 << 10;
    /** So many different findings are enough for one run. */
    private static final int MOST_FINDINGS = 20;

    private static final int REDUCING_TRIES = 3_000;

    /**
     * One input.
     *
     * @param label what a report calls it
     * @param input the input
     * @param good whether it must be read, not refused
     */
    record Case<I>(String label, I input, boolean good) {
        Case(String label, I input) {
            this(label, input, false);
        }
    }

    /**
     * What is wrong.
     *
     * @param label the input's
     * @param input the input
     * @param thrown what came out of the reader
     */
    record Finding<I>(String label, I input, Throwable thrown) {}

    private final Fuzz.Reader<I> reader;
    private final FuzzInput<I> kind;
    private final Iterator<Case<I>> cases;
    private final Map<String, Finding<I>> findings = new LinkedHashMap<>();
    private long read;
    private long refused;
    private long computedNanos;

    /** How many inputs were begun. */
    private volatile long begun;

    private volatile Case<I> current;

    /** What went wrong when an input was made. */
    private Throwable failure;

    FuzzWorker(String name, Fuzz.Reader<I> reader, FuzzInput<I> kind, Iterator<Case<I>> cases) {
        super(null, null, "fuzz " + name, STACK_BYTES);
        setDaemon(true); // a reader that hangs must not keep the VM
        this.reader = reader;
        this.kind = kind;
        this.cases = cases;
    }

    @Override
    public void run() {
        try {
            readAll();
        } catch (RuntimeException | Error unmade) { // no input was made, so that nothing more is tested
            failure = unmade;
        }
        computedNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void readAll() {
        while (cases.hasNext() && findings.size() < MOST_FINDINGS) {
            Case<I> next = cases.next();
            Throwable thrown = attempt(next);
            if (thrown != null && findings.get(key(thrown)) == null) {
                findings.put(key(thrown), new Finding<>(next.label(), reduced(next, thrown), thrown));
            }
        }
    }

    /** {@return what went wrong when an input was made; null when nothing did} */
    Throwable failure() {
        return failure;
    }

    /** {@return what is wrong, or nothing} */
    private Throwable attempt(Case<I> one) {
        current = one;
        begun++; // written by this thread alone
        try {
            reader.read(one.input());
            read++;
            return null;
        } catch (InputException complaint) {
            refused++;
            if (one.good()) {
                return new AssertionError("is good, and refused", complaint);
            }
            return complaint.lines().stream().allMatch(Fuzz::isOneLine)
                    ? null
                    : new AssertionError("not printable lines: " + complaint.getMessage(), complaint);
        } catch (Throwable other) { // errors too: a stack that overflows, memory that is not there
            return other;
        }
    }

    /** Findings that come from the same place are one. */
    private static String key(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof AssertionError) { // of a test, which says what is wrong before the colon
            return String.valueOf(root.getMessage()).split(":", 2)[0];
        }
        for (StackTraceElement frame : root.getStackTrace()) {
            if (frame.getClassName().startsWith("dev.faultline.")
                    && !frame.getClassName().contains("Fuzz")) {
                return root.getClass() + " at " + frame;
            }
        }
        return root.getClass() + " in nothing of ours";
    }

    /** {@return the smallest input that was found to fail as this one does} */
    private I reduced(Case<I> failing, Throwable thrown) {
        I input = failing.input();
        String key = key(thrown);
        int tries = 0;
        int chunk = kind.size(input) / 2;
        while (chunk > 0 && tries < REDUCING_TRIES) {
            int before = kind.size(input);
            for (int from = 0; from < kind.size(input) && tries < REDUCING_TRIES; tries++) {
                I smaller = kind.without(input, from, Math.min(from + chunk, kind.size(input)));
                Throwable still = attempt(new Case<>(failing.label() + ", made smaller", smaller));
                if (still != null && key(still).equals(key)) {
                    input = smaller;
                } else {
                    from += chunk;
                }
            }
            boolean again = chunk == 1 && kind.size(input) < before; // what had to stay may go now
            chunk = again ? 1 : chunk / 2;
        }
        return input;
    }

    /** {@return how many inputs were begun} */
    long begun() {
        return begun;
    }

    /** {@return the input that is being read} */
    Case<I> current() {
        return current;
    }

    /** {@return how many inputs were read, once this has ended} */
    long read() {
        return read;
    }

    /** {@return how many inputs were refused, once this has ended} */
    long refused() {
        return refused;
    }

    /** {@return how long its thread has computed, once this has ended} */
    long computedNanos() {
        return computedNanos;
    }

    /** {@return what is wrong, once this has ended} */
    List<Finding<I>> findings() {
        return new ArrayList<>(findings.values());
    }
}
