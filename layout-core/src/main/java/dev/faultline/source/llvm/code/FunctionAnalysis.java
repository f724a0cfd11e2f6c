package dev.faultline.source.llvm.code;

import dev.faultline.access.AccessKind;
import dev.faultline.access.code.CodePlace;
import dev.faultline.access.code.MemoryOrder;
import dev.faultline.access.code.StoredValue;
import dev.faultline.source.llvm.debug.DebugMember;
import dev.faultline.source.llvm.debug.DebugType;
import dev.faultline.source.llvm.debug.DebugTypes;
import dev.faultline.source.llvm.debug.StructPlace;
import dev.faultline.source.llvm.text.IrBlock;
import dev.faultline.source.llvm.text.IrFunction;
import dev.faultline.source.llvm.text.IrInstruction;
import dev.faultline.source.llvm.text.IrModule;
import dev.faultline.source.llvm.text.IrValue;
import dev.faultline.source.llvm.text.Metadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Finds what one function does to memory, and what it calls. */
final class FunctionAnalysis {

    private static final int MOST_TOUCHES = 1 << 18;

    private final IrModule module;
    private final DebugTypes types;
    private final AliasTags tags;
    private final SourcePlaces places;
    private final IrFunction function;
    private final List<IrBlock> blocks;
    private final ToIntFunction<IrInstruction> locks;
    private final FunctionValues values;
    private final AddressResolver addresses;
    private final LoopBlocks loops;
    private final Set<IrInstruction> polled = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<StructTouch> touches = new ArrayList<>();
    private final List<FunctionCall> calls = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private final Map<String, CodePlace> threads = new LinkedHashMap<>();
    private final Map<CodePointer, Set<String>> pointers = new HashMap<>();
    private final Set<Integer> starters = new HashSet<>();
    private final Coverage coverage = new Coverage();
    private final CodePlace own;

    /** The source places of accesses in loops: the first turn of a loop may be apart from the others. */
    private final Set<Integer> looped = new HashSet<>();

    private final List<Integer> locations = new ArrayList<>();
    private boolean inLoop;
    private boolean isLocked;
    private IrInstruction current;
    private BitFieldUse bitFields;
    private ThreadIndex threadIndex;

    /**
     * Prepares the analysis.
     *
     * @param module the module
     * @param types its types
     * @param tags what the compiler says of accesses
     * @param places its source places
     * @param function the function
     * @param blocks its blocks
     * @param locks how many locks an instruction takes
     */
    FunctionAnalysis(
            IrModule module,
            DebugTypes types,
            AliasTags tags,
            SourcePlaces places,
            IrFunction function,
            List<IrBlock> blocks,
            ToIntFunction<IrInstruction> locks) {
        this.module = module;
        this.types = types;
        this.tags = tags;
        this.places = places;
        this.function = function;
        this.blocks = blocks;
        this.locks = locks;
        this.values = new FunctionValues(function, blocks, module.metadata(), types);
        this.addresses = new AddressResolver(module, types, values);
        this.loops = new LoopBlocks(blocks);
        this.own = places.ofFunction(function.subprogram(), function.name());
    }

    /** {@return the accesses, attributed and not} */
    Coverage coverage() {
        return coverage;
    }

    FunctionCode run() {
        findPolled();
        LockRegions regions = new LockRegions(blocks, loops, locks);
        for (int i = 0; i < blocks.size(); i++) {
            inLoop = loops.inLoop(i);
            int held = regions.atStart(i);
            for (IrInstruction one : blocks.get(i).instructions()) {
                isLocked = held > 0;
                current = one;
                if (touches.size() < MOST_TOUCHES) {
                    look(one);
                }
                held = regions.after(held, one);
            }
        }
        for (int i = 0; i < touches.size(); i++) {
            if (looped.contains(locations.get(i))) {
                touches.set(i, touches.get(i).looped());
            }
        }
        boolean creates = calls.stream().anyMatch(call -> call.callee().startsWith("_ZNSt6thread15_M_start_thread"));
        if (creates) {
            taken.forEach(name -> threads.putIfAbsent(name, own));
        }
        return new FunctionCode(
                function.name(),
                own.function(),
                function.isInternal(),
                touches,
                calls,
                taken,
                threads,
                pointers,
                starters,
                own);
    }

