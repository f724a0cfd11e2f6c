package dev.faultline.recorder.code;

import java.util.ArrayList;
import java.util.List;

/**
 * Accesses of one object, of one element of an array, or of static fields of one class, that happen equally often: all
 * of them or none.
 */
final class AccessGroup {

    /** How a group is counted. */
    enum Way {
        /** The recorder is called before the first access. */
        CALL,
        /** The same, with the index of an element. */
        ELEMENT,
        /** A variable of the method counts, and the recorder is told the count now and then. */
        VARIABLE,
        /** The recorder is told later, together with other groups of the same object. */
        PENDING,
        /** In an initialiser, of its own class or of an array. */
        CONSTRUCTION
    }

    Way way;
    /** Whether it is of {@code this} or of static fields, which need no look at a class. */
    boolean isOwn;
    /** The numbers of the instructions, the first one first. */
    final List<Integer> places = new ArrayList<>();
    /** The variable that counts, and the one that has the object; -1 when there is none. */
    int countVariable = -1;

    int objectVariable = -1;

    /** Of a pending group: the groups it is told with, and which of them it is. */
    PendingSet set;

    int bit;

    AccessGroup(Way way) {
        this.way = way;
    }
}
