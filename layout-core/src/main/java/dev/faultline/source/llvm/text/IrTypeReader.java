package dev.faultline.source.llvm.text;

import java.util.ArrayList;
import java.util.List;

/** Reads types. */
final class IrTypeReader {

    private static final int MOST_FIELDS = 1 << 16;

    private IrTypeReader() {}

    /** {@return whether a type comes next} */
    static boolean isNext(IrCursor in) {
        char c = in.peek();
        if (c == '%' || c == '{' || c == '[' || c == '<') {
            return true;
        }
        String word = in.peekWord();
        return !word.isEmpty() && primitive(word) != null;
    }

    static IrType read(IrCursor in) {
        return read(in, 0);
    }

    private static IrType read(IrCursor in, int depth) {
        if (depth > IrCursor.DEEPEST) {
            throw in.broken("a type nested deeper than " + IrCursor.DEEPEST + " levels");
        }
        IrType type = base(in, depth);
        while (true) {
            if (in.accept('*')) {
                type = IrType.pointer(type);
            } else if (in.peek() == '(' && type.kind() != IrType.Kind.OTHER) {
                in.skipBrackets();
                type = IrType.function(type);
            } else if (in.peekWord().equals("addrspace")) {
                in.word();
                in.skipBrackets();
            } else {
                return type;
            }
        }
    }

    private static IrType base(IrCursor in, int depth) {
        char c = in.peek();
        switch (c) {
            case '%':
                in.expect('%');
                return IrType.named(in.name());
            case '{':
                return struct(in, depth, false);
            case '[':
                in.expect('[');
                return sequence(in, depth, IrType.Kind.ARRAY, ']');
            case '<':
                in.expect('<');
                if (in.peek() == '{') {
                    IrType packed = struct(in, depth, true);
                    in.expect('>');
                    return packed;
                }
                return sequence(in, depth, IrType.Kind.VECTOR, '>');
            default:
                String word = in.word();
                IrType type = primitive(word);
                if (type == null) {
                    throw in.broken("expected a type, found '" + (word.isEmpty() ? String.valueOf(c) : word) + "'");
                }
                if (word.equals("target")) {
                    in.skipBrackets();
                }
                return type;
        }
    }

    private static IrType struct(IrCursor in, int depth, boolean isPacked) {
        in.expect('{');
        List<IrType> fields = new ArrayList<>();
        while (in.peek() != '}') {
            fields.add(read(in, depth + 1));
            if (fields.size() > MOST_FIELDS) {
                throw in.broken("a struct of more than " + MOST_FIELDS + " fields");
            }
            if (!in.accept(',')) {
                break;
            }
        }
        in.expect('}');
        return IrType.struct(List.copyOf(fields), isPacked);
    }

    private static IrType sequence(IrCursor in, int depth, IrType.Kind kind, char close) {
        if (in.accept("vscale")) {
            in.accept("x");
        }
        long count = in.number();
        if (count < 0) {
            throw in.broken("an array of " + count + " elements");
        }
        if (!in.accept("x")) {
            throw in.broken("expected 'x' between the number and the type of elements");
        }
        IrType element = read(in, depth + 1);
        in.expect(close);
        return IrType.sequence(kind, count, element);
    }

    private static IrType primitive(String word) {
        if (word.startsWith("i") && word.length() > 1 && word.length() < 9 && Character.isDigit(word.charAt(1))) {
            int bits = 0;
            for (int i = 1; i < word.length(); i++) {
                if (!Character.isDigit(word.charAt(i))) {
                    return null;
                }
                bits = bits * 10 + word.charAt(i) - '0';
            }
            return IrType.of(IrType.Kind.INTEGER, bits);
        }
        return switch (word) {
            case "void" -> IrType.VOID;
            case "ptr" -> IrType.POINTER;
            case "half", "bfloat" -> IrType.of(IrType.Kind.FLOAT, 16);
            case "float" -> IrType.of(IrType.Kind.FLOAT, 32);
            case "double" -> IrType.of(IrType.Kind.FLOAT, 64);
            case "x86_fp80" -> IrType.of(IrType.Kind.FLOAT, 80);
            case "fp128", "ppc_fp128" -> IrType.of(IrType.Kind.FLOAT, 128);
            case "x86_mmx" -> IrType.of(IrType.Kind.INTEGER, 64);
            case "x86_amx" -> IrType.of(IrType.Kind.INTEGER, 8192);
            case "label", "metadata", "token", "opaque", "target" -> IrType.OTHER;
            default -> null;
        };
    }
}
