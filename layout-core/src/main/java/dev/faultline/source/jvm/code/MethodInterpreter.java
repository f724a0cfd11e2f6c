package dev.faultline.source.jvm.code;

import dev.faultline.access.code.CodeReceiver;
import dev.faultline.source.jvm.code.ConstantPool.Member;
import dev.faultline.source.jvm.code.call.AccessCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows what is on the stack and in the local variables of a method, from its first instruction to its last, and
 * records what it does to fields. Each instruction is visited once: where loops begin, local variables that change
 * inside are forgotten.
 */
final class MethodInterpreter {

    /**
     * A handler of exceptions.
     *
     * @param from first instruction it covers
     * @param to the instruction behind those it covers
     * @param at its first instruction
     */
    record Catch(int from, int to, int at) {}

    /** A factor with more digits makes a hash; a smaller one is the distance of slots. */
    private static final int MOST_STRIDE_DIGITS = 5;

    private final ConstantPool pool;
    private final CodeShape code;
    private final Frame entry;
    private final CallInterpreter calls;
    private final EffectRecorder recorder;
    private final Map<Integer, Frame> pending = new HashMap<>();
    private final Map<Integer, List<Catch>> catches;
    private Frame frame;
    private int at;

    MethodInterpreter(
            ConstantPool pool,
            CodeShape code,
            Frame entry,
            Map<Integer, List<Catch>> catches,
            CallInterpreter calls,
            EffectRecorder recorder) {
        this.pool = pool;
        this.code = code;
        this.entry = entry;
        this.catches = catches;
        this.calls = calls;
        this.recorder = recorder;
    }

    void run() {
        frame = entry.copy();
        for (at = 0; at < code.length(); at += code.size(at)) {
            arrive();
            if (frame != null) {
                recorder.at(at, frame);
                step(code.u1(at));
            }
        }
    }

    private void arrive() {
        Frame other = pending.remove(at);
        if (frame == null) {
            frame = other;
        } else if (other != null) {
            frame.merge(other);
        }
        int loopEnd = code.loopEnd(at);
        if (frame == null && loopEnd >= 0) {
            frame = entry.copy();
            forget(frame, 0, code.length());
        }
        if (frame == null) {
            return;
        }
        if (loopEnd >= 0) {
            forget(frame, at, loopEnd);
        }
        for (Catch each : catches.getOrDefault(at, List.of())) {
            if (each.at() > at) {
                Frame caught = frame.caught();
                forget(caught, each.from(), each.to() - 1);
                join(each.at(), caught);
            }
        }
    }

    private void forget(Frame some, int from, int to) {
        for (int local = 0; local < some.locals(); local++) {
            if (code.stores(local, from, to)) {
                some.store(local, Value.UNKNOWN);
            }
        }
    }

    private void join(int target, Frame other) {
        Frame known = pending.get(target);
        if (known == null) {
            pending.put(target, other);
        } else {
            known.merge(other);
        }
    }

    private void jump(int target) {
        if (target > at) {
            join(target, frame.copy());
        }
    }

    private void step(int op) {
        if (op < 21) {
            constant(op);
        } else if (op <= 45) {
            load(op);
        } else if (op <= 53) {
            loadElement(op);
        } else if (op <= 78) {
            store(op);
        } else if (op <= 86) {
            storeElement(op);
        } else if (op <= 95) {
            shuffle(op);
        } else if (op <= 152) {
            compute(op);
        } else if (op <= 177 || op >= 198) {
            branch(op);
        } else if (op <= 181) {
            field(op);
        } else if (op <= 186) {
            calls.call(op, code.u2(at + 1), at, frame);
        } else {
            object(op);
        }
    }

    private void constant(int op) {
        if (op == 0) {
            return;
        }
        if (op <= 15) {
            boolean isWide = op == 9 || op == 10 || op == 14 || op == 15;
            Value value = op == 1
                    ? Value.NULL
                    : op <= 8
                            ? Value.small(op - 3)
                            : op <= 10
                                    ? Value.small(op - 9)
                                    : Value.constant(Integer.toString(op <= 13 ? op - 11 : op - 14));
            frame.push(value, isWide);
        } else if (op == 16) {
            frame.push(Value.small((byte) code.u1(at + 1)));
        } else if (op == 17) {
            frame.push(Value.small(code.s2(at + 1)));
        } else {
            loadConstant(op == 18 ? code.u1(at + 1) : code.u2(at + 1), op == 20);
        }
    }

