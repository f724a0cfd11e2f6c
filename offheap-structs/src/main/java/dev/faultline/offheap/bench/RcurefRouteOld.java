package dev.faultline.offheap.bench;

import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.refcount.Rcuref;

/** A route of Linux 6.3 with an {@link Rcuref}. */
public final class RcurefRouteOld extends RouteCount {

    private Rcuref count;

    /** For the fork that runs it. */
    public RcurefRouteOld() {
        super("rtable@6.3");
    }

    @Override
    void open(IntWord word) {
        count = new Rcuref(word, Complaints.OF_COUNTS);
        count.init(1);
    }

    @Override
    User counting() {
        return new RcurefCount.Referring(count, inside());
    }
}
