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
    private final double holdShare;
    private final double atomicNanos;
    private final int outstanding;
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
    /** Whether the access of a CPU has happened, so that it goes on with the next one. */
    private final boolean[] served;

    /**
     * Whether loads take lines from CPUs that changed them, as {@link dev.faultline.machine.Costs#isMigratory} says.
     */
    private final boolean isMigratory;

    private final StoreBuffers buffers;
    /** What each CPU waits for at its store buffer; the buffer wakes it. */
    private final BufferWait[] waitsFor;

    private final WorkClock work;
    /** Loads of each CPU that have not been served yet, and the time when the last of those served arrives. */
    private final int[] missing;

    private final double[] arrivalNanos;
    /** Lines that each CPU's loads wait for. */
    private final int[][] missingLines;
    /** Whether a CPU goes on when its last load has been served. */
    private final boolean[] joining;
    /** Time, in writes, at which each CPU last saw the word of its compare-and-set. */
    private final long[] knownAt;

    private final int[] owner;
    private final boolean[] exclusive;
    private final boolean[] dirty;
    /** Whether the CPU that has the line alone changed it since it got it. */
    private final boolean[] written;
    /** The last store to each line by the CPU that has it alone: when, and by which access. */
    private final double[] storedAtNanos;

    private final AccessProgram.Part[] storedBy;
    private final int[] storedAccess;

    private final long[] sharers;
    private final int[] lastWriter;
    private final int[] lastReader;
    private final int[] lastToucher;
    private final int[] toucherBefore;
    private final double[] freeAtNanos;
    private final double[] busyNanos;
    private final WaitingRequests waiting;
    /** The request that each line is on its way to, until the holders lose the line. */
    private final int[] handedTo;

    private final double[] latencyNanos;
    private long played;

    /** What a CPU waits for at its store buffer. */
    private enum BufferWait {
        NOTHING,
        /** An atomic waits until all earlier stores have happened. */
        EMPTY,
        /** A store, or other work, waits for an entry. */
        ROOM,
        /** A load waits for a line that the buffer asked for. */
        LINE
    }

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
        holdShare = machine.costs().holdShare().value();
        outstanding = machine.costs().pipeline().outstandingMisses().value();
        int lines = program.lines;
        events = new EventQueue(2 * cpus + 2 * lines);
        part = new AccessProgram.Part[cpus];
        touch = new int[cpus];
        startedNanos = new double[cpus];
        served = new boolean[cpus];
        knownAt = new long[cpus];
        isMigratory = machine.costs().isMigratory();
        buffers = new StoreBuffers(
                cpus, machine.costs().pipeline().storeBufferEntries().value());
        work = new WorkClock(cpus, machine.costs().pipeline().roomNanos());
        waitsFor = new BufferWait[cpus];
        Arrays.fill(waitsFor, BufferWait.NOTHING);
        missing = new int[cpus];
        arrivalNanos = new double[cpus];
        missingLines = new int[cpus][outstanding];
        joining = new boolean[cpus];
        owner = filled(lines, NONE);
        exclusive = new boolean[lines];
        dirty = new boolean[lines];
        written = new boolean[lines];
        storedAtNanos = new double[lines];
        storedBy = new AccessProgram.Part[lines];
        storedAccess = new int[lines];
        sharers = new long[lines * sets];
        lastWriter = filled(lines, NONE);
        lastReader = filled(lines, NONE);
        lastToucher = filled(lines, NONE);
        toucherBefore = filled(lines, NONE);
        freeAtNanos = new double[lines];
        busyNanos = new double[lines];
        waiting = new WaitingRequests(options, random, lines, socketOf);
        handedTo = new int[lines];
        latencyNanos = new double[lines];
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
                work.start(cpu, part[cpu].gapNanos[0], startedNanos[cpu]);
                events.add(cpuEvent(cpu), startedNanos[cpu] + part[cpu].gapNanos[0]);
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
            play(events.first());
        }
        finish(accesses);
    }

    // Of events at the same time, lines change hands first; then come CPUs, lines that serve a request, store buffers.

    private int handOverOf(int line) {
        return line;
    }

    private int cpuEvent(int cpu) {
        return program.lines + cpu;
    }

    private int serviceOf(int line) {
        return program.lines + cpus + line;
    }

    private int bufferOf(int cpu) {
        return 2 * program.lines + cpus + cpu;
    }

    private void play(int event) {
        if (event >= program.lines && event < serviceOf(0)) {
            run(event - program.lines);
            return;
        }
        events.removeFirst();
        if (event < program.lines) {
            handOver(event);
        } else if (event < bufferOf(0)) {
            serveNext(event - serviceOf(0));
        } else {
            arrived(event - bufferOf(0));
        }
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

    /** Continues a CPU after the access that was served, or with its next access. */
    private void run(int cpu) {
        if (served[cpu]) {
            served[cpu] = false;
            after(cpu);
            return;
        }
        double putOff = work.takeUpNanos(cpu);
        if (putOff > 0) {
            work(cpu, putOff, now);
            return;
        }
        if (!buffers.isEmpty(cpu) && work.putOff(cpu, buffers.workNanos(cpu), now)) {
            stopFor(cpu, BufferWait.ROOM);
            return;
        }
        AccessProgram.Part mine = part[cpu];
        int at = touch[cpu];
        switch (PRIMITIVES[mine.primitive[at]]) {
            case LOAD -> load(cpu, mine, at);
            case STORE -> store(cpu, mine, at);
            case RMW, CAS -> change(cpu, mine, at);
        }
    }

    /** Lets the first CPU in the event queue work before its next access. */
    private void work(int cpu, double nanos, double from) {
        work.start(cpu, nanos, from);
        events.postponeFirst(from + nanos);
    }

    private boolean ownsForWriting(int cpu, int line) {
        return exclusive[line] && owner[line] == cpu && !(waiting.size(line) > 0 && freeAtNanos[line] <= now);
    }

    private boolean hasCopy(int cpu, int line) {
        return (sharers[line * sets + (cpu >>> 6)] & 1L << cpu) != 0;
    }

    private void load(int cpu, AccessProgram.Part mine, int at) {
        int line = mine.line[at];
        if (!buffers.isEmpty(cpu)) {
            if (buffers.forwards(cpu, line, mine.words[at])) {
                played++;
                goOn(cpu, mine, at);
                return;
            }
            if (buffers.waitsFor(cpu, line) && (buffers.isAway(cpu) || !hasCopy(cpu, line))) {
                stopFor(cpu, BufferWait.LINE);
                return;
            }
        }
        if (hasCopy(cpu, line)) {
            played++;
            touched(cpu, line);
            execute(cpu, line, mine, at);
            goOn(cpu, mine, at);
        } else if (isMissing(cpu, line)) {
            played++;
            goOn(cpu, mine, at); // the line is on its way for an earlier load
        } else if (missing[cpu] == outstanding) {
            events.removeFirst();
            joining[cpu] = true; // this load is tried again when one of the others has arrived
        } else {
            played++;
            missingLines[cpu][missing[cpu]++] = line;
            if (mine.isLast(at) || !mine.overlaps[at + 1]) {
                events.removeFirst();
                joining[cpu] = true;
                served[cpu] = true;
            } else {
                work(cpu, mine.gapNanos[at + 1], now);
                touch[cpu] = at + 1;
            }
            ask(WaitingRequests.ofTask(cpu, at), line);
        }
    }

    private boolean isMissing(int cpu, int line) {
        for (int i = 0; i < missing[cpu]; i++) {
            if (missingLines[cpu][i] == line) {
                return true;
            }
        }
        return false;
    }

    /** Goes on after a load that did not miss; waits for earlier ones when the next access depends on them. */
    private void goOn(int cpu, AccessProgram.Part mine, int at) {
        boolean joins = mine.isLast(at) || !mine.overlaps[at + 1];
        if (joins && missing[cpu] > 0) {
            events.removeFirst();
            joining[cpu] = true;
            served[cpu] = true;
        } else if (joins && arrivalNanos[cpu] > now) {
            served[cpu] = true;
            events.postponeFirst(arrivalNanos[cpu]);
        } else {
            after(cpu);
        }
    }

    private void store(int cpu, AccessProgram.Part mine, int at) {
        int line = mine.line[at];
        if (buffers.isEmpty(cpu) && ownsForWriting(cpu, line)) {
            played++;
            touched(cpu, line);
            execute(cpu, line, mine, at);
            remember(line, mine, at);
            after(cpu);
            return;
        }
        boolean isFirst = buffers.isEmpty(cpu);
        if (!buffers.add(cpu, mine, at, work.doneNanos(cpu, now))) {
            stopFor(cpu, BufferWait.ROOM);
            return;
        }
        played++;
        after(cpu);
        if (isFirst) {
            buffers.ask(cpu);
            ask(WaitingRequests.ofBuffer(cpu), line);
        }
    }

    /** An atomic read-modify-write, or a compare-and-set. */
    private void change(int cpu, AccessProgram.Part mine, int at) {
        if (!buffers.isEmpty(cpu)) {
            stopFor(cpu, BufferWait.EMPTY);
            return;
        }
        int line = mine.line[at];
        played++;
        if (ownsForWriting(cpu, line)) {
            touched(cpu, line);
            execute(cpu, line, mine, at);
            after(cpu);
        } else {
            events.removeFirst();
            ask(WaitingRequests.ofTask(cpu, at), line);
        }
    }

    private void stopFor(int cpu, BufferWait wait) {
        events.removeFirst();
        waitsFor[cpu] = wait;
    }

    /** Goes on to the next access or task. The CPU must be the first in the event queue. */
    private void after(int cpu) {
        AccessProgram.Part mine = part[cpu];
        int at = touch[cpu];
        if (!mine.isLast(at)) {
            touch[cpu] = at + 1;
            double from = mine.overlaps[at + 1] ? now : now + mine.hitNanos[at];
            work(cpu, mine.gapNanos[at + 1], from);
            return;
        }
        double done = now + mine.hitNanos[at];
        if (counting) {
            int task = mine.task;
            totals.count[task]++;
            totals.nanos[task] += done - startedNanos[cpu];
            totals.baseNanos[task] += mine.baseNanos;
        }
        begin(cpu, done);
        work(cpu, part[cpu].gapNanos[0], startedNanos[cpu]);
    }

    private void ask(int request, int line) {
        if (waiting.size(line) == 0 && freeAtNanos[line] <= now) {
            serve(request, line);
            return;
        }
        if (waiting.size(line) == 0) {
            events.add(serviceOf(line), freeAtNanos[line]);
        }
        waiting.add(line, request);
    }

    private void serveNext(int line) {
        serve(waiting.next(line, lastToucher[line]), line);
        if (waiting.size(line) > 0) {
            events.add(serviceOf(line), freeAtNanos[line]);
        }
    }

    /** Begins to serve the line to a CPU. Its holders go on using it until the request has reached them. */
    private void serve(int request, int line) {
        int cpu = WaitingRequests.cpu(request);
        AccessProgram.Part mine = WaitingRequests.isOfBuffer(request) ? buffers.part(cpu) : part[cpu];
        double latency = hasCopy(cpu, line) ? upgrade(cpu, line, mine.task) : transferFrom(supplier(cpu, line), cpu);
        double hold = latency * holdShare;
        double occupied = Math.max(latency * occupancyShare, hold);
        freeAtNanos[line] = now + occupied;
        busyNanos[line] += occupied;
        handedTo[line] = request;
        latencyNanos[line] = latency;
        if (hold == 0) {
            handOver(line);
        } else {
            events.add(handOverOf(line), now + hold);
        }
    }

    /** Takes a line from its holders and gives it to the CPU that is served, whose access happens now. */
    private void handOver(int line) {
        int request = handedTo[line];
        int cpu = WaitingRequests.cpu(request);
        boolean isOfBuffer = WaitingRequests.isOfBuffer(request);
        AccessProgram.Part mine = isOfBuffer ? buffers.part(cpu) : part[cpu];
        int at = isOfBuffer ? buffers.access(cpu) : WaitingRequests.access(request);
        boolean isLoad = mine.primitive[at] == Primitive.LOAD.ordinal();
        boolean hadCopy = hasCopy(cpu, line);
        if (!hadCopy) {
            misses.open(cpu, line, mine, at);
        }
        int holder = owner[line];
        boolean asksAgain = exclusive[line] && holder != cpu && holder != NONE && takesBack(holder, line);
        if (isLoad && !migrates(cpu, line)) {
            share(cpu, line);
        } else {
            take(cpu, line, mine.field[at]);
        }
        if (asksAgain) {
            buffers.ask(holder);
            ask(WaitingRequests.ofBuffer(holder), line);
        }
        touched(cpu, line);
        double arrival = now + latencyNanos[line] * (1 - holdShare) + moreLinesNanos(line, isLoad || isOfBuffer);
        if (isOfBuffer) {
            write(cpu, line, buffers.words(cpu));
            buffers.happen(cpu, hadCopy);
            events.add(bufferOf(cpu), arrival);
        } else if (isLoad) {
            execute(cpu, line, mine, at);
            loaded(cpu, line, arrival);
        } else {
            changed(cpu, line, mine, at, arrival);
        }
    }

    /**
     * {@return whether a load takes the line: its holder has changed it, so the CPU that loads it will change it too}
     */
    private boolean migrates(int cpu, int line) {
        return isMigratory && written[line] && exclusive[line] && owner[line] != cpu;
    }

    /** The time for the other lines of a run; those of loads and stores are on their way at the same time. */
    private double moreLinesNanos(int line, boolean areTogether) {
        long weight = program.weightOfLine[line];
        long rounds = areTogether ? (weight + outstanding - 1) / outstanding : weight;
        return (rounds - 1) * latencyNanos[line];
    }

    private void loaded(int cpu, int line, double arrival) {
        int last = --missing[cpu];
        int[] lines = missingLines[cpu];
        for (int i = 0; i < last; i++) {
            if (lines[i] == line) {
                lines[i] = lines[last];
            }
        }
        arrivalNanos[cpu] = Math.max(arrivalNanos[cpu], arrival);
        if (joining[cpu] && (missing[cpu] == 0 || !served[cpu])) {
            joining[cpu] = false;
            events.add(cpuEvent(cpu), served[cpu] ? arrivalNanos[cpu] : arrival);
        }
    }

    private void changed(int cpu, int line, AccessProgram.Part mine, int at, double arrival) {
        served[cpu] = true;
        double done = arrival;
        if (!execute(cpu, line, mine, at)) {
            done += atomicNanos;
            if (random.next() < options.retention()) {
                execute(cpu, line, mine, at);
            } else {
                served[cpu] = false; // the CPU tries again when the line has arrived
            }
        }
        events.add(cpuEvent(cpu), done);
    }

    /** The line of the oldest store has arrived: stores happen as long as the CPU has their lines. */
    private void arrived(int cpu) {
        if (waitsFor[cpu] == BufferWait.NOTHING) {
            work.putOff(cpu, buffers.workNanos(cpu), now);
        }
        buffers.removeOldest(cpu);
        while (!buffers.isEmpty(cpu) && ownsForWriting(cpu, buffers.line(cpu))) {
            touched(cpu, buffers.line(cpu));
            write(cpu, buffers.line(cpu), buffers.words(cpu));
            buffers.removeOldest(cpu);
        }
        if (!buffers.isEmpty(cpu)) {
            buffers.ask(cpu);
            ask(WaitingRequests.ofBuffer(cpu), buffers.line(cpu));
        }
        if (waitsFor[cpu] != BufferWait.NOTHING && (waitsFor[cpu] != BufferWait.EMPTY || buffers.isEmpty(cpu))) {
            waitsFor[cpu] = BufferWait.NOTHING;
            events.add(cpuEvent(cpu), now);
        }
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

    private int supplier(int cpu, int line) {
        if (isMigratory && exclusive[line] && owner[line] != NONE) {
            return owner[line];
        }
        boolean isLostToLoad = isMigratory && lastWriter[line] == cpu;
        boolean fromReader = isLostToLoad || options.protocol() == SimulationOptions.Protocol.MESIF && !exclusive[line];
        return fromReader && lastReader[line] != NONE ? lastReader[line] : lastWriter[line];
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
        written[line] = false;
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
        write(cpu, line, words);
        knownAt[cpu] = misses.clock();
        return true;
    }

    /** A store of the program to a line that the CPU holds: it leaves the buffer when it has retired. */
    private void remember(int line, AccessProgram.Part mine, int at) {
        storedAtNanos[line] = now;
        storedBy[line] = mine;
        storedAccess[line] = at;
    }

    /**
     * The last store of a CPU that loses a line is still in its buffer when it has just been made; the buffer then asks
     * for the line again.
     *
     * @return whether it asks
     */
    private boolean takesBack(int cpu, int line) {
        AccessProgram.Part part = storedBy[line];
        storedBy[line] = null;
        if (part == null || random.exponential(Primitive.COMMIT_NANOS) < now - storedAtNanos[line]) {
            return false;
        }
        boolean isFirst = buffers.isEmpty(cpu);
        boolean isAdded = buffers.add(cpu, part, storedAccess[line], work.doneNanos(cpu, now));
        return isAdded && isFirst;
    }

    private void write(int cpu, int line, long words) {
        misses.use(cpu, line, words);
        lastWriter[line] = cpu;
        dirty[line] = true;
        written[line] = true;
        misses.write(line, words);
    }
}
