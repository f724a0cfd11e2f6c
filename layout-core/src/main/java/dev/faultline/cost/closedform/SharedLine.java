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

    private final Machine machine;
    private final double weight;
    private final double retention;
    private final double occupancy;
    private final double atomicNanos;
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
    /** Whether it represents one line for each CPU of a class, which no other CPU touches. */
    private boolean quiet;

    SharedLine(Machine machine, double weight) {
        this.machine = machine;
        this.weight = weight;
        this.retention = machine.costs().retention().value();
        this.occupancy = machine.costs().occupancyShare().value();
        this.atomicNanos = machine.costs().atomicNanos().value();
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
        transferNanos = new double[areas][areas];
        for (int from = 0; from < areas; from++) {
            for (int to = 0; to < areas; to++) {
                transferNanos[from][to] = machine.transferNanos(clusters.get(from), clusters.get(to));
            }
        }
    }

    /** One step of the iteration: probabilities from the rates and times of the previous step. */
    void update() {
        updateRates();
        updateRecurrence();
        for (Station station : stations) {
            if (station.foreignTouches == 0) {
                station.visits.forEach(
                        visit -> visit.touches.forEach(touch -> touch.miss = 0)); // no other CPU touches it
                continue;
            }
            station.kept.lostAt(station.foreignWrites);
            station.owned.lostAt(station.foreignTouches);
            station.keptAcross = survivalAcrossTasks(station, true);
            station.ownedAcross = station.writes == 0 ? 0 : survivalAcrossTasks(station, false);
            for (LineVisit visit : station.visits) {
                updateChances(visit);
            }
        }
        updateQueues();
    }

    private void updateChances(LineVisit visit) {
        LineTouch previous = null;
        LineTouch lastWrite = null;
        for (LineTouch touch : visit.touches) {
            double kept = survival(visit, previous, touch, true);
            double owned = touch.writes ? survival(visit, lastWrite, touch, false) : 0;
            touch.miss = 1 - kept;
            touch.upgrade = touch.writes ? Math.max(0, kept - owned) : 0;
            previous = touch;
            lastWrite = touch.writes ? touch : lastWrite;
        }
    }

    /** Updates the rates and distances of the other CPUs at the line. */
    private void updateRates() {
        double writes = 0;
        double touches = 0;
        double requests = 0;
        Arrays.fill(areaWrites, 0);
        Arrays.fill(areaTouches, 0);
        for (Station station : stations) {
            station.writes = 0;
            station.touches = 0;
            station.ownRequests = 0;
            for (LineVisit visit : station.visits) {
                double perNano = visit.taskClass.perSecond() * 1e-9;
                visit.perNano = perNano;
                station.touches += perNano;
                station.writes += visit.writes ? perNano : 0;
                for (LineTouch touch : visit.touches) {
                    if (touch.writes) {
                        station.ownRequests += perNano * (touch.served() + touch.retries);
                    }
                }
            }
            areaWrites[station.area] += station.writes;
            areaTouches[station.area] += station.touches;
            writes += station.writes;
            touches += station.touches;
            requests += station.ownRequests;
        }
        for (Station station : stations) {
            station.foreignWrites = foreign(writes, station.writes, station);
            station.foreignTouches = foreign(touches, station.touches, station);
            station.foreignRequests = foreign(requests, station.ownRequests, station);
            station.latencyNanos = distance(station, areaWrites, station.writes);
            station.upgradeLatencyNanos = distance(station, areaTouches, station.touches);
        }
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
        double perNano = writesOnly ? station.foreignWrites : station.foreignTouches;
        if (perNano == 0) {
            return 1;
        }
        if (since == null) {
            double across = writesOnly ? station.keptAcross : station.ownedAcross;
            Survival chance = writesOnly ? station.kept : station.owned;
            return across * chance.of(visit.taskClass.offsetNanos[touch.step]);
        }
        Window window = window(visit, since, touch, writesOnly);
        if (writesOnly != touch.primitive.writes()) {
            touch.behindNanos = behindNanos(station, window);
        }
        return window.kept();
    }

    /**
     * The time between two touches of one task.
     *
     * @param openNanos the time after the first touch was served
     * @param came expected number of other tasks that arrive in that time
     * @param asked the probability that another CPU requested the line during the service and takes it right after
     */
    private record Window(double openNanos, double came, double asked) {
        double kept() {
            return Math.exp(-came) * (1 - asked);
        }
    }

    private Window window(LineVisit visit, LineTouch since, LineTouch touch, boolean writesOnly) {
        Station station = visit.station;
        double perNano = writesOnly ? station.foreignWrites : station.foreignTouches;
        double open = openNanos(visit, since, touch);
        double whole = open + station.latencyNanos;
        double came = perNano * open + expectedRepeats(station, open, writesOnly);
        double inService = perNano * whole + expectedRepeats(station, whole, writesOnly) - came;
        double asked = Math.min(1, Math.max(inService, station.latencyNanos * station.foreignRequests));
        return new Window(open, came, Math.min(1, since.served()) * asked);
    }

    private static double openNanos(LineVisit visit, LineTouch since, LineTouch touch) {
        double[] offset = visit.taskClass.offsetNanos;
        return Math.max(0, offset[touch.step] - offset[since.step] - visit.taskClass.stallNanos[since.step]);
    }

    /** The wait behind the CPUs that arrived in a window. */
    private double behindNanos(Station station, Window window) {
        double open = window.openNanos;
        double service = occupancy * station.latencyNanos;
        double first = window.asked * Math.max(0, service + service - station.latencyNanos - open);
        double part = Math.min(open, service);
        double later = open == 0 ? 0 : Math.min(1, window.came) * (service - part / 2) * part / open;
        return first + later;
    }

    /**
     * The probability that the line is not taken right after the service. A CPU that requested it during the service
     * takes it then. With a single other CPU, that is the first write of one of its tasks; in a congested line, every
     * service may be followed by a write, at the rate of the write requests.
     */
    private static double afterService(Station station, LineTouch touch, double perNano) {
        double served = Math.min(1, touch.served());
        return 1 - served * Math.min(1, station.latencyNanos * Math.max(perNano, station.foreignRequests));
    }

    private double survivalAcrossTasks(Station station, boolean writesOnly) {
        CpuClass cpuClass = station.cpuClass;
        double perNano = writesOnly ? station.foreignWrites : station.foreignTouches;
        Survival chance = writesOnly ? station.kept : station.owned;
        double share = 0;
        double touching = 0;
        double elsewhereNanos = 0;
        for (LineVisit visit : station.visits) {
            LineTouch last = writesOnly ? visit.lastTouch : visit.lastWrite;
            if (last != null) {
                CpuClass.TaskClass taskClass = visit.taskClass;
                double tail = taskClass.busyNanos - taskClass.offsetNanos[last.step] - taskClass.stallNanos[last.step];
                share += taskClass.share;
                touching += taskClass.share * chance.of(Math.max(0, tail)) * afterService(station, last, perNano);
                elsewhereNanos -= taskClass.share * taskClass.busyNanos;
            }
        }
        if (share == 0) {
            return 0; // it never writes, so it never owns the line
        }
        elsewhereNanos += cpuClass.busyNanos;
        double rest = 1 / (1 + perNano * cpuClass.idleNanos);
        double elsewhere =
                share >= 1 - 1e-12 ? 0 : (1 - share) * Math.exp(-perNano * Math.max(0, elsewhereNanos) / (1 - share));
        // The maximum guards against rounding errors, which matter for a very rare task.
        double found = rest * touching / Math.max(share, 1 - rest * elsewhere);
        if (repeated.isEmpty()) {
            return found;
        }
        double window = 1e9 / (cpuClass.tasksPerSecond * share);
        return found * Math.exp(-expectedRepeats(station, window, writesOnly));
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
            double part = (station.waitNanos + occupancy * station.latencyNanos)
                    / Math.max(Double.MIN_NORMAL, station.waitNanos + station.latencyNanos);
            for (LineVisit visit : station.visits) {
                for (LineTouch touch : visit.touches) {
                    touch.queued = visit.perNano * touch.stallNanos / weight * part;
                    station.queued += touch.queued;
                    station.inService += visit.perNano * requests(touch) * occupancy * station.latencyNanos;
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
            for (LineVisit visit : station.visits) {
                for (LineTouch touch : visit.touches) {
                    if (touch.primitive == Primitive.CAS) {
                        touch.retries =
                                RetryChain.meanFieldRetries(rivals(station, toChange.get(touch.field)), retention);
                    }
                    used += visit.perNano * requests(touch) * occupancy * station.latencyNanos;
                }
            }
        }
        utilisation = Math.min(1, used);
    }

    /** Waiting work of a CPU class. The request in service is half done on average, unless the line is saturated. */
    private double aheadNanos(Station station) {
        double ahead = station.queued - station.inService * (1 - utilisation) / 2;
        return Math.max(0, ahead) * occupancy * station.latencyNanos;
    }

    /** Number of services per touch. */
    private double requests(LineTouch touch) {
        return touch.served() + touch.retries * (1 - retention);
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

    /** {@return the stall that follows from the probabilities of a touch} */
    double stallNanos(LineVisit visit, LineTouch touch) {
        return missNanos(visit, touch)
                + upgradeNanos(visit, touch)
                + retryNanos(visit, touch)
                + queueNanos(visit, touch);
    }

    double missNanos(LineVisit visit, LineTouch touch) {
        return weight * touch.miss * visit.station.latencyNanos;
    }

    double upgradeNanos(LineVisit visit, LineTouch touch) {
        return weight * touch.upgrade * visit.station.upgradeLatencyNanos;
    }

    double retryNanos(LineVisit visit, LineTouch touch) {
        double each = (1 - retention) * visit.station.latencyNanos + atomicNanos;
        return weight * touch.retries * each;
    }

    double queueNanos(LineVisit visit, LineTouch touch) {
        return weight * Math.max(requests(touch) * visit.station.waitNanos, touch.behindNanos);
    }
}
