package dev.faultline.cli.command;

import dev.faultline.input.VisibleText;
import java.util.Locale;
import java.util.function.Supplier;

/** Says on a terminal that something takes long, when nobody can say how long. Silent for the first two seconds. */
final class Waiting {

    private static final long SILENT_MILLIS = 2000;
    private static final long BETWEEN_MILLIS = 500;
    private static final String ERASE_LINE = "\r\u001b[K";

    private Waiting() {}

    /**
     * Does something.
     *
     * @param work what takes long
     * @param what what it is, in words
     * @param surroundings where to say it; nothing is said when nobody looks
     * @return what the work returns
     */
    static <T> T of(Supplier<T> work, String what, Surroundings surroundings) {
        if (!surroundings.wantsProgress()) {
            return work.get();
        }
        Thread teller = new Thread(() -> tell(what, surroundings), "progress");
        teller.setDaemon(true);
        teller.start();
        try {
            return work.get();
        } finally {
            teller.interrupt();
            join(teller);
        }
    }

    private static void tell(String what, Surroundings surroundings) {
        boolean shown = false;
        try {
            Thread.sleep(SILENT_MILLIS);
            for (long millis = SILENT_MILLIS; ; millis += BETWEEN_MILLIS) {
                surroundings.err().printf(Locale.ROOT, ERASE_LINE + "%s, %d s", VisibleText.of(what), millis / 1000);
                surroundings.err().flush();
                shown = true;
                Thread.sleep(BETWEEN_MILLIS);
            }
        } catch (InterruptedException done) {
            if (shown) {
                surroundings.err().print(ERASE_LINE);
                surroundings.err().flush();
            }
        }
    }

    private static void join(Thread teller) {
        try {
            teller.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
