package dev.faultline.bench.grid;

import dev.faultline.access.AccessKind;
import java.util.List;

/** What two threads do, each to a word or a set of words. */
public enum SharingKind {
    /** Each stores. */
    STORE("store", List.of(AccessKind.WRITE), List.of(AccessKind.WRITE), 1),
    /** Each loads its word and stores the sum, as {@code ++} does. */
    LOAD_AND_STORE(
            "load and store",
            List.of(AccessKind.READ, AccessKind.WRITE),
            List.of(AccessKind.READ, AccessKind.WRITE),
            1),
    /** Each adds atomically. */
    ADD("add", List.of(AccessKind.RMW), List.of(AccessKind.RMW), 1),
    /** Each adds by a compare-and-set loop. */
    CAS_LOOP("compare-and-set loop", List.of(AccessKind.CAS_LOOP), List.of(AccessKind.CAS_LOOP), 1),
    /** One stores, the other loads. */
    WRITER_BESIDE_READER("writer beside reader", List.of(AccessKind.WRITE), List.of(AccessKind.READ), 1),
    /** One adds atomically, the other loads. */
    ADDER_BESIDE_READER("adder beside reader", List.of(AccessKind.RMW), List.of(AccessKind.READ), 1),
    /** One adds atomically, and the other thread rests. */
    LONE_ADDER("lone adder", List.of(AccessKind.RMW), List.of(), 1),
    /** One stores to sixteen words, the other loads the same words; those loads do not depend on one another. */
    SUMMING_READER("summing reader", List.of(AccessKind.WRITE), List.of(AccessKind.READ), 16);

    private final String title;
    private final List<AccessKind> first;
    private final List<AccessKind> second;
    private final int words;

    SharingKind(String title, List<AccessKind> first, List<AccessKind> second, int words) {
        this.title = title;
        this.first = first;
        this.second = second;
        this.words = words;
    }

    /** {@return what it is called in reports} */
    public String title() {
        return title;
    }

    /** {@return what the thread of that index, 0 or 1, does to its words, in order} */
    List<AccessKind> accesses(int thread) {
        return thread == 0 ? first : second;
    }

    /** {@return how many threads do something} */
    public int threads() {
        return second.isEmpty() ? 1 : 2;
    }

    /** {@return how many of them write} */
    public int writers() {
        return first.equals(second) ? 2 : 1;
    }

    /** {@return how many words an operation accesses; when more than one, both threads access the same words} */
    int words() {
        return words;
    }

    /** {@return the role of a thread in reports; both have the same when they do the same} */
    public String role(int thread) {
        if (writers() == 2) {
            return "each";
        }
        if (thread == 1) {
            return "reader";
        }
        return first.contains(AccessKind.RMW) ? "adder" : "writer";
    }
}
