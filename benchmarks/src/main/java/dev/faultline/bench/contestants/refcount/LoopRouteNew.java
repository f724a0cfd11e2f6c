package dev.faultline.bench.contestants.refcount;

import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.refcount.CasCount;

/** The route of Linux 6.4, counted by a compare-and-set loop. */
public final class LoopRouteNew extends RouteCount {

    private CasCount count;

    public LoopRouteNew() {
        super("rtable@6.4");
    }

    @Override
    void open(IntWord word) {
        count = new CasCount(word);
        count.init(1);
    }

    @Override
    User counting() {
        return new CasLoopCount.Looping(count, new CasCount.Retries());
    }
}
