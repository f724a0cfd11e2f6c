package dev.faultline.report;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * Writes a report in one format, as its parts come: a report on thousands of structs is never held whole.
 *
 * @param <T> what a part is: an analysis, a comparison, a document
 */
public interface ReportWriter<T> {

    /**
     * Adds a part.
     *
     * @param part what to write
     * @throws IOException when the report cannot be written
     */
    void write(T part) throws IOException;

    /** A part that is ready to be written. */
    interface ReadyPart {

        /** Adds the part to the report it was made for. */
        void write() throws IOException;
    }

    /**
     * Does what can be done before it is a part's turn. Several threads may prepare parts at once, while another
     * writes; a part is written where {@link ReadyPart#write} is called.
     *
     * @param part what to write
     * @return the part, ready to be written
     */
    default ReadyPart prepare(T part) {
        return () -> write(part);
    }

    /**
     * Ends the report and flushes it; what it is written to stays open.
     *
     * @throws IOException when the report cannot be written
     */
    default void end() throws IOException {}

    /**
     * Makes this a writer of something else.
     *
     * @param build turns a part of that kind into parts of this writer's kind
     * @param <S> the other kind
     * @return a writer that builds and passes on
     */
    default <S> ReportWriter<S> of(Function<S, List<T>> build) {
        ReportWriter<T> self = this;
        return new ReportWriter<>() {
            @Override
            public void write(S part) throws IOException {
                for (T built : build.apply(part)) {
                    self.write(built);
                }
            }

            @Override
            public void end() throws IOException {
                self.end();
            }
        };
    }
}
