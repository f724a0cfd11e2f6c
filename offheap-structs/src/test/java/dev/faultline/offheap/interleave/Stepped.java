package dev.faultline.offheap.interleave;

/** A word, or words, whose accesses are steps of a run; outside of a run they are plain accesses. */
interface Stepped {

    /** {@return what a trace calls the word} */
    String label(int index);

    /**
     * Stops before an access.
     *
     * @return whom to tell what it did, or null outside of a run
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
