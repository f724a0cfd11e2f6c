package dev.faultline.cli.command;

import dev.faultline.input.VisibleText;
import java.io.PrintStream;
import java.util.Locale;

/** Says on a terminal how far a long run is. A run that is over within two seconds says nothing. */
class Progress implements AutoCloseable {

    private static final long SILENT_NANOS = 2_000_000_000L;
    private static final long BETWEEN_NANOS = 200_000_000L;
    private static final String ERASE_LINE = "\r\u001b[K";

    private Progress() {}

    /** {@return progress through so many structs; silent when nobody looks at standard error} */
    static Progress of(int structs, Surroundings surroundings) {
        return of(structs, "structs", surroundings);
    }

    /** {@return progress through so many of what is named; silent when nobody looks at standard error} */
    static Progress of(long count, String what, Surroundings surroundings) {
        return surroundings.wantsProgress() ? new Visible(count, what, surroundings.err()) : new Progress();
    }

    /** Notes that so many are done. */
    void done(long count) {}

    /** Says a line that stays. */
    void say(String line) {}

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
        void done(long count) {
            long now = System.nanoTime();
            if (now - nextNanos >= 0) {
                err.printf(Locale.ROOT, ERASE_LINE + "%,d of %,d %s", count, of, what);
                err.flush();
                shown = true;
                nextNanos = now + BETWEEN_NANOS;
            }
        }

        @Override
        void say(String line) {
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
