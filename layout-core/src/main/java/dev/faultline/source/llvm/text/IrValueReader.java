package dev.faultline.source.llvm.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads operands. */
final class IrValueReader {

    private static final Set<String> FLAGS =
            Set.of("inbounds", "nuw", "nsw", "nusw", "exact", "inrange", "disjoint", "nneg", "samesign");

    private IrValueReader() {}

    /** Reads an operand with its type and its attributes before it. */
    static IrValue typed(IrCursor in) {
        return typed(in, 0);
    }

    private static IrValue typed(IrCursor in, int depth) {
        IrType type = IrTypeReader.read(in);
        skipAttributes(in);
        return read(in, type, depth);
    }

    /** Passes words between the type of an argument and its value: {@code noundef align 8 dereferenceable(8)}. */
    static void skipAttributes(IrCursor in) {
        while (true) {
            String word = in.peekWord();
            if (word.isEmpty() || isValueWord(word) || word.charAt(0) == '-' || Character.isDigit(word.charAt(0))) {
                if (in.peek() == '"') { // "key"="value"
                    in.string();
                    if (in.accept('=')) {
                        in.string();
                    }
                    continue;
                }
                return;
            }
            in.word();
            if (in.peek() == '(') {
                in.skipBrackets();
            } else if (word.equals("align")) {
                in.word();
            }
        }
    }

    private static boolean isValueWord(String word) {
        return switch (word) {
            case "null", "undef", "poison", "true", "false", "none", "zeroinitializer", "asm", "blockaddress", "c" ->
                true;
            case "dso_local_equivalent", "no_cfi", "ptrauth" -> true;
            default -> isExpression(word);
        };
    }

    private static boolean isExpression(String word) {
        return switch (word) {
            case "getelementptr",
                    "bitcast",
                    "addrspacecast",
                    "inttoptr",
                    "ptrtoint",
                    "ptrtoaddr",
                    "trunc",
                    "zext",
                    "sext" -> true;
            case "add", "sub", "mul", "and", "or", "xor", "shl", "lshr", "ashr", "select", "icmp", "fcmp" -> true;
            case "extractvalue",
                    "insertvalue",
                    "extractelement",
                    "insertelement",
                    "shufflevector",
                    "udiv",
                    "sdiv",
                    "urem",
                    "srem",
                    "fptoui",
                    "fptosi",
                    "uitofp",
                    "sitofp",
                    "fptrunc",
                    "fpext" -> true;
            default -> false;
        };
    }

    /** Reads an operand of a known type. */
    static IrValue read(IrCursor in, IrType type) {
        return read(in, type, 0);
    }

    private static IrValue read(IrCursor in, IrType type, int depth) {
        if (depth > IrCursor.DEEPEST) {
            throw in.broken("an expression nested deeper than " + IrCursor.DEEPEST + " levels");
        }
        char c = in.peek();
        switch (c) {
            case '%':
                in.expect('%');
                return IrValue.local(type, in.name());
            case '@':
                in.expect('@');
                return IrValue.global(type, in.name());
            case '{', '[', '<':
                in.skipBrackets();
                return IrValue.other(IrValue.Kind.OTHER, type);
            case '!':
                in.expect('!');
                metadata(in);
                return IrValue.other(IrValue.Kind.OTHER, type);
            case '"':
                in.string();
                return IrValue.other(IrValue.Kind.OTHER, type);
            default:
                return word(in, type, depth);
        }
    }

    private static void metadata(IrCursor in) {
        if (in.peek() == '"') {
            in.string();
        } else {
            in.word();
        }
        if (in.peek() == '(' || in.peek() == '{') {
            in.skipBrackets();
        }
    }

    private static IrValue word(IrCursor in, IrType type, int depth) {
        String word = in.word();
        if (word.isEmpty()) {
            throw in.broken("expected a value");
        }
        if (isExpression(word)) {
            return expression(in, type, word, depth);
        }
        switch (word) {
            case "true", "false":
                return IrValue.number(type, word.equals("true") ? 1 : 0);
            case "null", "zeroinitializer":
                return type.isPointer() ? IrValue.other(IrValue.Kind.NULL, type) : IrValue.number(type, 0);
            case "c":
                in.string();
                return IrValue.other(IrValue.Kind.OTHER, type);
            case "dso_local_equivalent", "no_cfi":
                return read(in, type, depth + 1);
            case "blockaddress", "ptrauth":
                in.skipBrackets();
                return IrValue.other(IrValue.Kind.OTHER, type);
            default:
                return number(word, type);
        }
    }

    private static IrValue number(String word, IrType type) {
        char first = word.charAt(0);
        if (first != '-' && !Character.isDigit(first) || type.kind() == IrType.Kind.FLOAT) {
            return IrValue.other(IrValue.Kind.OTHER, type);
        }
        try {
            return IrValue.number(type, Long.parseLong(word));
        } catch (NumberFormatException large) {
            return IrValue.other(IrValue.Kind.OTHER, type);
        }
    }

    private static IrValue expression(IrCursor in, IrType type, String operation, int depth) {
        while (FLAGS.contains(in.peekWord())) {
            if (in.word().equals("inrange") && in.peek() == '(') {
                in.skipBrackets();
            }
        }
        if (operation.equals("icmp") || operation.equals("fcmp")) {
            in.word();
        }
        in.expect('(');
        IrType source = null;
        if (operation.equals("getelementptr")) {
            source = IrTypeReader.read(in);
            in.expect(',');
        }
        List<IrValue> operands = new ArrayList<>();
        while (in.peek() != ')') {
            if (operation.equals("getelementptr") && in.peekWord().startsWith("inrange")) {
                in.word();
            }
            operands.add(typed(in, depth + 1));
            if (in.accept("to")) {
                type = IrTypeReader.read(in);
            }
            if (!in.accept(',')) {
                break;
            }
        }
        in.expect(')');
        return new IrValue(IrValue.Kind.EXPRESSION, type, operation, 0, source, List.copyOf(operands));
    }
}
