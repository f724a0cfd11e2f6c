package dev.faultline.cost.closedform;

import dev.faultline.cost.Primitive;
import dev.faultline.cost.chain.RetryChain;
import dev.faultline.machine.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One line that several CPUs touch and some of them write, with the probabilities that a CPU finds it lost.
 *
 * <p>Tasks of other CPUs start at random. A copy survives a time g when no other CPU writes it in that time: exp(-y
 * g), where y is the rate of other CPUs' tasks that write the line, plus the further writes of a task when g is
 * shorter than their distance. The time between two tasks is that of a renewal process: idle times and tasks elsewhere
 * alternate until a task touches the line again. A write finds the line not exclusively held when another CPU touched
 * it since the CPU's own last write; those that are not misses are upgrades.
 */
final class SharedLine {

    /** A share of all tasks, but for rounding errors. */
    private static final double ALWAYS = 1 - 1e-9;
    /** Two CPUs that keep step answer each other's chances at once, which swings unless each answers in part. */
    private static final double HALF = 0.5;
    /** A CPU waits for a line for at most this share of its time. */
    private static final double MOST_WAITING = 0.999;
    /** Idle times longer than this many times the time for which a line is kept make the latter negligible. */
    private static final double MOST_IDLE = 1000;

    private final Machine machine;
    private final double weight;
    private final double retention;
    private final HandOver handOver;
    private final double atomicNanos;
    /** How many transfers one after the other the lines of a run take a CPU that waits for several at a time. */
    private final double rounds;
    private final List<Station> stations = new ArrayList<>();
    /** The visits of all stations, in their order. */
    private final List<LineVisit> visits = new ArrayList<>();
    /** Visits with more than one touch: only these repeat a touch within a task. */
    private final List<LineVisit> repeated = new ArrayList<>();

    private final Recurrence writesAgain = new Recurrence();
    private final Recurrence touchesAgain = new Recurrence();
    private double utilisation;
    /** Rates summed over the stations of each cluster. */
    private double[] areaWrites;

    private double[] areaTouches;
    private double[][] transferNanos;
    /** Whether two CPUs share it. */
    private boolean isOfTwo;
    /** Whether it represents one line for each CPU of a class, which no other CPU touches. */
    private boolean quiet;

    SharedLine(Machine machine, double weight) {
        this.machine = machine;
        this.weight = weight;
        this.retention = machine.costs().retention().value();
        this.handOver = HandOver.of(machine.costs());
        this.atomicNanos = machine.costs().atomicNanos().value();
        this.rounds =
                Math.ceil(weight / machine.costs().pipeline().outstandingMisses().value());
    }

    /** {@return a new visit of a task class; {@code isAlone} when each of its CPUs has a line of its own} */
    LineVisit visit(CpuClass.TaskClass taskClass, boolean isAlone) {
        quiet |= isAlone;
        Station station = stations.isEmpty() ? null : stations.get(stations.size() - 1);
        if (station == null || station.cpuClass != taskClass.cpuClass) {
            station = new Station(taskClass.cpuClass);
            stations.add(station);
        }
        LineVisit visit = new LineVisit(taskClass, station);
        station.visits.add(visit);
        visits.add(visit);
        return visit;
    }

    /** {@return the last visit added, or null} */
    LineVisit lastVisit() {
        return visits.isEmpty() ? null : visits.get(visits.size() - 1);
    }

    List<LineVisit> visits() {
        return visits;
    }

    double weight() {
        return weight;
    }

    double utilisation() {
        return utilisation;
    }

    /** {@return the part of a request's delay that its task waits for, when it waits for no other line meanwhile} */
    double shareOfDelay(LineTouch touch) {
        return switch (touch.primitive) {
            case LOAD -> rounds / weight;
            case STORE -> 0;
            case RMW, CAS -> 1;
        };
    }

