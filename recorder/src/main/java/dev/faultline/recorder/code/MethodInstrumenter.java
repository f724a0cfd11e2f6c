package dev.faultline.recorder.code;

import dev.faultline.recorder.run.AccessSite;
import dev.faultline.recorder.run.AllocationPlaces;
import dev.faultline.recorder.run.CodePlaces;
import dev.faultline.recorder.run.MethodCounters;
import dev.faultline.recorder.run.Recorder;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Changes a method: it fetches the counters of its thread once, into a local variable behind those it has, and calls
 * the recorder before each call that is an access. What is put in has no branch, so that the stack maps stay as they
 * are but for the new variables. A method that calls another one, and is no initialiser, also tells when it begins and
 * ends: it may be the operation of what it calls.
 */
final class MethodInstrumenter extends MethodVisitor {

    private static final String RECORDER = Type.getInternalName(Recorder.class);
    private static final String COUNTERS = Type.getInternalName(MethodCounters.class);
    private static final String COUNTERS_TYPE = "L" + COUNTERS + ";";
    private static final String OBJECT_TYPE = "Ljava/lang/Object;";
    private static final int FIRST_WITH_STACK_MAPS = Opcodes.V1_6;
    private static final int FIRST_WITH_CLASS_CONSTANTS = Opcodes.V1_5;

    private final String owner;
    private final boolean isInitializer;
    private final boolean tellsOperation;
    private final boolean hasStackMaps;
    private final boolean looksAtThis;
    /** Whether the class of most objects is that which declares the method, and can be a constant in it. */
    private final boolean hasClassConstant;

    private final MethodSurvey survey;
    private final int method;
    private final int counters;
    private final CallInstrumenter calls;
    private final Label start = new Label();
    private int accesses;

    MethodInstrumenter(MethodVisitor to, String owner, int version, int classAccess, String name, MethodSurvey survey) {
        super(Opcodes.ASM9, to);
        this.owner = owner;
        this.survey = survey;
        isInitializer = survey.isInitializer();
        boolean isOperation = !isInitializer && !AllocationPlaces.isOfMemoryLibrary(owner);
        tellsOperation = isOperation && !survey.plan().code().isLeaf();
        hasStackMaps = (version & 0xffff) >= FIRST_WITH_STACK_MAPS;
        looksAtThis = survey.plan().looksAtThis() && (classAccess & Opcodes.ACC_FINAL) == 0;
        hasClassConstant = (classAccess & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) == 0
                && (version & 0xffff) >= FIRST_WITH_CLASS_CONSTANTS;
        method = CodePlaces.addMethod(owner, name, isOperation);
        counters = survey.maxLocals() + survey.plan().variables();
        calls = new CallInstrumenter(to, this, owner.replace('/', '.') + "." + name, counters + 1);
    }

    /** {@return the number of the method} */
    int method() {
        return method;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (looksAtThis) {
            super.visitVarInsn(Opcodes.ALOAD, 0);
            if (hasClassConstant) {
                super.visitLdcInsn(Type.getObjectType(owner));
            } else {
                super.visitInsn(Opcodes.ACONST_NULL);
            }
        }
        push(method);
        call("start", "(" + (looksAtThis ? OBJECT_TYPE + "Ljava/lang/Class;" : "") + "I)" + COUNTERS_TYPE);
        super.visitVarInsn(Opcodes.ASTORE, counters);
        if (tellsOperation) {
            loadCounters();
            call("enter", "(" + COUNTERS_TYPE + ")V");
            super.visitLabel(start);
        }
    }

    @Override
    public void visitFrame(int type, int localCount, Object[] local, int stackCount, Object[] stack) {
        List<Object> locals = new ArrayList<>();
        int slots = 0;
        for (int i = 0; i < localCount; i++) {
            locals.add(local[i]);
            slots += Opcodes.LONG.equals(local[i]) || Opcodes.DOUBLE.equals(local[i]) ? 2 : 1;
        }
        addOwn(locals, slots);
        super.visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), stackCount, stack);
    }

    private void addOwn(List<Object> locals, int slots) {
        for (int i = slots; i < counters; i++) {
            locals.add(Opcodes.TOP);
        }
        locals.add(COUNTERS);
    }

    @Override
    public void visitInsn(int opcode) {
        accesses += MethodCode.isElement(opcode) ? 1 : 0;
        if (tellsOperation && opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            exit();
        }
        super.visitInsn(opcode);
    }

    private void exit() {
        loadCounters();
        call("exit", "(" + COUNTERS_TYPE + ")V");
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        if (tellsOperation) {
            Label end = new Label();
            super.visitLabel(end);
            super.visitTryCatchBlock(start, end, end, null);
            if (hasStackMaps) {
                List<Object> locals = new ArrayList<>();
                addOwn(locals, 0);
                super.visitFrame(
                        Opcodes.F_NEW, locals.size(), locals.toArray(), 1, new Object[] {"java/lang/Throwable"});
            }
            exit();
            super.visitInsn(Opcodes.ATHROW);
        }
        super.visitMaxs(maxStack, maxLocals);
    }

    @Override
    public void visitFieldInsn(int opcode, String of, String field, String descriptor) {
        boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
        boolean isRead = opcode == Opcodes.GETFIELD || opcode == Opcodes.GETSTATIC;
        if (!isRead && FieldCalls.isNamedByField(descriptor)) {
            super.visitInsn(Opcodes.DUP);
            // a number, since texts would be allocated between what the program allocates one after the other
            push(CodePlaces.addSites(new AccessSite(of.replace('/', '.'), field, AccessSite.WRITE, method, false)));
            call("stored", "(" + OBJECT_TYPE + "I)V");
        }
        accesses += isStatic && ClassSurvey.isOfJdk(of) ? 0 : 1;
        super.visitFieldInsn(opcode, of, field, descriptor);
    }

    @Override
    public void visitMethodInsn(int opcode, String of, String name, String descriptor, boolean isInterface) {
        calls.visit(opcode, of, name, descriptor, isInterface);
    }

    @Override
    public void visitLineNumber(int number, Label at) {
        calls.visitLine(number);
        super.visitLineNumber(number, at);
    }

    /** Leaves out what the survey took for an access. */
    void skipAccess() {
        accesses++;
    }

    boolean isInitializer() {
        return isInitializer;
    }

    /** Counts an access that is not told, since what is constructed is not shared yet. */
    void countConstruction() {
        accesses++;
        countConstruction(1);
    }

    /** Counts accesses that are not told. */
    void countConstruction(int times) {
        loadCounters();
        push(times);
        call("construct", "(" + COUNTERS_TYPE + "I)V");
    }

    void loadCounters() {
        super.visitVarInsn(Opcodes.ALOAD, counters);
    }

    void pushSite(String of, String field, String kind) {
        pushSite(of, field, kind, survey.isPoll(accesses++));
    }

    void pushSite(String of, String field, String kind, boolean isPoll) {
        push(addPlaces(new AccessSite(of.replace('/', '.'), field, kind, method, isPoll)));
    }

    /** {@return which place of the method the first of some is} */
    int addPlaces(AccessSite... added) {
        return CodePlaces.addSitesOf(method, added);
    }

    private void push(int number) {
        if (number <= Short.MAX_VALUE) {
            super.visitIntInsn(Opcodes.SIPUSH, number);
        } else {
            super.visitLdcInsn(number);
        }
    }

    private void call(String name, String descriptor) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, RECORDER, name, descriptor, false);
    }
}
