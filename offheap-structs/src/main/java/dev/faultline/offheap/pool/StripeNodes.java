package dev.faultline.offheap.pool;

/**
 * The stripes of an allocator and their nodes: the first {@code perNode} stripes are on node 0, the next on node 1, and
 * so on.
 *
 * @param count number of stripes, from 1 to 4096
 * @param perNode number of stripes on each node, from 1 to {@code count}; there may be at most 64 nodes
 */
public record StripeNodes(int count, int perNode) {

    private static final int MOST = 4096;
    private static final int MOST_NODES = 64;

    public StripeNodes {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("count=" + count + ", expected 1 to " + MOST);
        }
        if (perNode < 1 || perNode > count) {
            throw new IllegalArgumentException("perNode=" + perNode + ", expected 1 to count=" + count);
        }
        if ((count + perNode - 1) / perNode > MOST_NODES) {
            throw new IllegalArgumentException(
                    count + " stripes, " + perNode + " to a node, are more than " + MOST_NODES + " nodes");
        }
    }

    /**
     * Stripes that are all on one node.
     *
     * @param count number of stripes, from 1 to 4096
     * @return the stripes
     */
    public static StripeNodes onOneNode(int count) {
        return new StripeNodes(count, count);
    }

    /** {@return the number of nodes} */
    public int nodes() {
        return (count + perNode - 1) / perNode;
    }

    /**
     * The node of a stripe.
     *
     * @param stripe the index of the stripe, from 0
     * @return the node, from 0
     */
    public int node(int stripe) {
        return stripe / perNode;
    }
}
