package dev.faultline.suggest.packing;

/**
 * The effort of a search, counted in nodes so that the same input gives the same result on every machine.
 *
 * @param nodes number of line costs computed in total, at least 1; a million takes up to a second, and less with many
 *     item classes
 */
public record SearchEffort(long nodes) {

    /** Enough to prove the optimum of most hand-written structs; takes a few seconds for the others. */
    public static final SearchEffort USUAL = new SearchEffort(6_000_000);

    /**
     * Up to this many operations a line cost takes little time; with more operations it takes longer, and there are
     * more lines.
     */
    private static final int FEW_OPERATIONS = 32;

    public SearchEffort {
        if (nodes < 1) {
            throw new IllegalArgumentException("effort of " + nodes + " nodes, less than 1");
        }
    }

    /**
     * Reduces the effort so that it takes about as long when line costs are sums over many operations.
     *
     * @param operations number of operations of the workload
     * @return the reduced effort
     */
    public SearchEffort among(int operations) {
        double factor = Math.min(1, (double) FEW_OPERATIONS / Math.max(1, operations));
        return new SearchEffort(Math.max(1, (long) (nodes * factor * factor)));
    }
}
