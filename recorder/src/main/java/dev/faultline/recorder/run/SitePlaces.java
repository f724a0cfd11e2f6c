package dev.faultline.recorder.run;

import dev.faultline.recorder.memory.MemoryBlock;
import dev.faultline.recorder.memory.MemoryBlocks;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The elements and offsets that one thread reaches at one place in the code. */
final class SitePlaces {

    private static final int RECENT = 128;
    /** Of how many names of arrays or blocks, in how many operations, something is told apart at one place. */
    private static final int MOST_GROUPS = 256;

    /** What is told apart by one operation, of arrays or blocks of one name. */
    static final class Group {
        final String type;
        final int method;
        final Map<Long, PlaceCounter> counters = new ConcurrentHashMap<>();
        /** What is not told apart; null when everything is. */
        volatile PlaceCounter rest;

        Group(String type, int method) {
            this.type = type;
            this.method = method;
        }
    }

    private final int site;
    private final Map<String, Group> groups = new ConcurrentHashMap<>();
    private final PlaceCounter[] recent = new PlaceCounter[RECENT];
    private Group lastGroup;
    private MemoryBlock block;
    private WeakReference<Object> array;
    private String arrayName;
    private int arrayIdentity;

    SitePlaces(int site) {
        this.site = site;
    }

    Iterable<Group> groups() {
        return groups.values();
    }

    /**
     * Counts an access of an address.
     *
     * @return whether it is in a known block
     */
    boolean memory(long address, int bytes, int method) {
        MemoryBlock in = block;
        if (in == null || !in.holds(address)) {
            in = MemoryBlocks.at(address);
            if (in == null) {
                return false;
            }
            block = in;
        }
        PlaceCounter counter = counter(in.type(), address - in.start(), true, method);
        counter.bytes = Math.max(counter.bytes, bytes);
        counter.count(in.number());
        return true;
    }

    /**
     * Counts an access of a range of a block that is too long to be told apart.
     *
     * @return whether the block is known
     */
    boolean range(long address, int method) {
        MemoryBlock in = MemoryBlocks.at(address);
        if (in == null) {
            return false;
        }
        rest(group(in.type(), method), in.type(), true, method).count(in.number());
        return true;
    }

    /** Counts an access of an element. */
    void element(Object of, long index, int method) {
        if (array == null || array.get() != of) {
            array = new WeakReference<>(of);
            arrayName = ArrayNames.of(of).intern();
            arrayIdentity = System.identityHashCode(of);
        }
        counter(arrayName, index, false, method).count(arrayIdentity);
    }

    private PlaceCounter counter(String type, long position, boolean isInBlock, int method) {
        int at = (int) (position ^ position >>> 3) & RECENT - 1; // told apart: bytes in a row, and words in a row
        PlaceCounter counter = recent[at];
        if (counter == null || !counter.isAt(type, position, method)) {
            counter = find(type, position, isInBlock, method);
            if (counter.position >= 0) {
                recent[at] = counter;
            }
        }
        return counter;
    }

    private PlaceCounter find(String type, long position, boolean isInBlock, int method) {
        Group group = group(type, method);
        PlaceCounter known = group.counters.get(position);
        if (known != null) {
            return known;
        }
        if (group.counters.size() >= ArrayNames.MOST_TOLD_APART) {
            return rest(group, type, isInBlock, method);
        }
        PlaceCounter made = new PlaceCounter(type, position, isInBlock, method, site);
        PlaceCounter other = group.counters.putIfAbsent(position, made);
        return other == null ? made : other;
    }

    private Group group(String type, int method) {
        Group last = lastGroup;
        if (last != null && last.method == method && last.type == type) {
            return last;
        }
        String name = method + " " + type;
        Group group = groups.get(name);
        if (group == null) {
            if (groups.size() >= MOST_GROUPS) {
                throw new IllegalStateException("too many names at one place");
            }
            Group made = new Group(type, method);
            group = groups.putIfAbsent(name, made);
            group = group == null ? made : group;
        }
        lastGroup = group;
        return group;
    }

    private PlaceCounter rest(Group group, String type, boolean isInBlock, int method) {
        PlaceCounter rest = group.rest;
        if (rest == null) {
            rest = new PlaceCounter(type, -1, isInBlock, method, site);
            group.rest = rest;
        }
        return rest;
    }
}
