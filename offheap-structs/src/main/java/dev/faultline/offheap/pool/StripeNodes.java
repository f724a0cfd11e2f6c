package dev.faultline.offheap.pool;

/**
 * The stripes of an allocator and the nodes they are on: the first {@code perNode} on node 0, the next on node 1.
 *
 * @param count how many stripes, from 1 to 4096
 * @param perNode how many of them share a node, from 1 to {@code count}; so many that there are 64 nodes at most
 */
public record StripeNodes(int count, int perNode) {

    private static final int MOST = 4096;
    private static final int MOST_NODES = 64;

    /** Refuses numbers out of range. */
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

    /** {@return stripes that are all on one node} */
    public static StripeNodes onOneNode(int count) {
        return new StripeNodes(count, count);
    }

    /** {@return how many nodes there are} */
    public int nodes() {
        return (count + perNode - 1) / perNode;
    }

    /** {@return the node a stripe is on} */
    public int node(int stripe) {
        return stripe / perNode;
    }
}
