package dev.faultline.offheap.bench;

import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.refcount.CasCount;

/** A route of Linux 6.4 with a compare-and-set loop. */
public final class LoopRouteNew extends RouteCount {

    private CasCount count;

    /** For the fork that runs it. */
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