    /** {@return whether no CPU can lose this line: it has one CPU, or no writes} */
    boolean isUncontended() {
        int cpus = 0;
        for (Station station : stations) {
            cpus += station.cpuClass.size;
        }
        if (quiet || cpus < 2) {
            return true;
        }
        for (LineVisit visit : visits) {
            if (visit.writes) {
                return false;
            }
        }
        return true;
    }

    /** Prepares for {@link #update}, after the last visit was added. */
    void open() {
        for (LineVisit visit : visits) {
            visit.taskClass.disturbed = true;
            for (LineTouch touch : visit.touches) {
                touch.feltShare = shareOfDelay(touch);
                visit.taskClass.storing |= touch.isStore();
            }
            if (visit.touches.size() > 1) {
                repeated.add(visit);
            }
        }
        List<Integer> clusters = new ArrayList<>();
        for (Station station : stations) {
            station.area = clusters.indexOf(station.cpuClass.cluster);
            if (station.area < 0) {
                station.area = clusters.size();
                clusters.add(station.cpuClass.cluster);
            }
        }
        int areas = clusters.size();
        areaWrites = new double[areas];
        areaTouches = new double[areas];
        isOfTwo = stations.stream().mapToInt(station -> station.cpuClass.size).sum() == 2;
        transferNanos = new double[areas][areas];
        for (int from = 0; from < areas; from++) {
            for (int to = 0; to < areas; to++) {
                transferNanos[from][to] = machine.transferNanos(clusters.get(from), clusters.get(to));
            }
        }
    }

    /** One step of the iteration: probabilities from the rates and times of the previous step. */
    void update() {
        visits.forEach(LineVisit::updateFetch);
        updateRates();
        updateRecurrence();
        for (Station station : stations) {
            if (station.foreignTouches == 0) {
                station.visits.forEach(
                        visit -> visit.touches.forEach(touch -> touch.miss = 0)); // no other CPU touches it
                continue;
            }
            updateAcross(station, true);
            if (station.writes > 0) {
                updateAcross(station, false);
            }
            station.visits.forEach(this::updateChances);
        }
        updateQueues();
    }

    /**
     * Follows the state of the line from touch to touch of a task. A CPU that changed the line loses it to the next
     * other CPU that touches it, even to a load; a CPU that did not only loses it to writes. A load that takes the line
     * from a CPU that changed it has it alone.
     */
    private void updateChances(LineVisit visit) {
        Station station = visit.station;
        boolean writes = station.writes > 0;
        double changed = station.changed;
        double alone = station.alone;
        LineTouch previous = null;
        for (LineTouch touch : visit.touches) {
            double unwritten = survival(visit, previous, touch, true);
            double untouched = writes ? Math.min(unwritten, survival(visit, previous, touch, false)) : 0;
            touch.miss = changed * (1 - untouched) + (1 - changed) * (1 - unwritten);
            if (touch.writes) {
                touch.upgrade = Math.max(0, 1 - (changed + alone) * untouched - touch.miss);
                changed = 1;
                alone = 0;
            } else if (writes) {
                alone = alone * untouched + (1 - untouched) * station.foreignChanged;
                changed *= untouched;
            }
            touch.settle(isOfTwo ? HALF : 1);
            previous = touch;
        }
        visit.changed = changed;
        visit.alone = alone;
    }

