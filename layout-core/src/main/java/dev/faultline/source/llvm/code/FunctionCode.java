package dev.faultline.source.llvm.code;

import dev.faultline.access.code.CodePlace;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a function does.
 *
 * @param linkName its name for the linker
 * @param name its name in the source
 * @param isInternal whether other modules cannot name it
 * @param touches its accesses to memory, in the order of the text
 * @param calls its calls, in the order of the text
 * @param taken functions whose address it takes
 * @param threads functions that it gives to a thread, with the place where it does
 * @param pointers functions whose addresses it stores, with the places where it does
 * @param starters its parameters that it gives to a thread as the function to run
 * @param place where it is
 */
record FunctionCode(
        String linkName,
        String name,
        boolean isInternal,
        List<StructTouch> touches,
        List<FunctionCall> calls,
        List<String> taken,
        Map<String, CodePlace> threads,
        Map<CodePointer, Set<String>> pointers,
        Set<Integer> starters,
        CodePlace place) {

    FunctionCode {
        touches = List.copyOf(touches);
        calls = List.copyOf(calls);
        taken = List.copyOf(taken);
        threads = Map.copyOf(threads);
        pointers = Map.copyOf(pointers);
        starters = Set.copyOf(starters);
    }
}
