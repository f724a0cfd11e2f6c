package dev.faultline.cost.closedform;

/**
 * The chance that a copy survives a time, when it is lost at random. Tasks that do the same on a line stand next to
 * each other and ask for the same time: only the first has it computed.
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
