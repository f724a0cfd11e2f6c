package dev.faultline.source.jvm.declared;

import dev.faultline.source.jvm.code.CodeShape;
import dev.faultline.source.jvm.code.ConstantPool;
import dev.faultline.source.jvm.code.ConstantPool.Member;
import dev.faultline.source.jvm.code.Signature;
import dev.faultline.source.jvm.declared.StaticValue.Items;
import dev.faultline.source.jvm.declared.StaticValue.Whole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Evaluates one static method. Where a condition is known one way is followed, else both; what they do not agree on is
 * not known behind them. Always the way whose next instruction comes first is followed on, so that ways meet.
 */
final class StaticRun {

    private static final int LEAVES = Integer.MAX_VALUE;

    private final ClassBody type;
    private final ClassBody.Code code;
    private final CodeShape shape;
    private final StaticEvaluator evaluator;
    private final boolean isCertain;
    private final int depth;
    private final TreeMap<Integer, StaticFrame> pending = new TreeMap<>();
    /** Where a condition was not known, with what was known there. */
    private final Map<Integer, StaticFrame> forks = new HashMap<>();
    /** And how often static fields and elements had changed by then. */
    private final Map<Integer, Long> changesAtForks = new HashMap<>();

    private StaticFrame frame;
    private int at;
    private int next;
    private StaticValue returned;
    /** Whether one of several ways has left the method, so that the others are perhaps not taken. */
    private boolean mayHaveLeft;

    /**
     * A run of a method.
     *
     * @param type the class of the method
     * @param code its code
     * @param evaluator gives fields and runs other methods
     * @param isCertain whether the method is run at all
     * @param depth how many methods are being evaluated around it
     */
    StaticRun(ClassBody type, ClassBody.Code code, StaticEvaluator evaluator, boolean isCertain, int depth) {
        this.type = type;
        this.code = code;
        shape = code.shape();
        this.evaluator = evaluator;
        this.isCertain = isCertain;
        this.depth = depth;
    }

    /**
     * Evaluates the method.
     *
     * @param arguments its arguments, one slot each
     * @param descriptor its types
     * @return what it returns; unknown when that is not known, or nothing
     */
    StaticValue run(List<StaticValue> arguments, String descriptor) {
        StaticFrame entry = new StaticFrame(code.locals(), code.stack());
        List<String> types = Signature.of(descriptor).parameters();
        int local = 0;
        for (int i = 0; i < types.size(); i++) {
            entry.store(local, arguments.get(i));
            local += Signature.isWide(types.get(i)) ? 2 : 1;
        }
        pending.put(0, entry);
        while (!pending.isEmpty()) {
            Map.Entry<Integer, StaticFrame> first = pending.pollFirstEntry();
            at = first.getKey();
            frame = first.getValue();
            evaluator.step();
            enterHandlers();
            next = at + shape.size(at);
            step(shape.u1(at));
            if (next != LEAVES) {
                join(next, frame);
            }
        }
        return returned == null ? StaticValue.UNKNOWN : returned;
    }

    /** {@return whether this instruction is run whatever is not known} */
    private boolean isSure() {
        return isCertain && pending.isEmpty() && !mayHaveLeft;
    }

    private void enterHandlers() {
        for (ClassBody.Catch each : code.catches()) {
            if (each.from() == at && each.at() > at) {
                StaticFrame caught = frame.caught();
                for (int local = 0; local < caught.locals(); local++) {
                    if (shape.stores(local, each.from(), each.to() - 1)) {
                        evaluator.share(caught.local(local));
                        caught.store(local, StaticValue.UNKNOWN);
                    }
                }
                join(each.at(), caught);
            }
        }
    }

    private void join(int target, StaticFrame other) {
        if (target >= shape.length()) {
            throw new IllegalArgumentException("code runs beyond its end");
        }
        StaticFrame known = pending.get(target);
        if (known == null) {
            pending.put(target, other);
        } else {
            known.merge(other, evaluator::share);
        }
    }

