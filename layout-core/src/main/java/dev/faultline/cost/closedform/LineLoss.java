package dev.faultline.cost.closedform;

/**
 * How a CPU loses a line between two touches.
 *
 * <p>Tasks of other CPUs start at random. A copy survives a time g when no other CPU writes it in that time: exp(-y
 * g), where y is the rate of other CPUs' tasks that write the line, plus the further writes of a task when g is
 * shorter than their distance. The time between two tasks is that of a renewal process: idle times and tasks elsewhere
 * alternate until a task touches the line again.
 */
final class LineLoss {

    /** A share of all tasks, but for rounding errors. */
    static final double ALWAYS = 1 - 1e-9;
    /** Idle times longer than this many times the time for which a line is kept make the latter negligible. */
    private static final double MOST_IDLE = 1000;

    private final HandOver handOver;
    private final LineTimes times;
    private final RepeatedTouches repeats;

    LineLoss(LineTimes times, RepeatedTouches repeats) {
        this.handOver = times.handOver();
        this.times = times;
        this.repeats = repeats;
    }

    /**
     * {@return the probability that no other CPU wrote the line, or touched it, since the CPU's last touch of it}
     *
     * @param since the last touch in the task; null when the CPU touched it last in another task
     */
    double survival(LineVisit visit, LineTouch since, LineTouch touch, boolean writesOnly) {
        Station station = visit.station;
        LineExposure exposure = writesOnly ? station.kept : station.owned;
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
        LineExposure exposure = writesOnly ? station.kept : station.owned;
        double sinceNanos = LineTimes.openNanos(visit, since, touch);
        double open = Math.max(0, sinceNanos - times.untilThereNanos(station, since));
        double served = since.usuallyServed;
        double found = exposure.oldPerNano() * sinceNanos + repeats.expected(station, sinceNanos, writesOnly);
        double kept = LineTimes.keptShare(sinceNanos, times.keptNanos(station, since));
        if (kept == 1) {
            return new Window(open, found, 0, served + (1 - served) * Math.exp(-found));
        }
        double exposed = handOver.exposedNanos(station.latencyNanos, exposure.lastShare);
        double whole = Math.max(0, open + exposed);
        double after = Math.min(open, whole);
        double came = exposure.perNano * after + repeats.expected(station, after, writesOnly);
        double inService = exposure.perNano * whole + repeats.expected(station, whole, writesOnly) - came;
        double next = handOver.askedNanos(station.latencyNanos) * station.foreignRequests;
        double asked = Math.min(1, Math.max(inService, next));
        double fresh = exposure.other == null
                ? Math.exp(-came) * (1 - asked)
                : exposure.other.staysAway(whole) * Math.exp(exposure.perNano * whole - came - inService);
        fresh += kept * (1 - fresh);
        return new Window(open, came, (1 - kept) * served * asked, served * fresh + (1 - served) * Math.exp(-found));
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
    private double notTakenNext(Station station, LineExposure exposure) {
        double latency = station.latencyNanos;
        double exposed = handOver.exposedNanos(latency, exposure.lastShare) + handOver.keptNanos(latency);
        double inService = exposure.perNano * Math.max(0, exposed);
        return 1 - Math.min(1, Math.max(inService, handOver.askedNanos(latency) * station.foreignRequests));
    }

    /** The probability that a line survives from the last touch of a task to a touch of the next task. */
    private double survivalAcross(Station station, LineExposure exposure, double offset) {
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
    private double oldAcross(Station station, LineExposure exposure, double offset, double atRandom) {
        LineVisit visit = station.visits.get(0);
        LineTouch last = visit.lastTouch;
        double random = exposure.other.randomness();
        double leaves =
                exposure.other.leaves(offset + visit.tailNanos(last) + station.cpuClass.idleNanos, exposure.keptNanos);
        return random * atRandom + (1 - random) * (1 - visit.fetched) * leaves;
    }

    private double keptAcross(Station station, LineExposure exposure, double offset) {
        if (offset != exposure.keptOffset) {
            exposure.keptOffset = offset;
            exposure.keptChance = keptChance(station, exposure, offset);
        }
        return exposure.keptChance;
    }

    /** The part of the tasks after which the line came just before, and is surely kept for a while. */
    private double keptChance(Station station, LineExposure exposure, double offset) {
        double idle = station.cpuClass.idleNanos;
        double afterIdle = notTakenNext(station, exposure) / (1 + exposure.perNano * idle);
        double found = 0;
        for (LineVisit visit : station.visits) {
            double served = visit.fetched * visit.taskClass.share;
            double kept = times.keptNanos(station, visit.fetch) - offset - visit.tailNanos(visit.fetch);
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

    /** Prepares for {@link #survival} of the first touches of tasks. */
    void updateAcross(Station station, boolean writesOnly) {
        LineExposure exposure = writesOnly ? station.kept : station.owned;
        CpuClass cpuClass = station.cpuClass;
        double share = 0;
        double busyNanos = 0;
        double keptNanos = 0;
        for (LineVisit visit : station.visits) {
            share += visit.taskClass.share;
            busyNanos += visit.taskClass.share * visit.taskClass.busyNanos;
            keptNanos += visit.taskClass.share * times.keptNanos(station, visit.fetch);
        }
        exposure.freshAcross = 0;
        exposure.oldAcross = 0;
        exposure.isKeptAcross = false;
        exposure.keptOffset = Double.NaN;
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
                double open = Math.max(0, tail - times.keptNanos(station, visit.fetch));
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
        exposure.notAgain = repeats.isEmpty()
                ? 1
                : Math.exp(-repeats.expected(station, 1e9 / (cpuClass.tasksPerSecond * share), writesOnly));
    }

    /** The share of the tasks on this line, and of those after tasks elsewhere in which a copy was lost. */
    private static double whole(double perNano, double share, double elsewhereNanos, double idleNanos) {
        double elsewhere = share >= 1 - 1e-12 ? 0 : (1 - share) * Math.exp(-perNano * elsewhereNanos / (1 - share));
        // The maximum guards against rounding errors, which matter for a very rare task.
        return Math.max(share, 1 - elsewhere / (1 + perNano * idleNanos));
    }
}
