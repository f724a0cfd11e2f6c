package dev.faultline.cost.simulate;

/**
 * Pending events: a binary heap of ids ordered by time. Among equal times the lower id comes first.
 */
final class EventQueue {

    private final int[] heap;
    private final double[] nanos;
    private int size;

    EventQueue(int most) {
        heap = new int[most];
        nanos = new double[most];
    }

    boolean isEmpty() {
        return size == 0;
    }

    int first() {
        return heap[0];
    }

    double firstNanos() {
        return nanos[heap[0]];
    }

    void add(int id, double at) {
        nanos[id] = at;
        int i = size++;
        while (i > 0) {
            int parent = (i - 1) >>> 1;
            if (!before(id, at, heap[parent])) {
                break;
            }
            heap[i] = heap[parent];
            i = parent;
        }
        heap[i] = id;
    }

    /** Moves the first event to a later time. */
    void postponeFirst(double at) {
        nanos[heap[0]] = at;
        sift(heap[0], at);
    }

    void removeFirst() {
        int last = heap[--size];
        if (size > 0) {
            sift(last, nanos[last]);
        }
    }

    private void sift(int id, double at) {
        int i = 0;
        int half = size >>> 1;
        while (i < half) {
            int child = 2 * i + 1;
            int right = child + 1;
            if (right < size && before(heap[right], nanos[heap[right]], heap[child])) {
                child = right;
            }
            if (before(id, at, heap[child])) {
                break;
            }
            heap[i] = heap[child];
            i = child;
        }
        heap[i] = id;
    }

    private boolean before(int id, double at, int other) {
        double otherAt = nanos[other];
        return at < otherAt || at == otherAt && id < other;
    }
}
