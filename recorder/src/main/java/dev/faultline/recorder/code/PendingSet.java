package dev.faultline.recorder.code;

import java.util.ArrayList;
import java.util.List;

/**
 * Groups of accesses of one object, or of static fields of one class, outside of loops. Each happens at most once until
 * one call of the recorder tells which of them happened: a set of them, with a bit for each.
 */
final class PendingSet {

    /** The most groups: there is a place in the recorder for each set of them. */
    static final int MOST_GROUPS = 4;

    /** What {@link ReceiverFlow} calls the object; unknown for static fields. */
    final int object;

    final boolean isStatic;
    /** Whether it is of {@code this} or of static fields, which need no look at a class. */
    final boolean isOwn;

    final List<AccessGroup> groups = new ArrayList<>();
    /** The variable that has the object: one of its own, or a parameter's. */
    int objectVariable;

    boolean isObjectVariableOwn;
    /** The variable that has the set; -1 where each place that tells it has one set only. */
    int variable = -1;

    PendingSet(int object, boolean isStatic, boolean isOwn) {
        this.object = object;
        this.isStatic = isStatic;
        this.isOwn = isOwn;
    }

    void add(AccessGroup group) {
        group.way = AccessGroup.Way.PENDING;
        group.set = this;
        group.bit = 1 << groups.size();
        groups.add(group);
    }

    /** {@return the numbers of the accesses of the groups of a set} */
    List<Integer> places(int mask) {
        List<Integer> places = new ArrayList<>();
        for (AccessGroup group : groups) {
            if ((group.bit & mask) != 0) {
                places.addAll(group.places);
            }
        }
        return places;
    }
}
