package dev.faultline.source.llvm.code;

import dev.faultline.input.InputException;
import dev.faultline.source.llvm.debug.DebugType;
import dev.faultline.source.llvm.debug.DebugTypes;
import dev.faultline.source.llvm.debug.DebugUnitWriter;
import dev.faultline.source.llvm.debug.StructPlace;
import dev.faultline.source.llvm.text.InitialValue;
import dev.faultline.source.llvm.text.IrFunction;
import dev.faultline.source.llvm.text.IrGlobal;
import dev.faultline.source.llvm.text.IrModule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the functions of one module do.
 *
 * @param functions the functions that it defines
 * @param addressTaken functions whose address a variable has
 * @param pointers functions whose addresses initial values of variables have, with their places
 * @param containers for the name of a struct, the names of those that have it as a member
 * @param arrays the global variables that are arrays of numbers of which functions write an element, chosen by a
 *     constant, a parameter or the thread
 * @param arrayNames their names in the source
 * @param ofThreads the names of structs of which each thread has a variable
 * @param coverage how many accesses were attributed
 * @param unread a line for each function that could not be read
 */
public record ModuleCode(
        List<FunctionCode> functions,
        Set<String> addressTaken,
        Map<CodePointer, Set<String>> pointers,
        Map<String, Set<String>> containers,
        Set<String> arrays,
        Set<String> arrayNames,
        Set<String> ofThreads,
        Coverage coverage,
        List<String> unread) {

    private static final int MOST_UNREAD = 20;

    public ModuleCode {
        functions = List.copyOf(functions);
        unread = List.copyOf(unread);
    }

    /** {@return what the functions of a module do} */
    public static ModuleCode of(IrModule module) {
        DebugTypes types = new DebugTypes(module.metadata(), DebugUnitWriter.isC(module));
        AliasTags tags = new AliasTags(module.metadata(), types);
        SourcePlaces places = new SourcePlaces(module.metadata());
        LockTable locks = new LockTable(module);
        Coverage coverage = new Coverage();
        List<FunctionCode> functions = new ArrayList<>();
        List<String> unread = new ArrayList<>(module.unread());
        for (IrFunction function : module.functions().values()) {
            if (!function.isDefined()) {
                continue;
            }
            try {
                FunctionAnalysis analysis = new FunctionAnalysis(
                        module, types, tags, places, function, module.blocks(function), locks::change);
                functions.add(analysis.run());
                coverage.add(analysis.coverage());
            } catch (InputException broken) {
                if (unread.size() < MOST_UNREAD) {
                    unread.add(broken.getMessage());
                }
            }
        }
        Set<String> arrays = arrays(module, types, functions);
        return new ModuleCode(
                functions,
                module.addressTaken(),
                initialPointers(module, types),
                types.containers(),
                arrays,
                arrays.stream()
                        .map(name ->
                                types.ofVariable(module.globals().get(name)).name())
                        .collect(Collectors.toSet()),
                ofThreads(module, types),
                coverage,
                unread);
    }

    private static Set<String> arrays(IrModule module, DebugTypes types, List<FunctionCode> functions) {
        Set<String> arrays = new HashSet<>();
        for (FunctionCode function : functions) {
            for (StructTouch touch : function.touches()) {
                if (touch.kind().writes()
                        && touch.root().kind() == AddressRoot.Kind.GLOBAL
                        && touch.index().source() != ElementIndex.Source.OTHER) {
                    arrays.add(touch.root().name());
                }
            }
        }
        arrays.removeIf(name -> !types.isArrayOfNumbers(module.globals().get(name)));
        return arrays;
    }

    private static Set<String> ofThreads(IrModule module, DebugTypes types) {
        return module.globals().values().stream()
                .filter(IrGlobal::isThreadLocal)
                .map(types::ofVariable)
                .filter(DebugType::isStruct)
                .map(DebugType::name)
                .collect(Collectors.toSet());
    }

    private static Map<CodePointer, Set<String>> initialPointers(IrModule module, DebugTypes types) {
        Map<CodePointer, Set<String>> pointers = new HashMap<>();
        for (IrGlobal global : module.globals().values()) {
            DebugType type = null;
            for (InitialValue.Pointer pointer : module.pointers(global)) {
                if (!module.functions().containsKey(pointer.name())) {
                    continue;
                }
                type = type == null ? types.ofVariable(global) : type;
                List<StructPlace> places = types.places(type, pointer.byteOffset(), 1);
                CodePointer place = places.isEmpty() ? CodePointer.variable(global.name()) : CodePointer.member(places);
                pointers.computeIfAbsent(place, any -> new LinkedHashSet<>()).add(pointer.name());
            }
        }
        return pointers;
    }
}