    private void step(int op) {
        if (op <= 20) {
            constant(op);
        } else if (op <= 45) {
            int local = op <= 25 ? shape.u1(at + 1) : (op - 26) % 4;
            load(op <= 25 ? op : 21 + (op - 26) / 4, local);
        } else if (op <= 53) {
            loadElement(op);
        } else if (op <= 78) {
            int local = op <= 58 ? shape.u1(at + 1) : (op - 59) % 4;
            store(op <= 58 ? op : 54 + (op - 59) / 4, local);
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
            call(op);
        } else {
            object(op);
        }
    }

    private void constant(int op) {
        if (op == 0) {
            return;
        }
        if (op >= 2 && op <= 8) {
            frame.push(new Whole(op - 3));
        } else if (op == 9 || op == 10) {
            frame.push(new Whole(op - 9), true);
        } else if (op == 16) {
            frame.push(new Whole((byte) shape.u1(at + 1)));
        } else if (op == 17) {
            frame.push(new Whole(shape.s2(at + 1)));
        } else if (op >= 18) {
            frame.push(StaticValue.constant(type.pool(), op == 18 ? shape.u1(at + 1) : shape.u2(at + 1)), op == 20);
        } else {
            frame.push(StaticValue.UNKNOWN, op == 14 || op == 15);
        }
    }

    private void load(int op, int local) {
        frame.push(frame.local(local), op == 22 || op == 24);
    }

    private void store(int op, int local) {
        boolean isWide = op == 55 || op == 57;
        frame.store(local, frame.pop(isWide));
        if (isWide) {
            frame.store(local + 1, StaticValue.UNKNOWN);
        }
    }

    private void loadElement(int op) {
        StaticValue index = frame.pop();
        StaticValue array = frame.pop();
        boolean isKnown = array instanceof Items && index instanceof Whole;
        if (!isKnown) {
            evaluator.share(array); // what is in it may be the value that is loaded
        }
        frame.push(isKnown ? ((Items) array).get(((Whole) index).number()) : StaticValue.UNKNOWN, op == 47 || op == 49);
    }

    /** An array may be shared by several ways, so that only what is sure is stored in it. */
    private void storeElement(int op) {
        StaticValue stored = frame.pop(op == 80 || op == 82);
        StaticValue index = frame.pop();
        if (!isSure()) {
            evaluator.share(stored);
        }
        evaluator.store(frame.pop(), index, isSure() ? stored : StaticValue.UNKNOWN);
    }

    private void shuffle(int op) {
        switch (op) {
            case 87 -> frame.pop();
            case 88 -> frame.pop(true);
            case 95 -> {
                StaticValue top = frame.pop();
                StaticValue below = frame.pop();
                frame.push(top);
                frame.push(below);
            }
            default -> duplicate(op >= 92 ? 2 : 1, (op - 89) % 3);
        }
    }

    /** Puts copies of the first slots below a number of others. */
    private void duplicate(int count, int below) {
        StaticValue[] slots = new StaticValue[count + below];
        for (int i = slots.length - 1; i >= 0; i--) {
            slots[i] = frame.pop();
        }
        for (int i = below; i < slots.length; i++) {
            frame.push(slots[i]);
        }
        for (StaticValue slot : slots) {
            frame.push(slot);
        }
    }

    private void compute(int op) {
        if (op == 132) {
            increment(shape.u1(at + 1), (byte) shape.u1(at + 2));
        } else if (op <= 115 || op >= 120 && op <= 131) {
            boolean isWide = op % 2 == 1;
            boolean isShift = op >= 120 && op <= 125;
            StaticValue right = frame.pop(isWide && !isShift);
            StaticValue left = frame.pop(isWide);
            boolean isKnown = left instanceof Whole && right instanceof Whole;
            frame.push(
                    isKnown
                            ? whole(Arithmetic.binary(op, ((Whole) left).number(), ((Whole) right).number()))
                            : StaticValue.UNKNOWN,
                    isWide);
        } else if (op <= 119) {
            StaticValue value = frame.pop(op % 2 == 1);
            boolean isKnown = value instanceof Whole && op <= 117;
            long negative = isKnown ? -((Whole) value).number() : 0;
            frame.push(isKnown ? new Whole(op == 116 ? (int) negative : negative) : StaticValue.UNKNOWN, op % 2 == 1);
        } else if (op <= 147) {
            boolean fromWide = op >= 136 && op <= 138 || op >= 142 && op <= 144;
            boolean toWide = op == 133 || op == 135 || op == 138 || op == 140 || op == 141 || op == 143;
            StaticValue value = frame.pop(fromWide);
            frame.push(
                    value instanceof Whole known
                            ? whole(Arithmetic.converted(op, known.number()))
                            : StaticValue.UNKNOWN,
                    toWide);
        } else {
            compare(op);
        }
    }

