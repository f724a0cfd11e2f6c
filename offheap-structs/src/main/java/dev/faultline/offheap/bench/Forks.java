package dev.faultline.offheap.bench;

import dev.faultline.measure.Effort;

/** Runs a contestant in a VM of its own. */
@FunctionalInterface
interface Forks {

    /**
     * Runs one fork.
     *
     * @param shape what is done
     * @param entry by whom
     * @param threads by how many threads
     * @param effort how long
     * @return the scores
     * @throws DisturbedException when they are worth nothing
     */
    Sample run(Shape shape, Entry entry, int threads, Effort effort) throws DisturbedException;
}