    private void look(IrInstruction one) {
        switch (one.operation()) {
            case "load" ->
                access(AccessKind.READ, one.operand(0), module.layout().byteSize(one.type()), StoredValue.NONE);
            case "store" -> {
                take(one.operand(0));
                keep(one);
                access(AccessKind.WRITE, one.operand(1), module.layout().byteSize(one.type()), stored(one));
            }
            case "atomicrmw" ->
                access(AccessKind.RMW, one.operand(0), module.layout().byteSize(one.type()), updated(one));
            case "cmpxchg" ->
                access(
                        inLoop ? AccessKind.CAS_LOOP : AccessKind.RMW,
                        one.operand(0),
                        module.layout().byteSize(one.type()),
                        exchanged(one));
            case "asm" ->
                InlineAssembly.operands(one.word(), one.constraints())
                        .forEach((argument, kind) -> assembly(one, argument, kind));
            case "call" -> call(one);
            case "phi", "select" -> one.operands().forEach(this::take);
            default -> {}
        }
    }

    /** Notes a function whose address is used. */
    private void take(IrValue value) {
        if (isFunction(value)) {
            taken.add(value.name());
        } else if (value.kind() == IrValue.Kind.EXPRESSION) {
            value.operands().forEach(this::take);
        }
    }

    private boolean isFunction(IrValue value) {
        return value.isGlobal() && module.functions().containsKey(value.name());
    }

    /** Notes where the address of a function is stored. */
    private void keep(IrInstruction store) {
        IrValue value = store.operand(0);
        while (value.kind() == IrValue.Kind.EXPRESSION && !value.operands().isEmpty()) {
            value = value.operands().get(0);
        }
        if (isFunction(value)) {
            CodePointer place = pointer(addresses.of(store.operand(1)));
            if (place != null) {
                pointers.computeIfAbsent(place, any -> new LinkedHashSet<>()).add(value.name());
            }
        }
    }

    /** {@return where a pointer to a function was loaded from; null when that is not known} */
    private CodePointer through(IrValue callee) {
        IrInstruction made = values.origin(callee);
        return made != null && made.is("load") ? pointer(addresses.of(made.operand(0))) : null;
    }

    private CodePointer pointer(Address address) {
        if (address == null) {
            return null;
        }
        long offset = AddressResolver.inside(address);
        List<StructPlace> found = offset < 0 ? List.of() : types.places(address.view(), offset, 1);
        if (!found.isEmpty()) {
            return CodePointer.member(found);
        }
        boolean isVariable = address.root().kind() == AddressRoot.Kind.GLOBAL;
        return isVariable ? CodePointer.variable(address.root().name()) : null;
    }

    private void assembly(IrInstruction one, int argument, AccessKind kind) {
        boolean isTied = kind == AccessKind.READ
                && one.operands().stream()
                                .filter(other -> other.equals(one.operand(argument)))
                                .count()
                        > 1;
        if (isTied) {
            return; // the same operand is written, too
        }
        StoredValue value = kind == AccessKind.READ
                ? StoredValue.NONE
                : kind == AccessKind.RMW ? new StoredValue(StoredValue.Kind.STEP, "") : StoredValue.OTHER;
        Address address = addresses.of(one.operand(argument));
        long bytes = address == null ? 4 : valueBytes(address);
        access(kind, one.operand(argument), bytes, value);
    }

    /** {@return the size of the number at an address; 4 when it is not known} */
    private long valueBytes(Address address) {
        DebugType type = types.at(address.view(), AddressResolver.inside(address), 1);
        return type.byteSize() > 0 && type.byteSize() <= 16 && !type.isStruct() ? type.byteSize() : 4;
    }

