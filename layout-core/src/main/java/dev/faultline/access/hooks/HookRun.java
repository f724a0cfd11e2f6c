package dev.faultline.access.hooks;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the hooks of one process have counted, in addresses.
 *
 * @param pid the process
 * @param seconds from its begin to the last time that something was added, or its end
 * @param isEnded whether it ended by an exit, so that the seconds are those of the run
 * @param lost accesses that were not counted, such as those of threads without a record
 * @param maps which files were mapped where, by the order of time
 * @param threads its threads; one that follows another with the same function may share a record
 * @param sites where blocks were allocated
 * @param counters what was counted
 */
public record HookRun(
        long pid,
        double seconds,
        boolean isEnded,
        long lost,
        List<MappedFile> maps,
        List<HookThread> threads,
        List<Site> sites,
        List<Counter> counters) {

    public HookRun {
        maps = List.copyOf(maps);
        threads = List.copyOf(threads);
        sites = List.copyOf(sites);
        counters = List.copyOf(counters);
    }

    /**
     * A part of a file that was mapped.
     *
     * @param start the first address
     * @param end the address behind the last
     * @param fileOffset of the first byte
     * @param isCode whether it could be executed
     * @param path of the file
     */
    public record MappedFile(long start, long end, long fileOffset, boolean isCode, String path) {
        public MappedFile {
            Objects.requireNonNull(path);
        }

        boolean has(long address) {
            return Long.compareUnsigned(address, start) >= 0 && Long.compareUnsigned(address, end) < 0;
        }
    }

    /**
     * A call that a thread was in.
     *
     * @param parent the number of the call around it; 0 where the thread begins
     * @param call the return address of the call
     * @param function an address in the function that was called
     */
    public record Call(int parent, long call, long function) {}

    /**
     * A thread.
     *
     * @param name the name that the program gave to it; empty when it gave none
     * @param isMain whether the program began with it
     * @param start the function it began with; 0 when that is not known
     * @param stackLow the lowest address of its stack
     * @param stackHigh the address behind its stack
     * @param lives how many threads had the record, one after the other
     * @param ownStack how many accesses were of its own stack and its thread-local variables
     * @param folded how many counters lost their place, since there were too many
     * @param calls by number
     */
    public record HookThread(
            String name,
            boolean isMain,
            long start,
            long stackLow,
            long stackHigh,
            long lives,
            long ownStack,
            long folded,
            Map<Integer, Call> calls) {
        public HookThread {
            Objects.requireNonNull(name);
            calls = Map.copyOf(calls);
        }
    }

    /**
     * A place where blocks of one size are allocated.
     *
     * @param thread the number of the thread that allocated
     * @param node the call it was in
     * @param call the return address of the call of the allocator
     * @param byteSize the size of the blocks
     * @param elementBytes the size of an element as {@code calloc} was told; 0 when it was not
     * @param isShared whether two threads used one of the blocks that are not told apart
     */
    public record Site(int thread, int node, long call, long byteSize, long elementBytes, boolean isShared) {}

    /**
     * How often a thread did one thing at one place.
     *
     * @param thread the number of the thread
     * @param node the call it was in
     * @param pc the address behind the call of the hook
     * @param site the number of the site whose block it was in; empty for another address
     * @param place the offset in the block, or the address; empty when there were too many to keep it
     * @param block which of the blocks of the site; {@link #OTHERS} when they are not told apart
     * @param byteSize how many bytes
     * @param kind what was done
     * @param count how often
     */
    public record Counter(
            int thread,
            int node,
            long pc,
            Optional<Integer> site,
            Optional<Long> place,
            int block,
            long byteSize,
            Kind kind,
            long count) {

        /** The number of blocks that are not told apart. */
        public static final int OTHERS = 0xffff;

        /** The same, of which two threads used one. */
        public static final int OTHERS_SHARED = 0xfffe;

        /** {@return whether it is not known which block of the site it was} */
        boolean isOfOthers() {
            return block == OTHERS || block == OTHERS_SHARED;
        }
    }

    /** What a hook was called for, in the order of the numbers in the file, from 1. */
    public enum Kind {
        READ,
        WRITE,
        RMW,
        READ_WRITE
    }
}
