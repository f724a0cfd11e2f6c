package dev.faultline.suggest.packing;

/**
 * How long a search may go on, counted so that the same question has the same answer on every machine.
 *
 * @param nodes line costs looked at in all, at least 1; a million is a second or less, where there are many sorts of items as well
 */
public record SearchEffort(long nodes) {

    /** Enough to prove most structs a person writes, and a few seconds for the others. */
    public static final SearchEffort USUAL = new SearchEffort(6_000_000);

    /**
     * A line cost is looked up in no time for so many operations; of more, it takes as much longer, and there are more
     * lines.
     */
    private static final int FEW_OPERATIONS = 32;

    /** Refuses a budget below 1. */
    public SearchEffort {
        if (nodes < 1) {
            throw new IllegalArgumentException("an effort of " + nodes + " nodes");
        }
    }

    /**
     * {@return the effort that takes about as long where line costs are sums over many operations}
     *
     * @param operations of the profile
     */
    public SearchEffort among(int operations) {
        double part = Math.min(1, (double) FEW_OPERATIONS / Math.max(1, operations));
        return new SearchEffort(Math.max(1, (long) (nodes * part * part)));
    }
}
