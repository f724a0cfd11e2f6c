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
 * One line that several CPUs touch and some of them write: the chances that it is gone when it is wanted.
 *
 * <p>Foreign tasks start at random. A copy survives a time g when no foreign write falls into it: exp(-y g), y the rate of
 * foreign tasks that write the line, plus what a task's further writes add when g is shorter than their distance. Between
 * tasks the time is that of a renewal: rests and tasks elsewhere, one after the other, until one touches the line again. A
 * write finds the line not exclusively held when anybody touched it since the CPU's own last write; what is not a miss of
 * these is an upgrade.
 */
final class SharedLine {

    private final Machine machine;
    private final double weight;
    private final double retention;
    private final double occupancy;
    private final double atomicNanos;
    private final List<Station> stations = new ArrayList<>();
    /** Of all stations, in their order. */
    private final List<LineVisit> visits = new ArrayList<>();
    /** Visits of more than one touch: only these come twice in one task. */
    private final List<LineVisit> repeated = new ArrayList<>();

    private final Recurrence writesAgain = new Recurrence();
    private final Recurrence touchesAgain = new Recurrence();
    private double utilisation;
    /** Sums over the stations of each cluster. */
    private double[] areaWrites;

    private double[] areaTouches;
    private double[][] transferNanos;
    /** Whether it stands for a line of each CPU of a crew. */
    private boolean quiet;

    SharedLine(Machine machine, double weight) {
        this.machine = machine;
        this.weight = weight;
        this.retention = machine.costs().retention().value();
        this.occupancy = machine.costs().occupancyShare().value();
        this.atomicNanos = machine.costs().atomicNanos().value();
    }

    /** {@return a new visit of a task, which may be the only one that each of its CPUs gets on a line of its own} */
    LineVisit visit(CpuClass.Shift shift, boolean isAlone) {
        quiet |= isAlone;
        Station station = stations.isEmpty() ? null : stations.get(stations.size() - 1);
        if (station == null || station.cpuClass != shift.cpuClass) {
            station = new Station(shift.cpuClass);
            stations.add(station);
        }
        LineVisit visit = new LineVisit(shift, station);
        station.visits.add(visit);
        visits.add(visit);
        return visit;
    }

    /** {@return the visit that was added last, or null} */
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

