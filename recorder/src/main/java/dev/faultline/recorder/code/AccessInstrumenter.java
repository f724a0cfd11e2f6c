package dev.faultline.recorder.code;

import dev.faultline.recorder.run.AccessSite;
import dev.faultline.recorder.run.MethodCounters;
import dev.faultline.recorder.run.Recorder;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Counts the accesses of a method by plain instructions as they are planned: by a call of the recorder before an
 * access, or in a variable after it. The jumps by which loops turn and end go through pieces of code behind the method,
 * which have the stack map of where the jump goes.
 */
final class AccessInstrumenter extends InstructionHook {

    private static final String RECORDER = Type.getInternalName(Recorder.class);
    private static final String COUNTERS_TYPE = "L" + Type.getInternalName(MethodCounters.class) + ";";
    private static final String OBJECT_TYPE = "Ljava/lang/Object;";
    /** How many turns of loops pass until the counts are handed over. */
    private static final int TURNS = 8192;

    /** A piece of code behind the method. */
    private static final class Detour {
        final Label start = new Label();
        final Label target;
        final boolean isTurn;
        final List<AccessGroup> groups;

        Detour(Label target, boolean isTurn, List<AccessGroup> groups) {
            this.target = target;
            this.isTurn = isTurn;
            this.groups = groups;
        }
    }

    private final MethodInstrumenter to;
    private final int method;
    private final MethodCode code;
    private final CountPlan plan;
    private final StackMaps maps;
    private final Map<Integer, Set<AccessGroup>> caught;
    private final Map<AccessGroup, Integer> sites = new HashMap<>();
    /** The cells of places of the method. */
    private final Map<Integer, Integer> cells = new HashMap<>();

    private int elementCells;

    private final Map<PendingSet, Integer> firstSites = new HashMap<>();
    private final Map<List<Object>, Integer> sitesOfSets = new HashMap<>();
    private final Map<String, Detour> detours = new LinkedHashMap<>();
    private final Label start = new Label();

    AccessInstrumenter(MethodInstrumenter to, int version, MethodCode code) {
        super(to);
        this.to = to;
        this.code = code;
        plan = code.survey().plan();
        method = to.method();
        maps = new StackMaps(to, version, code.survey().maxLocals(), plan);
        caught = plan.caught();
    }

    @Override
    public void visitCode() {
        super.visitCode();
        initializeVariables();
        if (plan.tellsWhenThrown()) {
            to.visitLabel(start);
        }
    }

    private void initializeVariables() {
        plan.ofParameter().forEach((slot, variable) -> {
            to.visitVarInsn(Opcodes.ALOAD, slot);
            to.visitVarInsn(Opcodes.ASTORE, variable);
        });
        for (int variable : plan.resultVariables()) {
            to.visitInsn(Opcodes.ACONST_NULL);
            to.visitVarInsn(Opcodes.ASTORE, variable);
        }
        for (AccessGroup group : plan.all()) {
            setZero(group.countVariable);
        }
        if (plan.countsInVariables()) {
            setZero(plan.turnVariable());
        }
        for (PendingSet set : plan.pending()) {
            if (set.variable >= 0) {
                setZero(set.variable);
            }
        }
    }

    private void setZero(int variable) {
        to.visitInsn(Opcodes.ICONST_0);
        to.visitVarInsn(Opcodes.ISTORE, variable);
    }

    @Override
    public void visitLabel(Label label) {
        maps.label(label);
        super.visitLabel(label);
    }

    @Override
    public void visitFrame(int type, int localCount, Object[] local, int stackCount, Object[] stack) {
        maps.frame(localCount, local, stackCount, stack);
    }

    @Override
    void before(int place) {
        maps.instruction();
        Set<AccessGroup> left = caught.get(place);
        if (left != null) {
            handOver(left);
        }
        if (CountPlan.isReturn(code.instructions.get(place).opcode)) {
            handOver(plan.around(place));
        }
        PendingFlow flow = plan.pendingFlow();
        if (flow != null && flow.tellsBefore(place)) {
            boolean isLast = CountPlan.isReturn(code.instructions.get(place).opcode);
            tellPending(set -> flow.before(place, set), !isLast);
        }
        AccessGroup group = plan.first(place);
        if (group != null) {
            count(code.instructions.get(place), group);
        }
    }

