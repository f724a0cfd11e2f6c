package dev.faultline.recorder.code;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * How the accesses of a method by plain instructions are counted: which happen together, which are counted in a
 * variable of the method, and where such counts are handed over.
 */
final class CountPlan {

    private static final int BYTES_A_CALL = 14;
    private static final int BYTES_AN_ELEMENT = 20;
    private static final int BYTES_A_VARIABLE = 6;
    private static final int BYTES_A_HANDOVER = 22;
    private static final int MOST_VARIABLES = 24;

    private final MethodCode code;
    private final LoopRegions loops;
    private final Map<Integer, AccessGroup> byFirst = new HashMap<>();
    private final Map<LoopRegions.Region, List<AccessGroup>> byRegion = new HashMap<>();
    /** The groups whose object an instruction makes, in a loop that they are in too. */
    private final Map<Integer, List<AccessGroup>> byMaker = new HashMap<>();
    /** The variables that get a parameter, by its slot, or the result of an instruction, by its number. */
    private final Map<Integer, Integer> ofParameter = new LinkedHashMap<>();

    private final Map<Integer, Integer> ofResult = new LinkedHashMap<>();
    private List<PendingSet> pending = List.of();
    private PendingFlow pendingFlow;
    private int pendingVariables;
    private int objects;
    private int counts;
    private int bytes;

    private CountPlan(MethodCode code) {
        this.code = code;
        loops = LoopRegions.of(code);
    }

    /** {@return the plan of a method} Without variables the code is shorter. */
    static CountPlan of(MethodCode code, boolean hasVariables) {
        CountPlan plan = new CountPlan(code);
        new GroupFinder(code, plan, hasVariables).run();
        plan.place();
        return plan;
    }

    MethodCode code() {
        return code;
    }

    LoopRegions loops() {
        return loops;
    }

    void add(AccessGroup group) {
        byFirst.put(group.places.get(0), group);
        bytes += group.way == AccessGroup.Way.ELEMENT ? BYTES_AN_ELEMENT : BYTES_A_CALL;
    }

    boolean isFull() {
        return counts == MOST_VARIABLES;
    }

    /** Counts a group in a variable. The maker is the instruction that its object is the result of, or -1. */
    void addVariable(AccessGroup group, LoopRegions.Region region, int maker) {
        byFirst.put(group.places.get(0), group);
        byRegion.computeIfAbsent(region, any -> new ArrayList<>()).add(group);
        group.countVariable = counts++;
        if (maker >= 0 && region.contains(maker)) {
            byMaker.computeIfAbsent(maker, any -> new ArrayList<>()).add(group);
            bytes += BYTES_A_HANDOVER;
        }
        bytes += BYTES_A_VARIABLE;
    }

    /** Counts groups by sets. */
    void addPending(List<PendingSet> sets, PendingFlow flow) {
        pending = sets;
        pendingFlow = flow;
        for (int i = 0; i < sets.size(); i++) {
            PendingSet set = sets.get(i);
            set.groups.forEach(group -> byFirst.put(group.places.get(0), group));
            if (flow.needsVariable(i)) {
                set.variable = pendingVariables++;
                bytes += set.groups.size() * BYTES_A_VARIABLE;
            }
            bytes += flow.calls(i) * BYTES_A_HANDOVER;
        }
    }

    /** {@return the sets of groups that are told later} */
    List<PendingSet> pending() {
        return pending;
    }

    /** {@return where they are told; null when there are none} */
    PendingFlow pendingFlow() {
        return pendingFlow;
    }

    int objectOfParameter(int slot) {
        return ofParameter.computeIfAbsent(slot, any -> objects++);
    }

    int objectOfResult(int place) {
        return ofResult.computeIfAbsent(place, any -> objects++);
    }

    /** Numbers the own variables: objects, counts, turns. */
    private void place() {
        int first = code.survey().maxLocals();
        ofParameter.replaceAll((slot, variable) -> first + variable);
        ofResult.replaceAll((place, variable) -> first + variable);
        for (List<AccessGroup> groups : byRegion.values()) {
            for (AccessGroup group : groups) {
                group.countVariable += first + objects;
                group.objectVariable += group.objectVariable < 0 ? 0 : first;
            }
        }
        for (PendingSet set : pending) {
            set.objectVariable += set.isObjectVariableOwn ? first : 0;
            set.variable += set.variable < 0 ? 0 : first + objects + counts();
        }
        for (Map.Entry<LoopRegions.Region, List<AccessGroup>> one : byRegion.entrySet()) {
            bytes += (handovers(one.getKey()) + 1) * (one.getValue().size() * BYTES_A_HANDOVER + BYTES_A_CALL);
        }
    }

