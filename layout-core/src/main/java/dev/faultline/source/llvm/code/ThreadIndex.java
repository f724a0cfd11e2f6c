package dev.faultline.source.llvm.code;

import dev.faultline.source.llvm.code.ElementIndex.Source;
import dev.faultline.source.llvm.text.IrBlock;
import dev.faultline.source.llvm.text.IrInstruction;
import dev.faultline.source.llvm.text.IrValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds whether a number in a function depends on the thread that runs it. */
final class ThreadIndex {

    private static final int DEEPEST = 24;

    /** Functions that tell the thread or the CPU. */
    private static final Pattern TELLS = Pattern.compile("(?i)(?:\\w*_)?(?:sched_getcpu|getcpu|gettid|pthread_self|"
            + "thrd_current|omp_get_thread_num|(?:get_?)?(?:cpu|thread|tid|worker|lcore|core|processor)_?(?:id|num|"
            + "index|self)|current_(?:cpu|thread))|_ZNSt11this_thread6get_idEv|\\w*6thread7current17h\\w*|"
            + "\\w*thread7ThreadId\\w*");

    private final FunctionValues values;
    private final AddressResolver addresses;
    private final List<IrBlock> blocks;
    private Set<Place> written;

    /** Bytes behind what an address is computed from. */
    private record Place(AddressRoot root, long byteOffset) {}

    ThreadIndex(FunctionValues values, AddressResolver addresses, List<IrBlock> blocks) {
        this.values = values;
        this.addresses = addresses;
        this.blocks = blocks;
    }

    /**
     * {@return what a number depends on}
     *
     * @param value the number
     * @param array what the address is computed from that it is an index for: an index that is itself in that memory
     *     is shared like that; null when there is none
     */
    ElementIndex of(IrValue value, AddressRoot array) {
        return of(value, array, 0);
    }

    private ElementIndex of(IrValue value, AddressRoot array, int depth) {
        if (depth > DEEPEST) {
            return ElementIndex.OTHER;
        }
        IrValue one = values.behindSlots(value);
        if (!one.isLocal()) {
            return one.isNumber() ? ElementIndex.NONE : ElementIndex.OTHER;
        }
        int parameter = values.parameter(one.name());
        if (parameter >= 0) {
            return ElementIndex.ofParameter(parameter);
        }
        IrInstruction made = values.definition(one.name());
        return made == null ? ElementIndex.OTHER : computed(made, array, depth);
    }

    private ElementIndex computed(IrInstruction made, AddressRoot array, int depth) {
        return switch (made.operation()) {
            case "zext", "sext", "trunc", "freeze", "ptrtoint", "inttoptr", "bitcast", "extractvalue" ->
                of(made.operand(0), array, depth + 1);
            case "and", "urem", "srem", "udiv", "lshr", "ashr", "add", "sub", "mul", "shl", "or", "xor" ->
                of(made.operand(0), array, depth + 1).with(of(made.operand(1), array, depth + 1));
            case "select" -> of(made.operand(1), array, depth + 1).with(of(made.operand(2), array, depth + 1));
            case "load" -> loaded(made, array);
            case "call" -> called(made);
            case "asm" ->
                made.word().contains("%gs:") || made.word().contains("%fs:") ? ElementIndex.THREAD : ElementIndex.OTHER;
            default -> ElementIndex.OTHER;
        };
    }

    private static ElementIndex called(IrInstruction call) {
        boolean tells =
                call.callee().isGlobal() && TELLS.matcher(call.callee().name()).matches();
        return tells ? ElementIndex.THREAD : ElementIndex.OTHER;
    }

    /** A variable of the thread, or what a parameter points to and the function does not write. */
    private ElementIndex loaded(IrInstruction load, AddressRoot array) {
        Address from = addresses.of(load.operand(0));
        if (from == null || !from.isFixed()) {
            return ElementIndex.OTHER;
        }
        AddressRoot root = from.root();
        if (root.kind() == AddressRoot.Kind.THREAD) {
            return ElementIndex.THREAD;
        }
        boolean isGiven = root.kind() == AddressRoot.Kind.PARAMETER && !root.equals(array);
        return isGiven && !isWritten(from) ? ElementIndex.ofParameter(root.index()) : ElementIndex.OTHER;
    }

    /** {@return whether the function stores something at an address} */
    private boolean isWritten(Address address) {
        if (written == null) {
            written = new HashSet<>();
            for (IrBlock block : blocks) {
                for (IrInstruction one : block.instructions()) {
                    Address to = one.is("store") ? addresses.of(one.operand(1)) : null;
                    if (to != null && to.isFixed()) {
                        written.add(new Place(to.root(), to.rootOffset()));
                    }
                }
            }
        }
        return written.contains(new Place(address.root(), address.rootOffset()));
    }

    /** {@return whether threads whose parameters are of their own give an index of their own} */
    static boolean isOwn(ElementIndex index, Set<Integer> ownParameters) {
        return index.source() == Source.THREAD
                || index.source() == Source.PARAMETER && ownParameters.contains(index.parameter());
    }
}