    /** Updates the rates and distances of the other CPUs at the line. */
    private void updateRates() {
        double writes = 0;
        double touches = 0;
        double requests = 0;
        double changed = 0;
        double[] squares = new double[4];
        Arrays.fill(areaWrites, 0);
        Arrays.fill(areaTouches, 0);
        for (Station station : stations) {
            station.writes = 0;
            station.touches = 0;
            station.ownRequests = 0;
            double stalled = 0;
            for (LineVisit visit : station.visits) {
                double perNano = visit.taskClass.perSecond() * 1e-9;
                visit.perNano = perNano;
                station.touches += perNano;
                station.writes += visit.writes ? perNano : 0;
                for (LineTouch touch : visit.touches) {
                    stalled += perNano * touch.stallNanos;
                    if (touch.writes) {
                        station.ownRequests += perNano * (touch.served() + touch.retries);
                    }
                }
            }
            stalled = Math.min(MOST_WAITING, stalled / station.cpuClass.size);
            station.waitingRatio = stalled / (1 - stalled);
            addSquares(station, squares);
            areaWrites[station.area] += station.writes;
            areaTouches[station.area] += station.touches;
            writes += station.writes;
            touches += station.touches;
            requests += station.ownRequests;
            station.updateState();
            changed += station.touches * station.changed;
        }
        for (Station station : stations) {
            station.foreignWrites = foreign(writes, station.writes, station);
            station.foreignTouches = foreign(touches, station.touches, station);
            station.foreignRequests = foreign(requests, station.ownRequests, station);
            station.foreignChanged = station.foreignTouches == 0
                    ? 0
                    : foreign(changed, station.touches * station.changed, station) / station.foreignTouches;
            meet(station, station.kept, station.foreignWrites, station.writes, squares, 0);
            meet(station, station.owned, station.foreignTouches, station.touches, squares, 2);
            station.latencyNanos = distance(station, areaWrites, station.writes);
            station.upgradeLatencyNanos = distance(station, areaTouches, station.touches);
        }
        if (isOfTwo) {
            for (Station station : stations) {
                station.kept.other = other(station, true);
                station.owned.other = other(station, false);
            }
        }
    }

    /** {@return the other CPU as this one meets it; null when it runs several kinds of tasks or does not matter} */
    private OtherCpu other(Station station, boolean writesOnly) {
        Station other = stations.size() == 1 || stations.get(0) != station ? stations.get(0) : stations.get(1);
        LineVisit visit = other.visits.get(0);
        if (other.visits.size() > 1 || visit.taskClass.share < ALWAYS || writesOnly && !visit.writes) {
            return null;
        }
        double cycle = visit.taskClass.busyNanos;
        for (LineTouch touch : visit.touches) {
            cycle -= touch.stallNanos;
        }
        cycle = Math.max(0, cycle);
        double passed = visit.fetched * Math.min(cycle, keptNanos(other, visit.fetch));
        return new OtherCpu(cycle - passed, other.cpuClass.idleNanos);
    }

    private static void addSquares(Station station, double[] squares) {
        double writes = station.squares(station.writes);
        double touches = station.squares(station.touches);
        squares[0] += writes;
        squares[1] += writes * station.waitingRatio;
        squares[2] += touches;
        squares[3] += touches * station.waitingRatio;
    }

    private static void meet(
            Station station, Exposure exposure, double foreign, double own, double[] squares, int from) {
        double ownSquares = station.squares(own);
        exposure.meet(
                foreign,
                station.butOne(squares[from], ownSquares),
                station.butOne(squares[from + 1], ownSquares * station.waitingRatio));
    }

    /** {@return the rate of other CPUs' tasks that write the line and have no mark yet; they are marked} */
    double unmarkedWrites(LineVisit own, Object mark) {
        double unmarked = 0;
        for (LineVisit visit : visits) {
            if (visit.writes && visit.taskClass.mark != mark) {
                visit.taskClass.mark = mark;
                boolean isOwn = visit.station.cpuClass == own.station.cpuClass;
                unmarked += isOwn ? visit.station.others(visit.perNano) : visit.perNano;
            }
        }
        return unmarked;
    }

    private static double foreign(double all, double own, Station station) {
        return Math.max(0, all - own) + station.others(own);
    }

    /** The mean transfer time from a CPU that uses the line to another CPU. */
    private double distance(Station station, double[] ofAreas, double own) {
        double total = 0;
        double weighted = 0;
        for (int area = 0; area < ofAreas.length; area++) {
            double perNano = area == station.area ? station.butOne(ofAreas[area], own) : ofAreas[area];
            total += perNano;
            weighted += perNano * transferNanos[station.area][area];
        }
        return total == 0 ? machine.costs().transfers().clusterNanos().value() : weighted / total;
    }

