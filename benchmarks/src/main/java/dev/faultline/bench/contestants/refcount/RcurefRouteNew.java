package dev.faultline.bench.contestants.refcount;

import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.refcount.Rcuref;

/** The route of Linux 6.4, counted by an {@link Rcuref}. */
public final class RcurefRouteNew extends RouteCount {

    private Rcuref count;

    public RcurefRouteNew() {
        super("rtable@6.4");
    }

    @Override
    void open(IntWord word) {
        count = new Rcuref(word, new FailingRcurefListener());
        count.init(1);
    }

    @Override
    User counting() {
        return new RcurefCount.Referring(count, inside());
    }
}
