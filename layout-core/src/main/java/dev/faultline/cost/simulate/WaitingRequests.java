package dev.faultline.cost.simulate;

/**
 * The requests that wait for each line. A request names a CPU, whether its store buffer asks, and the access of the
 * CPU's task.
 */
final class WaitingRequests {

    private static final int CPU_BITS = 10;
    private static final int CPU_MASK = (1 << CPU_BITS) - 1;
    private static final int BUFFER = 1 << CPU_BITS;
    private static final int ACCESS_SHIFT = CPU_BITS + 1;
    /** The most accesses of a task. */
    static final int MOST_ACCESSES = 1 << 31 - ACCESS_SHIFT;

    private final SimulationOptions options;
    private final Xorshift random;
    private final int[] socketOf;
    private final int[][] queue;
    private final int[] head;
    private final int[] size;

    /**
     * Empty queues.
     *
     * @param lines number of lines
     * @param socketOf the socket of each CPU
     */
    WaitingRequests(SimulationOptions options, Xorshift random, int lines, int[] socketOf) {
        this.options = options;
        this.random = random;
        this.socketOf = socketOf;
        queue = new int[lines][];
        head = new int[lines];
        size = new int[lines];
    }

    /** {@return the request of a CPU for an access of its task} */
    static int ofTask(int cpu, int access) {
        return access << ACCESS_SHIFT | cpu;
    }

    /** {@return the request of a CPU's store buffer} */
    static int ofBuffer(int cpu) {
        return BUFFER | cpu;
    }

    static int cpu(int request) {
        return request & CPU_MASK;
    }

    static boolean isOfBuffer(int request) {
        return (request & BUFFER) != 0;
    }

    static int access(int request) {
        return request >>> ACCESS_SHIFT;
    }

    int size(int line) {
        return size[line];
    }

    void add(int line, int request) {
        int[] waiting = queue[line];
        if (waiting == null) {
            // a CPU and its buffer may both wait
            waiting = new int[Integer.highestOneBit(Math.max(1, 2 * socketOf.length - 1)) << 1];
            queue[line] = waiting;
        }
        waiting[head[line] + size[line]++ & waiting.length - 1] = request;
    }

    /**
     * Takes the request that is served next.
     *
     * @param line the line
     * @param lastHolder the CPU that used it last, or a negative number
     * @return the request
     */
    int next(int line, int lastHolder) {
        int[] waiting = queue[line];
        int mask = waiting.length - 1;
        int first = head[line];
        int pick = pick(waiting, first, size[line], lastHolder);
        int request = waiting[pick];
        waiting[pick] = waiting[first];
        head[line] = first + 1 & mask;
        size[line]--;
        return request;
    }

    private int pick(int[] waiting, int first, int count, int lastHolder) {
        return switch (options.arbitration()) {
            case FIFO -> first;
            case RANDOM -> first + random.below(count) & waiting.length - 1;
            case SOCKET -> biased(waiting, first, count, lastHolder);
        };
    }

    private int biased(int[] waiting, int first, int count, int lastHolder) {
        int mask = waiting.length - 1;
        int start = random.below(count);
        if (lastHolder >= 0 && random.next() < options.socketBias()) {
            int socket = socketOf[lastHolder];
            for (int i = 0; i < count; i++) {
                int at = first + (start + i) % count & mask;
                if (socketOf[cpu(waiting[at])] == socket) {
                    return at;
                }
            }
        }
        return first + start & mask;
    }
}