    /** Probability that no other CPU wrote (for a write: touched) the line since the CPU's last touch (write) of it. */
    private double survival(LineVisit visit, LineTouch since, LineTouch touch, boolean writesOnly) {
        Station station = visit.station;
        Exposure exposure = writesOnly ? station.kept : station.owned;
        if (exposure.perNano == 0) {
            return 1;
        }
        if (since == null) {
            return survivalAcross(station, exposure, visit.taskClass.offsetNanos[touch.step]);
        }
        Window window = window(visit, since, touch, writesOnly);
        if (writesOnly != touch.primitive.writes()) {
            touch.behindNanos = behindNanos(station, window);
        }
        return window.survival;
    }

    /**
     * The time between two touches of one task.
     *
     * @param openNanos the time after the first touch was served
     * @param came expected number of other tasks that arrive in that time
     * @param asked the probability that another CPU requested the line during the service and takes it right after
     * @param survival the probability that the line is still there
     */
    private record Window(double openNanos, double came, double asked, double survival) {}

    private Window window(LineVisit visit, LineTouch since, LineTouch touch, boolean writesOnly) {
        Station station = visit.station;
        Exposure exposure = writesOnly ? station.kept : station.owned;
        double sinceNanos = openNanos(visit, since, touch);
        double open = Math.max(0, sinceNanos - untilThereNanos(station, since));
        double served = since.usuallyServed;
        double found = exposure.oldPerNano() * sinceNanos + expectedRepeats(station, sinceNanos, writesOnly);
        if (sinceNanos < keptNanos(station, since)) {
            return new Window(open, found, 0, served + (1 - served) * Math.exp(-found));
        }
        double exposed = handOver.exposedNanos(station.latencyNanos, exposure.lastShare);
        double whole = Math.max(0, open + exposed);
        double after = Math.min(open, whole);
        double came = exposure.perNano * after + expectedRepeats(station, after, writesOnly);
        double inService = exposure.perNano * whole + expectedRepeats(station, whole, writesOnly) - came;
        double next = handOver.askedNanos(station.latencyNanos) * station.foreignRequests;
        double asked = Math.min(1, Math.max(inService, next));
        double fresh = exposure.other == null
                ? Math.exp(-came) * (1 - asked)
                : exposure.other.staysAway(whole) * Math.exp(exposure.perNano * whole - came - inService);
        return new Window(open, came, served * asked, served * fresh + (1 - served) * Math.exp(-found));
    }

    private static double openNanos(LineVisit visit, LineTouch since, LineTouch touch) {
        double[] offset = visit.taskClass.offsetNanos;
        double passed = offset[touch.step] - offset[since.step];
        return Math.max(0, since.isStore() ? passed : passed - visit.taskClass.stallNanos[since.step]);
    }

    /** The time until a line that a touch requested is there, when the task does not wait for it. */
    double untilThereNanos(Station station, LineTouch touch) {
        return touch.isStore() ? rounds * station.latencyNanos + station.waitNanos : 0;
    }

    /** The time after a touch was served for which the line is surely kept; the task goes on when it has it. */
    private double keptNanos(Station station, LineTouch touch) {
        return untilThereNanos(station, touch) + handOver.keptNanos(station.latencyNanos);
    }

    /** The wait behind the CPUs that arrived in a window. */
    private double behindNanos(Station station, Window window) {
        double open = window.openNanos;
        double service = handOver.service() * station.latencyNanos;
        double first = window.asked * Math.max(0, service + service - station.latencyNanos - open);
        double from = handOver.hold() * station.latencyNanos;
        double to = Math.min(open, service);
        double later = to <= from ? 0 : Math.min(1, window.came) * (service - (to + from) / 2) * (to - from) / open;
        return first + later;
    }

