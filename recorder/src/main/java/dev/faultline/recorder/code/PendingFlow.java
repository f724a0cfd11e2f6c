package dev.faultline.recorder.code;

import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.objectweb.asm.Label;

/**
 * Which sets of groups may be pending at each instruction of a method, and where they are told: before what may wait
 * and before a return, a loop, or code that handles exceptions in a loop. Sets are bits of a mask: bit 5 is the set of
 * the groups 1 and 4.
 */
final class PendingFlow {

    /** The mask of the empty set. */
    static final int NOTHING = 1;

    private final MethodCode code;
    private final LoopRegions loops;
    private final List<PendingSet> sets;
    private final Set<Integer> cannotFail;
    /** By instruction and object; null where none is reached. */
    private final int[][] masks;

    private final int[][] protections;
    private final boolean[] isHandlerInLoop;
    private final int[] thrown;
    private final PriorityQueue<Integer> todo = new PriorityQueue<>();

    private PendingFlow(MethodCode code, LoopRegions loops, List<PendingSet> sets, Set<Integer> cannotFail) {
        this.code = code;
        this.loops = loops;
        this.sets = sets;
        this.cannotFail = cannotFail;
        masks = new int[code.instructions.size()][];
        isHandlerInLoop = new boolean[masks.length];
        thrown = new int[sets.size()];
        Arrays.fill(thrown, NOTHING);
        protections = new int[code.protections.size()][];
        for (int i = 0; i < protections.length; i++) {
            MethodCode.Protection one = code.protections.get(i);
            protections[i] = new int[] {code.place(one.start), code.place(one.end), code.place(one.handler)};
            isHandlerInLoop[protections[i][2]] = loops.isInLoop(protections[i][2]);
        }
    }

    /** {@return the flow of sets in a method; {@code cannotFail} has the accesses of fields that throw nothing} */
    static PendingFlow of(MethodCode code, LoopRegions loops, List<PendingSet> sets, Set<Integer> cannotFail) {
        PendingFlow flow = new PendingFlow(code, loops, sets, cannotFail);
        if (!sets.isEmpty()) {
            int[] empty = new int[sets.size()];
            Arrays.fill(empty, NOTHING);
            flow.merge(0, empty);
            while (!flow.todo.isEmpty()) {
                flow.visit(flow.todo.poll());
            }
        }
        return flow;
    }

    private void merge(int place, int[] state) {
        if (place >= masks.length) {
            return;
        }
        if (masks[place] == null) {
            masks[place] = state.clone();
            todo.add(place);
            return;
        }
        boolean isChanged = false;
        for (int i = 0; i < state.length; i++) {
            int both = masks[place][i] | state[i];
            isChanged |= both != masks[place][i];
            masks[place][i] = both;
        }
        if (isChanged) {
            todo.add(place);
        }
    }

    private void visit(int place) {
        Instruction one = code.instructions.get(place);
        int[] state = masks[place].clone();
        if (tellsBefore(place)) {
            Arrays.fill(state, NOTHING);
        }
        if (one.mayThrow && !cannotFail.contains(place)) {
            for (int i = 0; i < state.length; i++) {
                thrown[i] |= state[i];
            }
            for (int[] protection : protections) {
                if (place >= protection[0] && place < protection[1]) {
                    merge(protection[2], state);
                }
            }
        }
        for (int i = 0; i < state.length; i++) {
            state[i] = with(state[i], sets.get(i), place);
        }
        if (tellsAfter(place)) {
            Arrays.fill(state, NOTHING);
        }
        for (Label target : one.targets) {
            merge(code.place(target), state);
        }
        if (!ReceiverFlow.ends(one.opcode)) {
            merge(place + 1, state);
        }
    }

    private static int with(int mask, PendingSet set, int place) {
        for (AccessGroup group : set.groups) {
            if (group.places.get(0) == place) {
                int with = 0;
                for (int groups = 0; groups < 1 << PendingSet.MOST_GROUPS; groups++) {
                    with |= (mask >> groups & 1) << (groups | group.bit);
                }
                return with;
            }
        }
        return mask;
    }

    /** {@return whether what is pending is told before an instruction} */
    boolean tellsBefore(int place) {
        Instruction one = code.instructions.get(place);
        if (one.mayWait || CountPlan.isReturn(one.opcode) || isHandlerInLoop[place]) {
            return true;
        }
        if (!loops.isInLoop(place)) {
            for (Label target : one.targets) {
                if (loops.isInLoop(code.place(target))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** {@return whether what is pending is told after an instruction} */
    boolean tellsAfter(int place) {
        return !loops.isInLoop(place)
                && loops.isInLoop(place + 1)
                && !ReceiverFlow.ends(code.instructions.get(place).opcode);
    }

    /** {@return the mask of the sets that may be pending before an instruction} */
    int before(int place, int set) {
        return masks[place] == null ? NOTHING : masks[place][set];
    }

    /** {@return the mask of the sets that may be pending after an instruction} */
    int after(int place, int set) {
        return with(tellsBefore(place) ? NOTHING : before(place, set), sets.get(set), place);
    }

    /** {@return the mask of the sets that may be pending when an exception leaves the method} */
    int thrown(int set) {
        return thrown[set];
    }

    /** {@return whether anything may be pending when an exception leaves the method} */
    boolean tellsWhenThrown() {
        return Arrays.stream(thrown).anyMatch(mask -> mask != NOTHING);
    }

    /** {@return whether one place that tells an object's set does not know it} */
    boolean needsVariable(int set) {
        if (isUnsure(thrown[set])) {
            return true;
        }
        for (int i = 0; i < masks.length; i++) {
            if (tellsBefore(i) && isUnsure(before(i, set)) || tellsAfter(i) && isUnsure(after(i, set))) {
                return true;
            }
        }
        return false;
    }

    /** {@return how many calls of the recorder tell an object's set} */
    int calls(int set) {
        int calls = thrown[set] == NOTHING ? 0 : 1;
        for (int i = 0; i < masks.length; i++) {
            calls += tellsBefore(i) && before(i, set) != NOTHING ? 1 : 0;
            calls += tellsAfter(i) && after(i, set) != NOTHING ? 1 : 0;
        }
        return calls;
    }

    /** {@return whether there is more than one set in a mask} */
    static boolean isUnsure(int mask) {
        return Integer.bitCount(mask) > 1;
    }

    /** {@return the only set of a mask} */
    static int only(int mask) {
        return Integer.numberOfTrailingZeros(mask);
    }
}