    private void count(Instruction one, AccessGroup group) {
        if (group.way == AccessGroup.Way.CONSTRUCTION) {
            to.countConstruction(group.places.size());
        } else if (group.way == AccessGroup.Way.ELEMENT) {
            copyElement(one.wordsAboveObject - 1);
            to.loadCounters();
            push(site(group));
            String cell = elementCells < MethodCounters.ELEMENT_CELLS ? String.valueOf(elementCells++) : "";
            call("element" + cell, "(" + OBJECT_TYPE + "I" + COUNTERS_TYPE + "I)V");
            restoreElement(one.wordsAboveObject - 1);
        } else if (group.way == AccessGroup.Way.CALL && group.isOwn && isCell(site(group))) {
            if (isOfObject(one)) {
                to.visitVarInsn(Opcodes.ALOAD, 0);
            } else {
                to.visitInsn(Opcodes.ACONST_NULL);
            }
            countInCell(site(group));
        } else if (group.way == AccessGroup.Way.CALL && isOfObject(one)) {
            copyObject(one.wordsAboveObject);
            to.loadCounters();
            push(site(group));
            call("field", "(" + OBJECT_TYPE + COUNTERS_TYPE + "I)V");
        } else if (group.way == AccessGroup.Way.CALL) {
            to.loadCounters();
            push(site(group));
            call("staticField", "(" + COUNTERS_TYPE + "I)V");
        }
    }

    /** {@return whether a place of the method has a cell after this} */
    private boolean isCell(int place) {
        if (!cells.containsKey(place) && cells.size() < MethodCounters.CELLS) {
            cells.put(place, cells.size());
        }
        return cells.containsKey(place);
    }

    /** Counts in the cell of a place; the object is on the stack. */
    private void countInCell(int place) {
        to.loadCounters();
        push(place);
        call("cell" + cells.get(place), "(" + OBJECT_TYPE + COUNTERS_TYPE + "I)V");
    }

    private static boolean isOfObject(Instruction one) {
        return one.opcode == Opcodes.GETFIELD || one.opcode == Opcodes.PUTFIELD;
    }

    /** Copies the object that lies below a value to the top of the stack. */
    private void copyObject(int words) {
        if (words == 0) {
            to.visitInsn(Opcodes.DUP);
        } else if (words == 1) {
            to.visitInsn(Opcodes.DUP2);
            to.visitInsn(Opcodes.POP);
        } else {
            to.visitInsn(Opcodes.DUP2_X1);
            to.visitInsn(Opcodes.POP2);
            to.visitInsn(Opcodes.DUP_X2);
        }
    }

    /** Copies the array and the index to the top of the stack, and a value that lies above them below both. */
    private void copyElement(int words) {
        if (words == 1) {
            to.visitInsn(Opcodes.DUP_X2);
            to.visitInsn(Opcodes.POP);
        } else if (words == 2) {
            to.visitInsn(Opcodes.DUP2_X2);
            to.visitInsn(Opcodes.POP2);
        }
        to.visitInsn(Opcodes.DUP2);
    }

    /** Brings the value above the array and the index again. */
    private void restoreElement(int words) {
        if (words > 0) {
            to.visitInsn(words == 1 ? Opcodes.DUP2_X1 : Opcodes.DUP2_X2);
            to.visitInsn(Opcodes.POP2);
        }
    }

    @Override
    void after(int place) {
        AccessGroup group = plan.first(place);
        if (group != null && group.way == AccessGroup.Way.VARIABLE) {
            to.visitIincInsn(group.countVariable, 1);
        } else if (group != null && group.way == AccessGroup.Way.PENDING && group.set.variable >= 0) {
            to.visitIincInsn(group.set.variable, group.bit);
        }
        handOver(plan.madeBy(place));
        int variable = plan.ofResult(place);
        if (variable >= 0) {
            to.visitInsn(Opcodes.DUP);
            to.visitVarInsn(Opcodes.ASTORE, variable);
        }
        if (plan.fallsOut(place)) {
            handOver(plan.around(place));
        }
        PendingFlow flow = plan.pendingFlow();
        if (flow != null && flow.tellsAfter(place)) {
            tellPending(set -> flow.after(place, set), true);
        }
    }

    /** Tells which groups happened: those of a number that is known here, or of one in a variable. */
    private void tellPending(IntUnaryOperator masks, boolean goesOn) {
        for (int i = 0; i < plan.pending().size(); i++) {
            PendingSet set = plan.pending().get(i);
            int mask = masks.applyAsInt(i);
            if (mask == PendingFlow.NOTHING) {
                continue;
            }
            boolean isSure = !PendingFlow.isUnsure(mask);
            if (isSure && set.isOwn && isCell(site(set, PendingFlow.only(mask)))) {
                if (set.isStatic) {
                    to.visitInsn(Opcodes.ACONST_NULL);
                } else {
                    to.visitVarInsn(Opcodes.ALOAD, set.objectVariable);
                }
                countInCell(site(set, PendingFlow.only(mask)));
                if (goesOn && set.variable >= 0) {
                    setZero(set.variable);
                }
                continue;
            }
            if (!set.isStatic) {
                to.visitVarInsn(Opcodes.ALOAD, set.objectVariable);
            }
            if (!isSure) {
                to.visitVarInsn(Opcodes.ILOAD, set.variable);
            }
            to.loadCounters();
            push(isSure ? site(set, PendingFlow.only(mask)) : firstSite(set) - 1);
            String hook =
                    isSure ? set.isStatic ? "staticField" : "field" : set.isStatic ? "someStaticFields" : "someFields";
            call(hook, "(" + (set.isStatic ? "" : OBJECT_TYPE) + (isSure ? "" : "I") + COUNTERS_TYPE + "I)V");
            if (goesOn && set.variable >= 0) {
                setZero(set.variable);
            }
        }
    }

