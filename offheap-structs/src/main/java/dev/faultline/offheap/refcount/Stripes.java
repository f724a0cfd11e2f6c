package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.rcu.GracePeriods;

/** What the counts that are kept per stripe have in common. */
final class Stripes {

    private Stripes() {}

    /** A reader's slot is its stripe; checked once, so that no reader comes with a slot that has none. */
    static void expectEnough(StripeAreas areas, GracePeriods periods) {
        if (areas.stripes() < periods.mostReaders()) {
            throw new IllegalArgumentException("stripes=" + areas.stripes() + ", but there may be "
                    + periods.mostReaders() + " readers, each with its own");
        }
    }
}
