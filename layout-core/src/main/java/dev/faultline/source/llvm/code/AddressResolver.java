package dev.faultline.source.llvm.code;

import dev.faultline.source.llvm.debug.DebugType;
import dev.faultline.source.llvm.debug.DebugTypes;
import dev.faultline.source.llvm.text.IrFunction;
import dev.faultline.source.llvm.text.IrGlobal;
import dev.faultline.source.llvm.text.IrInstruction;
import dev.faultline.source.llvm.text.IrLayout;
import dev.faultline.source.llvm.text.IrModule;
import dev.faultline.source.llvm.text.IrType;
import dev.faultline.source.llvm.text.IrValue;
import dev.faultline.source.llvm.text.Metadata;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what the addresses in a function are computed from, and which struct is there. */
final class AddressResolver {

    private static final int DEEPEST = 200;

    private final IrModule module;
    private final IrLayout layout;
    private final DebugTypes types;
    private final FunctionValues values;
    private final Map<String, Address> known = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    AddressResolver(IrModule module, DebugTypes types, FunctionValues values) {
        this.module = module;
        this.layout = module.layout();
        this.types = types;
        this.values = values;
    }

    /** {@return the address that a value is; null when that is not known} */
    Address of(IrValue value) {
        return of(value, 0);
    }

    private Address of(IrValue value, int depth) {
        if (depth > DEEPEST) {
            return null;
        }
        return switch (value.kind()) {
            case GLOBAL -> global(value.name());
            case EXPRESSION -> expression(value, depth);
            case LOCAL -> local(value, depth);
            default -> null;
        };
    }

    private Address global(String name) {
        IrGlobal global = module.globals().get(name);
        if (global == null) {
            return null;
        }
        DebugType type = types.ofVariable(global);
        if (type == DebugType.UNKNOWN) {
            type = itself(global.type());
        }
        AddressRoot.Kind kind = global.isThreadLocal() ? AddressRoot.Kind.THREAD : AddressRoot.Kind.GLOBAL;
        return Address.of(AddressRoot.of(kind, name), type);
    }

    private Address expression(IrValue value, int depth) {
        switch (value.name()) {
            case "getelementptr":
                return stepped(value.source(), value.operands(), depth);
            case "bitcast", "addrspacecast", "inttoptr", "ptrtoint":
                Address base =
                        value.operands().isEmpty() ? null : of(value.operands().get(0), depth + 1);
                return base == null ? null : typed(base, value.type());
            default:
                return null;
        }
    }

    private Address local(IrValue value, int depth) {
        String name = value.name();
        Address found = known.get(name);
        if (found != null) {
            return found;
        }
        if (!open.add(name)) {
            return null;
        }
        try {
            found = described(name, value.type(), computed(name, depth));
        } finally {
            open.remove(name);
        }
        if (found != null) {
            known.put(name, found);
        }
        return found;
    }

    /** Adds what debug records and the type of a pointer say. */
    private Address described(String name, IrType type, Address computed) {
        Address base = computed == null
                ? Address.of(AddressRoot.of(AddressRoot.Kind.OTHER, name), DebugType.UNKNOWN)
                : computed;
        DebugType variable = values.variable(name);
        DebugType declared = variable != null ? variable : values.pointee(name);
        if (declared != null && declared.isStruct()) {
            return fits(base, declared) ? base : base.viewedAs(declared);
        }
        if (declared != null && base.view() == DebugType.UNKNOWN && declared != DebugType.UNKNOWN) {
            base = base.viewedAs(declared);
        }
        Address typed = typed(base, type);
        return computed == null && typed.view() == DebugType.UNKNOWN ? null : typed;
    }

    /** {@return whether a struct is where an address already points, possibly inside another one} */
    private boolean fits(Address address, DebugType struct) {
        return address.view().isStruct()
                && (address.view().name().equals(struct.name())
                                && address.view().byteSize() == struct.byteSize()
                                && Math.floorMod(address.viewOffset(), Math.max(1, struct.byteSize())) == 0
                        || types.has(address.view(), address.viewOffset(), struct));
    }

    /** Takes the struct of a typed pointer, where nothing else tells one. */
    private Address typed(Address address, IrType type) {
        DebugType struct = type == null ? DebugType.UNKNOWN : struct(type, DebugType.UNKNOWN);
        if (!struct.isStruct() || fits(address, struct)) {
            return address;
        }
        boolean isInside = address.view().isStruct()
                && address.viewOffset() >= 0
                && address.viewOffset() < address.view().byteSize()
                && address.viewOffset() > 0;
        return isInside ? address : address.viewedAs(struct);
    }

    /** {@return the struct that a type of the IR is or points to, by its name} */
    private DebugType struct(IrType type, DebugType otherwise) {
        String name = type.structName();
        if (name.isEmpty()) {
            return otherwise;
        }
        int dot = name.indexOf('.');
        String plain = dot < 0 ? name : name.substring(dot + 1);
        plain = plain.replaceFirst("(\\.\\d+)+$", "");
        return types.named(plain).filter(one -> isAsLarge(type, one)).orElse(otherwise);
    }

