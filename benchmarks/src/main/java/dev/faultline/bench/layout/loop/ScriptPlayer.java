package dev.faultline.bench.layout.loop;

import dev.faultline.bench.cores.ComputeSteps;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.RawMemory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Plays one thread's part of a script. What it writes beside the struct lies in the middle of an array of its own, on
 * lines that no other thread uses. A few of its turns are timed, short operations in batches; the clock's own cost is
 * subtracted.
 */
public final class ScriptPlayer {

    private static final int OWN = 32; // longs on either side: 256 bytes, two pairs of lines
    private static final int TURN = OWN;
    private static final int VALUE = OWN + 1;
    private static final int PLAYED = OWN + 2;
    private static final int AHEAD = OWN + 3; // turns played beyond those that were asked for
    private static final int TIMES = OWN + 4;
    private static final int WORDS = 3; // for each operation: ns, how often it was timed, and in how many batches

    private final Block block;
    private final AccessLoop loop;
    private final TurnSchedule schedule;
    private final List<AccessScript.Play> plays;
    private final OperationClock clock;
    /** Always 0, unknown to the compiler. */
    private final long nothing;

    private final long[] own;

    private ScriptPlayer(
            Block block, AccessLoop loop, TurnSchedule schedule, List<AccessScript.Play> plays, OperationClock clock) {
        this.block = block;
        this.loop = loop;
        this.schedule = schedule;
        this.plays = plays;
        this.clock = clock;
        this.nothing = System.nanoTime() == Long.MIN_VALUE ? 1 : 0;
        this.own = new long[TIMES + WORDS * plays.size() + OWN];
        own[VALUE] = 0x5DEECE66DL; // a processor may skip stores of zeros
    }

    /** A script with its block or object, assembled once for all of its threads. */
    public static final class Stage implements AutoCloseable {
        private static final long BASE_ALIGNMENT = 4096; // so that every fork uses the same sets of the caches

        private final AccessScript script;
        private final Block block;
        private final AccessLoop loop;
        private final OperationClock clock;
        private final Optional<PlacedObject> object;

        /** Allocates the block, and measures how many steps make up a gap. */
        public Stage(AccessScript script) {
            this(script, ComputeSteps.perMicro());
        }

        /**
         * Allocates the block.
         *
         * @param stepsPerMicro steps of {@link ComputeSteps} that take a microsecond
         */
        public Stage(AccessScript script, double stepsPerMicro) {
            this(script, stepsPerMicro, MemoryAccesses.class, System::nanoTime);
        }

        Stage(AccessScript script, double stepsPerMicro, Class<?> memory, LongSupplier nanos) {
            this.script = script;
            this.clock = new OperationClock(nanos);
            this.block = Block.allocate(script.blockBytes(), BASE_ALIGNMENT);
            this.object = script.object().map(PlacedObject::new);
            this.loop = object.map(one -> LoopAssembler.assemble(script, one.object(), stepsPerMicro))
                    .orElseGet(() -> LoopAssembler.assemble(script, RawMemory.address(block), stepsPerMicro, memory));
        }

        /** {@return a player of the part with that number} */
        public ScriptPlayer player(int part) {
            TurnSchedule schedule = TurnSchedule.of(script.parts().get(part), script.plays());
            return new ScriptPlayer(block, loop, schedule, script.plays(), clock);
        }

        /**
         * Checks that what is played on is where it was.
         *
         * @throws IllegalStateException when it is an object that a collection has moved
         */
        public void requireUnmoved() {
            object.ifPresent(PlacedObject::requireUnmoved);
        }

        /** {@return the object that is played on} */
        Object object() {
            return object.orElseThrow().object();
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
    }

    /**
     * Does the operations of {@code turns} turns. A batch is not cut: turns beyond are left out of the next calls.
     *
     * @throws IllegalStateException when the stage is closed
     */
    public void play(int turns) {
        RawMemory.address(block); // throws when it is closed
        long[] mine = own;
        int turn = (int) mine[TURN];
        long value = mine[VALUE];
        long ahead = mine[AHEAD];
        long done = ahead;
        while (done < turns) {
            int count = schedule.untimed()[turn];
            if (count > 0) {
                count = (int) Math.min(count, turns - done);
                value = run(turn, count, value);
            } else {
                int play = ~schedule.turns()[turn];
                count = schedule.batches()[play];
                value = timed(play, turn, count, value);
            }
            turn = (turn + count) % schedule.turns().length;
            done += count;
        }
        mine[TURN] = turn;
        mine[VALUE] = value;
        mine[AHEAD] = done - turns;
        mine[PLAYED] += done - ahead;
    }

    private long timed(int play, int turn, int count, long value) {
        long start = clock.now();
        long next = run(turn, count, value);
        long nanos = clock.now() - start;
        int at = TIMES + WORDS * play;
        own[at] += nanos;
        own[at + 1] += count;
        own[at + 2]++;
        return next;
    }

    /** Does turns, timed or not: both in one loop, which costs the same. It is none that a compiler would unroll. */
    private long run(int from, int count, long value) {
        AccessLoop accesses = loop;
        short[] plan = schedule.turns();
        long none = nothing;
        long next = value;
        int turn = from;
        for (int i = 0; i != count; i++) {
            int play = plan[turn];
            next = accesses.play(play >= 0 ? play : ~play, next, none);
            turn = turn + 1 == plan.length ? 0 : turn + 1;
        }
        return next;
    }

    /** {@return how many turns were played} */
    public long played() {
        return own[PLAYED];
    }

    /**
     * The time of operations.
     *
     * @param count how many were timed
     * @param nanos ns of all of them together, less the clock's own; can be negative when they are short
     * @param clockNanos ns that reading the clock took, or its step when that is longer
     */
    public record RowTime(long count, long nanos, long clockNanos) {
        private RowTime plus(RowTime other) {
            return new RowTime(count + other.count, nanos + other.nanos, clockNanos + other.clockNanos);
        }
    }

    /** {@return the times of each row that was timed} */
    public Map<Integer, RowTime> times() {
        Map<Integer, RowTime> sums = new TreeMap<>();
        for (int play = 0; play < plays.size(); play++) {
            int at = TIMES + WORDS * play;
            long readings = own[at + 2];
            if (readings > 0) {
                RowTime time = new RowTime(
                        own[at + 1],
                        own[at] - Math.round(readings * clock.readNanos()),
                        Math.round(readings * clock.resolutionNanos()));
                sums.merge(plays.get(play).row(), time, RowTime::plus);
            }
        }
        return sums;
    }
}
