package dev.faultline.cost.closedform;

/**
 * The probability that a copy survives a time when it is lost at random. Equal tasks on a line are adjacent and ask
 * for the same time, so the last result is kept.
 */
final class Survival {
    private double perNano;
    private double nanos;
    private double chance = 1;

    void lostAt(double rate) {
        if (rate != perNano) {
            perNano = rate;
            nanos = 0;
            chance = 1;
        }
    }

    double of(double time) {
        if (time != nanos) {
            nanos = time;
            chance = Math.exp(-perNano * time);
        }
        return chance;
    }
}