    private StoredValue updated(IrInstruction one) {
        return switch (one.word()) {
            case "add", "sub", "fadd", "fsub" -> new StoredValue(StoredValue.Kind.STEP, "");
            default -> value(one.operand(1));
        };
    }

    private StoredValue exchanged(IrInstruction one) {
        StoredValue plain = value(one.operand(2));
        if (plain.kind() != StoredValue.Kind.OTHER) {
            return plain;
        }
        IrInstruction origin = values.origin(one.operand(2));
        boolean isStep = origin != null && (origin.is("add") || origin.is("sub"));
        return isStep ? new StoredValue(StoredValue.Kind.STEP, "") : plain;
    }

    private StoredValue stored(IrInstruction store) {
        StoredValue plain = value(store.operand(0));
        if (plain.kind() != StoredValue.Kind.OTHER) {
            return plain;
        }
        IrInstruction origin = values.origin(store.operand(0));
        if (origin != null && (origin.is("add") || origin.is("sub"))) {
            for (int i = 0; i < 2; i++) {
                IrInstruction from = values.origin(origin.operand(i));
                if (from != null && from.is("load") && isSame(from.operand(0), store.operand(1))) {
                    return new StoredValue(StoredValue.Kind.STEP, "");
                }
            }
        }
        return plain;
    }

    private boolean isSame(IrValue one, IrValue other) {
        if (one.equals(other)) {
            return true;
        }
        Address first = addresses.of(one);
        Address second = addresses.of(other);
        return first != null
                && second != null
                && first.view().equals(second.view())
                && first.viewOffset() == second.viewOffset();
    }

    private StoredValue value(IrValue value) {
        IrValue origin = values.behindSlots(value);
        return switch (origin.kind()) {
            case NUMBER -> new StoredValue(StoredValue.Kind.CONSTANT, Long.toString(origin.number()));
            case NULL -> new StoredValue(StoredValue.Kind.CONSTANT, "null");
            case LOCAL -> {
                Address address = addresses.of(origin);
                boolean isFresh = address != null
                        && address.root().kind() == AddressRoot.Kind.FRESH
                        && origin.type() != null
                        && origin.type().isPointer();
                yield isFresh ? new StoredValue(StoredValue.Kind.FRESH, "") : StoredValue.OTHER;
            }
            default -> StoredValue.OTHER;
        };
    }

    private void access(AccessKind kind, IrValue pointer, long byteSize, StoredValue stored) {
        Address address = addresses.of(pointer);
        if (address != null && address.root().kind() == AddressRoot.Kind.LOCAL) {
            return; // no other thread sees it
        }
        record(kind, address, Math.max(1, byteSize), stored);
    }

    private void record(AccessKind kind, Address address, long byteSize, StoredValue stored) {
        List<StructPlace> found = places(address, byteSize);
        if (found.isEmpty()) {
            count(address);
        } else {
            coverage.field();
        }
        boolean isOfBits = isOfBits(address, byteSize);
        if (isOfBits && kind == AccessKind.READ && bitFields().isKept(current)) {
            return; // the rest of the unit, which is written back
        }
        int[] bits = isOfBits ? bitFields().bits(current, (int) Math.min(64, byteSize * 8)) : NO_BITS;
        boolean isKnownRoot = address != null;
        CodePlace place = places.of(current.location(), own);
        locations.add(current.location());
        if (inLoop && current.location() != Metadata.NONE) {
            looped.add(current.location());
        }
        touches.add(new StructTouch(
                found,
                isKnownRoot ? address.root() : AddressRoot.UNKNOWN,
                isKnownRoot && address.isFixed() ? address.rootOffset() : -1,
                index(address),
                byteSize,
                bits[0],
                bits[1],
                kind,
                current.order(),
                inLoop,
                polled.contains(current),
                isLocked,
                current.is("cmpxchg"),
                stored,
                place,
                places.isLibrary(place)));
    }

