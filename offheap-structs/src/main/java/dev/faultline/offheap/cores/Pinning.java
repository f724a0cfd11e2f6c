package dev.faultline.offheap.cores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the calling thread on a CPU, and knows how long it was kept off it. Java has no call for the first, so the system's
 * {@code taskset} is asked.
 */
public final class Pinning {

    private static final Path THREAD_SELF = Path.of("/proc/thread-self"); // a link to PID/task/TID of whoever reads it
    private static final int PATIENCE_SECONDS = 5;

    private Pinning() {}

    /** {@return whether the calling thread now stays on that CPU; false where that cannot be had} */
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

    /** {@return for how many ns the calling thread was ready and another ran instead; -1 where the kernel does not say} */
    public static long waitedNanos() {
        try {
            return Long.parseLong(
                    Files.readString(THREAD_SELF.resolve("schedstat")).strip().split(" ")[1]);
        } catch (IOException | RuntimeException unknown) {
            return -1;
        }
    }
}