    private int counts() {
        return counts == 0 ? 0 : counts + 1;
    }

    private int handovers(LoopRegions.Region region) {
        int handovers = code.protections.size() + 1;
        for (int i = region.start; i <= region.end; i++) {
            Instruction one = code.instructions.get(i);
            handovers += isReturn(one.opcode) ? 1 : 0;
            for (Label target : one.targets) {
                handovers += jump(i, code.place(target)) == Jump.WITHIN ? 0 : 1;
            }
        }
        return handovers;
    }

    static boolean isReturn(int opcode) {
        return opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
    }

    /** {@return about how many bytes are put into the method} */
    int bytes() {
        return bytes;
    }

    /** {@return whether the method must look at the class of {@code this} when it begins} */
    boolean looksAtThis() {
        if (code.isStatic || code.survey().isInitializer()) {
            return false;
        }
        return pending.stream().anyMatch(set -> set.isOwn && !set.isStatic)
                || byFirst.values().stream().anyMatch(group -> group.isOwn && group.way == AccessGroup.Way.CALL);
    }

    /** {@return the group that an instruction is the first of; null when there is none} */
    AccessGroup first(int place) {
        return byFirst.get(place);
    }

    boolean hasVariables() {
        return variables() > 0;
    }

    boolean countsInVariables() {
        return counts > 0;
    }

    /** {@return whether an exception that leaves the method leaves counts behind} */
    boolean tellsWhenThrown() {
        return counts > 0 || pendingFlow != null && pendingFlow.tellsWhenThrown();
    }

    /** {@return how many variables it adds: first those of objects, then numbers} */
    int variables() {
        return objects + counts() + pendingVariables;
    }

    int objects() {
        return objects;
    }

    /** {@return the variable that counts turns of loops} */
    int turnVariable() {
        return code.survey().maxLocals() + objects + counts;
    }

    Map<Integer, Integer> ofParameter() {
        return ofParameter;
    }

    /** {@return the variables that get results of instructions} */
    Collection<Integer> resultVariables() {
        return ofResult.values();
    }

    /** {@return the variable that gets the result of an instruction; -1 when none does} */
    int ofResult(int place) {
        return ofResult.getOrDefault(place, -1);
    }

    /** {@return the groups whose object an instruction is about to replace} */
    List<AccessGroup> madeBy(int place) {
        return byMaker.getOrDefault(place, List.of());
    }

    /** {@return every group that is counted in a variable} */
    Collection<AccessGroup> all() {
        List<AccessGroup> all = new ArrayList<>();
        byRegion.values().forEach(all::addAll);
        return all;
    }

    /** {@return the groups of the region that an instruction is in} */
    List<AccessGroup> around(int place) {
        return byRegion.getOrDefault(loops.of(place), List.of());
    }

    /** What a jump does to a region. */
    enum Jump {
        WITHIN,
        TURN,
        LEAVE
    }

    /** {@return what a jump from an instruction to another one does} */
    Jump jump(int from, int to) {
        LoopRegions.Region region = loops.of(from);
        if (!byRegion.containsKey(region)) {
            return Jump.WITHIN;
        }
        return !region.contains(to) ? Jump.LEAVE : to <= from ? Jump.TURN : Jump.WITHIN;
    }

    /** {@return whether the instruction after one is outside of its region} */
    boolean fallsOut(int place) {
        LoopRegions.Region region = loops.of(place);
        return byRegion.containsKey(region)
                && region.end == place
                && !ReceiverFlow.ends(code.instructions.get(place).opcode);
    }

    /** {@return the groups of regions that an exception leaves when it goes to a handler, by its place} */
    Map<Integer, Set<AccessGroup>> caught() {
        Map<Integer, Set<AccessGroup>> caught = new HashMap<>();
        for (MethodCode.Protection one : code.protections) {
            int handler = code.place(one.handler);
            for (Map.Entry<LoopRegions.Region, List<AccessGroup>> each : byRegion.entrySet()) {
                LoopRegions.Region region = each.getKey();
                boolean meets = code.place(one.start) <= region.end && code.place(one.end) > region.start;
                if (meets && !region.contains(handler)) {
                    caught.computeIfAbsent(handler, any -> new HashSet<>()).addAll(each.getValue());
                }
            }
        }
        return caught;
    }
}
