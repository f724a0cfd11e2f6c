package dev.faultline.source.llvm.code;

import dev.faultline.source.llvm.debug.DebugType;
import dev.faultline.source.llvm.debug.DebugTypes;
import dev.faultline.source.llvm.text.IrBlock;
import dev.faultline.source.llvm.text.IrFunction;
import dev.faultline.source.llvm.text.IrInstruction;
import dev.faultline.source.llvm.text.IrValue;
import dev.faultline.source.llvm.text.Metadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of a function by name: what defines each, and what debug records say about it. */
final class FunctionValues {

    private final Metadata metadata;
    private final DebugTypes types;
    private final Map<String, IrInstruction> definitions = new HashMap<>();
    private final Map<String, Integer> parameters = new HashMap<>();
    /** What pointers point to, by the variables that hold them. */
    private final Map<String, DebugType> pointees = new HashMap<>();
    /** The types of variables that are in memory, by their addresses. */
    private final Map<String, DebugType> variables = new HashMap<>();
    /** What is stored in variables of the function. */
    private final Map<String, List<IrValue>> stores = new HashMap<>();

    FunctionValues(IrFunction function, List<IrBlock> blocks, Metadata metadata, DebugTypes types) {
        this.metadata = metadata;
        this.types = types;
        for (int i = 0; i < function.parameters().size(); i++) {
            parameters.put(function.parameters().get(i).name(), i);
        }
        for (IrBlock block : blocks) {
            for (IrInstruction one : block.instructions()) {
                if (!one.result().isEmpty()) {
                    definitions.put(one.result(), one);
                }
            }
        }
        for (IrBlock block : blocks) {
            block.instructions().forEach(this::look);
        }
        stores.forEach((slot, values) -> {
            DebugType held = variables.get(slot);
            if (held != null && held.kind() == DebugType.Kind.POINTER) {
                values.stream().filter(IrValue::isLocal).forEach(value -> describe(value.name(), held.target()));
            }
        });
    }

    private void look(IrInstruction one) {
        if (one.is("store") && one.operand(1).isLocal() && isSlot(one.operand(1).name())) {
            stores.computeIfAbsent(one.operand(1).name(), any -> new ArrayList<>(1))
                    .add(one.operand(0));
        } else if (one.operation().startsWith("dbg.") && one.operand(0).isLocal()) {
            debug(one);
        }
    }

    private void debug(IrInstruction one) {
        int node = metadata.reference(one.variable(), "type");
        if (node == Metadata.NONE) {
            return;
        }
        String name = one.operand(0).name();
        DebugType type = types.of(node);
        boolean isAddress =
                one.is("dbg.declare") != one.isDereferenced() || one.is("dbg.value") && one.isDereferenced();
        if (isAddress) {
            variables.putIfAbsent(name, type);
        } else if (type.kind() == DebugType.Kind.POINTER) {
            describe(name, type.target());
        }
    }

    /**
     * Notes what a pointer points to; of several types, a struct, and of several structs the one that has the others.
     */
    private void describe(String name, int target) {
        DebugType type = types.of(target);
        DebugType known = pointees.get(name);
        boolean isBetter = known == null
                || type.isStruct() && !known.isStruct()
                || type.isStruct() && known.isStruct() && types.has(type, 0, known) && !types.has(known, 0, type);
        if (isBetter) {
            pointees.put(name, type);
        }
    }

    /** {@return whether a value is the address of a variable of the function} */
    boolean isSlot(String name) {
        IrInstruction definition = definitions.get(name);
        return definition != null && definition.is("alloca");
    }

    /** {@return the instruction that defines a value; null when none does} */
    IrInstruction definition(String name) {
        return definitions.get(name);
    }

    /** {@return the number of a parameter; -1 when it is none} */
    int parameter(String name) {
        return parameters.getOrDefault(name, -1);
    }

    /** {@return what a pointer points to by the debug records; null when they do not say} */
    DebugType pointee(String name) {
        return pointees.get(name);
    }

    /** {@return the type of the variable at an address; null when debug records do not say} */
    DebugType variable(String name) {
        return variables.get(name);
    }

    /** {@return what is stored in a variable of the function} */
    List<IrValue> stored(String slot) {
        return stores.getOrDefault(slot, List.of());
    }

    /**
     * {@return the instruction that computes a value, behind casts and variables of the function that are written once;
     * null when it is a constant or a parameter}
     */
    IrInstruction origin(IrValue value) {
        IrValue one = value;
        for (int depth = 0; depth < 16; depth++) {
            IrInstruction definition = one.isLocal() ? definitions.get(one.name()) : null;
            if (definition == null) {
                return null;
            }
            switch (definition.operation()) {
                case "bitcast", "trunc", "zext", "sext", "freeze", "ptrtoint", "inttoptr", "extractvalue" ->
                    one = definition.operand(0);
                case "load" -> {
                    IrValue slot = definition.operand(0);
                    List<IrValue> written = slot.isLocal() && isSlot(slot.name()) ? stored(slot.name()) : List.of();
                    if (written.size() != 1) {
                        return definition;
                    }
                    one = written.get(0);
                }
                default -> {
                    return definition;
                }
            }
        }
        return null;
    }

    /** {@return a value behind variables of the function that are written once} */
    IrValue behindSlots(IrValue value) {
        IrValue one = value;
        for (int depth = 0; depth < 16 && one.isLocal(); depth++) {
            IrInstruction definition = definitions.get(one.name());
            IrValue slot = definition != null && definition.is("load") ? definition.operand(0) : IrValueNone.VALUE;
            List<IrValue> written = slot.isLocal() && isSlot(slot.name()) ? stored(slot.name()) : List.of();
            if (written.size() != 1) {
                return one;
            }
            one = written.get(0);
        }
        return one;
    }

    private static final class IrValueNone {
        private static final IrValue VALUE = new IrValue(IrValue.Kind.OTHER, null, "", 0, null, List.of());
    }
}
