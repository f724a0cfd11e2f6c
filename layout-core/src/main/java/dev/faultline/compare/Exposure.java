package dev.faultline.compare;

import java.util.List;

/**
 * A written field that has more company on its line on one of two layouts than on the other, or something like it.
 *
 * @param why what is different
 * @param culprit the written field; of a guard the field before it; empty when objects are meant
 * @param others the fields it meets on this side and not, or less, on the other
 * @param here fields that share its line on this side, on average over the placements or at most, as {@code why} has it
 * @param there likewise on the other side
 */
record Exposure(Why why, String culprit, List<String> others, double here, double there) {

    /** What can be different. */
    enum Why {
        /** On the other side it shares a line with no field in use. */
        ALONE_THERE,
        /** The other side does not have it, and fields that meet it meet no written one there. */
        NOT_THERE,
        /** More fields can be on its line at a time. */
        MORE,
        /** The same fields are on its line in more placements, at least twice as often. */
        OFTEN,
        /** On the other side padding keeps two fields off each other's lines, in whatever placement. */
        UNGUARDED,
        /** On the other side objects have their lines for themselves. */
        AMONG_OTHERS,
        /** One field came for another. */
        EXCHANGED
    }

    Exposure {
        others = List.copyOf(others);
    }

    /** {@return how much there is to it: fields that have come to share a line} */
    double weight() {
        return switch (why) {
            case MORE, OFTEN -> here - there;
            case ALONE_THERE -> 1 + here;
            case NOT_THERE, UNGUARDED -> others.size();
            case AMONG_OTHERS -> 1;
            case EXCHANGED -> 0.5;
        };
    }

    /** {@return what is different, when this side is the new layout; that fields meet is that they share a line} */
    String asLoss() {
        return switch (why) {
            case ALONE_THERE -> culprit + " is no longer alone on its line: it can meet " + names();
            case NOT_THERE -> culprit + ", now written, can meet " + names() + ", which no written field could";
            case MORE ->
                culprit + " can meet " + count(here) + " fields at a time, was " + count(there)
                        + (others.isEmpty() ? "" : ": " + names() + " came");
            case OFTEN ->
                culprit + " meets " + average(here) + " fields on average over its placements, was " + average(there);
            case UNGUARDED -> culprit + " and " + names() + " lost the padding that kept them on different lines";
            case AMONG_OTHERS -> "objects lost their own lines: neighbours in memory share them now";
            case EXCHANGED -> names() + " came onto the line of " + culprit;
        };
    }

    /** {@return what is different, when this side is the old layout} */
    String asGain() {
        return switch (why) {
            case ALONE_THERE -> culprit + " is alone on its line now: it could meet " + names();
            case NOT_THERE -> names() + " can meet no written field now: " + culprit + " did that";
            case MORE ->
                culprit + " can meet " + count(there) + " fields at a time, was " + count(here)
                        + (others.isEmpty() ? "" : ": " + names() + " left");
            case OFTEN ->
                culprit + " meets " + average(there) + " fields on average over its placements, was " + average(here);
            case UNGUARDED -> culprit + " and " + names() + " are kept on different lines by padding now";
            case AMONG_OTHERS -> "objects have lines of their own now, shared with no neighbour in memory";
            case EXCHANGED -> names() + " left the line of " + culprit;
        };
    }

    private String names() {
        int shown = Math.min(3, others.size());
        String list = String.join(", ", others.subList(0, shown));
        return others.size() > shown ? list + " and " + (others.size() - shown) + " more" : list;
    }

    private static String count(double number) {
        return Long.toString(Math.round(number));
    }

    private static String average(double number) {
        return String.format(java.util.Locale.ROOT, "%.1f", number);
    }
}
