package dev.faultline.source.jvm.declared;

import dev.faultline.source.jvm.declared.StaticValue.Whole;
import java.util.List;
import java.util.Optional;

/** What methods give that compute numbers from numbers: of the JDK, and of Agrona where its classes are not at hand. */
final class NumberCalls {

    private NumberCalls() {}

    /** {@return the result; empty when the method is none of them or an argument is not known} */
    static Optional<StaticValue> result(StaticCall call, List<StaticValue> given) {
        boolean isKnown = call.isStatic() && !given.isEmpty() && given.stream().allMatch(Whole.class::isInstance);
        if (!isKnown) {
            return Optional.empty();
        }
        long first = ((Whole) given.get(0)).number();
        boolean isLong = call.descriptor().endsWith("J");
        Optional<Long> result = given.size() == 1
                ? unary(call, first)
                : given.size() == 2 ? binary(call, first, ((Whole) given.get(1)).number()) : Optional.empty();
        return result.map(number -> new Whole(isLong ? number : (int) (long) number));
    }

    private static Optional<Long> unary(StaticCall call, long value) {
        boolean isInt = call.descriptor().startsWith("(I");
        return switch (call.owner() + "." + call.name()) {
            case "java/lang/Math.toIntExact" -> value == (int) value ? Optional.of(value) : Optional.empty();
            case "java/lang/Math.abs" -> Optional.of(Math.abs(value));
            case "java/lang/Integer.highestOneBit", "java/lang/Long.highestOneBit" ->
                Optional.of(isInt ? Integer.highestOneBit((int) value) : Long.highestOneBit(value));
            case "java/lang/Integer.numberOfTrailingZeros", "java/lang/Long.numberOfTrailingZeros" ->
                Optional.of((long)
                        (isInt ? Integer.numberOfTrailingZeros((int) value) : Long.numberOfTrailingZeros(value)));
            default -> Optional.empty();
        };
    }

    private static Optional<Long> binary(StaticCall call, long left, long right) {
        return switch (call.owner() + "." + call.name()) {
            case "java/lang/Math.max", "java/lang/Integer.max", "java/lang/Long.max" ->
                Optional.of(Math.max(left, right));
            case "java/lang/Math.min", "java/lang/Integer.min", "java/lang/Long.min" ->
                Optional.of(Math.min(left, right));
            case "java/lang/Math.addExact" -> Optional.of(left + right);
            case "java/lang/Math.multiplyExact" -> Optional.of(left * right);
            case "org/agrona/BitUtil.align" -> Optional.of((left + right - 1) & -right);
            default -> Optional.empty();
        };
    }
}