    private static final int[] NO_BITS = {0, 0};

    private void count(Address address) {
        if (address != null
                && (address.root().kind() == AddressRoot.Kind.GLOBAL
                        || address.root().kind() == AddressRoot.Kind.THREAD)) {
            coverage.variable();
        } else if (address != null
                && address.view() != DebugType.UNKNOWN
                && !address.view().isStruct()) {
            coverage.plain();
        } else {
            coverage.unknown(own.function());
        }
    }

    /**
     * {@return the structs at an address: by what the compiler says of the access, where the address leads elsewhere,
     * as one does that is computed from a member of the struct; else by the address}
     */
    private List<StructPlace> places(Address address, long byteSize) {
        List<StructPlace> tagged = byAliasTag(byteSize);
        boolean isTyped =
                address != null && (address.view().isStruct() || address.view().kind() == DebugType.Kind.ARRAY);
        if (!isTyped) {
            return tagged;
        }
        boolean isOutside = address.viewOffset() < 0
                || address.viewOffset() >= address.view().byteSize();
        long offset = AddressResolver.inside(address);
        List<StructPlace> byAddress = offset < 0 ? List.of() : types.places(address.view(), offset, byteSize);
        boolean isOther = !tagged.isEmpty() && !byAddress.contains(tagged.get(0));
        return isOther && (isOutside || !isUnion(address.view())) ? tagged : byAddress;
    }

    /** {@return whether a struct has members that share bytes, whose tags may be those of any} */
    private static boolean isUnion(DebugType type) {
        return type.isUnion();
    }

    private List<StructPlace> byAliasTag(long byteSize) {
        AliasTags.Tag tag = tags.of(current.aliasTag());
        return tag == null ? List.of() : types.places(tag.struct(), tag.byteOffset(), byteSize);
    }

    /** {@return whether a load or store moves bit-fields} */
    private boolean isOfBits(Address address, long byteSize) {
        if (address == null || !address.view().isStruct() || !current.is("load") && !current.is("store")) {
            return false;
        }
        long offset = AddressResolver.inside(address);
        boolean hasBits = false;
        DebugType type = address.view();
        for (int depth = 0; depth < 16 && type.isStruct(); depth++) {
            DebugMember inner = null;
            for (DebugMember member : type.members()) {
                long start = member.bitOffset();
                hasBits |=
                        member.isBitField() && start < (offset + byteSize) * 8 && start + member.bitSize() > offset * 8;
                boolean isInside = offset >= start / 8 && offset * 8 < start + member.bitSize();
                inner = !member.isBitField() && isInside ? member : inner;
            }
            if (hasBits || inner == null) {
                break;
            }
            offset -= inner.bitOffset() / 8;
            type = types.of(inner.type());
        }
        return hasBits;
    }

    private BitFieldUse bitFields() {
        if (bitFields == null) {
            bitFields = new BitFieldUse(values, blocks);
        }
        return bitFields;
    }

    private void call(IrInstruction one) {
        CodePlace place = places.of(one.location(), own);
        String name = one.callee().isGlobal() ? one.callee().name() : "";
        CodePointer through = name.isEmpty() ? through(one.callee()) : null;
        if (name.isEmpty() && through == null) {
            one.operands().forEach(this::take);
            return;
        }
        Optional<KnownFunctions.Memory> memory = KnownFunctions.memory(name);
        if (memory.isPresent()) {
            memory(one, memory.get());
            return;
        }
        if (KnownFunctions.isNothing(name)) {
            return;
        }
        if (KnownFunctions.takesLock(name)) {
            stripe(one);
        }
        boolean creates = KnownFunctions.createsThread(name);
        List<FunctionCall.Argument> arguments = new ArrayList<>(one.operands().size());
        for (IrValue operand : one.operands()) {
            take(operand);
            IrValue behind = values.behindSlots(operand);
            take(behind);
            if (creates && behind.isGlobal() && module.functions().containsKey(behind.name())) {
                threads.putIfAbsent(behind.name(), place);
            }
            if (creates && behind.isLocal() && values.parameter(behind.name()) >= 0) {
                starters.add(values.parameter(behind.name()));
            }
            arguments.add(argument(operand, isFunction(behind) ? behind.name() : ""));
        }
        calls.add(new FunctionCall(
                name, through, arguments, inLoop, isLocked, touches.size(), place, places.isLibrary(place)));
    }

