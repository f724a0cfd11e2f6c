package dev.faultline.recorder.code;

import dev.faultline.recorder.run.AccessSite;
import dev.faultline.recorder.run.MethodCounters;
import dev.faultline.recorder.run.PlaceRecorder;
import dev.faultline.recorder.run.Recorder;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Puts calls of the recorder around calls of the JDK that are accesses, or that tell what a later access is of. The
 * arguments are moved into variables of their own meanwhile.
 */
final class CallInstrumenter {

    private static final String RECORDER = Type.getInternalName(Recorder.class);
    private static final String PLACES = Type.getInternalName(PlaceRecorder.class);
    private static final String COUNTERS = Type.getDescriptor(MethodCounters.class);
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String OBJECTS = "[Ljava/lang/Object;";
    private static final String STRING = "Ljava/lang/String;";
    private static final String NAMES = "(" + OBJECT + "Ljava/lang/Class;" + STRING + "Z)V";
    private static final String SITE = COUNTERS + "I)V";
    /** How many numbers after a segment are taken for coordinates. */
    private static final int MOST_COORDINATES = 3;

    private final MethodVisitor to;
    private final MethodInstrumenter method;
    private final String place;
    private final int firstTemporary;
    private int line;
    private Type[] arguments = new Type[0];
    private int[] at = new int[0];
    private int receiver;

    /**
     * Instruments the calls of a method.
     *
     * @param to gets the instructions
     * @param method numbers the places
     * @param place class and method, for places of allocations
     * @param firstTemporary the first local variable that is free
     */
    CallInstrumenter(MethodVisitor to, MethodInstrumenter method, String place, int firstTemporary) {
        this.to = to;
        this.method = method;
        this.place = place;
        this.firstTemporary = firstTemporary;
    }

    void visitLine(int number) {
        line = number;
    }

