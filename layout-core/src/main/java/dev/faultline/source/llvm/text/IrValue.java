package dev.faultline.source.llvm.text;

import java.util.List;

/**
 * An operand.
 *
 * @param kind what it is
 * @param type its type, when the text states one
 * @param name of a local or global value, its name; of an expression, its operation
 * @param number of a number, its value
 * @param source of an address computed by an expression, the type that its indices step through
 * @param operands of an expression, its operands
 */
public record IrValue(Kind kind, IrType type, String name, long number, IrType source, List<IrValue> operands) {

    /** What an operand is. */
    public enum Kind {
        /** The result of an instruction, or a parameter. */
        LOCAL,
        /** A global variable or function. */
        GLOBAL,
        /** A number. */
        NUMBER,
        /** A constant expression. */
        EXPRESSION,
        /** A null pointer. */
        NULL,
        /** Anything else. */
        OTHER
    }

    static final IrValue OTHER = new IrValue(Kind.OTHER, IrType.OTHER, "", 0, null, List.of());

    static IrValue local(IrType type, String name) {
        return new IrValue(Kind.LOCAL, type, name, 0, null, List.of());
    }

    static IrValue global(IrType type, String name) {
        return new IrValue(Kind.GLOBAL, type, name, 0, null, List.of());
    }

    static IrValue number(IrType type, long number) {
        return new IrValue(Kind.NUMBER, type, "", number, null, List.of());
    }

    static IrValue other(Kind kind, IrType type) {
        return new IrValue(kind, type, "", 0, null, List.of());
    }

    /** {@return whether it is the result of an instruction, or a parameter} */
    public boolean isLocal() {
        return kind == Kind.LOCAL;
    }

    /** {@return whether it is a global variable or function} */
    public boolean isGlobal() {
        return kind == Kind.GLOBAL;
    }

    /** {@return whether it is a number} */
    public boolean isNumber() {
        return kind == Kind.NUMBER;
    }
}