    /** {@return the struct that a type of the IR is, by its name} */
    private DebugType itself(IrType type) {
        return type.isPointer() ? DebugType.UNKNOWN : struct(type, DebugType.UNKNOWN);
    }

    private boolean isAsLarge(IrType type, DebugType struct) {
        IrType body = type.isPointer() ? type.element() : type;
        long bytes = layout.byteSize(body);
        return bytes == 0 || struct.byteSize() == bytes;
    }

    private Address computed(String name, int depth) {
        int parameter = values.parameter(name);
        if (parameter >= 0) {
            return Address.of(new AddressRoot(AddressRoot.Kind.PARAMETER, "", parameter), DebugType.UNKNOWN);
        }
        IrInstruction one = values.definition(name);
        if (one == null) {
            return null;
        }
        return switch (one.operation()) {
            case "alloca" -> Address.of(AddressRoot.of(AddressRoot.Kind.LOCAL, name), itself(one.type()));
            case "getelementptr" -> stepped(one.source(), one.operands(), depth);
            case "bitcast", "addrspacecast", "freeze", "inttoptr", "ptrtoint", "ptrtoaddr" ->
                of(one.operand(0), depth + 1);
            case "phi" -> joined(one.operands(), depth);
            case "select" ->
                joined(
                        one.operands()
                                .subList(
                                        Math.min(1, one.operands().size()),
                                        one.operands().size()),
                        depth);
            case "load" -> loaded(one, name, depth);
            case "call" -> returned(one, name, depth);
            case "add", "sub" -> moved(one, depth);
            case "and", "or" -> of(one.operand(0), depth + 1); // bits that mark a pointer
            default -> null;
        };
    }

    private Address moved(IrInstruction one, int depth) {
        Address base = of(one.operand(0), depth + 1);
        if (base == null || !one.operand(1).isNumber()) {
            return null;
        }
        long bytes = one.operand(1).number();
        return base.plus(one.is("add") ? bytes : -bytes, true, base.view());
    }

    private Address joined(List<IrValue> from, int depth) {
        Address joined = null;
        boolean isWhole = true;
        for (IrValue value : from) {
            Address one = of(value, depth + 1);
            if (one == null) {
                isWhole &= value.kind() == IrValue.Kind.NULL;
                continue;
            }
            joined = joined == null ? one : joined(joined, one);
        }
        return joined == null || isWhole ? joined : joined.unfixed();
    }

    private Address joined(Address one, Address other) {
        Address better = one.view().isStruct() || !other.view().isStruct() ? one : other;
        boolean isSame = one.root().equals(other.root()) && one.rootOffset() == other.rootOffset();
        AddressRoot root = one.root().equals(other.root()) ? one.root() : AddressRoot.UNKNOWN;
        return new Address(
                root,
                better.rootOffset(),
                isSame && one.isFixed() && other.isFixed(),
                better.view(),
                better.viewOffset(),
                better.index(),
                better.byteStride());
    }

    private Address loaded(IrInstruction load, String name, int depth) {
        if (!load.type().isPointer() && load.type().kind() != IrType.Kind.INTEGER) {
            return null;
        }
        IrValue pointer = load.operand(0);
        AddressRoot root = AddressRoot.of(AddressRoot.Kind.OTHER, name);
        if (pointer.isLocal() && values.isSlot(pointer.name())) {
            DebugType variable = values.variable(pointer.name());
            if (variable != null && !load.type().isPointer() && variable.kind() != DebugType.Kind.POINTER) {
                return null;
            }
            Address held = joined(values.stored(pointer.name()), depth);
            Address base = held == null ? Address.of(root, DebugType.UNKNOWN) : held;
            if (variable == null || variable.kind() != DebugType.Kind.POINTER) {
                return held;
            }
            DebugType target = types.of(variable.target());
            return target.isStruct() && !fits(base, target) || base.view() == DebugType.UNKNOWN
                    ? base.viewedAs(target)
                    : base;
        }
        Address from = of(pointer, depth + 1);
        if (from == null || from.view() == DebugType.UNKNOWN) {
            return load.type().isPointer() ? Address.of(root, DebugType.UNKNOWN) : null;
        }
        DebugType held = types.at(from.view(), inside(from), layout.pointerBytes());
        if (held.kind() == DebugType.Kind.POINTER) {
            return Address.of(root, types.of(held.target()));
        }
        return load.type().isPointer() ? Address.of(root, DebugType.UNKNOWN) : null;
    }

    /** {@return the offset of an address in its struct: of one behind its end, in the next element of an array} */
    static long inside(Address address) {
        long size = address.view().byteSize();
        boolean isBehind = size > 0 && address.viewOffset() >= size;
        return isBehind ? Math.floorMod(address.viewOffset(), size) : address.viewOffset();
    }

