package dev.faultline.cli.run;

import dev.faultline.input.VisibleText;
import java.util.Locale;
import java.util.function.Supplier;

/** Shows on a terminal how long something has taken so far. Shows nothing for the first two seconds. */
public final class Spinner {

    private static final long SILENT_MILLIS = 2000;
    private static final long BETWEEN_MILLIS = 500;
    private static final String ERASE_LINE = "\r\u001b[K";

    private Spinner() {}

    /**
     * Does some work.
     *
     * @param work the work
     * @param what what it does, in words
     * @param context shows nothing when its standard error is no terminal
     * @param <T> the kind of result
     * @return the result of the work
     */
    public static <T> T during(Supplier<T> work, String what, CliContext context) {
        if (!context.showsProgress()) {
            return work.get();
        }
        Thread spinner = new Thread(() -> show(what, context), "progress");
        spinner.setDaemon(true);
        spinner.start();
        try {
            return work.get();
        } finally {
            spinner.interrupt();
            join(spinner);
        }
    }

    private static void show(String what, CliContext context) {
        boolean shown = false;
        try {
            Thread.sleep(SILENT_MILLIS);
            for (long millis = SILENT_MILLIS; ; millis += BETWEEN_MILLIS) {
                context.err().printf(Locale.ROOT, ERASE_LINE + "%s, %d s", VisibleText.of(what), millis / 1000);
                context.err().flush();
                shown = true;
                Thread.sleep(BETWEEN_MILLIS);
            }
        } catch (InterruptedException done) {
            if (shown) {
                context.err().print(ERASE_LINE);
                context.err().flush();
            }
        }
    }

    private static void join(Thread spinner) {
        try {
            spinner.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
