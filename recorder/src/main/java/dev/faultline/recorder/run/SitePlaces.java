package dev.faultline.recorder.run;

import dev.faultline.recorder.memory.MemoryBlock;
import dev.faultline.recorder.memory.MemoryBlocks;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The elements and offsets that one thread reaches at one place in the code. */
final class SitePlaces {

    /** Of how many names of arrays or blocks, in how many operations, something is told apart at one place. */
    private static final int MOST_GROUPS = 256;

    /** What is told apart by one operation, of arrays or blocks of one name. */
    static final class Group {
        /** Twice as many as are told apart, so that one is found or missed soon. A power of two. */
        private static final int PLACES = 2 * ArrayNames.MOST_TOLD_APART;

        /** About how many bytes one takes. */
        static final int BYTES = 40 + 4 * PLACES;

        private static final long SPREAD = 0x9E3779B97F4A7C15L;
        private static final int SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(PLACES);

        final String type;
        final int method;
        private final PlaceCounter[] counters = new PlaceCounter[PLACES];
        private final ThreadCounters of;
        private int size;
        /** What is not told apart; null when everything is. */
        volatile PlaceCounter rest;

        Group(String type, int method, ThreadCounters of) {
            this.of = of;
            this.type = type;
            this.method = method;
        }

        /** {@return the counter of a position; null when it has none} */
        PlaceCounter at(long position) {
            return counters[place(position)];
        }

        private int place(long position) {
            int at = (int) (position * SPREAD >>> SHIFT);
            while (counters[at] != null && counters[at].position != position) {
                at = at + 1 & PLACES - 1;
            }
            return at;
        }

        /** {@return the counter of a position after this: a new one, or that of the rest} */
        synchronized PlaceCounter add(long position, boolean isInBlock, int site) {
            int at = place(position);
            if (counters[at] != null) {
                return counters[at];
            }
            if (size == ArrayNames.MOST_TOLD_APART) {
                return rest;
            }
            if (size == ArrayNames.MOST_TOLD_APART - 1) {
                rest(isInBlock, site); // before it is full, so that there is one when it is
            }
            counters[at] = new PlaceCounter(type, position, isInBlock, method, site);
            of.take(PlaceCounter.BYTES);
            size++;
            return counters[at];
        }

        /** {@return whether no further position will be told apart, so that there is a rest} */
        boolean isFull() {
            return size == ArrayNames.MOST_TOLD_APART;
        }

        synchronized PlaceCounter rest(boolean isInBlock, int site) {
            if (rest == null) {
                rest = new PlaceCounter(type, -1, isInBlock, method, site);
            }
            return rest;
        }

        /** {@return the counters of what is told apart} */
        synchronized List<PlaceCounter> toldApart() {
            List<PlaceCounter> told = new ArrayList<>();
            for (PlaceCounter one : counters) {
                if (one != null) {
                    told.add(one);
                }
            }
            return told;
        }
    }

    private static final int BYTES = 160;

    private final int site;
    private final ThreadCounters counters;
    private final Map<String, Group> groups = new ConcurrentHashMap<>();
    private Group lastGroup;
    private MemoryBlock block;
    private WeakReference<Object> array;
    private String arrayName;
    private int arrayIdentity;
    private final int operation;

    SitePlaces(int site, int operation, ThreadCounters counters) {
        this.counters = counters;
        counters.take(BYTES);
        this.site = site;
        this.operation = operation;
    }

    /**
     * Tells what was counted. Of a group in which not everything is told apart, what is less than a 64th of the whole
     * is not told apart either: which elements came first says nothing.
     *
     * @param told gets each counter
     * @param others gets each counter of what is not told apart
     */
    void tell(Consumer<PlaceCounter> told, Consumer<PlaceCounter> others) {
        groups.values().forEach(group -> tell(group, told, others));
    }

    private static void tell(Group group, Consumer<PlaceCounter> told, Consumer<PlaceCounter> others) {
        PlaceCounter rest = group.rest;
        if (rest == null || rest.count == 0) {
            group.toldApart().forEach(told);
            return;
        }
        long all = rest.count;
        for (PlaceCounter one : group.toldApart()) {
            all += one.count;
        }
        for (PlaceCounter one : group.toldApart()) {
            (one.count >= all / ArrayNames.MOST_TOLD_APART ? told : others).accept(one);
        }
        others.accept(rest);
    }

    /**
     * Counts an access of an address.
     *
     * @return whether it is in a known block
     */
    boolean memory(long address, int bytes) {
        MemoryBlock in = block;
        if (in == null || !in.holds(address)) {
            in = MemoryBlocks.at(address);
            if (in == null) {
                return false;
            }
            block = in;
        }
        PlaceCounter counter = counter(in.type(), address - in.start(), true);
        counter.bytes = Math.max(counter.bytes, bytes);
        counter.count(in.number());
        return true;
    }

    /**
     * Counts an access of a range of a block that is too long to be told apart.
     *
     * @return whether the block is known
     */
    boolean range(long address) {
        MemoryBlock in = MemoryBlocks.at(address);
        if (in == null) {
            return false;
        }
        group(in.type(), operation).rest(true, site).count(in.number());
        return true;
    }

    /** Counts an access of an element. */
    void element(Object of, long index) {
        if (array == null || array.get() != of) {
            findArray(of);
        }
        counter(arrayName, index, false).count(arrayIdentity);
    }

    private void findArray(Object of) {
        array = new WeakReference<>(of);
        arrayName = ArrayNames.of(of).intern();
        arrayIdentity = System.identityHashCode(of);
    }

    private PlaceCounter counter(String type, long position, boolean isInBlock) {
        Group group = group(type, operation);
        PlaceCounter counter = group.at(position);
        if (counter != null) {
            return counter;
        }
        return group.isFull() ? group.rest : group.add(position, isInBlock, site);
    }

    private Group group(String type, int method) {
        Group last = lastGroup;
        if (last != null && last.method == method && last.type == type) {
            return last;
        }
        return findGroup(type, method);
    }

    private Group findGroup(String type, int method) {
        String name = method + " " + type;
        Group group = groups.get(name);
        if (group == null) {
            if (groups.size() >= MOST_GROUPS) {
                throw new IllegalStateException("too many names at one place");
            }
            Group made = new Group(type, method, counters);
            counters.take(Group.BYTES);
            group = groups.putIfAbsent(name, made);
            group = group == null ? made : group;
        }
        lastGroup = group;
        return group;
    }
}
