package dev.faultline.bench.cores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Pins the calling thread to a CPU, and tells how long it waited for that CPU. Java has no call to pin a thread, so the
 * program {@code taskset} does it.
 */
public final class CpuAffinity {

    private static final Path THREAD_SELF =
            Path.of("/proc/thread-self"); // a link to PID/task/TID of the thread that reads it
    private static final int PATIENCE_SECONDS = 5;

    private CpuAffinity() {}

    /** {@return whether the calling thread now stays on that CPU; false where it cannot be pinned} */
    public static boolean pin(int cpu) {
        Process process = null;
        try {
            String thread = Files.readSymbolicLink(THREAD_SELF).getFileName().toString();
            process = new ProcessBuilder("taskset", "-pc", Integer.toString(cpu), thread)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException | UnsupportedOperationException notHere) {
            return false;
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            if (process != null) {
                process.destroy();
            }
        }
    }

    /** {@return ns in which the calling thread was ready but did not run; -1 where the kernel does not report it} */
    public static long waitedNanos() {
        try {
            return Long.parseLong(
                    Files.readString(THREAD_SELF.resolve("schedstat")).strip().split(" ")[1]);
        } catch (IOException | RuntimeException unknown) {
            return -1;
        }
    }
}
