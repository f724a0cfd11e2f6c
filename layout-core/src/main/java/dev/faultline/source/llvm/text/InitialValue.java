package dev.faultline.source.llvm.text;

import dev.faultline.input.InputException;
import java.util.ArrayList;
import java.util.List;

/** The addresses in the initial value of a variable. */
public final class InitialValue {

    private static final int MOST = 1 << 16;

    /**
     * An address in the value.
     *
     * @param byteOffset where it is, from the start of the variable
     * @param name the function or variable whose address it is
     */
    public record Pointer(long byteOffset, String name) {}

    private final IrCursor in;
    private final IrLayout layout;
    private final List<Pointer> pointers = new ArrayList<>();

    private InitialValue(IrCursor in, IrLayout layout) {
        this.in = in;
        this.layout = layout;
    }

    /** {@return the addresses in the initial value of a variable, as far as it can be read} */
    static List<Pointer> pointers(IrModule module, IrGlobal global) {
        if (module.text.indexOf("@", global.valueStart(), global.valueEnd()) < 0) {
            return List.of();
        }
        InitialValue value = new InitialValue(
                new IrCursor(module.source, module.text, global.valueStart(), global.valueEnd()), module.layout());
        try {
            value.read(global.type(), 0, 0);
        } catch (InputException broken) {
            return value.pointers; // what comes behind is not known
        }
        return value.pointers;
    }

    private void read(IrType type, long byteOffset, int depth) {
        IrType body = layout.body(type);
        char c = in.peek();
        if (depth > IrCursor.DEEPEST || pointers.size() > MOST) {
            throw in.broken("a value that is too large");
        }
        if (body.kind() == IrType.Kind.STRUCT && (c == '{' || c == '<')) {
            boolean isPacked = in.accept('<');
            in.expect('{');
            for (int i = 0; in.peek() != '}'; i++) {
                read(IrTypeReader.read(in), byteOffset + layout.offset(body, i), depth + 1);
                if (!in.accept(',')) {
                    break;
                }
            }
            in.expect('}');
            if (isPacked) {
                in.expect('>');
            }
        } else if (body.kind() == IrType.Kind.ARRAY && c == '[') {
            in.expect('[');
            long bytes = layout.byteSize(body.element());
            for (int i = 0; in.peek() != ']'; i++) {
                read(IrTypeReader.read(in), byteOffset + i * bytes, depth + 1);
                if (!in.accept(',')) {
                    break;
                }
            }
            in.expect(']');
        } else {
            add(IrValueReader.read(in, type), byteOffset);
        }
    }

    private void add(IrValue value, long byteOffset) {
        IrValue one = value;
        while (one.kind() == IrValue.Kind.EXPRESSION && !one.operands().isEmpty()) {
            one = one.operands().get(0);
        }
        if (one.isGlobal()) {
            pointers.add(new Pointer(byteOffset, one.name()));
        }
    }
}
