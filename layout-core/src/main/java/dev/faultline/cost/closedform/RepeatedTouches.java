package dev.faultline.cost.closedform;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tasks that touch a line more than once: a CPU may lose the line to each of the touches. */
final class RepeatedTouches {

    private final LineTimes times;
    private final List<LineVisit> repeated = new ArrayList<>();
    private final Set<Station> stations = new LinkedHashSet<>();
    private final Recurrence writesAgain = new Recurrence();
    private final Recurrence touchesAgain = new Recurrence();

    RepeatedTouches(LineTimes times) {
        this.times = times;
    }

    void add(LineVisit visit) {
        if (visit.touches.size() > 1) {
            repeated.add(visit);
            stations.add(visit.station);
        }
    }

    boolean isEmpty() {
        return repeated.isEmpty();
    }

    /** {@return the expected further writes (touches) of the same tasks of other CPUs in a window} */
    double expected(Station station, double windowNanos, boolean writesOnly) {
        Recurrence all = writesOnly ? writesAgain : touchesAgain;
        Recurrence own = writesOnly ? station.writesAgain : station.touchesAgain;
        return station.butOne(all.expected(windowNanos), own.expected(windowNanos));
    }

    /** Prepares for {@link #expected}. */
    void update() {
        writesAgain.clear();
        touchesAgain.clear();
        for (Station station : stations) {
            station.writesAgain.clear();
            station.touchesAgain.clear();
        }
        for (LineVisit visit : repeated) {
            update(visit, true, visit.station.writesAgain, writesAgain);
            update(visit, false, visit.station.touchesAgain, touchesAgain);
        }
        writesAgain.close();
        touchesAgain.close();
        for (Station station : stations) {
            station.writesAgain.close();
            station.touchesAgain.close();
        }
    }

    private void update(LineVisit visit, boolean writesOnly, Recurrence own, Recurrence all) {
        double[] offset = visit.taskClass.offsetNanos;
        double kept = times.keptNanos(visit.station, visit.fetch);
        LineTouch previous = null;
        boolean isFetched = false;
        for (LineTouch touch : visit.touches) {
            if (touch.writes || !writesOnly) {
                if (previous != null) {
                    double apart = offset[touch.step] - offset[previous.step];
                    // no other CPU has the line while it is surely kept
                    double share =
                            isFetched ? LineTimes.keptShare(LineTimes.openNanos(visit, visit.fetch, touch), kept) : 0;
                    double perNano = visit.perNano * (1 - share * visit.fetched);
                    own.add(apart, perNano);
                    all.add(apart, perNano);
                }
                previous = touch;
                own.addAlways(visit.perNano * touch.retries);
                all.addAlways(visit.perNano * touch.retries);
            }
            isFetched |= touch == visit.fetch;
        }
    }
}
