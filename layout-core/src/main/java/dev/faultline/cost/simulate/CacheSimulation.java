package dev.faultline.cost.simulate;

import dev.faultline.cost.AccessProgram;
import dev.faultline.cost.Primitive;
import dev.faultline.machine.Machine;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** The state of one simulation run: CPUs, lines, and the CPUs that wait for each line. */
final class CacheSimulation {

    /** The shortest time span, for runs in which no access takes measurable time. */
    private static final double SHORTEST_SPAN_NANOS = 1e-3;

    private static final int NONE = -1;
    private static final long BETWEEN_PROGRESS = 1 << 18;
    private static final Primitive[] PRIMITIVES = Primitive.values();

    private final SimulationOptions options;
    private final AccessProgram program;
    private final Simulator.Totals totals;
    private final Xorshift random;
    private final MissClassifier misses;
    private final double[][] transferNanos;
    private final int[] clusterOf;
    private final int[] socketOf;
    private final double occupancyShare;
    private final double atomicNanos;
    private final int cpus;
    private final int sets;
    private final EventQueue events;
    private double now;
    private boolean counting;
    private double countingSince;

    // The current task and access of each CPU.
    private final AccessProgram.Part[] part;
    private final int[] touch;
    private final double[] startedNanos;
    private final boolean[] served;
    /** Time, in writes, at which each CPU last saw the word of its compare-and-set. */
    private final long[] knownAt;

    private final int[] owner;
    private final boolean[] exclusive;
    private final boolean[] dirty;
    private final long[] sharers;
    private final int[] lastWriter;
    private final int[] lastReader;
    private final int[] lastToucher;
    private final int[] toucherBefore;
    private final double[] freeAtNanos;
    private final double[] busyNanos;
    private final int[][] queue;
    private final int[] queueHead;
    private final int[] queueSize;
    private long played;

    CacheSimulation(
            Machine machine,
            SimulationOptions options,
            AccessProgram program,
            Simulator.Totals totals,
            Xorshift random) {
        this.options = options;
        this.program = program;
        this.totals = totals;
        this.random = random;
        this.misses = new MissClassifier(program, totals);
        cpus = program.parts.length;
        sets = (cpus + 63) >>> 6;
        occupancyShare = machine.costs().occupancyShare().value();
        atomicNanos = machine.costs().atomicNanos().value();
        clusterOf = new int[cpus];
        socketOf = new int[cpus];
        for (int cpu = 0; cpu < cpus; cpu++) {
            clusterOf[cpu] = machine.topology().cluster(cpu);
            socketOf[cpu] = machine.topology().socketOfCluster(clusterOf[cpu]);
        }
        int clusters = clusterOf[cpus - 1] + 1;
        transferNanos = new double[clusters][clusters];
        for (int a = 0; a < clusters; a++) {
            for (int b = 0; b < clusters; b++) {
                transferNanos[a][b] = machine.transferNanos(a, b);
            }
        }
        int lines = program.lines;
        events = new EventQueue(cpus + lines);
        part = new AccessProgram.Part[cpus];
        touch = new int[cpus];
        startedNanos = new double[cpus];
        served = new boolean[cpus];
        knownAt = new long[cpus];
        owner = filled(lines, NONE);
        exclusive = new boolean[lines];
        dirty = new boolean[lines];
        sharers = new long[lines * sets];
        lastWriter = filled(lines, NONE);
        lastReader = filled(lines, NONE);
        lastToucher = filled(lines, NONE);
        toucherBefore = filled(lines, NONE);
        freeAtNanos = new double[lines];
        busyNanos = new double[lines];
        queue = new int[lines][];
        queueHead = new int[lines];
        queueSize = new int[lines];
    }

    private static int[] filled(int length, int value) {
        int[] array = new int[length];
        Arrays.fill(array, value);
        return array;
    }

    /** Plays the given number of accesses, after a warm-up of a tenth as many that are not counted. */
    void play(long accesses, LongConsumer progress) {
        for (int cpu = 0; cpu < cpus; cpu++) {
            if (program.parts[cpu].length > 0) {
                begin(cpu, 0);
                events.add(cpu, startedNanos[cpu] + part[cpu].gapNanos[0]);
            }
        }
        long warm = accesses / 10;
        long end = warm + accesses;
        long tell = BETWEEN_PROGRESS;
        while (played < end && !events.isEmpty()) {
            if (!counting && played >= warm) {
                startCounting();
            }
            if (played >= tell) {
                progress.accept(played);
                tell = played + BETWEEN_PROGRESS;
            }
            now = events.firstNanos();
            int first = events.first();
            if (first < cpus) {
                run(first);
            } else {
                events.removeFirst();
                serveNext(first - cpus);
            }
        }
        finish(accesses);
    }

