package dev.faultline.cost.closedform;

import dev.faultline.cost.Primitive;
import dev.faultline.machine.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One line that several CPUs touch and some of them write, with the probabilities that a CPU finds it lost. A write
 * finds the line not exclusively held when another CPU touched it since the CPU's own last write; those that are not
 * misses are upgrades.
 */
final class SharedLine {

    /** Two CPUs that keep step answer each other's chances at once, which swings unless each answers in part. */
    private static final double HALF = 0.5;
    /** A CPU waits for a line for at most this share of its time. */
    private static final double MOST_WAITING = 0.999;

    private final Machine machine;
    private final double weight;
    private final HandOver handOver;
    private final double atomicNanos;
    private final LineTimes times;
    private final RepeatedTouches repeats;
    private final LineLoss loss;
    private LineQueue queue;
    private final List<Station> stations = new ArrayList<>();
    /** The visits of all stations, in their order. */
    private final List<LineVisit> visits = new ArrayList<>();
    /** Rates summed over the stations of each cluster. */
    private double[] areaWrites;

    private double[] areaTouches;
    /** Touches that leave the line with their CPU alone. */
    private double[] areaHolders;

    private double[][] transferNanos;
    /** The task classes that write it. */
    private final Set<CpuClass.TaskClass> writers = new HashSet<>();
    /** Whether two CPUs share it. */
    private boolean isOfTwo;
    /** Whether it represents one line for each CPU of a class, which no other CPU touches. */
    private boolean quiet;

    SharedLine(Machine machine, double weight) {
        this.machine = machine;
        this.weight = weight;
        this.atomicNanos = machine.costs().atomicNanos().value();
        this.times = LineTimes.of(machine.costs(), weight);
        this.handOver = times.handOver();
        this.repeats = new RepeatedTouches(times);
        this.loss = new LineLoss(times, repeats);
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
        return queue.utilisation();
    }

    LineTimes times() {
        return times;
    }

