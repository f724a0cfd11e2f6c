package dev.faultline.offheap.bench;

import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.refcount.Rcuref;

/** A route of Linux 6.4 with an {@link Rcuref}. */
public final class RcurefRouteNew extends RouteCount {

    private Rcuref count;

    /** For the fork that runs it. */
    public RcurefRouteNew() {
        super("rtable@6.4");
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
