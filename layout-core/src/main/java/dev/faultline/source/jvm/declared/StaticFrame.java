package dev.faultline.source.jvm.declared;

import java.util.Arrays;
import java.util.function.Consumer;

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

    /**
     * Forgets what another way to the same place does not know as well.
     *
     * @param other what is known on that way
     * @param lost takes values that are left, but not known here any more
     * @return whether that changes anything
     */
    boolean merge(StaticFrame other, Consumer<StaticValue> lost) {
        boolean changes = false;
        for (int i = 0; i < locals.length; i++) {
            StaticValue both = either(locals[i], other.locals[i], lost);
            changes |= !both.equals(locals[i]);
            locals[i] = both;
        }
        changes |= other.depth < depth;
        depth = Math.min(depth, other.depth);
        for (int i = 0; i < Math.min(depth, stack.length); i++) {
            StaticValue both = either(stack[i], other.stack[i], lost);
            changes |= !both.equals(stack[i]);
            stack[i] = both;
        }
        return changes;
    }

    private static StaticValue either(StaticValue one, StaticValue other, Consumer<StaticValue> lost) {
        StaticValue both = one.or(other);
        if (both.equals(StaticValue.UNKNOWN)) {
            lost.accept(one);
            lost.accept(other);
        }
        return both;
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
