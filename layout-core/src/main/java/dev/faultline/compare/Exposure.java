package dev.faultline.compare;

import java.util.List;
import java.util.Locale;

/**
 * A written field that shares lines with more fields on one side of a comparison than on the other, or a similar
 * difference.
 *
 * @param why the difference
 * @param culprit the written field; of a guard the field before it; empty when whole objects are meant
 * @param place where the code writes the field; empty when it is not known
 * @param others the fields that share its line on this side and not, or less, on the other
 * @param here the number of fields on its line on this side, on average over the placements or at most, as {@code
 *     why} says
 * @param there the same number on the other side
 */
record Exposure(Why why, String culprit, String place, List<String> others, double here, double there) {

    /** Kinds of differences. */
    enum Why {
        /** On the other side it shares a line with no used field. */
        ALONE_THERE,
        /** The other side lacks it, and the fields on its line share a line with no written field there. */
        NOT_THERE,
        /** More fields can be on its line at a time. */
        MORE,
        /** The same fields are on its line in at least twice as many placements. */
        OFTEN,
        /** On the other side padding keeps two fields on different lines in every placement. */
        UNGUARDED,
        /** On the other side objects share no line with their neighbours in memory. */
        AMONG_OTHERS,
        /** On the other side padding keeps it further from the header and from other objects. */
        OUTSIDE,
        /** One field on its line was exchanged for another. */
        EXCHANGED
    }

    Exposure {
        others = List.copyOf(others);
    }

    /** {@return the size of the difference, in fields that share a line} */
    double weight() {
        return switch (why) {
            case MORE, OFTEN -> here - there;
            case ALONE_THERE -> 1 + here;
            case NOT_THERE, UNGUARDED -> others.size();
            case AMONG_OTHERS, OUTSIDE -> 1;
            case EXCHANGED -> 0.5;
        };
    }

    /** {@return the difference in words, when this side is the new layout} */
    String asLoss() {
        return switch (why) {
            case ALONE_THERE -> writer() + " is no longer alone on its line: it can share it with " + names();
            case NOT_THERE ->
                writer() + ", now written, can share a line with " + names() + ", which no written field could before";
            case MORE ->
                writer() + " can share its line with " + count(here) + " fields at a time, before with " + count(there)
                        + (others.isEmpty() ? "" : "; new are " + names());
            case OFTEN ->
                writer() + " shares its line with " + average(here)
                        + " fields on average over its placements, before with " + average(there);
            case UNGUARDED -> culprit + " and " + names() + " lost the padding that kept them on different lines";
            case AMONG_OTHERS -> "objects no longer have lines of their own: they share them with neighbours in memory";
            case OUTSIDE ->
                culprit + " lost padding that kept it further from the object's header and from other objects";
            case EXCHANGED -> names() + " moved onto the line of " + culprit;
        };
    }

    /** {@return the difference in words, when this side is the old layout} */
    String asGain() {
        return switch (why) {
            case ALONE_THERE -> writer() + " is now alone on its line: before, it could share it with " + names();
            case NOT_THERE -> names() + " can no longer share a line with a written field: before, with " + culprit;
            case MORE ->
                writer() + " can share its line with " + count(there) + " fields at a time, before with " + count(here)
                        + (others.isEmpty() ? "" : "; gone are " + names());
            case OFTEN ->
                writer() + " shares its line with " + average(there) + " fields on average over its placements, before"
                        + " with " + average(here);
            case UNGUARDED -> culprit + " and " + names() + " are now kept on different lines by padding";
            case AMONG_OTHERS -> "objects now have lines of their own, shared with no neighbour in memory";
            case OUTSIDE -> culprit + " is now kept further from the object's header and from other objects by padding";
            case EXCHANGED -> names() + " moved off the line of " + culprit;
        };
    }

    private String writer() {
        return place.isEmpty() ? culprit : culprit + " (" + place + ")";
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
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