    /**
     * The probability that the line is not taken right after the service. A CPU that requested it during the service
     * takes it then. With a single other CPU, that is the first write of one of its tasks; in a congested line, every
     * service may be followed by a write, at the rate of the write requests.
     */
    private double notTakenNext(Station station, Exposure exposure) {
        double latency = station.latencyNanos;
        double exposed = handOver.exposedNanos(latency, exposure.lastShare) + handOver.keptNanos(latency);
        double inService = exposure.perNano * Math.max(0, exposed);
        return 1 - Math.min(1, Math.max(inService, handOver.askedNanos(latency) * station.foreignRequests));
    }

    /** The probability that a line survives from the last touch of a task to a touch of the next task. */
    private double survivalAcross(Station station, Exposure exposure, double offset) {
        double found = exposure.freshAcross * exposure.fresh.of(offset) + exposure.oldAcross * exposure.old.of(offset);
        if (exposure.other != null) {
            found = oldAcross(station, exposure, offset, found);
        }
        if (exposure.isKeptAcross) {
            found += keptAcross(station, exposure, offset);
        }
        return Math.min(1, exposure.notAgain * found);
    }

    /** The part of the tasks after which the line came earlier, when the other CPU comes regularly. */
    private double oldAcross(Station station, Exposure exposure, double offset, double atRandom) {
        LineVisit visit = station.visits.get(0);
        LineTouch last = visit.lastTouch;
        double random = exposure.other.randomness();
        double leaves = exposure.other.leaves(
                offset + visit.tailNanos(last) + station.cpuClass.idleNanos, exposure.keptNanos);
        return random * atRandom + (1 - random) * (1 - visit.fetched) * leaves;
    }

    /** The part of the tasks after which the line came just before, and is surely kept for a while. */
    private double keptAcross(Station station, Exposure exposure, double offset) {
        double idle = station.cpuClass.idleNanos;
        double afterIdle = notTakenNext(station, exposure) / (1 + exposure.perNano * idle);
        double found = 0;
        for (LineVisit visit : station.visits) {
            double served = visit.fetched * visit.taskClass.share;
            double kept = keptNanos(station, visit.fetch) - offset - visit.tailNanos(visit.fetch);
            if (exposure.other != null) {
                double passed = kept <= 0 ? 1 : idle == 0 ? 0 : Math.exp(-kept / idle);
                double window = handOver.exposedNanos(station.latencyNanos, 1)
                        + handOver.keptNanos(station.latencyNanos)
                        + Math.max(0, -kept);
                found += served * (1 - passed + passed * exposure.other.staysAway(window, idle));
            } else if (kept <= 0) {
                found += served * afterIdle * Math.exp(exposure.perNano * kept);
            } else {
                double passed = idle == 0 ? 0 : Math.exp(-kept / idle);
                found += served * (1 - passed + passed * afterIdle);
            }
        }
        return found / exposure.freshWhole;
    }

    private void updateAcross(Station station, boolean writesOnly) {
        Exposure exposure = writesOnly ? station.kept : station.owned;
        CpuClass cpuClass = station.cpuClass;
        double share = 0;
        double busyNanos = 0;
        double keptNanos = 0;
        for (LineVisit visit : station.visits) {
            share += visit.taskClass.share;
            busyNanos += visit.taskClass.share * visit.taskClass.busyNanos;
            keptNanos += visit.taskClass.share * keptNanos(station, visit.fetch);
        }
        exposure.freshAcross = 0;
        exposure.oldAcross = 0;
        exposure.isKeptAcross = false;
        exposure.keptNanos = keptNanos / share;
        boolean isRegular = exposure.other != null && share >= ALWAYS;
        exposure.other = isRegular ? exposure.other : null;
        exposure.isKeptAcross = isRegular || exposure.keptNanos * MOST_IDLE > cpuClass.idleNanos;
        exposure.fresh.lostAt(exposure.perNano);
        exposure.old.lostAt(exposure.oldPerNano());
        double fresh = 0;
        double old = 0;
        double notTaken = notTakenNext(station, exposure);
        for (LineVisit visit : station.visits) {
            double tail = visit.tailNanos(visit.lastTouch);
            double served = visit.fetched;
            if (!exposure.isKeptAcross) {
                double open = Math.max(0, tail - keptNanos(station, visit.fetch));
                fresh += visit.taskClass.share * served * notTaken * exposure.fresh.of(open);
            }
            old += visit.taskClass.share * (1 - served) * exposure.old.of(tail);
        }
        double elsewhereNanos = Math.max(0, cpuClass.busyNanos - busyNanos);
        exposure.freshWhole = whole(exposure.perNano, share, elsewhereNanos, cpuClass.idleNanos);
        exposure.freshAcross = fresh / (1 + exposure.perNano * cpuClass.idleNanos) / exposure.freshWhole;
        double slowly = exposure.oldPerNano();
        exposure.oldAcross =
                old / (1 + slowly * cpuClass.idleNanos) / whole(slowly, share, elsewhereNanos, cpuClass.idleNanos);
        exposure.notAgain = repeated.isEmpty()
                ? 1
                : Math.exp(-expectedRepeats(station, 1e9 / (cpuClass.tasksPerSecond * share), writesOnly));
    }

