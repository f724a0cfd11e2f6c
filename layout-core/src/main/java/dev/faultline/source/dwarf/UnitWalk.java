package dev.faultline.source.dwarf;

import dev.faultline.input.InputException;
import dev.faultline.source.dwarf.entry.MissingTextException;
import dev.faultline.source.dwarf.entry.Unit;
import dev.faultline.source.dwarf.entry.UnitBytes;
import dev.faultline.source.dwarf.entry.UnitParser;
import dev.faultline.source.dwarf.record.TypeStore;
import dev.faultline.source.dwarf.type.UnitTypes;
import dev.faultline.source.elf.SectionStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Walks all units of a file once: one thread reads and inflates them, the others put their types into a store. A small
 * file is walked by the one thread. The result does not depend on the number of threads.
 */
final class UnitWalk {

    /** Longest unit; larger ones are left out by name. */
    private static final long MOST_UNIT_BYTES = 1L << 30;

    /** A file with fewer bytes of units is walked without other threads, which take longer to start. */
    private static final long FEW_BYTES = 1 << 20;

    /** A unit of a compressed section with more bytes is not allocated before it is there. */
    private static final int MOST_TRUSTED_BYTES = 8 << 20;

    private static final int MOST_MESSAGES = 100;
    private static final RawUnit END = new RawUnit(null, 0, new byte[0], 0, 0);

    private record RawUnit(UnitSection section, long offset, byte[] bytes, int byteSize, int ordinal) {}

    private final DwarfSections sections;
    private final TypeStore store;
    private final int threads;
    private final Optional<UnitSection> alternate;
    private final Consumer<UnitTypes> visitor;
    private final BlockingQueue<RawUnit> waiting = new LinkedBlockingQueue<>();
    private final UnitBuffers buffers = new UnitBuffers();
    private final List<String> unread = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicInteger withoutAlternate = new AtomicInteger();
    private int ordinal;

    /**
     * Prepares a walk.
     *
     * @param sections the units
     * @param alternate the units of the alternate file of dwz, when there is one
     * @param store keeps the types
     * @param threads how many threads walk units
     * @param firstOrdinal the number of the first unit, in the order in which the files of a program are read
     * @param visitor is given each unit, by any of the threads, after its types are in the store
     */
    UnitWalk(
            DwarfSections sections,
            Optional<UnitSection> alternate,
            TypeStore store,
            int threads,
            int firstOrdinal,
            Consumer<UnitTypes> visitor) {
        this.sections = sections;
        this.alternate = alternate;
        this.store = store;
        this.threads = threads;
        this.ordinal = firstOrdinal;
        this.visitor = visitor;
    }

    /** {@return the number of the unit after the last one} */
    int nextOrdinal() {
        return ordinal;
    }

    /** {@return the number of units that were not read because texts of them are in a file that is not there} */
    int withoutAlternate() {
        return withoutAlternate.get();
    }

    /**
     * Walks the units.
     *
     * @return a line for each unit that could not be read
     */
    List<String> run() {
        long byteSize = 0;
        for (UnitSection section : sections.units()) {
            byteSize += section.section().byteSize();
        }
        store.allow(byteSize);
        try {
            if (byteSize < FEW_BYTES) {
                Lookups lookups = new Lookups();
                readAll(unit -> walk(unit, lookups));
                throwFailure();
            } else {
                runThreads();
            }
        } catch (OutOfMemoryError full) {
            throw DwarfSource.full(sections.source());
        }
        return List.copyOf(unread);
    }

    private void runThreads() {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(this::work, "faultline-dwarf-" + i);
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
        try {
            readAll(waiting::add);
        } finally {
            finish(workers);
        }
    }

    private void readAll(Consumer<RawUnit> taker) {
        for (UnitSection section : sections.units()) {
            read(section, taker);
        }
    }

