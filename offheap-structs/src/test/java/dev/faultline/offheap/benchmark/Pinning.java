package dev.faultline.offheap.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Keeps the calling thread on a CPU, and knows how long it was kept off it; Linux with {@code taskset}. */
final class Pinning {

    private static final Path SELF = Path.of("/proc/thread-self");

    private Pinning() {}

    /** {@return whether the calling thread now runs on that CPU only; why not is said on stderr} */
    static boolean pin(int cpu) {
        try {
            String thread = Files.readSymbolicLink(SELF).getFileName().toString();
            Process taskset = new ProcessBuilder("taskset", "-pc", Integer.toString(cpu), thread)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(taskset.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (taskset.waitFor(10, TimeUnit.SECONDS) && taskset.exitValue() == 0) {
                return true;
            }
            System.err.println("not pinned to CPU " + cpu + ": " + said.strip());
        } catch (IOException | UnsupportedOperationException failed) {
            System.err.println("not pinned to CPU " + cpu + ": " + failed.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** {@return for how many ns the calling thread was ready and another ran instead; -1 where the kernel does not say} */
    static long waitedNanos() {
        try {
            return Long.parseLong(
                    Files.readString(SELF.resolve("schedstat")).strip().split(" ")[1]);
        } catch (IOException | RuntimeException unknown) {
            return -1;
        }
    }
}
