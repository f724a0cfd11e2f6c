package dev.faultline.cli.command;

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
        return surroundings.wantsProgress() ? new Visible(structs, surroundings.err()) : new Progress();
    }

    /** Notes that so many structs are done. */
    void done(int structs) {}

    @Override
    public void close() {}

    private static final class Visible extends Progress {
        private final int of;
        private final PrintStream err;
        private long nextNanos = System.nanoTime() + SILENT_NANOS;
        private boolean shown;

        Visible(int of, PrintStream err) {
            this.of = of;
            this.err = err;
        }

        @Override
        void done(int structs) {
            long now = System.nanoTime();
            if (now - nextNanos >= 0) {
                err.printf(Locale.ROOT, ERASE_LINE + "%,d of %,d structs", structs, of);
                err.flush();
                shown = true;
                nextNanos = now + BETWEEN_NANOS;
            }
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
