package dev.faultline.source.llvm.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sizes and alignments of types, by the data layout that the text states. */
public final class IrLayout {

    private static final int DEEPEST = 64;

    private final Map<String, IrType> named;
    private final Map<Integer, Integer> integerAlignments = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private int pointerBytes = 8;
    private boolean isBigEndian;

    IrLayout(String spelling, Map<String, IrType> named) {
        this.named = named;
        integerAlignments.put(8, 1);
        integerAlignments.put(16, 2);
        integerAlignments.put(32, 4);
        integerAlignments.put(64, spelling.isEmpty() ? 8 : 4);
        for (String part : spelling.split("-")) {
            if (part.equals("E")) {
                isBigEndian = true;
            } else if (part.startsWith("p:")) {
                pointerBytes = Math.max(1, number(part.split(":")[1]) / 8);
            } else if (part.length() > 1 && part.charAt(0) == 'i' && Character.isDigit(part.charAt(1))) {
                String[] numbers = part.substring(1).split(":");
                if (numbers.length > 1) {
                    integerAlignments.put(number(numbers[0]), Math.max(1, number(numbers[1]) / 8));
                }
            }
        }
    }

    private static int number(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException other) {
            return 64;
        }
    }

    /** {@return whether the most significant byte of a number comes first} */
    public boolean isBigEndian() {
        return isBigEndian;
    }

    /** {@return the size of a pointer in bytes} */
    public int pointerBytes() {
        return pointerBytes;
    }

    /** {@return the distance between two values in an array, in bytes; 0 when unknown} */
    public long byteSize(IrType type) {
        return size(type, 0);
    }

    private long size(IrType type, int depth) {
        if (depth > DEEPEST) {
            return 0;
        }
        return switch (type.kind()) {
            case INTEGER -> rounded((type.bits() + 7L) / 8, alignment(type, depth));
            case FLOAT -> type.bits() == 80 ? 16 : type.bits() / 8;
            case POINTER -> pointerBytes;
            case ARRAY -> bounded(type.count(), size(type.element(), depth + 1));
            case VECTOR -> vector(type, depth);
            case STRUCT -> offset(type, type.fields().size(), depth);
            case NAMED -> named(type, depth);
            default -> 0;
        };
    }

    private long vector(IrType type, int depth) {
        long bits = type.element().kind() == IrType.Kind.POINTER
                ? bounded(type.count(), pointerBytes * 8L)
                : bounded(type.count(), type.element().bits());
        return rounded((bits + 7) / 8, alignment(type, depth));
    }

    private static long bounded(long count, long bytes) {
        try {
            return Math.multiplyExact(count, bytes);
        } catch (ArithmeticException large) {
            return 0;
        }
    }

    private long named(IrType type, int depth) {
        Long known = sizes.get(type.name());
        if (known == null) {
            IrType body = named.get(type.name());
            sizes.put(type.name(), 0L); // while its own fields are measured
            known = body == null ? 0 : size(body, depth + 1);
            sizes.put(type.name(), known);
        }
        return known;
    }

    private static long rounded(long bytes, long alignment) {
        return (bytes + alignment - 1) / alignment * alignment;
    }

    private long alignment(IrType type, int depth) {
        if (depth > DEEPEST) {
            return 1;
        }
        return switch (type.kind()) {
            case INTEGER -> integerAlignment(type.bits());
            case FLOAT -> type.bits() == 80 ? 16 : Math.max(1, type.bits() / 8);
            case POINTER -> pointerBytes;
            case ARRAY -> alignment(type.element(), depth + 1);
            case VECTOR -> {
                long bytes = Math.max(
                        1, bounded(type.count(), Math.max(8, type.element().bits())) / 8);
                yield Math.min(64, Long.highestOneBit(2 * bytes - 1));
            }
            case STRUCT -> {
                long most = 1;
                for (IrType field : type.isPacked() ? List.<IrType>of() : type.fields()) {
                    most = Math.max(most, alignment(field, depth + 1));
                }
                yield most;
            }
            case NAMED -> {
                IrType body = named.get(type.name());
                yield body == null ? 1 : alignment(body, depth + 1);
            }
            default -> 1;
        };
    }

    private long integerAlignment(int bits) {
        int size = Math.max(8, Integer.highestOneBit(Math.max(1, 2 * bits - 1)));
        Integer stated = integerAlignments.get(size);
        return stated != null ? stated : size >= 128 ? integerAlignments.getOrDefault(64, 8) : Math.max(1, size / 8);
    }

    /** {@return the type behind a name; the type itself when it has none, or the text does not define it} */
    public IrType body(IrType type) {
        IrType body = type.kind() == IrType.Kind.NAMED ? named.get(type.name()) : type;
        return body == null ? type : body;
    }

    /** {@return the offset of a field of a struct in bytes} */
    public long offset(IrType struct, int field) {
        return offset(body(struct), field, 0);
    }

    private long offset(IrType struct, int field, int depth) {
        long at = 0;
        for (int i = 0; i < struct.fields().size() && i <= field; i++) {
            IrType type = struct.fields().get(i);
            at = struct.isPacked() ? at : rounded(at, alignment(type, depth + 1));
            if (i == field) {
                return at;
            }
            at += size(type, depth + 1);
        }
        return struct.isPacked() ? at : rounded(at, alignment(struct, depth + 1));
    }
}
