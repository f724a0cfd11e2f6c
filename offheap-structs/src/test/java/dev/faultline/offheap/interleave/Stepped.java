package dev.faultline.offheap.interleave;

/** A word, or words, whose accesses are steps of a run; outside a run they are ordinary accesses. */
interface Stepped {

    /** {@return the word's name in a trace} */
    String label(int index);

    /**
     * Stops before an access.
     *
     * @return where to record the result, or null outside a run
     */
    default Run.Actor stop(int index, String operation, boolean mayWrite) {
        Run.Actor actor = Worker.current();
        if (actor == null || !actor.isObserved()) {
            return null;
        }
        actor.stop(this, index, operation, mayWrite);
        return actor;
    }
}
