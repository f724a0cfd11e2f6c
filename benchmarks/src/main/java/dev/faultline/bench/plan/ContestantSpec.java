package dev.faultline.bench.plan;

import java.util.Optional;

/**
 * A contestant: a structure or a layout that is measured.
 *
 * @param name the name that reports show, unique in its suite or scenario
 * @param summary one line about it
 * @param forkParameter what a fork is told to run: a class, with what its constructor takes after a {@code #}; or an
 *     access script
 * @param needs the library it needs beside the structures
 * @param mostThreads the largest number of threads that can use it
 */
public record ContestantSpec(
        String name, String summary, String forkParameter, Optional<BenchLibrary> needs, int mostThreads) {

    /** {@return one of a class with a constructor without parameters} */
    public static ContestantSpec of(String name, String summary, Class<?> implementation) {
        return new ContestantSpec(name, summary, implementation.getName(), Optional.empty(), Integer.MAX_VALUE);
    }

    /** {@return one of a class, in a variant that its constructor takes as text} */
    public static ContestantSpec of(String name, String summary, Class<?> implementation, Object variant) {
        String parameter = implementation.getName() + "#" + variant;
        return new ContestantSpec(name, summary, parameter, Optional.empty(), Integer.MAX_VALUE);
    }

    /** {@return the same, which needs a library} */
    public ContestantSpec needing(BenchLibrary library) {
        return new ContestantSpec(name, summary, forkParameter, Optional.of(library), mostThreads);
    }

    /** {@return the same, limited to a number of threads} */
    public ContestantSpec upTo(int threads) {
        return new ContestantSpec(name, summary, forkParameter, needs, threads);
    }
}
