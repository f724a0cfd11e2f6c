package dev.faultline.recorder.code;

import dev.faultline.recorder.run.CodePlaces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/** Finds the groups of a method: it goes through each block and looks which accesses cannot happen without others. */
final class GroupFinder {

    private static final String OWN = "own class";
    private static final int MOST_PENDING = 16;
    private static final int MOST_STATES = 1 << 20;

    private final MethodCode code;
    private final CountPlan plan;
    private final boolean hasVariables;
    private final boolean isInitializer;
    /** Whether the first variable is {@code this} throughout, and not that of an initialiser. */
    private final boolean hasThis;

    /** Calls of constructors that leave the object on top of the stack. */
    private final Set<Integer> makers = new HashSet<>();

    private final Map<String, AccessGroup> open = new HashMap<>();
    private final Set<Integer> knownObjects = new HashSet<>();
    private final Set<String> knownClasses = new HashSet<>();
    /** The accesses of fields that throw nothing. */
    private final Set<Integer> cannotFail = new HashSet<>();
    /** The last set of each object, and all of them. */
    private final Map<String, PendingSet> pending = new HashMap<>();

    private final List<PendingSet> allPending = new ArrayList<>();
    private ReceiverFlow flow;

    GroupFinder(MethodCode code, CountPlan plan, boolean hasVariables) {
        this.code = code;
        this.plan = plan;
        isInitializer = code.survey().isInitializer();
        hasThis = !code.isStatic && !isInitializer && !code.isStored(0);
        this.hasVariables = hasVariables && !isInitializer;
    }

    void run() {
        if (code.instructions.stream().noneMatch(one -> one.isCounted)) {
            return;
        }
        flow = ReceiverFlow.of(code);
        if (flow == null) {
            for (int i = 0; i < code.instructions.size(); i++) {
                if (isCounted(code.instructions.get(i))) {
                    addAlone(i, code.instructions.get(i));
                }
            }
        } else {
            flow.walk(this::startBlock, this::visit);
            settlePending();
        }
    }

    private void startBlock() {
        open.clear();
        knownObjects.clear();
        knownClasses.clear();
        knownClasses.add(code.owner);
        if (!code.isStatic) {
            knownObjects.add(ReceiverFlow.parameter(0));
        }
    }

    private static boolean isCounted(Instruction one) {
        return one.isCounted
                && !(one.opcode == Opcodes.GETSTATIC
                        && CodePlaces.isConstant(one.owner.replace('/', '.') + ".class", one.field));
    }

    private AccessGroup.Way way(Instruction one) {
        boolean isElement = MethodCode.isElement(one.opcode);
        if (isInitializer && (isElement || one.owner.equals(code.owner))) {
            return AccessGroup.Way.CONSTRUCTION;
        }
        return isElement ? AccessGroup.Way.ELEMENT : AccessGroup.Way.CALL;
    }

    private void addAlone(int place, Instruction one) {
        AccessGroup alone = new AccessGroup(way(one));
        alone.isOwn = isStatic(one);
        alone.places.add(place);
        plan.add(alone);
    }

    private void visit(int place, int[] state) {
        Instruction one = code.instructions.get(place);
        if (one.isConstructorCall && isKeptBelow(one, state)) {
            makers.add(place);
        }
        if (!isCounted(one)) {
            if (one.mayThrow) {
                open.clear();
            }
            return;
        }
        int object = object(one, state);
        String key = key(one, object, state);
        if (mayFail(one, object, key)) {
            open.clear();
        } else {
            cannotFail.add(place);
        }
        AccessGroup group = key.isEmpty() ? null : open.get(key);
        if (group != null) {
            group.places.add(place);
        } else if (key.isEmpty()) {
            addAlone(place, one);
        } else {
            open.put(key, add(place, one, object, key));
        }
    }

    private boolean isKeptBelow(Instruction call, int[] state) {
        int object = flow.onStack(state, call.wordsAboveObject);
        return state[0] > call.taken && flow.onStack(state, call.taken) == object;
    }

    private static boolean isStatic(Instruction one) {
        return one.opcode == Opcodes.GETSTATIC || one.opcode == Opcodes.PUTSTATIC;
    }

    private int object(Instruction one, int[] state) {
        return isStatic(one) ? ReceiverFlow.UNKNOWN : flow.onStack(state, one.wordsAboveObject);
    }

