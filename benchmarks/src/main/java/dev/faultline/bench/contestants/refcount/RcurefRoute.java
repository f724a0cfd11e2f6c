package dev.faultline.bench.contestants.refcount;

import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.refcount.Rcuref;

/** A route counted by an {@link Rcuref}. */
public final class RcurefRoute extends RouteCount {

    private Rcuref count;

    public RcurefRoute(String reference) {
        super(reference);
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
