package dev.faultline.testing;

import dev.faultline.input.VisibleText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Throws broken input at a reader. It may read it, or refuse it with one line, a {@code InputException}; all else is a
 * finding, and
 * so is an input that takes it more than two seconds. Inputs are, in this order: those that ever failed, files of the
 * test
 * resource {@code fuzz/READER}; every beginning of some good input; and as many made at random as there is time for.
 * Each has a seed
 * of its own, made of the run's and its number, so that a single one can be repeated.
 *
 * @param <I> the kind of input
 */
public final class Fuzz<I> {

    private static final int FEWEST_FOR_BOTH = 2_000;

    /**
     * What is tested.
     *
     * @param <I> the kind of input
     */
    @FunctionalInterface
    public interface Reader<I> {
        /**
         * Reads an input, and does with what was read what the program would.
         *
         * @throws Exception that, when it is no {@code InputException}, is a finding
         */
        void read(I input) throws Exception;
    }

    private final FuzzShare share;
    private final FuzzInput<I> kind;
    private final Function<Random, I> inputs;
    private final List<FuzzWorker.Case<I>> fixed = new ArrayList<>();
    private FuzzLimit limit = FuzzLimit.ofSeconds(2);

    private Fuzz(FuzzShare share, FuzzInput<I> kind, Function<Random, I> inputs) {
        this.share = share;
        this.kind = kind;
        this.inputs = inputs;
    }

    /** {@return fuzzing with bytes that are made so} */
    public static Fuzz<byte[]> bytes(FuzzShare share, Function<Random, byte[]> inputs) {
        return new Fuzz<>(share, FuzzInput.BYTES, inputs);
    }

    /** {@return fuzzing with text that is made so} */
    public static Fuzz<String> text(FuzzShare share, Function<Random, String> inputs) {
        return new Fuzz<>(share, FuzzInput.TEXT, inputs);
    }

    /** {@return fuzzing with another kind of input} */
    public static <I> Fuzz<I> of(FuzzShare share, FuzzInput<I> kind, Function<Random, I> inputs) {
        return new Fuzz<>(share, kind, inputs);
    }

    /**
     * Has these good inputs read too, and every beginning of each; of one of more than 2,000 parts only some of them.
     */
    public Fuzz<I> cutting(List<I> samples) {
        for (I sample : samples) {
            int size = kind.size(sample);
            for (int length = 0; length < size; length += size > 2_000 ? 7 : 1) {
                fixed.add(new FuzzWorker.Case<>("first " + length + " of " + size, kind.first(sample, length)));
            }
            fixed.add(new FuzzWorker.Case<>("all " + size, sample, true));
        }
        return this;
    }

    /** Lets one input take so many seconds, for what is more than a reader. */
    public Fuzz<I> within(int seconds) {
        limit = FuzzLimit.ofSeconds(seconds);
        return this;
    }