    /** {@return the part of a request's delay that its task waits for, when it waits for no other line meanwhile} */
    double shareOfDelay(LineTouch touch) {
        return switch (touch.primitive) {
            case LOAD -> times.rounds() / weight * (1 - touch.forwarded);
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
            repeats.add(visit);
            if (visit.writes) {
                writers.add(visit.taskClass);
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
        areaHolders = new double[areas];
        isOfTwo = handOver.hold() > 0
                && stations.stream().mapToInt(station -> station.cpuClass.size).sum() == 2;
        queue = new LineQueue(machine.costs(), weight, stations, isOfTwo);
        transferNanos = new double[areas][areas];
        for (int from = 0; from < areas; from++) {
            for (int to = 0; to < areas; to++) {
                transferNanos[from][to] = machine.transferNanos(clusters.get(from), clusters.get(to));
            }
        }
    }

    /** One step of the iteration: probabilities from the rates and times of the previous step. */
    void update(double part) {
        visits.forEach(LineVisit::updateFetch);
        updateRates();
        repeats.update();
        for (Station station : stations) {
            station.forget();
            if (station.foreignTouches == 0) {
                station.visits.forEach(
                        visit -> visit.touches.forEach(touch -> touch.miss = 0)); // no other CPU touches it
                continue;
            }
            loss.updateAcross(station, true);
            if (followsState(station)) {
                loss.updateAcross(station, false);
            }
            station.visits.forEach(visit -> updateChances(visit, part));
        }
        queue.update();
    }

    /** {@return whether it matters if CPUs of a station have the line alone} */
    private boolean followsState(Station station) {
        return station.writes > 0 || handOver.isMigratory();
    }

    /**
     * Follows the state of the line from touch to touch of a task. A CPU that changed the line loses it to the next
     * other CPU that touches it, even to a load; a CPU that did not only loses it to writes. A load that takes the line
     * from a CPU that changed it has it alone. Where lines do not migrate so, loads leave the line with both.
     */
    private void updateChances(LineVisit visit, double part) {
        Station station = visit.station;
        boolean isFollowed = followsState(station);
        double changed = station.changed;
        double alone = station.alone;
        LineTouch previous = null;
        LineTouch lastStore = null;
        for (LineTouch touch : visit.touches) {
            double unwritten = loss.survival(visit, previous, touch, true);
            double untouched = isFollowed ? Math.min(unwritten, loss.survival(visit, previous, touch, false)) : 0;
            touch.miss = handOver.isMigratory()
                    ? changed * (1 - untouched) + (1 - changed) * (1 - unwritten)
                    : 1 - unwritten;
            if (touch.writes) {
                touch.upgrade = Math.max(0, 1 - (changed + alone) * untouched - touch.miss);
                changed = 1;
                alone = 0;
            } else if (isFollowed) {
                alone = handOver.isMigratory() ? alone * untouched + (1 - untouched) * station.foreignChanged : 0;
                changed *= untouched;
            }
            touch.settle(isOfTwo ? HALF * part : part);
            if (touch.primitive == Primitive.LOAD) {
                double forwarded = previous == null
                        ? station.forwarded.chanceAcross(visit, touch)
                        : ForwardedLoads.chance(visit, lastStore, touch);
                touch.forwarded += part * (forwarded - touch.forwarded);
                touch.feltShare = shareOfDelay(touch);
            } else {
                lastStore = touch.isStore() ? touch : null;
            }
            previous = touch;
        }
        visit.changed += part * (changed - visit.changed);
        visit.alone += part * (alone - visit.alone);
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
        Arrays.fill(areaHolders, 0);
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
            station.waitingRatio = handOver.hold() == 0 ? 0 : stalled / (1 - stalled);
            addSquares(station, squares);
            areaWrites[station.area] += station.writes;
            areaTouches[station.area] += station.touches;
            writes += station.writes;
            touches += station.touches;
            requests += station.ownRequests;
            station.updateState();
            changed += station.touches * station.changed;
            areaHolders[station.area] += station.touches * station.holds();
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
            station.latencyNanos = missDistance(station);
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
        if (other.visits.size() > 1 || visit.taskClass.share < LineLoss.ALWAYS || writesOnly && !visit.writes) {
            return null;
        }
        double cycle = visit.taskClass.busyNanos;
        for (LineTouch touch : visit.touches) {
            cycle -= touch.stallNanos;
        }
        cycle = Math.max(0, cycle);
        double passed = visit.fetched * Math.min(cycle, times.keptNanos(other, visit.fetch));
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
            Station station, LineExposure exposure, double foreign, double own, double[] squares, int from) {
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

    /**
     * {@return the rate of other CPUs' tasks that write one of two lines, or both}. Takes time proportional to the
     * visits of the line that has fewer.
     *
     * @param one the visit of a task to a line
     * @param other the visit of the same task to another
     */
    static double writesToEither(SharedLine ofOne, LineVisit one, SharedLine ofOther, LineVisit other) {
        boolean oneHasMore = ofOne.visits.size() > ofOther.visits.size();
        return oneHasMore
                ? one.station.foreignWrites + ofOther.writesNotTo(ofOne, other)
                : other.station.foreignWrites + ofOne.writesNotTo(ofOther, one);
    }

    private double writesNotTo(SharedLine other, LineVisit own) {
        double perNano = 0;
        for (LineVisit visit : visits) {
            if (visit.writes && !other.writers.contains(visit.taskClass)) {
                boolean isOwn = visit.station.cpuClass == own.station.cpuClass;
                perNano += isOwn ? visit.station.others(visit.perNano) : visit.perNano;
            }
        }
        return perNano;
    }

    private static double foreign(double all, double own, Station station) {
        return Math.max(0, all - own) + station.others(own);
    }

    /** The mean transfer time of a miss: from the CPU that has the line alone, else from the one that wrote it last. */
    private double missDistance(Station station) {
        double fromWriter = distance(station, areaWrites, station.writes);
        if (!handOver.isMigratory() || station.foreignTouches == 0) {
            return fromWriter;
        }
        double own = station.touches * station.holds();
        double held = Math.min(1, foreign(Arrays.stream(areaHolders).sum(), own, station) / station.foreignTouches);
        return held * distance(station, areaHolders, own) + (1 - held) * fromWriter;
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

    /** {@return the delay that follows from the probabilities of a touch} */
    double delayNanos(LineVisit visit, LineTouch touch) {
        return missNanos(visit, touch)
                + upgradeNanos(visit, touch)
                + retryNanos(visit, touch)
                + queueNanos(visit, touch);
    }

    /** {@return the mean time for which a store is the oldest in the store buffer} */
    double inBufferNanos(LineTouch touch) {
        return touch.delayNanos * times.rounds() / weight;
    }

    double missNanos(LineVisit visit, LineTouch touch) {
        return weight * touch.miss * visit.station.latencyNanos;
    }

    double upgradeNanos(LineVisit visit, LineTouch touch) {
        return weight * touch.upgrade * visit.station.upgradeLatencyNanos;
    }

    double retryNanos(LineVisit visit, LineTouch touch) {
        double each = (1 - queue.retention(visit.station)) * visit.station.latencyNanos + atomicNanos;
        return weight * touch.retries * each;
    }

    double queueNanos(LineVisit visit, LineTouch touch) {
        return weight * Math.max(queue.requests(visit.station, touch) * visit.station.waitNanos, touch.behindNanos);
    }
}
