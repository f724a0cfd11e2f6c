package dev.faultline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.input.InputException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a reader on a thread with a stack of ordinary size and a time limit, so that a hang is a failure. What counts
 * is the
 * thread's own CPU time: a busy machine is no hang. A thread that waits for something has a longer limit.
 */
public final class Bounded {

    /** What takes milliseconds when it is right is a hang when it takes so long. */
    private static final int SECONDS = 2;

    private static final int WAITING_SECONDS_PER_SECOND = 15;
    private static final long LOOK_MILLIS = 20;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Half of what a Java thread has on most machines. */
    private static final long STACK_BYTES = 512 << 10;

    private Bounded() {}

    /** {@return what the reader returns}; its exceptions come out as they are. */
    public static <T> T read(Callable<T> reader) {
        return read(SECONDS, reader);
    }

    /** {@return what the reader returns} within so many seconds of CPU time: for input as large as it may be. */
    public static <T> T read(int seconds, Callable<T> reader) {
        FutureTask<T> task = new FutureTask<>(reader);
        Thread thread = new Thread(null, task, "bounded", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return result(task, thread, seconds);
        } catch (ExecutionException thrown) {
            if (thrown.getCause() instanceof InputException refused) {
                throw refused;
            }
            throw new AssertionError(String.valueOf(thrown.getCause()), thrown.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    private static <T> T result(FutureTask<T> task, Thread thread, int seconds)
            throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        while (true) {
            try {
                return task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                long computed = THREADS.getThreadCpuTime(thread.getId());
                long waited = System.nanoTime() - begin;
                if (computed > TimeUnit.SECONDS.toNanos(seconds)
                        || waited > TimeUnit.SECONDS.toNanos((long) seconds * WAITING_SECONDS_PER_SECOND)) {
                    AssertionError hang = new AssertionError("no end within " + seconds + " s");
                    hang.setStackTrace(thread.getStackTrace());
                    throw hang;
                }
            }
        }
    }

    /** {@return the complaint of a reader that must refuse its input} It is one line without control characters. */
    public static String refusal(Callable<?> reader) {
        try {
            read(reader);
        } catch (InputException refused) {
            assertThat(refused.getMessage().codePoints().noneMatch(Character::isISOControl))
                    .as("one line without control characters: %s", refused.getMessage())
                    .isTrue();
            return refused.getMessage();
        }
        throw new AssertionError("read, but should be refused");
    }
}