    private void startCounting() {
        counting = true;
        misses.startCounting();
        countingSince = now;
        Arrays.fill(busyNanos, 0);
    }

    private void finish(long accesses) {
        double span = Math.max(now - countingSince, SHORTEST_SPAN_NANOS);
        for (int cpu = 0; cpu < cpus; cpu++) {
            int before = NONE;
            for (AccessProgram.Part mine : program.parts[cpu]) {
                totals.cpuNanos[mine.task] += mine.task == before ? 0 : span;
                before = mine.task; // a task has one part for each element that it may pick
            }
        }
        for (int line = 0; line < program.lines; line++) {
            totals.utilisation = Math.max(totals.utilisation, span > 0 ? Math.min(1, busyNanos[line] / span) : 0);
        }
        totals.accesses += accesses;
    }

    /** Picks the next task of a CPU, which starts after an idle time. */
    private void begin(int cpu, double at) {
        double[] upTo = program.upTo[cpu];
        int pick = upTo.length > 1 ? pick(upTo, random.next()) : 0;
        part[cpu] = program.parts[cpu][pick];
        touch[cpu] = 0;
        startedNanos[cpu] = at + random.exponential(program.idleNanos[cpu]);
    }

    /** {@return the first index whose limit is above the point, or the last} */
    private static int pick(double[] upTo, double point) {
        int low = 0;
        int high = upTo.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (point >= upTo[middle]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Continues a CPU with the line it was served, or with its next access. */
    private void run(int cpu) {
        if (served[cpu]) {
            served[cpu] = false;
            after(cpu);
            return;
        }
        AccessProgram.Part mine = part[cpu];
        int at = touch[cpu];
        int line = mine.line[at];
        boolean writes = mine.primitive[at] != 0;
        played++;
        boolean held = writes
                ? exclusive[line] && owner[line] == cpu && !(queueSize[line] > 0 && freeAtNanos[line] <= now)
                : (sharers[line * sets + (cpu >>> 6)] & 1L << cpu) != 0;
        if (held) {
            touched(cpu, line);
            execute(cpu, line, mine, at);
            after(cpu);
        } else {
            events.removeFirst();
            ask(cpu, line);
        }
    }

    /** Goes on to the next access or task. The CPU must be the first in the event queue. */
    private void after(int cpu) {
        AccessProgram.Part mine = part[cpu];
        int at = touch[cpu];
        double done = now + mine.hitNanos[at];
        if (++at < mine.line.length) {
            touch[cpu] = at;
            events.postponeFirst(done + mine.gapNanos[at]);
            return;
        }
        if (counting) {
            int task = mine.task;
            totals.count[task]++;
            totals.nanos[task] += done - startedNanos[cpu];
            totals.baseNanos[task] += mine.baseNanos;
        }
        begin(cpu, done);
        events.postponeFirst(startedNanos[cpu] + part[cpu].gapNanos[0]);
    }

    private void ask(int cpu, int line) {
        if (queueSize[line] == 0 && freeAtNanos[line] <= now) {
            serve(cpu, line);
            return;
        }
        if (queueSize[line] == 0) {
            events.add(cpus + line, freeAtNanos[line]);
        }
        int[] waiting = queue[line];
        if (waiting == null) {
            waiting = new int[Integer.highestOneBit(Math.max(1, cpus - 1)) << 1];
            queue[line] = waiting;
        }
        waiting[(queueHead[line] + queueSize[line]++) & (waiting.length - 1)] = cpu;
    }

    private void serveNext(int line) {
        int[] waiting = queue[line];
        int mask = waiting.length - 1;
        int head = queueHead[line];
        int pick = pick(line, waiting, head, mask);
        int cpu = waiting[pick];
        waiting[pick] = waiting[head];
        queueHead[line] = (head + 1) & mask;
        queueSize[line]--;
        serve(cpu, line);
        if (queueSize[line] > 0) {
            events.add(cpus + line, freeAtNanos[line]);
        }
    }

    private int pick(int line, int[] waiting, int head, int mask) {
        int size = queueSize[line];
        return switch (options.arbitration()) {
            case FIFO -> head;
            case RANDOM -> (head + random.below(size)) & mask;
            case SOCKET -> biased(line, waiting, head, mask, size);
        };
    }

    private int biased(int line, int[] waiting, int head, int mask, int size) {
        int start = random.below(size);
        if (lastToucher[line] != NONE && random.next() < options.socketBias()) {
            int socket = socketOf[lastToucher[line]];
            for (int i = 0; i < size; i++) {
                int at = (head + (start + i) % size) & mask;
                if (socketOf[waiting[at]] == socket) {
                    return at;
                }
            }
        }
        return (head + start) & mask;
    }

    /** Serves the line to a CPU. Other CPUs lose it now; the CPU continues when it has arrived. */
    private void serve(int cpu, int line) {
        AccessProgram.Part mine = part[cpu];
        int at = touch[cpu];
        boolean writes = mine.primitive[at] != 0;
        boolean holds = (sharers[line * sets + (cpu >>> 6)] & 1L << cpu) != 0;
        double latency = holds ? upgrade(cpu, line, mine.task) : miss(cpu, line, mine, at);
        if (writes) {
            take(cpu, line, mine.field[at]);
        } else {
            share(cpu, line);
        }
        touched(cpu, line);
        double occupied = latency * occupancyShare;
        freeAtNanos[line] = now + occupied;
        busyNanos[line] += occupied;
        served[cpu] = true;
        double done = now + latency * program.weightOfLine[line]; // the lines of a run arrive one after the other
        if (!execute(cpu, line, mine, at)) {
            done += atomicNanos;
            if (random.next() < options.retention()) {
                execute(cpu, line, mine, at);
            } else {
                served[cpu] = false; // the CPU requests the line again when it has arrived
            }
        }
        events.add(cpu, done);
    }

    private double upgrade(int cpu, int line, int task) {
        if (exclusive[line] && owner[line] == cpu) {
            return transferNanos[clusterOf[cpu]][clusterOf[cpu]]; // picked again before any other CPU
        }
        if (counting) {
            totals.upgrades[task] += program.weightOfLine[line];
        }
        int other = lastToucher[line] != cpu ? lastToucher[line] : toucherBefore[line];
        return transferFrom(other, cpu);
    }

    private double transferFrom(int other, int cpu) {
        return transferNanos[clusterOf[other == NONE ? cpu : other]][clusterOf[cpu]];
    }

    private double miss(int cpu, int line, AccessProgram.Part mine, int at) {
        misses.open(cpu, line, mine, at);
        return transferFrom(supplier(line), cpu);
    }

    private int supplier(int line) {
        boolean fromReader =
                options.protocol() == SimulationOptions.Protocol.MESIF && !exclusive[line] && lastReader[line] != NONE;
        return fromReader ? lastReader[line] : lastWriter[line];
    }

    /** Drops the copies of all other CPUs. */
    private void take(int cpu, int line, int field) {
        int base = line * sets;
        for (int set = 0; set < sets; set++) {
            long copies = sharers[base + set];
            sharers[base + set] = 0;
            while (copies != 0) {
                int other = (set << 6) + Long.numberOfTrailingZeros(copies);
                copies &= copies - 1;
                if (other != cpu) {
                    misses.lose(other, line, field);
                }
            }
        }
        sharers[base + (cpu >>> 6)] = 1L << cpu;
        owner[line] = cpu;
        exclusive[line] = true;
        lastReader[line] = NONE;
    }

    private void share(int cpu, int line) {
        if (exclusive[line] && owner[line] != cpu) {
            exclusive[line] = false;
            if (dirty[line] && options.protocol() != SimulationOptions.Protocol.MOESI) {
                dirty[line] = false;
                if (counting) {
                    totals.writeBacks += program.weightOfLine[line];
                }
            }
        } else if (!exclusive[line] && owner[line] == NONE) {
            owner[line] = cpu; // no CPU has it: it arrives
            exclusive[line] = true;
        }
        sharers[line * sets + (cpu >>> 6)] |= 1L << cpu;
        lastReader[line] = cpu;
    }

    private void touched(int cpu, int line) {
        if (lastToucher[line] != cpu) {
            toucherBefore[line] = lastToucher[line];
            lastToucher[line] = cpu;
        }
    }

    /** Performs an access on a line in the required state; returns false when a compare-and-set found another value. */
    private boolean execute(int cpu, int line, AccessProgram.Part mine, int at) {
        long words = mine.words[at];
        misses.use(cpu, line, words);
        Primitive primitive = PRIMITIVES[mine.primitive[at]];
        if (primitive == Primitive.LOAD) {
            knownAt[cpu] = misses.clock();
            return true;
        }
        if (primitive == Primitive.CAS && misses.writtenSince(knownAt[cpu], line, words)) {
            knownAt[cpu] = misses.clock();
            if (counting) {
                totals.retries[mine.task]++;
            }
            return false;
        }
        lastWriter[line] = cpu;
        dirty[line] = true;
        misses.write(line, words);
        knownAt[cpu] = misses.clock();
        return true;
    }
}