    void visit(int opcode, String of, String name, String descriptor, boolean isInterface) {
        FieldCalls call = FieldCalls.of(of, name, descriptor);
        if (call == FieldCalls.PERHAPS_ATOMIC && opcode != Opcodes.INVOKEVIRTUAL) {
            method.skipAccess();
            call = FieldCalls.NONE;
        }
        if (!call.isCounted() && !call.isNotice()) {
            to.visitMethodInsn(opcode, of, name, descriptor, isInterface);
            return;
        }
        store(Type.getArgumentTypes(descriptor));
        if (call.isCounted()) {
            count(call, of, name);
        } else {
            beforeNotice(call, opcode, of);
        }
        for (int i = 0; i < at.length; i++) {
            to.visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), at[i]);
        }
        to.visitMethodInsn(opcode, of, name, descriptor, isInterface);
        if (call.isNotice()) {
            note(call, of, name, Type.getReturnType(descriptor));
        }
    }

    /** Moves the arguments on the stack into variables. */
    private void store(Type[] of) {
        arguments = of;
        at = new int[of.length];
        int next = firstTemporary;
        for (int i = 0; i < of.length; i++) {
            at[i] = next;
            next += of[i].getSize();
        }
        receiver = next;
        for (int i = of.length - 1; i >= 0; i--) {
            to.visitVarInsn(of[i].getOpcode(Opcodes.ISTORE), at[i]);
        }
    }

    private void count(FieldCalls call, String of, String name) {
        if (method.isInitializer() && call.isOffHeap()) {
            method.countConstruction();
            return;
        }
        switch (call) {
            case UNSAFE:
                to.visitVarInsn(Opcodes.ALOAD, at[0]);
                to.visitVarInsn(Opcodes.LLOAD, at[1]);
                push(MemoryCalls.bytes(name));
                tell(PLACES, "unsafe", OBJECT + "JI", of, name);
                break;
            case MEMORY:
                to.visitVarInsn(Opcodes.LLOAD, at[0]);
                push(MemoryCalls.bytes(name));
                tell(PLACES, "memory", "JI", of, name);
                break;
            case COPIES:
                countRanges(of, name);
                break;
            case BUFFER:
                countBuffer(of, name);
                break;
            case BUFFER_RANGE:
                countBufferRange(of, name);
                break;
            case SEGMENT:
                countSegment(of, name);
                break;
            case ATOMIC:
                to.visitInsn(Opcodes.DUP);
                tell(RECORDER, "atomic", OBJECT, of, name);
                break;
            case ADDER:
                to.visitInsn(Opcodes.DUP);
                method.loadCounters();
                method.pushSite(of, FieldCalls.cells(name), FieldCalls.kind(of, name));
                call(RECORDER, "atomic", "(" + OBJECT + SITE);
                break;
            case PERHAPS_ATOMIC:
                to.visitInsn(Opcodes.DUP);
                tell(PLACES, "perhapsAtomic", OBJECT, of, name);
                break;
            case ATOMIC_ARRAY:
                to.visitInsn(Opcodes.DUP);
                to.visitVarInsn(Opcodes.ILOAD, at[0]);
                to.visitInsn(Opcodes.I2L);
                tell(PLACES, "element", OBJECT + "J", of, name);
                break;
            default:
                countHandle(of, name);
        }
    }

    private void countRanges(String of, String name) {
        boolean hasObjects = arguments[0].getSort() == Type.OBJECT;
        boolean isCopy = name.equals("copyMemory");
        int size = isCopy ? hasObjects ? 4 : 2 : hasObjects ? 2 : 1;
        int target = isCopy ? hasObjects ? 2 : 1 : 0;
        pushRange(hasObjects, target, size);
        tell(PLACES, isCopy ? "range" : "fill", OBJECT + "JJ", of, name);
        if (isCopy) {
            pushRange(hasObjects, 0, size);
            method.loadCounters();
            method.pushSite(of, "", AccessSite.READ, false);
            call(PLACES, "range", "(" + OBJECT + "JJ" + SITE);
        }
    }

    private void pushRange(boolean hasObjects, int from, int size) {
        if (hasObjects) {
            to.visitVarInsn(Opcodes.ALOAD, at[from]);
        } else {
            to.visitInsn(Opcodes.ACONST_NULL);
        }
        to.visitVarInsn(Opcodes.LLOAD, at[hasObjects ? from + 1 : from]);
        to.visitVarInsn(Opcodes.LLOAD, at[size]);
    }

    private void countBuffer(String of, String name) {
        boolean isAbsolute = arguments.length == (name.startsWith("get") ? 1 : 2);
        to.visitInsn(Opcodes.DUP);
        pushInt(isAbsolute ? 0 : -1);
        push(MemoryCalls.bytes(of, name));
        push(MemoryCalls.step(of, name));
        tell(PLACES, "buffer", OBJECT + "III", of, name);
    }

    private void countBufferRange(String of, String name) {
        int other = arguments[0].getSort() >= Type.ARRAY ? 0 : 1;
        to.visitInsn(Opcodes.DUP);
        to.visitVarInsn(Opcodes.ALOAD, at[other]);
        pushInt(other - 1);
        pushInt(arguments.length - other > 2 ? arguments.length - 1 : -1);
        push(MemoryCalls.step(of, name));
        tell(PLACES, "bufferRange", OBJECT + OBJECT + "III", of, name);
    }

    private void countSegment(String of, String name) {
        int bytes = MemoryCalls.width(Type.getMethodDescriptor(Type.VOID_TYPE, arguments));
        to.visitInsn(Opcodes.DUP);
        to.visitVarInsn(Opcodes.LLOAD, at[1]);
        if (name.endsWith("AtIndex")) {
            to.visitLdcInsn((long) bytes);
            to.visitInsn(Opcodes.LMUL);
        }
        push(bytes);
        tell(PLACES, "segment", OBJECT + "JI", of, name);
    }

    /** The static types of the arguments tell whether there may be an index or an offset. */
    private void countHandle(String of, String name) {
        boolean hasObject = arguments.length > 0 && arguments[0].getSort() >= Type.ARRAY;
        boolean isUpdater = !of.equals("java/lang/invoke/VarHandle");
        to.visitInsn(Opcodes.DUP);
        if (hasObject) {
            to.visitVarInsn(Opcodes.ALOAD, at[0]);
        } else {
            to.visitInsn(Opcodes.ACONST_NULL);
        }
        if (hasObject && !isUpdater && arguments[0].getDescriptor().equals("Ljava/lang/foreign/MemorySegment;")) {
            for (int i = 1; i <= MOST_COORDINATES; i++) {
                pushLong(i);
            }
            tell(PLACES, "segmentHandle", OBJECT + OBJECT + "JJJ", of, name);
        } else if (hasObject && !isUpdater && arguments.length > 1 && isInt(arguments[1])) {
            pushInt(1);
            tell(PLACES, "indexed", OBJECT + OBJECT + "I", of, name);
        } else {
            tell(RECORDER, "handle", OBJECT + OBJECT, of, name);
        }
    }

    private static boolean isInt(Type type) {
        return type.getSort() >= Type.CHAR && type.getSort() <= Type.INT;
    }

    /** Pushes a whole number that is an argument, as a long; 0 when it is none. */
    private void pushLong(int argument) {
        if (argument < at.length && arguments[argument] == Type.LONG_TYPE) {
            to.visitVarInsn(Opcodes.LLOAD, at[argument]);
        } else if (argument < at.length && isInt(arguments[argument])) {
            to.visitVarInsn(Opcodes.ILOAD, at[argument]);
            to.visitInsn(Opcodes.I2L);
        } else {
            to.visitInsn(Opcodes.LCONST_0);
        }
    }

    /** Pushes an argument; -1 when its number is negative. */
    private void pushInt(int argument) {
        if (argument >= 0) {
            to.visitVarInsn(Opcodes.ILOAD, at[argument]);
        } else {
            to.visitInsn(Opcodes.ICONST_M1);
        }
    }

    private void beforeNotice(FieldCalls call, int opcode, String of) {
        if (call == FieldCalls.FREES && arguments.length > 0) {
            to.visitVarInsn(Opcodes.LLOAD, at[0]);
            call(PLACES, "freed", "(J)V");
        } else if (call == FieldCalls.FREES) {
            to.visitInsn(Opcodes.DUP);
            call(PLACES, "closed", "(" + OBJECT + ")V");
        } else if (call == FieldCalls.MAKES_LAYOUT_HANDLE || call == FieldCalls.COPIES_HANDLE) {
            to.visitInsn(Opcodes.DUP);
            to.visitVarInsn(Opcodes.ASTORE, receiver);
        }
    }

    /** Tells the recorder of the result on the stack. */
    private void note(FieldCalls call, String of, String name, Type result) {
        switch (call) {
            case TELLS_OFFSET:
                to.visitInsn(Opcodes.DUP2);
                to.visitVarInsn(Opcodes.ALOAD, at[0]);
                call(RECORDER, "offset", "(JLjava/lang/reflect/Field;)V");
                break;
            case MAKES_HANDLE:
                noteNamed(name);
                break;
            case ALLOCATES:
                noteAllocation(name, result);
                break;
            case MAKES_LAYOUT_HANDLE:
                to.visitInsn(Opcodes.DUP);
                to.visitVarInsn(Opcodes.ALOAD, receiver);
                if (at.length > 0) {
                    to.visitVarInsn(Opcodes.ALOAD, at[0]);
                } else {
                    to.visitInsn(Opcodes.ACONST_NULL);
                }
                push(name.startsWith("array") ? 1 : 0);
                call(PLACES, "layoutHandle", "(" + OBJECT + OBJECT + OBJECTS + "Z)V");
                break;
            case BINDS_HANDLE:
                to.visitInsn(Opcodes.DUP);
                to.visitVarInsn(Opcodes.ALOAD, at[0]);
                to.visitVarInsn(Opcodes.ILOAD, at[1]);
                to.visitVarInsn(Opcodes.ALOAD, at[2]);
                call(PLACES, "boundHandle", "(" + OBJECT + OBJECT + "I" + OBJECTS + ")V");
                break;
            case COPIES_HANDLE:
                to.visitInsn(Opcodes.DUP);
                to.visitVarInsn(Opcodes.ALOAD, receiver);
                call(PLACES, "sameHandle", "(" + OBJECT + OBJECT + ")V");
                break;
            default: // nothing is to be told after it
        }
    }

    private void noteNamed(String name) {
        int field = 1;
        while (!arguments[field].getDescriptor().equals(STRING)) {
            field++;
        }
        boolean isBootstrap = name.endsWith("ieldVarHandle"); // of ConstantBootstraps: lookup, name, type, class, type
        to.visitInsn(Opcodes.DUP);
        to.visitVarInsn(Opcodes.ALOAD, at[isBootstrap ? 3 : 0]);
        to.visitVarInsn(Opcodes.ALOAD, at[field]);
        push(name.contains("tatic") ? 1 : 0);
        call(RECORDER, "named", NAMES);
    }

    private void noteAllocation(String name, Type result) {
        boolean isAddress = result == Type.LONG_TYPE;
        to.visitInsn(isAddress ? Opcodes.DUP2 : Opcodes.DUP);
        for (int i = 0; isAddress && i < at.length; i++) {
            to.visitVarInsn(Opcodes.LLOAD, at[i]);
        }
        to.visitLdcInsn(line > 0 ? place + ":" + line : place);
        boolean isAgain = name.equals("reallocateMemory");
        call(
                PLACES,
                isAgain ? "reallocated" : "allocated",
                "(" + (isAgain ? "JJJ" : isAddress ? "JJ" : OBJECT) + STRING + ")V");
    }

    private void tell(String recorder, String hook, String before, String of, String name) {
        method.loadCounters();
        method.pushSite(of, "", FieldCalls.kind(of, name));
        call(recorder, hook, "(" + before + SITE);
    }

    private void push(int number) {
        to.visitIntInsn(Opcodes.BIPUSH, number);
    }

    private void call(String recorder, String name, String descriptor) {
        to.visitMethodInsn(Opcodes.INVOKESTATIC, recorder, name, descriptor, false);
    }
}
