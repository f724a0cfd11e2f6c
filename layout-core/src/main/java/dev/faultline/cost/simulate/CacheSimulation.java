package dev.faultline.cost.simulate;

import dev.faultline.cost.AccessProgram;
import dev.faultline.cost.Primitive;
import dev.faultline.machine.Machine;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** The state of one run of the simulator: CPUs, lines, and who waits for which. */
final class CacheSimulation {

    /** Where nothing takes any time, or less than can be told from the time before. */
    private static final double SHORTEST_SPAN_NANOS = 1e-3;

    private static final int NOBODY = -1;
    private static final long BETWEEN_PROGRESS = 1 << 18;
    private static final Primitive[] PRIMITIVES = Primitive.values();

    private final SimulationOptions options;
    private final AccessProgram program;
    private final Simulator.Ledger ledger;
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

    // CPUs: what each is doing.
    private final AccessProgram.Part[] part;
    private final int[] touch;
    private final double[] startedNanos;
    private final boolean[] served;
    /** When each last saw the word that its compare-and-set is about. */
    private final long[] knownAt;

    // Lines.
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
            Simulator.Ledger ledger,
            Xorshift random) {
        this.options = options;
        this.program = program;
        this.ledger = ledger;
        this.random = random;
        this.misses = new MissClassifier(program, ledger);
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
        owner = filled(lines, NOBODY);
        exclusive = new boolean[lines];
        dirty = new boolean[lines];
        sharers = new long[lines * sets];
        lastWriter = filled(lines, NOBODY);
        lastReader = filled(lines, NOBODY);
        lastToucher = filled(lines, NOBODY);
        toucherBefore = filled(lines, NOBODY);
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

    /** Plays so many accesses after a tenth as many that do not count. */
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
            for (AccessProgram.Part mine : program.parts[cpu]) {
                ledger.cpuNanos[mine.task] += span;
            }
        }
        for (int line = 0; line < program.lines; line++) {
            ledger.utilisation = Math.max(ledger.utilisation, span > 0 ? Math.min(1, busyNanos[line] / span) : 0);
        }
        ledger.accesses += accesses;
    }

    /** Picks the next task of a CPU, which starts after a rest. */
    private void begin(int cpu, double at) {
        double[] upTo = program.upTo[cpu];
        int pick = 0;
        if (upTo.length > 1) {
            double point = random.next();
            while (pick < upTo.length - 1 && point >= upTo[pick]) {
                pick++;
            }
        }
        part[cpu] = program.parts[cpu][pick];
        touch[cpu] = 0;
        startedNanos[cpu] = at + random.exponential(program.idleNanos[cpu]);
    }

    /** A CPU goes on: with what it was served, or with its next access. */
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

    /** The access is done: on to the next one, or to the next task. The CPU is first on the agenda. */
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
            ledger.count[task]++;
            ledger.nanos[task] += done - startedNanos[cpu];
            ledger.baseNanos[task] += mine.baseNanos;
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
        if (lastToucher[line] != NOBODY && random.next() < options.socketBias()) {
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

    /** The line goes to a CPU: others lose it now, the CPU goes on when it has come. */
    private void serve(int cpu, int line) {
        AccessProgram.Part mine = part[cpu];
        int at = touch[cpu];
        boolean writes = mine.primitive[at] != 0;
        boolean holds = (sharers[line * sets + (cpu >>> 6)] & 1L << cpu) != 0;
        double latency;
        if (holds) {
            latency = upgrade(cpu, line, mine.task);
        } else {
            latency = miss(cpu, line, mine, at);
        }
        if (writes) {
            take(cpu, line, mine.field[at]);
        } else {
            share(cpu, line);
        }
        touched(cpu, line);
        double occupied = latency * occupancyShare;
        latency *=
                program.weightOfLine[line]; // lines that are alike are on their way at the same time, come one by one
        freeAtNanos[line] = now + occupied;
        busyNanos[line] += occupied;
        served[cpu] = true;
        if (execute(cpu, line, mine, at)) {
            events.add(cpu, now + latency);
            return;
        }
        // A compare-and-set that failed is asked for again when the line has come, unless it is quicker than the
        // others.
        if (random.next() < options.retention()) {
            retry(cpu, line, mine, at);
            events.add(cpu, now + latency + atomicNanos);
        } else {
            served[cpu] = false;
            events.add(cpu, now + latency + atomicNanos);
        }
    }

    private void retry(int cpu, int line, AccessProgram.Part mine, int at) {
        knownAt[cpu] = misses.clock();
        execute(cpu, line, mine, at);
    }

    private double upgrade(int cpu, int line, int task) {
        if (exclusive[line] && owner[line] == cpu) {
            return transferNanos[clusterOf[cpu]][clusterOf[cpu]]; // picked again before anybody else was
        }
        if (counting) {
            ledger.upgrades[task] += program.weightOfLine[line];
        }
        int other = lastToucher[line] != cpu ? lastToucher[line] : toucherBefore[line];
        return transferFrom(other, cpu);
    }

    private double transferFrom(int other, int cpu) {
        return transferNanos[clusterOf[other == NOBODY ? cpu : other]][clusterOf[cpu]];
    }

    private double miss(int cpu, int line, AccessProgram.Part mine, int at) {
        misses.open(cpu, line, mine, at);
        return transferFrom(supplier(line), cpu);
    }

    private int supplier(int line) {
        boolean fromReader = options.protocol() == SimulationOptions.Protocol.MESIF
                && !exclusive[line]
                && lastReader[line] != NOBODY;
        return fromReader ? lastReader[line] : lastWriter[line];
    }

    /** Everybody else's copy is dropped. */
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
        lastReader[line] = NOBODY;
    }

    private void share(int cpu, int line) {
        if (exclusive[line] && owner[line] != cpu) {
            exclusive[line] = false;
            if (dirty[line] && options.protocol() != SimulationOptions.Protocol.MOESI) {
                dirty[line] = false;
                if (counting) {
                    ledger.writeBacks += program.weightOfLine[line];
                }
            }
        } else if (!exclusive[line] && owner[line] == NOBODY) {
            owner[line] = cpu; // nobody has it: it comes exclusive and clean
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

    /** Does the access on a line held well enough; false when a compare-and-set found another value. */
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
                ledger.retries[mine.task]++;
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
