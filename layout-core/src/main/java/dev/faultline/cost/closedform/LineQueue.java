package dev.faultline.cost.closedform;

import dev.faultline.cost.Primitive;
import dev.faultline.cost.chain.RetryChain;
import dev.faultline.machine.Costs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The requests that wait for a line, and the compare-and-sets that fail meanwhile. */
final class LineQueue {

    private final HandOver handOver;
    private final double retention;
    private final double atomicNanos;
    private final double weight;
    private final List<Station> stations;
    /** Whether two CPUs share the line and keep step. */
    private final boolean isOfTwo;

    private double utilisation;

    LineQueue(Costs costs, double weight, List<Station> stations, boolean isOfTwo) {
        this.handOver = HandOver.of(costs);
        this.retention = costs.retention().value();
        this.atomicNanos = costs.atomicNanos().value();
        this.weight = weight;
        this.stations = stations;
        this.isOfTwo = isOfTwo;
    }

    /** {@return the part of the time in which the line can serve no other CPU} */
    double utilisation() {
        return utilisation;
    }

    /** Updates the waits by Schweitzer's approximation: an arriving CPU finds the others as they are on average. */
    void update() {
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
                    station.inService +=
                            visit.perNano * requests(station, touch) * handOver.service() * station.latencyNanos;
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
    double requests(Station station, LineTouch touch) {
        return touch.served() + touch.retries * (1 - retention(station));
    }

    /** For each field with a compare-and-set: the waiting requests to change it, by station. */
    private Map<Integer, double[]> queuedToChange() {
        Map<Integer, double[]> queued = new HashMap<>();
        for (Station station : stations) {
            for (LineVisit visit : station.visits) {
                for (LineTouch touch : visit.touches) {
                    if (touch.primitive == Primitive.CAS) {
                        queued.computeIfAbsent(touch.field, any -> new double[stations.size()]);
                    }
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
    double retention(Station station) {
        double kept = handOver.keptNanos(station.latencyNanos);
        return kept > 0 && kept >= atomicNanos ? 1 : retention;
    }
}
