package dev.faultline.source.jvm.child;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a process prints: all is taken, so that it never waits, and only the beginning is kept. */
final class PrintedBytes {

    private static final int MOST_KEPT = 1000;
    private static final long MOST_MILLIS = 2000;

    private final Process process;
    private final byte[] kept = new byte[MOST_KEPT];
    private final Thread reader;
    private volatile long count;

    PrintedBytes(Process process) {
        this.process = process;
        reader = new Thread(this::read, "output-of-initialisers");
        reader.setDaemon(true); // a process that outlives the others may keep the pipe open
        reader.start();
    }

    private void read() {
        byte[] buffer = new byte[1 << 13];
        try (InputStream in = process.getInputStream()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                for (int i = 0; i < length && count + i < MOST_KEPT; i++) {
                    kept[(int) count + i] = buffer[i];
                }
                count += length;
            }
        } catch (IOException ended) {
            return; // the process was ended
        }
    }

    /** Waits until all that was printed is taken; not for long, since a process may go on that has left the others. */
    void await() {
        try {
            reader.join(MOST_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return the number of bytes printed so far} */
    long count() {
        return count;
    }

    /** {@return the first line that is not empty} */
    String firstLine() {
        return new String(kept, 0, (int) Math.min(count, MOST_KEPT), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }
}
