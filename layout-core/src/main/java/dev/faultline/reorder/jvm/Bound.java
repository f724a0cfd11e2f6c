package dev.faultline.reorder.jvm;

/**
 * What no layout of a class costs less than.
 *
 * @param nanos in ns a second
 * @param how it was found
 */
record Bound(double nanos, String how) {

    static Bound of(World world) {
        return new Bound(0, "nothing is known");
    }
}