    /** The share of the tasks on this line, and of those after tasks elsewhere in which a copy was lost. */
    private static double whole(double perNano, double share, double elsewhereNanos, double idleNanos) {
        double elsewhere = share >= 1 - 1e-12 ? 0 : (1 - share) * Math.exp(-perNano * elsewhereNanos / (1 - share));
        // The maximum guards against rounding errors, which matter for a very rare task.
        return Math.max(share, 1 - elsewhere / (1 + perNano * idleNanos));
    }

    /** Expected further writes (touches) of the same foreign tasks in a window. */
    private double expectedRepeats(Station station, double windowNanos, boolean writesOnly) {
        Recurrence all = writesOnly ? writesAgain : touchesAgain;
        Recurrence own = writesOnly ? station.writesAgain : station.touchesAgain;
        return station.butOne(all.expected(windowNanos), own.expected(windowNanos));
    }

    /** Prepares for {@link #expectedRepeats}. */
    private void updateRecurrence() {
        writesAgain.clear();
        touchesAgain.clear();
        for (LineVisit visit : repeated) {
            visit.station.writesAgain.clear();
            visit.station.touchesAgain.clear();
        }
        for (LineVisit visit : repeated) {
            updateRecurrence(visit, true, visit.station.writesAgain, writesAgain);
            updateRecurrence(visit, false, visit.station.touchesAgain, touchesAgain);
        }
        writesAgain.close();
        touchesAgain.close();
        for (LineVisit visit : repeated) {
            visit.station.writesAgain.close();
            visit.station.touchesAgain.close();
        }
    }

    private static void updateRecurrence(LineVisit visit, boolean writesOnly, Recurrence own, Recurrence all) {
        double[] offset = visit.taskClass.offsetNanos;
        LineTouch previous = null;
        for (LineTouch touch : visit.touches) {
            if (touch.writes || !writesOnly) {
                if (previous != null) {
                    double apart = offset[touch.step] - offset[previous.step];
                    own.add(apart, visit.perNano);
                    all.add(apart, visit.perNano);
                }
                previous = touch;
                own.addAlways(visit.perNano * touch.retries);
                all.addAlways(visit.perNano * touch.retries);
            }
        }
    }

