package dev.faultline.offheap.bench.layout;

import dev.faultline.offheap.cores.Steps;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.RawMemory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plays one thread's part of a script. What it writes itself lies in the middle of an array of its own, away from the
 * others'. A few of its turns are timed, one by one, less what the clock itself takes.
 */
public final class Player {

    private static final int OWN = 32; // longs on either side: 256 bytes, two pairs of lines
    private static final int TURN = OWN;
    private static final int VALUE = OWN + 1;
    private static final int PLAYED = OWN + 2;
    private static final int TIMES = OWN + 3; // for each play: ns, and of how many

    private final Block block;
    private final AccessLoop loop;
    private final short[] schedule;
    private final List<Script.Play> plays;
    private final double clockNanos;
    /** Always 0, which the compiler does not know. */
    private final long nothing;

    private final long[] own;

    private Player(Block block, AccessLoop loop, short[] schedule, List<Script.Play> plays, double clockNanos) {
        this.block = block;
        this.loop = loop;
        this.schedule = schedule;
        this.plays = plays;
        this.clockNanos = clockNanos;
        this.nothing = System.nanoTime() == Long.MIN_VALUE ? 1 : 0;
        this.own = new long[TIMES + 2 * plays.size() + OWN];
        own[VALUE] = 0x5DEECE66DL; // a processor may leave out stores of zeros
    }

    /** A script on its block, compiled once for all of its threads. */
    public static final class Stage implements AutoCloseable {
        private static final long BASE_ALIGNMENT = 4096; // the same place in all caches in every fork

        private final Script script;
        private final Block block;
        private final AccessLoop loop;
        private final double clockNanos = clockNanos();

        /** Allocates the block; the gaps are measured here and now. */
        public Stage(Script script) {
            this(script, Steps.perMicro(), Accesses.class);
        }

        Stage(Script script, double stepsPerMicro, Class<?> memory) {
            this.script = script;
            this.block = Block.allocate(script.blockBytes(), BASE_ALIGNMENT);
            this.loop = LoopAssembler.assemble(script, RawMemory.address(block), stepsPerMicro, memory);
        }

        /** {@return a player of a part, by its number} */
        public Player player(int part) {
            return new Player(block, loop, Schedule.of(script.parts().get(part)), script.plays(), clockNanos);
        }

        /** {@return the block} */
        Block block() {
            return block;
        }

        /**
         * Frees the block: whoever plays then is refused. Nobody may be playing: the loops go to memory by its address.
         */
        @Override
        public void close() {
            block.close();
        }

        /** {@return what a look at the clock takes, by the fastest of some rounds} */
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
     * Takes so many turns.
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

    /** {@return how many turns were taken} */
    public long played() {
        return own[PLAYED];
    }

    /** {@return for each row that was timed, how often} */
    public Map<Integer, Long> timed() {
        Map<Integer, Long> sums = new TreeMap<>();
        for (int play = 0; play < plays.size(); play++) {
            if (own[TIMES + 2 * play + 1] > 0) {
                sums.merge(plays.get(play).row(), own[TIMES + 2 * play + 1], Long::sum);
            }
        }
        return sums;
    }

    /** {@return for each row that was timed, ns in all, less the clock's own; at least one} */
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
