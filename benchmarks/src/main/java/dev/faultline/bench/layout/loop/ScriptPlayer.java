package dev.faultline.bench.layout.loop;

import dev.faultline.bench.cores.ComputeSteps;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.RawMemory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plays one thread's part of a script. What it writes beside the struct lies in the middle of an array of its own, on
 * lines that no other thread uses. A few of its turns are timed one by one; the clock's own cost is subtracted.
 */
public final class ScriptPlayer {

    private static final int OWN = 32; // longs on either side: 256 bytes, two pairs of lines
    private static final int TURN = OWN;
    private static final int VALUE = OWN + 1;
    private static final int PLAYED = OWN + 2;
    private static final int TIMES = OWN + 3; // for each operation: ns, and how often it was timed

    private final Block block;
    private final AccessLoop loop;
    private final short[] schedule;
    private final List<AccessScript.Play> plays;
    private final double clockNanos;
    /** Always 0, unknown to the compiler. */
    private final long nothing;

    private final long[] own;

    private ScriptPlayer(
            Block block, AccessLoop loop, short[] schedule, List<AccessScript.Play> plays, double clockNanos) {
        this.block = block;
        this.loop = loop;
        this.schedule = schedule;
        this.plays = plays;
        this.clockNanos = clockNanos;
        this.nothing = System.nanoTime() == Long.MIN_VALUE ? 1 : 0;
        this.own = new long[TIMES + 2 * plays.size() + OWN];
        own[VALUE] = 0x5DEECE66DL; // a processor may skip stores of zeros
    }

    /** A script with its block, assembled once for all of its threads. */
    public static final class Stage implements AutoCloseable {
        private static final long BASE_ALIGNMENT = 4096; // so that every fork uses the same sets of the caches

        private final AccessScript script;
        private final Block block;
        private final AccessLoop loop;
        private final double clockNanos = clockNanos();

        /** Allocates the block, and measures how many steps make up a gap. */
        public Stage(AccessScript script) {
            this(script, ComputeSteps.perMicro(), MemoryAccesses.class);
        }

        Stage(AccessScript script, double stepsPerMicro, Class<?> memory) {
            this.script = script;
            this.block = Block.allocate(script.blockBytes(), BASE_ALIGNMENT);
            this.loop = LoopAssembler.assemble(script, RawMemory.address(block), stepsPerMicro, memory);
        }

        /** {@return a player of the part with that number} */
        public ScriptPlayer player(int part) {
            return new ScriptPlayer(block, loop, TurnSchedule.of(script.parts().get(part)), script.plays(), clockNanos);
        }

        /** {@return the block} */
        Block block() {
            return block;
        }

        /**
         * Frees the block; a player that begins later is refused. No player may be running: loops use the block's
         * address.
         */
        @Override
        public void close() {
            block.close();
        }

        /** {@return ns that reading the clock takes, in the fastest of 15 rounds} */
        private static double clockNanos() {
            double least = Double.MAX_VALUE;
            for (int round = 0; round < 15; round++) {
                long start = System.nanoTime();
                long end = start;
                for (int i = 0; i < 2000; i++) {
                    end = System.nanoTime();
                }
                least = Math.min(least, (end - start) / 2000.0);
            }
            return least;
        }
    }

    /**
     * Does the operations of {@code turns} turns.
     *
     * @throws IllegalStateException when the stage is closed
     */
    public void play(int turns) {
        RawMemory.address(block); // throws when it is closed
        AccessLoop accesses = loop;
        short[] plan = schedule;
        long[] mine = own;
        int turn = (int) mine[TURN];
        long value = mine[VALUE];
        long none = nothing;
        for (int i = 0; i < turns; i++) {
            int play = plan[turn];
            value = play >= 0 ? accesses.play(play, value, none) : timed(~play, value);
            turn = turn + 1 == plan.length ? 0 : turn + 1;
        }
        mine[TURN] = turn;
        mine[VALUE] = value;
        mine[PLAYED] += turns;
    }

    private long timed(int play, long value) {
        long start = System.nanoTime();
        long next = loop.play(play, value, nothing);
        own[TIMES + 2 * play] += System.nanoTime() - start;
        own[TIMES + 2 * play + 1]++;
        return next;
    }

    /** {@return how many turns were played} */
    public long played() {
        return own[PLAYED];
    }

    /** {@return how often each row was timed, for those that were} */
    public Map<Integer, Long> timed() {
        Map<Integer, Long> sums = new TreeMap<>();
        for (int play = 0; play < plays.size(); play++) {
            if (own[TIMES + 2 * play + 1] > 0) {
                sums.merge(plays.get(play).row(), own[TIMES + 2 * play + 1], Long::sum);
            }
        }
        return sums;
    }

    /**
     * {@return the ns of all timed operations of each row, less the clock's own, at least 1; for rows that were timed}
     */
    public Map<Integer, Long> nanos() {
        Map<Integer, Long> sums = new TreeMap<>();
        for (int play = 0; play < plays.size(); play++) {
            long count = own[TIMES + 2 * play + 1];
            if (count > 0) {
                sums.merge(
                        plays.get(play).row(),
                        Math.max(1, own[TIMES + 2 * play] - Math.round(count * clockNanos)),
                        Long::sum);
            }
        }
        return sums;
    }
}
