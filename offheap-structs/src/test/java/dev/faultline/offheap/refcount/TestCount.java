package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.IntWord;

/** A count in one of the compared forms. */
interface TestCount {

    boolean get();

    boolean put();

    /** Makes a count of some form on a word. */
    interface Form {

        TestCount on(IntWord word, Rcuref.Listener listener);
    }

    /** The present form. */
    static TestCount rcuref(IntWord word, Rcuref.Listener listener) {
        Rcuref count = new Rcuref(word, listener);
        return new TestCount() {
            @Override
            public boolean get() {
                return count.get();
            }

            @Override
            public boolean put() {
                return count.put();
            }
        };
    }
}