    private Address returned(IrInstruction call, String name, int depth) {
        if (!call.callee().isGlobal()) {
            return Address.of(AddressRoot.of(AddressRoot.Kind.OTHER, name), DebugType.UNKNOWN);
        }
        String callee = call.callee().name();
        if (callee.startsWith("llvm.threadlocal.address")) {
            return of(call.operand(0), depth + 1);
        }
        if (KnownFunctions.allocates(callee)) {
            return Address.of(AddressRoot.of(AddressRoot.Kind.FRESH, name), DebugType.UNKNOWN);
        }
        IrFunction function = module.functions().get(callee);
        Metadata metadata = module.metadata();
        DebugType view = DebugType.UNKNOWN;
        if (function != null && function.subprogram() != Metadata.NONE) {
            List<Integer> signature = metadata.list(metadata.reference(function.subprogram(), "type"), "types");
            if (!signature.isEmpty() && signature.get(0) != Metadata.NONE) {
                DebugType result = types.of(signature.get(0));
                view = result.kind() == DebugType.Kind.POINTER ? types.of(result.target()) : view;
            }
        }
        return Address.of(AddressRoot.of(AddressRoot.Kind.OTHER, name), view);
    }

    private Address stepped(IrType source, List<IrValue> operands, int depth) {
        if (operands.isEmpty() || source == null) {
            return null;
        }
        Address base = of(operands.get(0), depth + 1);
        if (base == null) {
            DebugType struct = itself(source);
            if (!struct.isStruct()) {
                return null;
            }
            base = Address.of(AddressRoot.UNKNOWN, struct);
        } else if (source.kind() == IrType.Kind.NAMED) {
            base = typed(base, source);
        }
        Step step = new Step(base);
        IrType type = source;
        for (int i = 1; i < operands.size(); i++) {
            IrValue index = operands.get(i);
            IrType body = layout.body(type);
            if (i > 1 && body.kind() == IrType.Kind.STRUCT) {
                if (!index.isNumber()
                        || index.number() < 0
                        || index.number() >= body.fields().size()) {
                    return null;
                }
                step.add(layout.offset(body, (int) index.number()));
                type = body.fields().get((int) index.number());
                continue;
            }
            if (i > 1) {
                if (body.element() == null) {
                    return null;
                }
                type = body.element();
            }
            step.times(index, layout.byteSize(type));
        }
        return step.address();
    }

    /** What is added to an address: a constant, and multiples of some strides. */
    private final class Step {

        private final Address base;
        private long bytes;
        private long stride;
        private IrValue index;
        private long indexBytes;

        Step(Address base) {
            this.base = base;
        }

        void add(long more) {
            bytes += more;
        }

        void times(IrValue value, long size) {
            if (value.isNumber()) {
                bytes += value.number() * size;
                return;
            }
            Linear linear = linear(value, 0);
            bytes += linear.constant() * size;
            stride = gcd(stride, linear.stride() * size);
            if (index == null) {
                index = value;
                indexBytes = linear.stride() * size;
            }
        }

        Address address() {
            Address moved = base.plus(bytes, stride == 0, base.view());
            if (stride == 0) {
                return moved;
            }
            Address chosen = moved.chosenBy(index, indexBytes);
            return isInArray(moved)
                    ? chosen
                    : new Address(moved.root(), moved.rootOffset(), false, DebugType.UNKNOWN, 0, index, indexBytes);
        }

        private boolean isInArray(Address moved) {
            DebugType view = moved.view();
            if (view == DebugType.UNKNOWN || stride <= 0) {
                return false;
            }
            if (view.byteSize() > 0 && stride % view.byteSize() == 0) {
                return true; // elements of an array of these
            }
            long[] array = types.arrayAround(view, inside(moved));
            return array != null && (stride % array[1] == 0 || array[1] % stride == 0);
        }
    }

    private record Linear(long constant, long stride) {}

    /** {@return an index as a constant and a factor of what is not constant} */
    private Linear linear(IrValue value, int depth) {
        if (value.isNumber()) {
            return new Linear(value.number(), 0);
        }
        IrInstruction one = value.isLocal() ? values.definition(value.name()) : null;
        if (one == null || depth > 8) {
            return new Linear(0, 1);
        }
        IrValue second = one.operand(1);
        switch (one.operation()) {
            case "add", "or", "sub":
                Linear left = linear(one.operand(0), depth + 1);
                Linear right = linear(second, depth + 1);
                long sign = one.is("sub") ? -1 : 1;
                return new Linear(left.constant() + sign * right.constant(), gcd(left.stride(), right.stride()));
            case "mul", "shl":
                if (!second.isNumber() || second.number() <= 0 || one.is("shl") && second.number() > 32) {
                    return new Linear(0, 1);
                }
                Linear base = linear(one.operand(0), depth + 1);
                long factor = one.is("shl") ? 1L << second.number() : second.number();
                return new Linear(base.constant() * factor, base.stride() * factor);
            case "zext", "sext":
                return linear(one.operand(0), depth + 1);
            default:
                return new Linear(0, 1);
        }
    }

    private static long gcd(long one, long other) {
        long a = Math.abs(one);
        long b = Math.abs(other);
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }
}
