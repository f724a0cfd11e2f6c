package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.IntWord;

/** A count in one of the forms that are compared here. */
interface TestCount {

    boolean get();

    boolean put();

    /** A form of the count, on a word. */
    interface Form {

        TestCount on(IntWord word, Rcuref.Listener listener);
    }

    /** The form in use. */
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
