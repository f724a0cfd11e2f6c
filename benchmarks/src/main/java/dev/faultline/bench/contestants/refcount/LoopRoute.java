package dev.faultline.bench.contestants.refcount;

import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.refcount.CasCount;

/** A route counted by a compare-and-set loop. */
public final class LoopRoute extends RouteCount {

    private CasCount count;

    public LoopRoute(String reference) {
        super(reference);
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