    private static StaticValue whole(Optional<Long> number) {
        return number.isPresent() ? new Whole(number.get()) : StaticValue.UNKNOWN;
    }

    private void compare(int op) {
        boolean isWide = op != 149 && op != 150;
        StaticValue right = frame.pop(isWide);
        StaticValue left = frame.pop(isWide);
        boolean isKnown = op == 148 && left instanceof Whole && right instanceof Whole;
        frame.push(
                isKnown
                        ? new Whole(Long.compare(((Whole) left).number(), ((Whole) right).number()))
                        : StaticValue.UNKNOWN);
    }

    private void increment(int local, int step) {
        StaticValue value = frame.local(local);
        frame.store(
                local, value instanceof Whole whole ? new Whole((int) (whole.number() + step)) : StaticValue.UNKNOWN);
    }

    private void branch(int op) {
        if (op <= 158 || op == 198 || op == 199) {
            condition(op);
        } else if (op <= 166) {
            StaticValue right = frame.pop();
            StaticValue left = frame.pop();
            boolean isKnown = op <= 164 && left instanceof Whole && right instanceof Whole;
            take(
                    isKnown
                            ? Optional.of(Arithmetic.isTaken(
                                    op - 159, Long.compare(((Whole) left).number(), ((Whole) right).number())))
                            : Optional.empty(),
                    List.of(at + shape.s2(at + 1)));
        } else if (op == 167 || op == 200) {
            next = at + (op == 167 ? shape.s2(at + 1) : shape.s4(at + 1));
        } else if (op == 170 || op == 171) {
            choose(op);
        } else if (op >= 172 && op <= 177) {
            leave(op);
        } else {
            throw new IllegalArgumentException("it has subroutines, as compilers before Java 6 made them");
        }
    }

    private void condition(int op) {
        StaticValue value = frame.pop();
        Optional<Boolean> isTaken = op >= 198
                ? Optional.of(op == 199).filter(any -> value instanceof StaticValue.Layout || value instanceof Items)
                : value instanceof Whole whole
                        ? Optional.of(Arithmetic.isTaken(op - 153, Long.signum(whole.number())))
                        : Optional.empty();
        take(isTaken, List.of(at + shape.s2(at + 1)));
    }

    /** Goes on at a target, or behind the instruction, or at all of these when the condition is not known. */
    private void take(Optional<Boolean> isTaken, List<Integer> targets) {
        if (isTaken.isPresent()) {
            next = isTaken.get() ? targets.get(0) : next;
            return;
        }
        StaticFrame before = forks.get(at);
        boolean isSame = Objects.equals(changesAtForks.put(at, evaluator.changes()), evaluator.changes());
        if (before == null) {
            forks.put(at, frame.copy());
        } else if (before.merge(frame, evaluator::share) | !isSame) {
            frame = before.copy();
        } else {
            next = LEAVES; // nothing is known that was not followed from here before
            return;
        }
        targets.forEach(target -> join(target, frame.copy()));
    }

    private void choose(int op) {
        StaticValue value = frame.pop();
        List<Integer> targets = new ArrayList<>();
        shape.forEachCase(at, targets::add);
        if (value instanceof Whole whole) {
            next = targets.get(chosen(op, targets.size(), whole.number()));
            return;
        }
        next = targets.get(0);
        take(Optional.empty(), targets.subList(1, targets.size()));
    }