    /** {@return what accesses of one group have in common; empty when it is not known} */
    private String key(Instruction one, int object, int[] state) {
        if (way(one) == AccessGroup.Way.CONSTRUCTION) {
            return OWN;
        }
        boolean isPoll = code.survey().isPoll(one.accessNumber);
        if (isStatic(one)) {
            return isPoll + one.owner;
        }
        if (!MethodCode.isElement(one.opcode)) {
            return object == ReceiverFlow.UNKNOWN ? "" : isPoll + "#" + object;
        }
        int index = flow.onStack(state, one.wordsAboveObject - 1);
        boolean isKnown = object != ReceiverFlow.UNKNOWN && index != ReceiverFlow.UNKNOWN;
        return isKnown ? isPoll + "[" + object + " " + index : "";
    }

    /** {@return whether an access may fail although those before it did not} */
    private boolean mayFail(Instruction one, int object, String key) {
        if (MethodCode.isElement(one.opcode)) {
            return one.opcode == Opcodes.AASTORE || key.equals(OWN) || !open.containsKey(key);
        }
        if (isStatic(one)) {
            return knownClasses.add(one.owner);
        }
        return object == ReceiverFlow.UNKNOWN || knownObjects.add(object);
    }

    private AccessGroup add(int place, Instruction one, int object, String key) {
        AccessGroup.Way way = way(one);
        LoopRegions.Region region = plan.loops().of(place);
        if (way == AccessGroup.Way.CALL && hasVariables && region != null && !plan.isFull()) {
            AccessGroup group = inVariable(place, one, object, region);
            if (group != null) {
                return group;
            }
        }
        AccessGroup group = new AccessGroup(way);
        group.isOwn = isOwn(one, object);
        group.places.add(place);
        if (way == AccessGroup.Way.CALL && hasVariables && !plan.loops().isInLoop(place) && isKept(one, object)) {
            pend(group, key, object, one);
        } else {
            plan.add(group);
        }
        return group;
    }

    /** {@return whether the object of an access can be told later} */
    private boolean isKept(Instruction one, int object) {
        int maker = flow.instructionOf(object);
        return isStatic(one) || flow.slotOfParameter(object) >= 0 || maker >= 0 && isHeld(maker);
    }

    private boolean isOwn(Instruction one, int object) {
        return isStatic(one) || hasThis && object == ReceiverFlow.parameter(0);
    }

    private void pend(AccessGroup group, String key, int object, Instruction one) {
        PendingSet set = pending.get(key);
        if (set == null || set.groups.size() == PendingSet.MOST_GROUPS) {
            set = new PendingSet(object, isStatic(one), isOwn(one, object));
            pending.put(key, set);
            allPending.add(set);
        }
        set.add(group);
    }

    /** An object that the method makes or gets is kept in a variable only when several calls become one by that. */
    private void settlePending() {
        List<PendingSet> kept = new ArrayList<>();
        int most = Math.min(MOST_PENDING, MOST_STATES / code.instructions.size());
        for (PendingSet set : allPending) {
            boolean isAtHand = set.isStatic || flow.slotOfParameter(set.object) >= 0;
            boolean isWorth = isAtHand || set.groups.size() > 1;
            if (isWorth && kept.size() < most) {
                kept.add(set);
            } else {
                set.groups.forEach(group -> {
                    group.way = AccessGroup.Way.CALL;
                    plan.add(group);
                });
            }
        }
        PendingFlow pendingFlow = PendingFlow.of(code, plan.loops(), kept, cannotFail);
        boolean hasOneMap = code.isStraight() && !pendingFlow.tellsWhenThrown();
        for (PendingSet set : kept) {
            int slot = flow.slotOfParameter(set.object);
            set.isObjectVariableOwn = !set.isStatic && (slot < 0 || !hasOneMap || code.isStored(slot));
            if (set.isObjectVariableOwn) {
                set.objectVariable =
                        slot >= 0 ? plan.objectOfParameter(slot) : plan.objectOfResult(flow.instructionOf(set.object));
            } else {
                set.objectVariable = slot;
            }
        }
        plan.addPending(kept, pendingFlow);
    }

    private AccessGroup inVariable(int place, Instruction one, int object, LoopRegions.Region region) {
        AccessGroup group = new AccessGroup(AccessGroup.Way.VARIABLE);
        group.places.add(place);
        int slot = flow.slotOfParameter(object);
        int maker = flow.instructionOf(object);
        if (isStatic(one)) {
            maker = -1;
        } else if (slot >= 0) {
            group.objectVariable = plan.objectOfParameter(slot);
        } else if (maker >= 0 && isHeld(maker) && !plan.loops().areInOneInnerLoop(place, maker)) {
            group.objectVariable = plan.objectOfResult(maker);
        } else {
            return null;
        }
        plan.addVariable(group, region, maker);
        return group;
    }

    private boolean isHeld(int maker) {
        return code.instructions.get(maker).left == 1 || makers.contains(maker);
    }
}