    /** {@return the first of the numbers of the places of all sets but the empty one} */
    private int firstSite(PendingSet set) {
        return firstSites.computeIfAbsent(set, any -> {
            AccessSite[] all = new AccessSite[(1 << set.groups.size()) - 1];
            for (int mask = 1; mask <= all.length; mask++) {
                all[mask - 1] = site(set.places(mask));
            }
            return to.addPlaces(all);
        });
    }

    /** {@return the number of the place of a set} */
    private int site(PendingSet set, int mask) {
        if (set.variable >= 0) {
            return firstSite(set) + mask - 1;
        }
        return sitesOfSets.computeIfAbsent(Arrays.asList(set, mask), any -> to.addPlaces(site(set.places(mask))));
    }

    @Override
    Label target(int place, int number, Label label) {
        int goal = code.place(code.instructions.get(place).targets[number]);
        CountPlan.Jump jump = plan.jump(place, goal);
        if (jump == CountPlan.Jump.WITHIN) {
            return label;
        }
        String key = goal + " " + jump + " " + plan.loops().of(place).start;
        return detours.computeIfAbsent(key, any -> new Detour(label, jump == CountPlan.Jump.TURN, plan.around(place)))
                .start;
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        if (plan.tellsWhenThrown()) {
            detours.values().forEach(this::add);
            Label end = new Label();
            to.visitLabel(end);
            to.visitTryCatchBlock(start, end, end, null);
            maps.handler();
            handOver(plan.all());
            PendingFlow flow = plan.pendingFlow();
            if (flow != null) {
                tellPending(flow::thrown, false);
            }
            to.visitInsn(Opcodes.ATHROW);
        }
        super.visitMaxs(maxStack, maxLocals);
    }

    private void add(Detour detour) {
        to.visitLabel(detour.start);
        maps.repeat(detour.target);
        if (detour.isTurn) {
            to.visitIincInsn(plan.turnVariable(), 1);
            to.visitVarInsn(Opcodes.ILOAD, plan.turnVariable());
            push(TURNS);
            to.visitJumpInsn(Opcodes.IF_ICMPLT, detour.target);
            setZero(plan.turnVariable());
        }
        handOver(detour.groups);
        to.visitJumpInsn(Opcodes.GOTO, detour.target);
    }

    private void handOver(Collection<AccessGroup> groups) {
        for (AccessGroup group : groups) {
            boolean isOfObject = group.objectVariable >= 0;
            if (isOfObject) {
                to.visitVarInsn(Opcodes.ALOAD, group.objectVariable);
            }
            to.visitVarInsn(Opcodes.ILOAD, group.countVariable);
            to.loadCounters();
            push(site(group));
            call(
                    isOfObject ? "fields" : "staticFields",
                    "(" + (isOfObject ? OBJECT_TYPE : "") + "I" + COUNTERS_TYPE + "I)V");
            setZero(group.countVariable);
        }
    }

    /** {@return the number of a group's place, which is a chain of all its accesses} */
    private int site(AccessGroup group) {
        return sites.computeIfAbsent(group, any -> to.addPlaces(site(group.places)));
    }

    private AccessSite site(List<Integer> places) {
        AccessSite site = null;
        for (int i = places.size() - 1; i >= 0; i--) {
            Instruction one = code.instructions.get(places.get(i));
            site = new AccessSite(
                    one.owner.replace('/', '.'),
                    one.field,
                    one.left > 0 ? AccessSite.READ : AccessSite.WRITE,
                    method,
                    code.survey().isPoll(one.accessNumber),
                    site);
        }
        return site;
    }

    private void push(int number) {
        if (number <= Short.MAX_VALUE) {
            to.visitIntInsn(Opcodes.SIPUSH, number);
        } else {
            to.visitLdcInsn(number);
        }
    }

    private void call(String name, String descriptor) {
        to.visitMethodInsn(Opcodes.INVOKESTATIC, RECORDER, name, descriptor, false);
    }
}
