package dev.faultline.source.jvm.declared;

import java.util.Arrays;

/** Local variables and stack of a static method that is evaluated. A long takes two slots, as in the VM. */
final class StaticFrame {

    private StaticValue[] locals;
    private StaticValue[] stack;
    private int depth;

    StaticFrame(int locals, int stack) {
        this.locals = new StaticValue[locals];
        this.stack = new StaticValue[stack];
        Arrays.fill(this.locals, StaticValue.UNKNOWN);
        Arrays.fill(this.stack, StaticValue.UNKNOWN);
    }

    StaticFrame copy() {
        StaticFrame copy = new StaticFrame(0, 0);
        copy.locals = locals.clone();
        copy.stack = stack.clone();
        copy.depth = depth;
        return copy;
    }

    /** {@return a copy as a handler of exceptions begins with: only the exception is on the stack} */
    StaticFrame caught() {
        StaticFrame copy = copy();
        copy.depth = 0;
        copy.push(StaticValue.UNKNOWN);
        return copy;
    }

    /** Forgets what another way to the same place does not know as well; returns whether that changes anything. */
    boolean merge(StaticFrame other) {
        boolean changes = false;
        for (int i = 0; i < locals.length; i++) {
            StaticValue both = locals[i].or(other.locals[i]);
            changes |= !both.equals(locals[i]);
            locals[i] = both;
        }
        changes |= other.depth < depth;
        depth = Math.min(depth, other.depth);
        for (int i = 0; i < Math.min(depth, stack.length); i++) {
            StaticValue both = stack[i].or(other.stack[i]);
            changes |= !both.equals(stack[i]);
            stack[i] = both;
        }
        return changes;
    }

    void push(StaticValue value) {
        if (depth < stack.length) {
            stack[depth] = value;
        }
        depth++;
    }

    /** Pushes a value and, for a long or double, its second slot. */
    void push(StaticValue value, boolean isWide) {
        push(value);
        if (isWide) {
            push(StaticValue.UNKNOWN);
        }
    }

    StaticValue pop() {
        if (depth == 0) {
            return StaticValue.UNKNOWN;
        }
        depth--;
        return depth < stack.length ? stack[depth] : StaticValue.UNKNOWN;
    }

    StaticValue pop(boolean isWide) {
        if (isWide) {
            pop();
        }
        return pop();
    }

    StaticValue local(int index) {
        return index < locals.length ? locals[index] : StaticValue.UNKNOWN;
    }

    void store(int index, StaticValue value) {
        if (index < locals.length) {
            locals[index] = value;
        }
    }

    int locals() {
        return locals.length;
    }
}
