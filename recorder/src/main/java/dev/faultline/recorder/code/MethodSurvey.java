package dev.faultline.recorder.code;

import dev.faultline.recorder.run.AccessSite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What is in a method, looked at before it is changed: how much, how many locals, and which reads poll. */
final class MethodSurvey extends MethodVisitor {

    /** The VM does not compile longer methods. */
    private static final int LONGEST_COMPILED = 8000;

    private static final int LONGEST = 60_000;
    private static final int MOST_VARIABLES = 65_535;
    /** One for the counters; and while a call is recorded, those of its arguments, its object and its result. */
    private static final int MOST_ADDED_TO_PLAN = 1 + 255 + 2;

    private static final int BYTES_AN_INSTRUCTION = 3;
    private static final int BYTES_AN_ACCESS = 24;

    private static final int PLAIN = 0;
    private static final int READS = 1;
    private static final int CHANGES = 2;
    private static final int WAITS = 3;
    private static final int STEPS = 4;

    private final String name;
    private final List<Integer> effects = new ArrayList<>();
    private final Map<Label, Integer> labels = new HashMap<>();
    private final Map<Integer, Integer> accessAt = new HashMap<>();
    private final Set<Integer> polls = new HashSet<>();
    private int accesses;
    private int calls;
    private int notices;
    private CountPlan plan;
    private boolean callsOthers;
    private int maxLocals;

    MethodSurvey(String name) {
        super(Opcodes.ASM9);
        this.name = name;
    }

    String name() {
        return name;
    }

    boolean isInitializer() {
        return name.startsWith("<");
    }

    /** {@return whether it has something to record, and is not too long for it} */
    boolean isToBeChanged() {
        return isOfInterest() && !isTooLong();
    }

    /** {@return how many accesses there are up to now} */
    int accesses() {
        return accesses;
    }

    boolean hasAccesses() {
        return accesses > 0;
    }

    boolean isOfInterest() {
        return accesses > 0 || notices > 0 || callsOthers && !isInitializer();
    }

    /**
     * {@return whether it would have more code or variables than the VM takes, or more code than it compiles when it is
     * compiled now}
     */
    boolean isTooLong() {
        if (maxLocals + plan.variables() + MOST_ADDED_TO_PLAN > MOST_VARIABLES) {
            return true;
        }
        int before = effects.size() * BYTES_AN_INSTRUCTION;
        int after = before + (calls + notices) * BYTES_AN_ACCESS + plan.bytes();
        return after > (before < LONGEST_COMPILED ? LONGEST_COMPILED : LONGEST);
    }

    /** Plans how accesses are counted: in variables unless the method becomes too long by that. */
    void plan(MethodCode code) {
        plan = CountPlan.of(code, true);
        if (plan.hasVariables() && isTooLong()) {
            plan = CountPlan.of(code, false);
        }
    }

    CountPlan plan() {
        return plan;
    }

    int maxLocals() {
        return maxLocals;
    }

    /** {@return whether an access, by its number in the method from 0, is a read in a loop that changes nothing} */
    boolean isPoll(int access) {
        return polls.contains(access);
    }

    private void access(String kind) {
        accessAt.put(effects.size(), accesses++);
        effects.add(kind.equals(AccessSite.READ) ? READS : CHANGES);
    }

    /**
     * A loop polls when it reads fields, changes none, calls nothing but what waits, and adds nothing up. One that
     * counts its turns polls when it waits.
     */
    private void jump(Label to) {
        effects.add(PLAIN);
        Integer start = labels.get(to);
        if (start == null) {
            return;
        }
        List<Integer> loop = effects.subList(start, effects.size());
        if (loop.contains(CHANGES) || loop.contains(STEPS) && !loop.contains(WAITS)) {
            return;
        }
        for (int i = start; i < effects.size(); i++) {
            if (effects.get(i) == READS) {
                polls.add(accessAt.get(i));
            }
        }
    }

    @Override
    public void visitLabel(Label label) {
        labels.put(label, effects.size());
    }

    @Override
    public void visitInsn(int opcode) {
        boolean adds = opcode >= Opcodes.IADD && opcode <= Opcodes.DADD;
        if (MethodCode.isElement(opcode)) {
            access(opcode <= Opcodes.SALOAD ? AccessSite.READ : AccessSite.WRITE);
        } else {
            effects.add(adds ? CHANGES : PLAIN);
        }
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
        boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
        boolean isRead = opcode == Opcodes.GETFIELD || opcode == Opcodes.GETSTATIC;
        if (isStatic && ClassSurvey.isOfJdk(owner)) {
            effects.add(PLAIN);
        } else {
            access(isRead ? AccessSite.READ : AccessSite.WRITE);
        }
        notices += FieldCalls.isNamedByField(descriptor) && !isRead ? 1 : 0;
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean isInterface) {
        FieldCalls call = FieldCalls.of(owner, method, descriptor);
        if (call.isAccess()) {
            access(FieldCalls.kind(method));
            calls++;
            return;
        }
        if (call == FieldCalls.PERHAPS_ATOMIC) {
            accesses++; // and a call of another method, as long as it is not known to be one
        }
        notices += call.isNotice() ? 1 : 0;
        callsOthers |= !ClassSurvey.isOfJdk(owner);
        effects.add(call == FieldCalls.WAITS ? WAITS : CHANGES);
    }

    @Override
    public void visitInvokeDynamicInsn(String method, String descriptor, Handle bootstrap, Object... arguments) {
        effects.add(CHANGES);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        jump(label);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        effects.add(PLAIN);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        effects.add(PLAIN);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        effects.add(PLAIN);
    }

    @Override
    public void visitLdcInsn(Object value) {
        effects.add(PLAIN);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
        effects.add(STEPS);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label dflt, Label... cases) {
        for (int i = 0; i < cases.length + 4; i++) {
            effects.add(CHANGES);
        }
    }

    @Override
    public void visitLookupSwitchInsn(Label dflt, int[] keys, Label[] cases) {
        for (int i = 0; i < 3 * cases.length + 4; i++) {
            effects.add(CHANGES);
        }
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        effects.add(PLAIN);
    }

    @Override
    public void visitMaxs(int maxStack, int locals) {
        maxLocals = locals;
    }
}
