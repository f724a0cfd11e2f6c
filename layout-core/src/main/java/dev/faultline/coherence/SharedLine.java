package dev.faultline.coherence;

import dev.faultline.machine.Machine;
import java.util.ArrayList;
import java.util.List;

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
    final List<Visit> visits = new ArrayList<>();
    private double utilisation;

    SharedLine(Machine machine, double weight) {
        this.machine = machine;
        this.weight = weight;
    }

    /** The steps of one task of one crew that touch the line. */
    static final class Visit {
        final Crew.Shift shift;
        final List<Touch> touches = new ArrayList<>();
        boolean writes;
        double latencyNanos;
        double upgradeLatencyNanos;
        double waitNanos;

        Visit(Crew.Shift shift) {
            this.shift = shift;
        }

        double end(Touch touch) {
            return shift.offsetNanos[touch.step];
        }
    }

    /** One step on the line. */
    static final class Touch {
        final int step;
        final int field;
        final Primitive primitive;
        double miss;
        double upgrade;
        double retries;
        /** What the step is taken to wait here; moves towards what follows from it until the two agree. */
        double stallNanos;
        /** Requests of all CPUs of the crew for this step, waiting or being served. */
        double queued;

        Touch(int step, int field, Primitive primitive) {
            this.step = step;
            this.field = field;
            this.primitive = primitive;
        }

        double served() {
            return miss + upgrade;
        }
    }

    double weight() {
        return weight;
    }

    double utilisation() {
        return utilisation;
    }

    /** {@return whether nobody can lose anything here: one CPU, or no write} */
    boolean isQuiet() {
        boolean written = false;
        int cpus = 0;
        Crew seen = null;
        for (Visit visit : visits) {
            written |= visit.writes;
            if (visit.shift.crew != seen) {
                seen = visit.shift.crew;
                cpus += seen.size;
            }
        }
        return !written || cpus < 2;
    }

    /** One step of the iteration: chances from the rates and times of the last one. */
    void update() {
        for (Visit visit : visits) {
            if (foreignPerSecond(visit, false) == 0) {
                continue; // nobody else is there
            }
            visit.latencyNanos = distance(visit, true);
            visit.upgradeLatencyNanos = distance(visit, false);
            Touch previous = null;
            Touch lastWrite = null;
            for (Touch touch : visit.touches) {
                touch.miss = 1 - survival(visit, previous, touch, true);
                if (touch.primitive.writes()) {
                    double lost = 1 - survival(visit, lastWrite, touch, false);
                    touch.upgrade = Math.max(0, lost - touch.miss);
                    lastWrite = touch;
                }
                previous = touch;
            }
        }
        queue();
    }

    /** The chance that nobody wrote (or, for a write, touched) the line since the CPU's last touch (or write) of it. */
    private double survival(Visit visit, Touch since, Touch touch, boolean writesOnly) {
        double perNano = foreignPerSecond(visit, writesOnly) * 1e-9;
        if (perNano == 0) {
            return 1;
        }
        if (since != null) {
            double gap = visit.shift.offsetNanos[touch.step]
                    - visit.shift.offsetNanos[since.step]
                    - visit.shift.stallNanos[since.step];
            return Math.exp(-perNano * Math.max(0, gap) - again(visit, gap, writesOnly))
                    * afterService(visit, since, perNano);
        }
        return renewal(visit, touch, perNano, writesOnly);
    }

    /**
     * Who asked while the CPU was being served takes the line as soon as it was. Alone, that is a foreign task's first
     * write; in a crowd every service is somebody's, and so many of them writes as requests are.
     */
    private double afterService(Visit visit, Touch touch, double perNano) {
        double served = Math.min(1, touch.served());
        double requests = 0;
        for (Visit other : visits) {
            for (Touch foreign : other.touches) {
                if (foreign.primitive.writes()) {
                    requests += foreign(visit, other) * 1e-9 * (foreign.served() + foreign.retries);
                }
            }
        }
        return 1 - served * Math.min(1, visit.latencyNanos * Math.max(perNano, requests));
    }

    private double renewal(Visit visit, Touch touch, double perNano, boolean writesOnly) {
        Crew crew = visit.shift.crew;
        double share = 0;
        double touching = 0;
        double elsewhereNanos = 0;
        for (Visit other : visits) {
            Touch last = other.shift.crew == crew ? last(other, writesOnly) : null;
            if (last != null) {
                double tail =
                        other.shift.busyNanos - other.shift.offsetNanos[last.step] - other.shift.stallNanos[last.step];
                share += other.shift.share;
                touching +=
                        other.shift.share * Math.exp(-perNano * Math.max(0, tail)) * afterService(other, last, perNano);
                elsewhereNanos -= other.shift.share * other.shift.busyNanos;
            }
        }
        if (share == 0) {
            return 0; // cannot be: the visit itself touches
        }
        elsewhereNanos += meanBusyNanos(crew);
        double rest = 1 / (1 + perNano * crew.idleNanos);
        double elsewhere =
                share >= 1 - 1e-12 ? 0 : (1 - share) * Math.exp(-perNano * Math.max(0, elsewhereNanos) / (1 - share));
        double head = Math.exp(-perNano * visit.shift.offsetNanos[touch.step]);
        double window = 1e9 / (crew.tasksPerSecond * share);
        return head * rest * touching / (1 - rest * elsewhere) * Math.exp(-again(visit, window, writesOnly));
    }

    private static double meanBusyNanos(Crew crew) {
        double mean = 0;
        for (Crew.Shift shift : crew.shifts) {
            mean += shift.share * shift.busyNanos;
        }
        return mean;
    }

    private static Touch last(Visit visit, boolean any) {
        for (int i = visit.touches.size() - 1; i >= 0; i--) {
            Touch touch = visit.touches.get(i);
            if (any || touch.primitive.writes()) {
                return touch;
            }
        }
        return null;
    }

    /** Tasks a second of other CPUs that write (or touch) the line. */
    private double foreignPerSecond(Visit visit, boolean writesOnly) {
        double perSecond = 0;
        for (Visit other : visits) {
            if (other.writes || !writesOnly) {
                perSecond += foreign(visit, other);
            }
        }
        return perSecond;
    }

    private static double foreign(Visit visit, Visit other) {
        double perSecond = other.shift.perSecond();
        Crew crew = other.shift.crew;
        return crew == visit.shift.crew ? perSecond * (crew.size - 1) / crew.size : perSecond;
    }

    /** What further writes (touches) of the same foreign tasks add to a window: a task counts once for long windows only. */
    private double again(Visit visit, double windowNanos, boolean writesOnly) {
        double expected = 0;
        for (Visit other : visits) {
            if (other.touches.size() > 1) {
                double perNano = foreign(visit, other) * 1e-9;
                Touch previous = null;
                for (Touch touch : other.touches) {
                    if (touch.primitive.writes() || !writesOnly) {
                        if (previous != null) {
                            double apart = other.shift.offsetNanos[touch.step] - other.shift.offsetNanos[previous.step];
                            expected += perNano * Math.min(Math.max(0, apart), Math.max(0, windowNanos));
                        }
                        previous = touch;
                        expected += perNano * touch.retries * Math.max(0, windowNanos);
                    }
                }
            }
        }
        return expected;
    }

    private double distance(Visit visit, boolean writersOnly) {
        double total = 0;
        double weighted = 0;
        for (Visit other : visits) {
            if (other.writes || !writersOnly) {
                double perSecond = foreign(visit, other);
                total += perSecond;
                weighted += perSecond * machine.transferNanos(visit.shift.crew.cluster, other.shift.crew.cluster);
            }
        }
        return total == 0 ? machine.costs().clusterNanos().value() : weighted / total;
    }

    /** Waiting in line, after Schweitzer: a CPU finds the others as they are on average. */
    private void queue() {
        double occupancy = machine.costs().occupancyShare().value();
        double retention = machine.costs().retention().value();
        double used = 0;
        for (Visit visit : visits) {
            // Of the time a request takes, the part in which it stands in the way of others.
            double part = (visit.waitNanos + occupancy * visit.latencyNanos)
                    / Math.max(Double.MIN_NORMAL, visit.waitNanos + visit.latencyNanos);
            for (Touch touch : visit.touches) {
                touch.queued = visit.shift.perSecond() * touch.stallNanos / weight * part * 1e-9;
            }
        }
        for (Visit visit : visits) {
            double wait = 0;
            for (Visit other : visits) {
                double queued = 0;
                double inService = 0;
                for (Touch touch : other.touches) {
                    queued += touch.queued;
                    inService += other.shift.perSecond() * requests(touch) * 1e-9;
                }
                double service = occupancy * other.latencyNanos;
                // Who is being served is half done, on average, unless the line never rests.
                double done = inService * service * (1 - utilisation) / 2;
                wait += Math.max(0, othersOf(visit, other, queued - done)) * service;
            }
            visit.waitNanos = wait;
            for (Touch touch : visit.touches) {
                if (touch.primitive == Primitive.CAS) {
                    touch.retries = RetryChain.meanFieldRetries(rivals(visit, touch), retention);
                }
            }
        }
        for (Visit visit : visits) {
            double service = occupancy * visit.latencyNanos;
            for (Touch touch : visit.touches) {
                used += visit.shift.perSecond() * requests(touch) * service * 1e-9;
            }
        }
        utilisation = Math.min(1, used);
    }

    /** Times a touch needs to be served. */
    private double requests(Touch touch) {
        return touch.served() + touch.retries * (1 - machine.costs().retention().value());
    }

    private static double othersOf(Visit visit, Visit other, double queued) {
        Crew crew = other.shift.crew;
        return crew == visit.shift.crew ? queued * (crew.size - 1) / crew.size : queued;
    }

    /** CPUs that wait, on average, to change the word a compare-and-set is about. */
    private double rivals(Visit visit, Touch cas) {
        double rivals = 0;
        for (Visit other : visits) {
            double queued = 0;
            for (Touch touch : other.touches) {
                if (touch.primitive.writes() && touch.field == cas.field) {
                    queued += touch.queued;
                }
            }
            rivals += othersOf(visit, other, queued);
        }
        return rivals;
    }

    /** {@return the stall that follows from the chances of a touch} */
    double stallNanos(Visit visit, Touch touch) {
        return missNanos(visit, touch)
                + upgradeNanos(visit, touch)
                + retryNanos(visit, touch)
                + queueNanos(visit, touch);
    }

    double missNanos(Visit visit, Touch touch) {
        return weight * touch.miss * visit.latencyNanos;
    }

    double upgradeNanos(Visit visit, Touch touch) {
        return weight * touch.upgrade * visit.upgradeLatencyNanos;
    }

    double retryNanos(Visit visit, Touch touch) {
        double retention = machine.costs().retention().value();
        return weight
                * touch.retries
                * ((1 - retention) * visit.latencyNanos
                        + machine.costs().atomicNanos().value());
    }

    double queueNanos(Visit visit, Touch touch) {
        return weight * requests(touch) * visit.waitNanos;
    }
}
