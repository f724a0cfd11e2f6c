package dev.faultline.source.jvm.child;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * A process with all that it has started, also those whose parent has ended. These are known by having been seen below
 * it, or, where there is {@code /proc}, by a variable in their environment.
 */
final class ProcessTree {

    private static final String VARIABLE = "FAULTLINE_CHILD";
    private static final int MOST_SEEN = 10_000;
    private static final int MOST_ENVIRONMENT = 1 << 20;
    private static final int ROUNDS = 5;
    private static final Path PROC = Path.of("/proc");

    private final String mark = UUID.randomUUID().toString();
    private final Set<ProcessHandle> seen = new HashSet<>();
    private Process process;
    private boolean isEnded;

    /**
     * Starts the process with the mark of this tree in its environment.
     *
     * @throws IOException when it cannot be started, or the tree was ended before
     */
    synchronized Process start(ProcessBuilder builder) throws IOException {
        if (isEnded) {
            throw new IOException("this program ends");
        }
        builder.environment().put(VARIABLE, mark);
        process = builder.start();
        return process;
    }

    /** Notes the processes that are below it now. */
    synchronized void look() {
        if (seen.size() < MOST_SEEN) {
            process.descendants().limit(MOST_SEEN).forEach(seen::add);
        }
    }

    /** Ends all of them; returns how many there were beside the process itself. None can be started any more. */
    synchronized int end() {
        isEnded = true;
        if (process == null) {
            return 0;
        }
        look();
        process.destroyForcibly();
        Set<ProcessHandle> ended = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) { // what ends may start others before it does
            addMarked();
            boolean isAny = false;
            for (ProcessHandle each : seen) {
                if (each.isAlive() && each.destroyForcibly()) {
                    ended.add(each);
                    isAny = true;
                }
            }
            if (!isAny) {
                break;
            }
        }
        return ended.size();
    }

    private void addMarked() {
        byte[] wanted = (VARIABLE + "=" + mark).getBytes(StandardCharsets.US_ASCII);
        if (!Files.isDirectory(PROC)) {
            return;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path each : processes) {
                if (isMarked(each.resolve("environ"), wanted)) {
                    long id = Long.parseLong(each.getFileName().toString());
                    ProcessHandle.of(id).filter(one -> id != process.pid()).ifPresent(seen::add);
                }
            }
        } catch (IOException | NumberFormatException otherSystem) {
            return; // those that were seen are known
        }
    }

    private static boolean isMarked(Path environment, byte[] wanted) {
        try (InputStream in = Files.newInputStream(environment)) {
            String variables = new String(in.readNBytes(MOST_ENVIRONMENT), StandardCharsets.ISO_8859_1);
            return variables.contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException ofAnotherUser) {
            return false;
        }
    }
}