    /** {@return whether nobody can lose anything here: one CPU, or no write} */
    boolean isQuiet() {
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

    /** Gets ready for {@link #update}: everybody is here. */
    void open() {
        for (LineVisit visit : visits) {
            visit.shift.disturbed = true;
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

    /** One step of the iteration: chances from the rates and times of the last one. */
    void update() {
        meet();
        recur();
        for (Station station : stations) {
            if (station.foreignTouches == 0) {
                station.visits.forEach(visit -> visit.touches.forEach(touch -> touch.miss = 0)); // nobody else is there
                continue;
            }
            station.kept.lostAt(station.foreignWrites);
            station.owned.lostAt(station.foreignTouches);
            station.keptAcross = across(station, true);
            station.ownedAcross = station.writes == 0 ? 0 : across(station, false);
            for (LineVisit visit : station.visits) {
                chances(visit);
            }
        }
        queue();
    }

    private void chances(LineVisit visit) {
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

    /** Who else is at the line, how often, and how far away. */
    private void meet() {
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
                double perNano = visit.shift.perSecond() * 1e-9;
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

    /** The mean time from one of those who do something at the line to a CPU that is none of them. */
    private double distance(Station station, double[] ofAreas, double own) {
        double total = 0;
        double weighted = 0;
        for (int area = 0; area < ofAreas.length; area++) {
            double perNano = area == station.area ? station.butOne(ofAreas[area], own) : ofAreas[area];
            total += perNano;
            weighted += perNano * transferNanos[station.area][area];
        }
        return total == 0 ? machine.costs().clusterNanos().value() : weighted / total;
    }

    /** The chance that nobody wrote (or, for a write, touched) the line since the CPU's last touch (or write) of it. */
    private double survival(LineVisit visit, LineTouch since, LineTouch touch, boolean writesOnly) {
        Station station = visit.station;
        double perNano = writesOnly ? station.foreignWrites : station.foreignTouches;
        if (perNano == 0) {
            return 1;
        }
        if (since == null) {
            double across = writesOnly ? station.keptAcross : station.ownedAcross;
            Survival chance = writesOnly ? station.kept : station.owned;
            return across * chance.of(visit.shift.offsetNanos[touch.step]);
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
     * @param openNanos the time after the first was served
     * @param came foreign tasks expected to come in that time
     * @param asked the chance that one asked while the first was being served; it takes the line as soon as it was
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
        double came = perNano * open + again(station, open, writesOnly);
        double inService = perNano * whole + again(station, whole, writesOnly) - came;
        double asked = Math.min(1, Math.max(inService, station.latencyNanos * station.foreignRequests));
        return new Window(open, came, Math.min(1, since.served()) * asked);
    }

    private static double openNanos(LineVisit visit, LineTouch since, LineTouch touch) {
        double[] offset = visit.shift.offsetNanos;
        return Math.max(0, offset[touch.step] - offset[since.step] - visit.shift.stallNanos[since.step]);
    }

    /** The wait behind those who came in a window. */
    private double behindNanos(Station station, Window window) {
        double open = window.openNanos;
        double service = occupancy * station.latencyNanos;
        double first = window.asked * Math.max(0, service + service - station.latencyNanos - open);
        double part = Math.min(open, service);
        double later = open == 0 ? 0 : Math.min(1, window.came) * (service - part / 2) * part / open;
        return first + later;
    }

    /**
     * Who asked while the CPU was being served takes the line as soon as it was. Alone, that is a foreign task's first
     * write; in a crowd every service is somebody's, and so many of them writes as requests are.
     */
    private static double afterService(Station station, LineTouch touch, double perNano) {
        double served = Math.min(1, touch.served());
        return 1 - served * Math.min(1, station.latencyNanos * Math.max(perNano, station.foreignRequests));
    }

    private double across(Station station, boolean writesOnly) {
        CpuClass cpuClass = station.cpuClass;
        double perNano = writesOnly ? station.foreignWrites : station.foreignTouches;
        Survival chance = writesOnly ? station.kept : station.owned;
        double share = 0;
        double touching = 0;
        double elsewhereNanos = 0;
        for (LineVisit visit : station.visits) {
            LineTouch last = writesOnly ? visit.lastTouch : visit.lastWrite;
            if (last != null) {
                CpuClass.Shift shift = visit.shift;
                double tail = shift.busyNanos - shift.offsetNanos[last.step] - shift.stallNanos[last.step];
                share += shift.share;
                touching += shift.share * chance.of(Math.max(0, tail)) * afterService(station, last, perNano);
                elsewhereNanos -= shift.share * shift.busyNanos;
            }
        }
        if (share == 0) {
            return 0; // it never writes, so it never owns
        }
        elsewhereNanos += cpuClass.busyNanos;
        double rest = 1 / (1 + perNano * cpuClass.idleNanos);
        double elsewhere =
                share >= 1 - 1e-12 ? 0 : (1 - share) * Math.exp(-perNano * Math.max(0, elsewhereNanos) / (1 - share));
        // At least the share, but for rounding: of a task that is very rare, all of it would be.
        double found = rest * touching / Math.max(share, 1 - rest * elsewhere);
        if (repeated.isEmpty()) {
            return found;
        }
        double window = 1e9 / (cpuClass.tasksPerSecond * share);
        return found * Math.exp(-again(station, window, writesOnly));
    }

    /** What further writes (touches) of the same foreign tasks add to a window. */
    private double again(Station station, double windowNanos, boolean writesOnly) {
        Recurrence all = writesOnly ? writesAgain : touchesAgain;
        Recurrence own = writesOnly ? station.writesAgain : station.touchesAgain;
        return station.butOne(all.expected(windowNanos), own.expected(windowNanos));
    }

    /** Gets ready for {@link #again}. */
    private void recur() {
        writesAgain.clear();
        touchesAgain.clear();
        for (LineVisit visit : repeated) {
            visit.station.writesAgain.clear();
            visit.station.touchesAgain.clear();
        }
        for (LineVisit visit : repeated) {
            recur(visit, true, visit.station.writesAgain, writesAgain);
            recur(visit, false, visit.station.touchesAgain, touchesAgain);
        }
        writesAgain.close();
        touchesAgain.close();
        for (LineVisit visit : repeated) {
            visit.station.writesAgain.close();
            visit.station.touchesAgain.close();
        }
    }

    private static void recur(LineVisit visit, boolean writesOnly, Recurrence own, Recurrence all) {
        double[] offset = visit.shift.offsetNanos;
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

    /** Waiting in line, after Schweitzer: a CPU finds the others as they are on average. */
    private void queue() {
        for (Station station : stations) {
            station.queued = 0;
            station.inService = 0;
            // Of the time a request takes, the part in which it stands in the way of others.
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

    /** Work that waits at the line for a crew. Who is being served is half done, on average, unless the line never rests. */
    private double aheadNanos(Station station) {
        double ahead = station.queued - station.inService * (1 - utilisation) / 2;
        return Math.max(0, ahead) * occupancy * station.latencyNanos;
    }

    /** Times a touch needs to be served. */
    private double requests(LineTouch touch) {
        return touch.served() + touch.retries * (1 - retention);
    }

    /** For each field that a compare-and-set is about: the requests that wait to change it, by station. */
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

    /** CPUs that wait, on average, to change the word a compare-and-set is about. */
    private double rivals(Station station, double[] queued) {
        double rivals = 0;
        for (int i = 0; i < queued.length; i++) {
            rivals += stations.get(i) == station ? station.others(queued[i]) : queued[i];
        }
        return rivals;
    }

    /** {@return the stall that follows from the chances of a touch} */
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