    /** {@return which target of a switch a value leads to; the first is the default} */
    private int chosen(int op, int targets, long value) {
        int table = (at & ~3) + 4;
        if (op == 170) {
            long index = value - shape.s4(table + 4);
            return index >= 0 && index < targets - 1 ? (int) index + 1 : 0;
        }
        for (int i = 0; i < targets - 1; i++) {
            if (shape.s4(table + 8 + 8 * i) == value) {
                return i + 1;
            }
        }
        return 0;
    }

    private void leave(int op) {
        if (op != 177) {
            StaticValue value = frame.pop(op == 173 || op == 175);
            if (returned != null && !returned.equals(value)) {
                evaluator.share(returned);
                evaluator.share(value);
            }
            returned = returned == null ? value : returned.or(value);
        }
        mayHaveLeft |= !pending.isEmpty();
        next = LEAVES;
    }

    private void field(int op) {
        Member field = type.pool().member(shape.u2(at + 1));
        boolean isWide = Signature.isWide(field.descriptor());
        switch (op) {
            case 178 -> frame.push(evaluator.field(field.owner(), field.name()), isWide);
            case 179 -> evaluator.assign(type.name(), field, frame.pop(isWide), isSure());
            case 180 -> {
                frame.pop();
                frame.push(StaticValue.UNKNOWN, isWide);
            }
            default -> {
                evaluator.share(frame.pop(isWide));
                frame.pop();
            }
        }
    }

    private void call(int op) {
        ConstantPool pool = type.pool();
        int index = shape.u2(at + 1);
        boolean isStatic = op == 184 || op == 186;
        Member called = op == 186 ? new Member("", "", pool.dynamicDescriptor(index)) : pool.member(index);
        Signature signature = Signature.of(called.descriptor());
        List<StaticValue> given = new ArrayList<>();
        for (int i = signature.parameters().size() - 1; i >= 0; i--) {
            given.add(0, frame.pop(Signature.isWide(signature.parameters().get(i))));
        }
        if (!isStatic) {
            given.add(0, frame.pop());
        }
        StaticCall call = new StaticCall(called.owner(), called.name(), called.descriptor(), isStatic);
        StaticValue result = StaticValue.UNKNOWN;
        if (op == 186) {
            evaluator.captured(given);
        } else {
            result = evaluator.call(call, given, isSure(), depth);
        }
        if (!signature.result().equals("V")) {
            frame.push(result, Signature.isWide(signature.result()));
        }
    }

    private void object(int op) {
        switch (op) {
            case 187 -> frame.push(StaticValue.UNKNOWN);
            case 188, 189 -> {
                StaticValue length = frame.pop();
                boolean isFollowed =
                        length instanceof Whole whole && whole.number() >= 0 && whole.number() <= Items.MOST;
                frame.push(
                        isFollowed
                                ? evaluator.array(
                                        (int) ((Whole) length).number(), op == 188 ? new Whole(0) : StaticValue.UNKNOWN)
                                : StaticValue.UNKNOWN);
            }
            case 190 ->
                frame.push(frame.pop() instanceof Items items ? new Whole(items.length()) : StaticValue.UNKNOWN);
            case 191 -> {
                // an exception that leaves the initialiser leaves no class behind
                mayHaveLeft |= depth > 0 && !pending.isEmpty();
                next = LEAVES;
            }
            case 193 -> {
                frame.pop();
                frame.push(StaticValue.UNKNOWN);
            }
            case 194, 195 -> frame.pop();
            case 196 -> wide(shape.u1(at + 1), shape.u2(at + 2));
            case 197 -> {
                for (int i = 0; i < shape.u1(at + 3); i++) {
                    frame.pop();
                }
                frame.push(StaticValue.UNKNOWN);
            }
            default -> {
                // 192, checkcast: the value stays what it is.
            }
        }
    }

    private void wide(int op, int local) {
        if (op == 132) {
            increment(local, shape.s2(at + 4));
        } else if (op >= 54) {
            store(op, local);
        } else {
            load(op, local);
        }
    }
}
