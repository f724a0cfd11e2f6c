package dev.faultline.bench.contestants.refcount;

/** What one thread does with a device: holds it, reads it and puts it. */
interface DeviceUser extends CountContestant.User {

    /** {@return the sum of the fields that a frame reads} */
    long fields();

    /** {@return what the thread reads of the count: all references in one word, or those of its own stripe} */
    long count();
}
