package dev.faultline.cli.run;

import dev.faultline.input.VisibleText;
import java.io.PrintStream;
import java.util.Locale;

/** Shows on a terminal how much of a long run is done. Shows nothing for the first two seconds. */
public class Progress implements AutoCloseable {

    private static final long SILENT_NANOS = 2_000_000_000L;
    private static final long BETWEEN_NANOS = 200_000_000L;
    private static final String ERASE_LINE = "\r\u001b[K";

    private Progress() {}

    /** {@return progress through a number of structs; silent when standard error is no terminal} */
    public static Progress of(int structs, CliContext context) {
        return of(structs, "structs", context);
    }

    /** {@return progress through a number of things, named in plural; silent when standard error is no terminal} */
    public static Progress of(long count, String what, CliContext context) {
        return context.showsProgress() ? new Visible(count, what, context.err()) : new Progress();
    }

    /** Notes how many are done. */
    public void done(long count) {}

    /** Prints a line that stays. */
    public void say(String line) {}

    @Override
    public void close() {}

    private static final class Visible extends Progress {
        private final long of;
        private final String what;
        private final PrintStream err;
        private long nextNanos = System.nanoTime() + SILENT_NANOS;
        private boolean shown;

        Visible(long of, String what, PrintStream err) {
            this.of = of;
            this.what = what;
            this.err = err;
        }

        @Override
        public void done(long count) {
            long now = System.nanoTime();
            if (now - nextNanos >= 0) {
                err.printf(Locale.ROOT, ERASE_LINE + "%,d of %,d %s", count, of, what);
                err.flush();
                shown = true;
                nextNanos = now + BETWEEN_NANOS;
            }
        }

        @Override
        public void say(String line) {
            close();
            err.println("faultline: " + VisibleText.of(line));
            shown = false;
        }

        @Override
        public void close() {
            if (shown) {
                err.print(ERASE_LINE);
                err.flush();
            }
        }
    }
}
