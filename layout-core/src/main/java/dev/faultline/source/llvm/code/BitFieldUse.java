package dev.faultline.source.llvm.code;

import dev.faultline.source.llvm.text.IrBlock;
import dev.faultline.source.llvm.text.IrInstruction;
import dev.faultline.source.llvm.text.IrValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which bits of a unit of bit-fields an access means, by the masks and shifts around it. */
final class BitFieldUse {

    private static final int[] NONE = {0, 0};

    private final FunctionValues values;
    private final Map<String, List<IrInstruction>> users = new HashMap<>();

    BitFieldUse(FunctionValues values, List<IrBlock> blocks) {
        this.values = values;
        for (IrBlock block : blocks) {
            for (IrInstruction one : block.instructions()) {
                if (!one.operation().startsWith("dbg.")) {
                    one.operands().stream()
                            .filter(IrValue::isLocal)
                            .map(IrValue::name)
                            .distinct()
                            .forEach(name -> users.computeIfAbsent(name, any -> new ArrayList<>(2))
                                    .add(one));
                }
            }
        }
    }

    /**
     * {@return the first bit and the number of bits that a load or store means; no bits when all may be meant}
     *
     * @param one the load or store
     * @param width the bits that it moves
     */
    int[] bits(IrInstruction one, int width) {
        long mask = one.is("store") ? written(one.operand(0), width) : read(one, width);
        if (mask == 0 || mask == all(width)) {
            return NONE;
        }
        int first = Long.numberOfTrailingZeros(mask);
        return new int[] {first, 64 - Long.numberOfLeadingZeros(mask) - first};
    }

    private static long all(int width) {
        return width >= 64 ? -1 : (1L << width) - 1;
    }

    /** The bits that are not taken from what was there: {@code (old & ~mask) | new}. */
    private long written(IrValue value, int width) {
        IrInstruction origin = values.origin(value);
        if (origin == null) {
            return all(width);
        }
        if (origin.is("or") || origin.is("xor")) {
            for (int i = 0; i < 2; i++) {
                IrInstruction kept = values.origin(origin.operand(i));
                if (kept != null && kept.is("and") && kept.operand(1).isNumber()) {
                    return ~kept.operand(1).number() & all(width);
                }
                if (kept != null && kept.is("load") && origin.operand(1).isNumber()) {
                    return origin.operand(1).number() & all(width);
                }
            }
        }
        if (origin.is("add") || origin.is("sub")) {
            int kept = Math.min(zeros(origin.operand(0)), width) + Math.min(zeros(origin.operand(1)), width);
            return kept >= width ? all(width) : all(width) & all(width) << kept;
        }
        if (origin.is("and") && origin.operand(1).isNumber()) {
            return ~origin.operand(1).number() & all(width);
        }
        return all(width);
    }

    /** {@return how many of the low bits of what is added are surely 0} */
    private int zeros(IrValue value) {
        if (value.isNumber()) {
            return Long.numberOfTrailingZeros(value.number());
        }
        IrInstruction origin = values.origin(value);
        boolean isShift =
                origin != null && origin.is("shl") && origin.operand(1).isNumber();
        return isShift ? (int) Math.max(0, Math.min(63, origin.operand(1).number())) : 0;
    }

    /** The bits that any use of a load looks at. */
    private long read(IrInstruction load, int width) {
        long mask = 0;
        for (IrInstruction user : users(load)) {
            long looked = looked(user, width);
            mask |= isForStore(user) ? 0 : looked;
        }
        return mask;
    }

    private long looked(IrInstruction user, int width) {
        IrValue second = user.operand(1);
        if (user.is("and") && second.isNumber()) {
            return second.number() & all(width);
        }
        if ((user.is("lshr") || user.is("ashr")) && second.isNumber() && second.number() < width) {
            int shift = (int) Math.max(0, second.number());
            long mask = 0;
            for (IrInstruction next : users(user)) {
                mask |= next.is("and") && next.operand(1).isNumber()
                        ? (next.operand(1).number() << shift) & all(width)
                        : all(width) & (all(width) << shift);
            }
            return mask == 0 ? all(width) & (all(width) << shift) : mask;
        }
        if (user.is("shl") && second.isNumber() && second.number() < width) {
            int left = (int) Math.max(0, second.number());
            for (IrInstruction next : users(user)) {
                if (next.is("ashr")
                        && next.operand(1).isNumber()
                        && next.operand(1).number() >= left) {
                    int right = (int) Math.min(width - 1, next.operand(1).number());
                    return all(width - right) << (right - left);
                }
            }
            return all(width) >>> left;
        }
        if (user.is("icmp")
                && second.isNumber()
                && (user.word().equals("slt") || user.word().equals("sgt"))) {
            return 1L << (width - 1);
        }
        if (user.is("trunc") && user.type().bits() > 0 && user.type().bits() < width) {
            return all(user.type().bits());
        }
        return all(width);
    }

    /** {@return whether all uses of a load only keep bits for a store} */
    boolean isKept(IrInstruction load) {
        List<IrInstruction> users = users(load);
        return !users.isEmpty() && users.stream().allMatch(this::isForStore);
    }

    private boolean isForStore(IrInstruction user) {
        if (user.is("store")) {
            return true;
        }
        if (!user.is("and") && !user.is("or") && !user.is("xor")) {
            return false;
        }
        List<IrInstruction> next = users(user);
        return !next.isEmpty() && next.stream().allMatch(this::isForStore);
    }

    private List<IrInstruction> users(IrInstruction definition) {
        return users.getOrDefault(definition.result(), List.of());
    }
}
