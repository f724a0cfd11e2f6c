package dev.faultline.offheap.bench;

import java.util.Optional;

/**
 * A contestant of a suite.
 *
 * @param name what people call it
 * @param summary what it is, in a line
 * @param className of the class that makes it, which only a fork loads
 * @param needs what it needs beside the structures
 * @param mostThreads how many threads may use it
 */
public record Entry(String name, String summary, String className, Optional<Library> needs, int mostThreads) {

    private static final String HERE = "dev.faultline.offheap.bench.";

    /** {@return one that needs nothing else} */
    static Entry own(String name, String summary, String className) {
        return new Entry(name, summary, HERE + className, Optional.empty(), Integer.MAX_VALUE);
    }

    /** {@return one of another library} */
    static Entry peer(String name, String summary, String className, Library library) {
        return new Entry(name, summary, HERE + "peers." + className, Optional.of(library), Integer.MAX_VALUE);
    }

    /** {@return the same, for a few threads only} */
    Entry upTo(int threads) {
        return new Entry(name, summary, className, needs, threads);
    }
}
