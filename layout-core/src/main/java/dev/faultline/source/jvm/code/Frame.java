package dev.faultline.source.jvm.code;

import java.util.Arrays;

/**
 * The stack and the local variables at one place of a method. A long or double takes two slots. Only the first slots
 * are followed; what is in others is unknown.
 */
final class Frame {

    /** Most slots of the stack and most local variables that are followed. */
    static final int MOST_SLOTS = 128;

    private Value[] locals;
    private Value[] stack;
    private int depth;
    private int locks;

    Frame(int locals, int stack) {
        this.locals = new Value[Math.min(locals, MOST_SLOTS)];
        this.stack = new Value[Math.min(stack, MOST_SLOTS)];
    }

    /** {@return a copy with what is on the stack} */
    Frame copy() {
        Frame copy = new Frame(0, 0);
        copy.locals = locals.clone();
        copy.stack = stack.clone();
        copy.depth = depth;
        copy.locks = locks;
        return copy;
    }

    /** {@return a copy as a handler of exceptions begins with: only the exception is on the stack} */
    Frame caught() {
        Frame copy = copy();
        copy.depth = 0;
        copy.push(Value.UNKNOWN);
        return copy;
    }

    /** Forgets what another way to the same place does not know as well. */
    void merge(Frame other) {
        for (int i = 0; i < locals.length; i++) {
            locals[i] = known(locals[i]).or(known(other.locals[i]));
        }
        depth = Math.min(depth, other.depth);
        for (int i = 0; i < Math.min(depth, stack.length); i++) {
            stack[i] = known(stack[i]).or(known(other.stack[i]));
        }
        locks = Math.min(locks, other.locks);
    }

    private static Value known(Value value) {
        return value == null ? Value.UNKNOWN : value;
    }

    void push(Value value) {
        if (depth < stack.length) {
            stack[depth] = value;
        }
        depth++;
    }

    /** Pushes a value and, for a long or double, its second slot. */
    void push(Value value, boolean isWide) {
        push(value);
        if (isWide) {
            push(Value.UNKNOWN);
        }
    }

    Value pop() {
        if (depth == 0) {
            return Value.UNKNOWN;
        }
        depth--;
        return depth < stack.length ? known(stack[depth]) : Value.UNKNOWN;
    }

    Value pop(boolean isWide) {
        if (isWide) {
            pop();
        }
        return pop();
    }

    Value local(int index) {
        return index < locals.length ? known(locals[index]) : Value.UNKNOWN;
    }

    void store(int index, Value value) {
        if (index < locals.length) {
            locals[index] = value;
        }
    }

    int locals() {
        return locals.length;
    }

    void lock() {
        locks++;
    }

    void unlock() {
        locks = Math.max(0, locks - 1);
    }

    boolean isLocked() {
        return locks > 0;
    }

    /** Forgets that an object is known to this thread only. */
    void publish(Value fresh) {
        Arrays.setAll(locals, i -> fresh.equals(locals[i]) ? Value.UNKNOWN : locals[i]);
        Arrays.setAll(stack, i -> fresh.equals(stack[i]) ? Value.UNKNOWN : stack[i]);
    }
}
