package dev.faultline.bench.harness;

/** A round does not count. The message says why, without a full stop. */
final class DisturbedException extends Exception {

    private static final long serialVersionUID = 1L;
    private final boolean mayPass;

    private DisturbedException(String why, boolean mayPass) {
        super(why);
        this.mayPass = mayPass;
    }

    /** {@return a disturbance from outside, which may be over at the next attempt} */
    static DisturbedException passing(String why) {
        return new DisturbedException(why, true);
    }

    /** {@return a failure that would happen again} */
    static DisturbedException lasting(String why) {
        return new DisturbedException(why, false);
    }

    /** {@return whether another attempt makes sense} */
    boolean mayPass() {
        return mayPass;
    }
}
