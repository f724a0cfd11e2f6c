package dev.faultline.offheap.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Whether two CPUs are ours alone: two threads that share nothing must count as fast together as each does alone, and the
 * hypervisor must not have taken time. With a busy neighbour false sharing vanishes from the scores.
 */
final class FreeCores implements AutoCloseable {

    private static final long COUNT_NANOS = 200_000_000;
    private static final long WARM_NANOS = 100_000_000;
    /** Some 2 us: asking the clock is then no part of the count. */
    private static final int STEPS = 2000;

    private final int[] cpus;
    private final double leastRatio;
    private final double mostStolen;
    private final ExecutorService[] threads;

    FreeCores(int one, int other, double leastRatio, double mostStolen) {
        cpus = new int[] {one, other};
        this.leastRatio = leastRatio;
        this.mostStolen = mostStolen;
        threads = new ExecutorService[] {thread(), thread()};
    }

    private static ExecutorService thread() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "free-cores");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** {@return why the CPUs are not free; nothing when they are} */
    Optional<String> problem() throws InterruptedException {
        try {
            for (int i = 0; i < 2; i++) {
                int cpu = cpus[i];
                if (!threads[i].submit(() -> Pinning.pin(cpu)).get()) {
                    return Optional.of("cannot pin a thread to CPU " + cpu);
                }
            }
            return measure();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Optional<String> measure() throws InterruptedException, ExecutionException {
        both(WARM_NANOS);
        CpuTimes before = CpuTimes.now(cpus);
        double[] alone = {
            threads[0].submit(() -> count(COUNT_NANOS)).get(),
            threads[1].submit(() -> count(COUNT_NANOS)).get()
        };
        CpuTimes between = CpuTimes.now(cpus);
        double[] together = both(COUNT_NANOS);
        CpuTimes after = CpuTimes.now(cpus);
        double ratio = Math.min(together[0] / alone[0], together[1] / alone[1]);
        double stolen = before.stolenShare(after);
        // one of two counts at a time: half of the time is idle unless somebody else is there
        double idle = before.idleShare(between);
        String figures = String.format(
                Locale.ROOT,
                "together/alone %.2f, stolen %.1f %%, idle while one counts %.0f %%",
                ratio,
                stolen * 100,
                idle * 100);
        boolean free = ratio > leastRatio && stolen <= mostStolen && !(idle < leastRatio / 2);
        return free ? Optional.empty() : Optional.of("CPUs not free: " + figures);
    }

    /** {@return how many steps of {@link Spin} take a microsecond while both CPUs work; the mean of the two} */
    double stepsPerMicro() throws InterruptedException {
        try {
            Future<Double> one = threads[0].submit(Spin::stepsPerMicro);
            Future<Double> other = threads[1].submit(Spin::stepsPerMicro);
            return (one.get() + other.get()) / 2;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private double[] both(long nanos) throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(2);
        Future<Double> one = threads[0].submit(() -> {
            start.await();
            return count(nanos);
        });
        Future<Double> other = threads[1].submit(() -> {
            start.await();
            return count(nanos);
        });
        return new double[] {one.get(), other.get()};
    }

    /** {@return rounds per ns} */
    private static double count(long nanos) {
        long start = System.nanoTime();
        long value = start;
        long rounds = 0;
        long now = start;
        while (now - start < nanos) {
            value = Spin.steps(value, STEPS);
            rounds += value == 0 ? 2 : 1;
            now = System.nanoTime();
        }
        return (double) rounds / (now - start);
    }

    /** Ends the two threads. */
    @Override
    public void close() {
        Arrays.stream(threads).forEach(ExecutorService::shutdownNow);
    }

    /**
     * What the kernel counted for some CPUs since it started, in ticks.
     *
     * @param all everything
     * @param idle doing nothing, or waiting for a disk
     * @param stolen wanted to run and the hypervisor did not let it
     */
    record CpuTimes(long all, long idle, long stolen) {
        /** {@return the counts of these CPUs; zeros where the kernel does not say} */
        static CpuTimes now(int... cpus) {
            try {
                return parse(Files.readString(Path.of("/proc/stat")), cpus);
            } catch (IOException unknown) {
                return new CpuTimes(0, 0, 0);
            }
        }

        static CpuTimes parse(String stat, int... cpus) {
            long all = 0;
            long idle = 0;
            long stolen = 0;
            for (String line : stat.split("\n")) {
                String[] words = line.strip().split("\\s+");
                if (words.length < 9 || Arrays.stream(cpus).noneMatch(cpu -> words[0].equals("cpu" + cpu))) {
                    continue;
                }
                // user nice system idle iowait irq softirq steal; what follows is counted in user already
                for (int i = 1; i <= 8; i++) {
                    all += Long.parseLong(words[i]);
                }
                idle += Long.parseLong(words[4]) + Long.parseLong(words[5]);
                stolen += Long.parseLong(words[8]);
            }
            return new CpuTimes(all, idle, stolen);
        }

        /** {@return the share of the time until {@code later} that was stolen; 0 when unknown} */
        double stolenShare(CpuTimes later) {
            return later.all == all ? 0 : (double) (later.stolen - stolen) / (later.all - all);
        }

        /** {@return the share of the time until {@code later} that was idle; NaN when unknown} */
        double idleShare(CpuTimes later) {
            return later.all == all ? Double.NaN : (double) (later.idle - idle) / (later.all - all);
        }
    }
}