    private void loadConstant(int index, boolean isWide) {
        Value value = switch (pool.tag(index)) {
            case ConstantPool.STRING -> Value.text(pool.string(index));
            case ConstantPool.CLASS -> Value.type(pool.className(index));
            case ConstantPool.INTEGER, ConstantPool.FLOAT, ConstantPool.LONG, ConstantPool.DOUBLE ->
                Value.constant(pool.number(index));
            default -> Value.UNKNOWN;
        };
        if (value.is(Value.Kind.TEXT)) {
            recorder.text(value.text());
        }
        frame.push(value, isWide);
    }

    private void load(int op) {
        int local = op <= 25 ? code.u1(at + 1) : (op - 26) % 4;
        int type = op <= 25 ? op - 21 : (op - 26) / 4;
        frame.push(frame.local(local), type == 1 || type == 3);
    }

    private void store(int op) {
        int local = op <= 58 ? code.u1(at + 1) : (op - 59) % 4;
        int type = op <= 58 ? op - 54 : (op - 59) / 4;
        store(local, type == 1 || type == 3);
    }

    private void store(int local, boolean isWide) {
        Value value = frame.pop(isWide);
        recorder.storesLocal(value);
        frame.store(local, value);
        if (isWide) {
            frame.store(local + 1, Value.UNKNOWN);
        }
    }

    private void loadElement(int op) {
        Value index = frame.pop();
        Value array = frame.pop();
        recorder.element(array, index, AccessCall.READ, Value.UNKNOWN);
        frame.push(array.is(Value.Kind.OWN) ? Value.OWN : Value.UNKNOWN, op == 47 || op == 49);
    }

    private void storeElement(int op) {
        Value stored = frame.pop(op == 80 || op == 82);
        Value index = frame.pop();
        Value array = frame.pop();
        recorder.element(array, index, AccessCall.WRITE, stored);
        if (op == 83) {
            recorder.publish(stored);
        }
    }

    private void shuffle(int op) {
        switch (op) {
            case 87 -> frame.pop();
            case 88 -> frame.pop(true);
            case 95 -> {
                Value top = frame.pop();
                Value below = frame.pop();
                frame.push(top);
                frame.push(below);
            }
            default -> duplicate(op >= 92 ? 2 : 1, (op - 89) % 3);
        }
    }

    /** Puts copies of the first slots below a number of others. */
    private void duplicate(int count, int below) {
        Value[] slots = new Value[count + below];
        for (int i = slots.length - 1; i >= 0; i--) {
            slots[i] = frame.pop();
        }
        for (int i = below; i < slots.length; i++) {
            frame.push(slots[i]);
        }
        for (Value slot : slots) {
            frame.push(slot);
        }
    }

    private void compute(int op) {
        if (op == 132) {
            increment(code.u1(at + 1));
        } else if (op >= 133 && op <= 147) {
            boolean fromWide = op >= 136 && op <= 138 || op >= 142 && op <= 144;
            boolean toWide = op == 133 || op == 135 || op == 138 || op == 140 || op == 141 || op == 143;
            frame.push(frame.pop(fromWide), toWide);
        } else if (op >= 148) {
            Value right = frame.pop(op != 149 && op != 150);
            Value left = frame.pop(op != 149 && op != 150);
            recorder.compare(left);
            recorder.compare(right);
            frame.push(left.isLoaded() ? left : right);
        } else {
            boolean isWide = op % 2 == 1;
            boolean isShift = op >= 120 && op <= 125;
            boolean isNegation = op >= 116 && op <= 119;
            Value right = isNegation ? Value.UNKNOWN : frame.pop(isWide && !isShift);
            Value left = frame.pop(isWide);
            frame.push(summed(op, left, right, computed(op, left, right)), isWide);
        }
    }

    /** {@return the result of an addition or subtraction with what is known of it as an offset} */
    private static Value summed(int op, Value left, Value right, Value result) {
        boolean isAddition = op == 96 || op == 97;
        if (!isAddition && op != 100 && op != 101) {
            return result;
        }
        MemoryOffset sum =
                isAddition ? left.offset().plus(right.offset()) : left.offset().minus(right.offset());
        return sum.isTelling() ? result.as(sum) : result;
    }