    /** Runs it; throws an {@link AssertionError} with all that was found. */
    public void run(Reader<I> reader) {
        long seed = FuzzSettings.seed();
        System.out.printf("fuzz %s: -Dfaultline.seed=%d%n", share.word(), seed);
        long start = System.nanoTime();
        Cases random = new Cases(seed);
        FuzzWorker<I> worker = new FuzzWorker<>(share.word(), reader, kind, random);
        worker.start();
        Optional<AssertionError> stuck;
        try {
            stuck = limit.watch(worker);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
        List<FuzzWorker.Finding<I>> findings = new ArrayList<>();
        stuck.ifPresentOrElse(
                error -> findings.add(new FuzzWorker.Finding<>(
                        worker.current().label(), worker.current().input(), error)),
                () -> findings.addAll(worker.findings()));
        System.out.printf(
                "fuzz %s: %,d random cases and %,d fixed (%,d read, %,d refused, %d findings) in %.1f s, computing %.1f s%n",
                share.word(),
                random.made,
                random.given,
                worker.read(),
                worker.refused(),
                findings.size(),
                seconds(System.nanoTime() - start),
                seconds(worker.computedNanos()));
        report(findings, seed);
        if (stuck.isEmpty() && worker.failure() != null) {
            throw new AssertionError("no input was made for case " + (random.made - 1), worker.failure());
        }
        if (random.made >= FEWEST_FOR_BOTH && (worker.read() == 0 || worker.refused() == 0)) {
            throw new AssertionError(
                    "the inputs are too alike: " + worker.read() + " read, " + worker.refused() + " refused");
        }
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** {@return whether a text is what a person can be told in one line of a terminal} */
    public static boolean isOneLine(String text) {
        return !text.isBlank() && VisibleText.of(text).equals(text);
    }

    private void report(List<FuzzWorker.Finding<I>> findings, long seed) {
        if (findings.isEmpty()) {
            return;
        }
        AssertionError all = new AssertionError(findings.size() + " findings in " + share.word());
        for (FuzzWorker.Finding<I> finding : findings) {
            Path file = FuzzSettings.findings()
                    .resolve(share.word() + "-" + seed + "-" + finding.label().replaceAll("[^A-Za-z0-9.]+", "-"));
            try {
                Files.createDirectories(file.getParent());
                Files.write(file, kind.toBytes(finding.input()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            String line = share.word() + ", " + finding.label() + ": " + finding.thrown()
                    + (finding.thrown().getCause() == null
                            ? ""
                            : " (" + finding.thrown().getCause() + ")") + "; the input is in " + file
                    + "; again: -Dfaultline.seed=" + seed
                    + (finding.label().startsWith(Cases.LABEL)
                            ? " -Dfaultline.case=" + finding.label().substring(Cases.LABEL.length())
                            : "");
            System.out.println(line);
            all.addSuppressed(new AssertionError(line, finding.thrown()));
        }
        throw all;
    }

    /** {@return the inputs that ever failed} */
    private List<FuzzWorker.Case<I>> corpus() {
        URL directory = Thread.currentThread().getContextClassLoader().getResource("fuzz/" + share.word());
        if (directory == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
            List<FuzzWorker.Case<I>> cases = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                cases.add(
                        new FuzzWorker.Case<>(file.getFileName().toString(), kind.fromBytes(Files.readAllBytes(file))));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All inputs of a run, one after the other. */
    private final class Cases implements Iterator<FuzzWorker.Case<I>> {

        private static final String LABEL = "case ";

        private final long seed;
        private final OptionalLong only = FuzzSettings.onlyCase();
        private final OptionalLong most = FuzzSettings.cases(share);
        private final Iterator<FuzzWorker.Case<I>> first;
        private long end;
        private int given;
        private long made;

        Cases(long seed) {
            this.seed = seed;
            this.first = only.isPresent()
                    ? List.<FuzzWorker.Case<I>>of().iterator()
                    : Stream.concat(corpus().stream(), fixed.stream()).iterator();
        }

        @Override
        public boolean hasNext() {
            if (first.hasNext()) {
                return true;
            }
            if (only.isPresent()) {
                return made == 0;
            }
            if (most.isPresent()) {
                return made < most.getAsLong();
            }
            if (made == 0) {
                end = System.nanoTime() + FuzzSettings.nanos(share);
            }
            return System.nanoTime() < end;
        }

        @Override
        public FuzzWorker.Case<I> next() {
            if (first.hasNext()) {
                given++;
                return first.next();
            }
            long number = only.orElse(made);
            made++;
            return new FuzzWorker.Case<>(LABEL + number, inputs.apply(new Random(mixed(number))));
        }

        /** The seed of a case: neighbours get seeds far apart (the finaliser of SplitMix64). */
        private long mixed(long number) {
            long z = seed + (share.ordinal() + 1) * 0x9e3779b97f4a7c15L * (number + 1);
            z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
            z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
            return z ^ z >>> 31;
        }
    }
}