    /** Taking the lock of an element of an array updates it atomically, without another lock. */
    private void stripe(IrInstruction call) {
        Address address = addresses.of(call.operand(0));
        if (address == null || address.index() == null || places(address, 1).isEmpty()) {
            return;
        }
        boolean wasLocked = isLocked;
        isLocked = false;
        record(AccessKind.RMW, address, 1, StoredValue.OTHER);
        isLocked = wasLocked;
    }

    private ElementIndex index(Address address) {
        if (address != null
                && address.index() != null
                && current.is("call")
                && KnownFunctions.takesLock(current.callee().name())) {
            return ElementIndex.stripe(address.byteStride());
        }
        return address == null || address.index() == null
                ? ElementIndex.NONE
                : threadIndex().of(address.index(), address.root()).every(address.byteStride());
    }

    private ThreadIndex threadIndex() {
        if (threadIndex == null) {
            threadIndex = new ThreadIndex(values, addresses, blocks);
        }
        return threadIndex;
    }

    private FunctionCall.Argument argument(IrValue operand, String function) {
        Address address = operand.type() != null && operand.type().isPointer() ? addresses.of(operand) : null;
        if (address == null) {
            return new FunctionCall.Argument(
                    AddressRoot.UNKNOWN, -1, List.of(), threadIndex().of(operand, null), function);
        }
        boolean isTyped = address.view().isStruct() || address.view().kind() == DebugType.Kind.ARRAY;
        boolean isIn = isTyped && AddressResolver.inside(address) >= 0;
        return new FunctionCall.Argument(
                address.root(),
                address.isFixed() ? address.rootOffset() : -1,
                isIn ? types.places(address.view(), AddressResolver.inside(address), 1) : List.of(),
                address.root().kind() == AddressRoot.Kind.PARAMETER && address.isFixed()
                        ? ElementIndex.ofParameter(address.root().index())
                        : index(address),
                function);
    }

    private void memory(IrInstruction one, KnownFunctions.Memory memory) {
        IrValue count = one.operand(2);
        long bytes = count.isNumber() ? Math.max(0, count.number()) : 1;
        if (bytes == 0) {
            return;
        }
        boolean isSet = memory == KnownFunctions.Memory.SET;
        access(AccessKind.WRITE, one.operand(0), bytes, isSet ? value(one.operand(1)) : StoredValue.OTHER);
        if (!isSet) {
            access(AccessKind.READ, one.operand(1), bytes, StoredValue.NONE);
        }
    }

    /** Finds the ordered reads that decide whether a loop goes on. */
    private void findPolled() {
        for (int i = 0; i < blocks.size(); i++) {
            if (!loops.inLoop(i) || blocks.get(i).instructions().isEmpty()) {
                continue;
            }
            IrInstruction last = blocks.get(i).last();
            int block = i;
            boolean leaves = false;
            for (int next : loops.successors(block)) {
                leaves |= !loops.isSameLoop(block, next);
            }
            if (leaves && last.is("br") && !last.operands().isEmpty()) {
                poll(last.operand(0), 0);
            }
        }
    }

    private void poll(IrValue condition, int depth) {
        IrInstruction origin = depth > 6 ? null : values.origin(condition);
        if (origin == null) {
            return;
        }
        if (origin.is("load")) {
            if (origin.order() != MemoryOrder.PLAIN) {
                polled.add(origin);
            }
        } else if (!origin.is("call") && !origin.is("phi") && !origin.is("cmpxchg")) {
            origin.operands().forEach(operand -> poll(operand, depth + 1));
        }
    }
}