    private static Value computed(int op, Value left, Value right) {
        if (left.is(Value.Kind.OWN) || right.is(Value.Kind.OWN)) {
            return isSpread(op, left, right) ? Value.UNKNOWN : Value.OWN;
        }
        if (left.is(Value.Kind.ARRAY_HANDLE) || right.is(Value.Kind.ARRAY_HANDLE)) {
            return Value.ARRAY_HANDLE;
        }
        if (op <= 99 && (left.isLoaded() || right.isLoaded())) {
            return left.isLoaded() ? left.step() : right.step();
        }
        return op >= 100 && op <= 103 && left.isLoaded() ? left.step() : Value.UNKNOWN;
    }

    /** {@return whether results for different threads are apart, as those of a multiplication that is no hash} */
    private static boolean isSpread(int op, Value left, Value right) {
        boolean isShift = op == 120 || op == 121;
        boolean isProduct = op == 104 || op == 105;
        return isShift || isProduct && !isHashFactor(left) && !isHashFactor(right);
    }

    private static boolean isHashFactor(Value factor) {
        return factor.is(Value.Kind.CONSTANT) && factor.text().length() > MOST_STRIDE_DIGITS;
    }

    private void increment(int local) {
        Value value = frame.local(local);
        recorder.storesLocal(Value.UNKNOWN);
        frame.store(local, value.isLoaded() ? value.step() : Value.UNKNOWN);
    }

    private void branch(int op) {
        if (op <= 166 || op >= 198) {
            boolean isPair = op >= 159 && op <= 166;
            recorder.compare(frame.pop());
            if (isPair) {
                recorder.compare(frame.pop());
            }
        }
        if (op <= 166 || op == 198 || op == 199) {
            jump(at + code.s2(at + 1));
        } else if (op == 167 || op == 200) {
            jump(at + (op == 167 ? code.s2(at + 1) : code.s4(at + 1)));
            frame = null;
        } else if (op == 168 || op == 201) {
            frame.push(Value.UNKNOWN);
            jump(at + (op == 168 ? code.s2(at + 1) : code.s4(at + 1)));
            frame.pop();
        } else if (op == 170 || op == 171) {
            recorder.compare(frame.pop());
            code.forEachCase(at, this::jump);
            frame = null;
        } else {
            leave(op);
        }
    }

    private void leave(int op) {
        if (op >= 172 && op <= 176) {
            Value value = frame.pop(op == 173 || op == 175);
            recorder.returns(value);
        }
        frame = null;
    }

    private void field(int op) {
        Member field = pool.member(code.u2(at + 1));
        String descriptor = field.descriptor();
        boolean isWide = descriptor.equals("J") || descriptor.equals("D");
        boolean isStatic = op <= 179;
        if (op == 178 || op == 180) {
            Value object = isStatic ? null : frame.pop();
            int read = recorder.field(field, object, AccessCall.READ, Value.UNKNOWN);
            CodeReceiver from = isStatic ? CodeReceiver.NONE : EffectRecorder.receiver(object);
            boolean isOwn = !isStatic && object.is(Value.Kind.OWN);
            frame.push(isOwn ? Value.OWN : Value.loaded(field, from, read), isWide);
        } else {
            Value stored = frame.pop(isWide);
            Value object = isStatic ? null : frame.pop();
            recorder.field(field, object, AccessCall.WRITE, stored);
            recorder.hold(field, stored);
            if (isStatic || !object.is(Value.Kind.FRESH)) {
                recorder.publish(stored);
            }
        }
    }

    private void object(int op) {
        switch (op) {
            case 187 -> frame.push(Value.fresh(pool.className(code.u2(at + 1)), at));
            case 188, 189 -> {
                frame.pop();
                frame.push(Value.fresh("[", at));
            }
            case 190 -> {
                recorder.length(frame.pop());
                frame.push(Value.UNKNOWN);
            }
            case 191 -> {
                frame.pop();
                frame = null;
            }
            case 193 -> {
                frame.pop();
                frame.push(Value.UNKNOWN);
            }
            case 194 -> recorder.enter(frame.pop(), frame);
            case 195 -> {
                frame.pop();
                frame.unlock();
            }
            case 196 -> wide(code.u1(at + 1), code.u2(at + 2));
            case 197 -> {
                for (int i = 0; i < code.u1(at + 3); i++) {
                    frame.pop();
                }
                frame.push(Value.fresh("[", at));
            }
            default -> {
                // 192, checkcast: the value stays what it is.
            }
        }
    }

    private void wide(int op, int local) {
        if (op >= 21 && op <= 25) {
            frame.push(frame.local(local), op == 22 || op == 24);
        } else if (op >= 54 && op <= 58) {
            store(local, op == 55 || op == 57);
        } else if (op == 132) {
            increment(local);
        }
    }
}