    private void finish(List<Thread> workers) {
        try {
            for (int i = 0; i < workers.size(); i++) {
                waiting.add(END);
            }
            for (Thread worker : workers) {
                worker.join();
            }
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
        throwFailure();
    }

    private InputException interrupted() {
        Thread.currentThread().interrupt();
        return new InputException(sections.source(), "", "reading was interrupted");
    }

    private void throwFailure() {
        Throwable broken = failure.get();
        if (broken instanceof OutOfMemoryError) {
            throw DwarfSource.full(sections.source());
        }
        if (broken != null) {
            throw new IllegalStateException(broken);
        }
    }

    private void read(UnitSection section, Consumer<RawUnit> taker) {
        long end = section.section().byteSize();
        try (SectionStream stream = section.section().open()) {
            long offset = 0;
            while (offset < end) {
                offset += readUnit(section, stream, offset, end - offset, taker);
            }
        }
    }

    private long readUnit(UnitSection section, SectionStream stream, long offset, long left, Consumer<RawUnit> taker) {
        byte[] head = new byte[UnitParser.MOST_LENGTH_BYTES];
        int headBytes = (int) Math.min(Integer.BYTES, left);
        stream.read(head, 0, headBytes);
        UnitBytes bytesOfHead = new UnitBytes(head, head.length, sections.order());
        if (left >= head.length && UnitParser.isWide(bytesOfHead)) {
            stream.read(head, headBytes, head.length - headBytes);
            headBytes = head.length;
        }
        long size = headBytes < Integer.BYTES ? -1 : UnitParser.unitBytes(bytesOfHead);
        if (size < headBytes || size > left) {
            unread(
                    offset,
                    "a unit of " + Long.toUnsignedString(size) + " bytes, of which " + left
                            + " are there; what follows is not read");
            return left;
        }
        if (size > MOST_UNIT_BYTES) {
            unread(offset, "a unit of " + size + " bytes; the limit is " + MOST_UNIT_BYTES);
            stream.skip(size - headBytes);
            return size;
        }
        if (size == headBytes) { // no unit, but the space between two
            return size;
        }
        byte[] bytes = size > MOST_TRUSTED_BYTES && section.section().isCompressed()
                ? adopted(grown(stream, head, headBytes, (int) size))
                : read(stream, head, headBytes, buffer((int) size), (int) size);
        taker.accept(new RawUnit(section, offset, bytes, (int) size, ordinal++));
        return size;
    }

    private byte[] buffer(int byteSize) {
        try {
            return buffers.take(byteSize);
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    private byte[] adopted(byte[] bytes) {
        try {
            return buffers.adopt(bytes);
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    private static byte[] read(SectionStream stream, byte[] head, int headBytes, byte[] into, int byteSize) {
        System.arraycopy(head, 0, into, 0, headBytes);
        stream.read(into, headBytes, byteSize - headBytes);
        return into;
    }

    /** Reads a unit whose size may be more than what its section unpacks to: the array grows with what is there. */
    private static byte[] grown(SectionStream stream, byte[] head, int headBytes, int byteSize) {
        byte[] bytes = read(stream, head, headBytes, new byte[MOST_TRUSTED_BYTES], MOST_TRUSTED_BYTES);
        while (bytes.length < byteSize) {
            int length = bytes.length;
            bytes = Arrays.copyOf(bytes, (int) Math.min(byteSize, 2L * length));
            stream.read(bytes, length, bytes.length - length);
        }
        return bytes;
    }

    private void unread(long offset, String problem) {
        if (unread.size() < MOST_MESSAGES) {
            unread.add(new InputException(
                            sections.source(),
                            "unit at byte 0x" + Long.toHexString(offset) + " of its section",
                            problem)
                    .getMessage());
        }
    }

    private void work() {
        Lookups lookups = new Lookups();
        try {
            for (RawUnit unit = waiting.take(); unit != END; unit = waiting.take()) {
                walk(unit, lookups);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void walk(RawUnit raw, Lookups lookups) {
        if (failure.get() == null) {
            try {
                UnitBytes bytes = new UnitBytes(raw.bytes(), raw.byteSize(), sections.order());
                Unit unit = raw.section().parse(bytes, raw.offset());
                UnitTypes types = new UnitTypes(unit, lookups.of(raw.section()), store);
                types.list(raw.ordinal());
                visitor.accept(types);
            } catch (MissingTextException missing) {
                withoutAlternate.incrementAndGet();
            } catch (InputException | IllegalArgumentException | IndexOutOfBoundsException broken) {
                unread(raw.offset(), "is not read: " + broken.getMessage());
            } catch (StackOverflowError deep) {
                unread(raw.offset(), "is not read: its types are nested too deep");
            } catch (RuntimeException | Error broken) {
                failure.compareAndSet(null, broken);
            }
        }
        buffers.giveBack(raw.bytes()); // the reading thread may wait for it
    }

    /** The lookups of one thread, which keep the units that others refer to most. */
    private final class Lookups {

        private final Map<UnitSection, SectionLookup> known = new IdentityHashMap<>();
        private final Optional<SectionLookup> moved =
                alternate.map(other -> new SectionLookup(other, Optional.empty(), store));

        SectionLookup of(UnitSection section) {
            return known.computeIfAbsent(section, any -> new SectionLookup(section, moved, store));
        }
    }
}