    /** Updates the queues by Schweitzer's approximation: an arriving CPU finds the others as they are on average. */
    private void updateQueues() {
        for (Station station : stations) {
            station.queued = 0;
            station.inService = 0;
            // The part of a request's time in which it delays other requests.
            double part = (station.waitNanos + handOver.service() * station.latencyNanos)
                    / Math.max(Double.MIN_NORMAL, station.waitNanos + station.latencyNanos);
            for (LineVisit visit : station.visits) {
                for (LineTouch touch : visit.touches) {
                    touch.queued = visit.perNano * touch.delayNanos / weight * part;
                    station.queued += touch.queued;
                    station.inService += visit.perNano * requests(station, touch) * handOver.service() * station.latencyNanos;
                }
            }
        }
        double waiting = 0;
        for (Station station : stations) {
            waiting += aheadNanos(station);
        }
        Map<Integer, double[]> toChange = queuedToChange();
        double used = 0;
        for (Station station : stations) {
            station.waitNanos = station.butOne(waiting, aheadNanos(station));
            if (isOfTwo) {
                // The other CPU does not ask before it has lost the line.
                double most = (handOver.service() - handOver.hold()) * station.latencyNanos;
                station.waitNanos = Math.min(most, station.waitNanos);
            }
            for (LineVisit visit : station.visits) {
                for (LineTouch touch : visit.touches) {
                    if (touch.primitive == Primitive.CAS) {
                        // one that still has the line alone cannot fail
                        touch.retries = Math.min(1, touch.served())
                                * RetryChain.meanFieldRetries(
                                        rivals(station, toChange.get(touch.field)), retention(station));
                    }
                    used += visit.perNano * requests(station, touch) * handOver.service() * station.latencyNanos;
                }
            }
        }
        utilisation = Math.min(1, used);
    }

    /** Waiting work of a CPU class. The request in service is half done on average, unless the line is saturated. */
    private double aheadNanos(Station station) {
        double ahead = station.queued - station.inService * (1 - utilisation) / 2;
        return Math.max(0, ahead) * handOver.service() * station.latencyNanos;
    }

    /** Number of services per touch. */
    private double requests(Station station, LineTouch touch) {
        return touch.served() + touch.retries * (1 - retention(station));
    }

    /** For each field with a compare-and-set: the waiting requests to change it, by station. */
    private Map<Integer, double[]> queuedToChange() {
        Map<Integer, double[]> queued = new HashMap<>();
        for (LineVisit visit : visits) {
            for (LineTouch touch : visit.touches) {
                if (touch.primitive == Primitive.CAS) {
                    queued.computeIfAbsent(touch.field, any -> new double[stations.size()]);
                }
            }
        }
        for (int i = 0; i < stations.size() && !queued.isEmpty(); i++) {
            for (LineVisit visit : stations.get(i).visits) {
                for (LineTouch touch : visit.touches) {
                    double[] ofField = touch.writes ? queued.get(touch.field) : null;
                    if (ofField != null) {
                        ofField[i] += touch.queued;
                    }
                }
            }
        }
        return queued;
    }

    /** Mean number of other CPUs that wait to change the word of a compare-and-set. */
    private double rivals(Station station, double[] queued) {
        double rivals = 0;
        for (int i = 0; i < queued.length; i++) {
            rivals += stations.get(i) == station ? station.others(queued[i]) : queued[i];
        }
        return rivals;
    }

    /** The chance that a failed compare-and-set finds the line still there. */
    private double retention(Station station) {
        double kept = handOver.keptNanos(station.latencyNanos);
        return kept > 0 && kept >= atomicNanos ? 1 : retention;
    }

    /** {@return the delay that follows from the probabilities of a touch} */
    double delayNanos(LineVisit visit, LineTouch touch) {
        return missNanos(visit, touch)
                + upgradeNanos(visit, touch)
                + retryNanos(visit, touch)
                + queueNanos(visit, touch);
    }

    /** {@return the mean time for which a store is the oldest in the store buffer} */
    double inBufferNanos(LineTouch touch) {
        return touch.delayNanos * rounds / weight;
    }

    double missNanos(LineVisit visit, LineTouch touch) {
        return weight * touch.miss * visit.station.latencyNanos;
    }

    double upgradeNanos(LineVisit visit, LineTouch touch) {
        return weight * touch.upgrade * visit.station.upgradeLatencyNanos;
    }

    double retryNanos(LineVisit visit, LineTouch touch) {
        double each = (1 - retention(visit.station)) * visit.station.latencyNanos + atomicNanos;
        return weight * touch.retries * each;
    }

    double queueNanos(LineVisit visit, LineTouch touch) {
        return weight * Math.max(requests(visit.station, touch) * visit.station.waitNanos, touch.behindNanos);
    }
}
