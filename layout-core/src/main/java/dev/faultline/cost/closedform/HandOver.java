package dev.faultline.cost.closedform;

import dev.faultline.machine.Costs;

/**
 * How a line goes from one CPU to the next, in shares of a transfer. A request reaches the holders after {@code hold};
 * they use the line until then. The CPU that asked has it after the whole transfer.
 *
 * @param service time from the begin of one service to the earliest begin of the next
 * @param hold time from the begin of a service until the holders lose the line
 * @param isMigratory whether a load takes the line alone from a CPU that changed it
 */
record HandOver(double service, double hold, boolean isMigratory) {

    static HandOver of(Costs costs) {
        double hold = costs.holdShare().value();
        return new HandOver(Math.max(costs.occupancyShare().value(), hold), hold, costs.isMigratory());
    }

    /** {@return for how long at least a CPU keeps a line that it waited for, in ns} */
    double keptNanos(double latencyNanos) {
        return Math.max(0, service + hold - 1) * latencyNanos;
    }

    /**
     * {@return the part of a transfer in which a request of another CPU makes the new holder lose the line, in ns;
     * while the CPU that lost the line still has it, it does not ask}
     *
     * @param lost the chance that a request comes from the CPU that lost the line
     */
    double exposedNanos(double latencyNanos, double lost) {
        return (1 - hold * (1 + lost)) * latencyNanos;
    }

    /** {@return the part of a transfer in which requests in a congested line come, one of them the next one, in ns} */
    double askedNanos(double latencyNanos) {
        return Math.max(service, 1 - hold) * latencyNanos;
    }
}
