package dev.faultline.source.jvm.declared;

import java.util.Optional;

/** Arithmetic of the VM on integers that are known. */
final class Arithmetic {

    private Arithmetic() {}

    /**
     * {@return the result of an instruction with two operands; empty when it is not on integers or divides by zero}
     *
     * @param op the instruction, 96 to 131
     * @param left its left operand
     * @param right its right operand; for shifts the distance
     */
    static Optional<Long> binary(int op, long left, long right) {
        int kind = (op - 96) / 4;
        boolean isLong = op >= 120 ? op % 2 == 1 : op % 4 == 1;
        boolean isInt = op >= 120 ? op % 2 == 0 : op % 4 == 0;
        if (!isLong && !isInt || (kind == 3 || kind == 4) && right == 0) {
            return Optional.empty();
        }
        long result = op >= 120
                ? bits(op, left, right)
                : switch (kind) {
                    case 0 -> left + right;
                    case 1 -> left - right;
                    case 2 -> left * right;
                    case 3 -> left / right;
                    default -> left % right;
                };
        return Optional.of(isLong ? result : (int) result);
    }

    private static long bits(int op, long left, long right) {
        return switch (op) {
            case 120 -> (int) left << (int) right;
            case 121 -> left << right;
            case 122 -> (int) left >> (int) right;
            case 123 -> left >> right;
            case 124 -> (int) left >>> (int) right;
            case 125 -> left >>> right;
            case 126, 127 -> left & right;
            case 128, 129 -> left | right;
            default -> left ^ right;
        };
    }

    /** {@return an integer converted by an instruction, 133 to 147; empty when that makes a floating-point number} */
    static Optional<Long> converted(int op, long value) {
        return switch (op) {
            case 133 -> Optional.of(value);
            case 136 -> Optional.of((long) (int) value);
            case 145 -> Optional.of((long) (byte) value);
            case 146 -> Optional.of((long) (char) value);
            case 147 -> Optional.of((long) (short) value);
            default -> Optional.empty();
        };
    }

    /** {@return whether a branch with one operand is taken that compares it with zero} */
    static boolean isTaken(int comparison, int sign) {
        return switch (comparison) {
            case 0 -> sign == 0;
            case 1 -> sign != 0;
            case 2 -> sign < 0;
            case 3 -> sign >= 0;
            case 4 -> sign > 0;
            default -> sign <= 0;
        };
    }
}
