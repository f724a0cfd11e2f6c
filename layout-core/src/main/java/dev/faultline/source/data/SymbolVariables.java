package dev.faultline.source.data;

import dev.faultline.layout.StructLayout;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.elf.Section;
import dev.faultline.source.elf.Symbol;
import dev.faultline.source.elf.SymbolTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The variables that the symbols of an ELF file name, without their types.
 *
 * @param bySection the variables of each section, by its number
 * @param isComplete whether these are all; a stripped file has only those it shares with other files
 * @param common how many variables the linker has yet to place
 */
record SymbolVariables(Map<Integer, List<GlobalVariable>> bySection, boolean isComplete, int common) {

    private static final int EXPORTED = 1;
    private static final int LOCAL = 2;

    /** {@return no variables} */
    static SymbolVariables none() {
        return new SymbolVariables(Map.of(), false, 0);
    }

    /**
     * Reads the symbols of some sections.
     *
     * @param elf the file
     * @param sections the sections of data
     * @return the variables with an address and a size
     * @throws dev.faultline.input.InputException when the table of symbols is broken
     */
    static SymbolVariables read(ElfFile elf, List<DataSection> sections) {
        Optional<SymbolTable> table = SymbolTable.of(elf);
        if (table.isEmpty()) {
            return none();
        }
        Map<Integer, DataSection> byIndex = new HashMap<>();
        sections.forEach(section -> byIndex.put(section.index(), section));
        Map<Integer, List<GlobalVariable>> variables = new HashMap<>();
        int[] common = new int[1];
        table.get().data().forEach(symbol -> {
            DataSection section = byIndex.get(symbol.sectionIndex());
            if (symbol.sectionIndex() == Symbol.COMMON) {
                common[0]++;
            } else if (section != null && isShown(symbol)) {
                variables
                        .computeIfAbsent(section.index(), any -> new ArrayList<>())
                        .add(variable(symbol, ""));
            }
        });
        addUnits(table.get(), variables);
        boolean isComplete = elf.find(".symtab").filter(Section::hasContent).isPresent();
        return new SymbolVariables(variables, isComplete, common[0]);
    }

    private static boolean isShown(Symbol symbol) {
        return !symbol.name().isEmpty() && symbol.byteSize() > 0 && symbol.byteSize() <= StructLayout.MOST_BYTES;
    }

    private static GlobalVariable variable(Symbol symbol, String unit) {
        boolean isLocal = symbol.binding() == Symbol.Binding.LOCAL;
        return GlobalVariable.untyped(
                SymbolName.shown(symbol.name()), symbol.value(), symbol.byteSize(), unit, isLocal ? LOCAL : EXPORTED);
    }

    /** Finds the source files of variables of equal name: of a local symbol, the last that the table names before. */
    private static void addUnits(SymbolTable table, Map<Integer, List<GlobalVariable>> variables) {
        Set<String> seen = new HashSet<>();
        Set<String> repeated = new HashSet<>();
        variables
                .values()
                .forEach(some -> some.forEach(one -> {
                    if (!seen.add(one.name())) {
                        repeated.add(one.name());
                    }
                }));
        if (repeated.isEmpty()) {
            return;
        }
        variables.values().forEach(some -> some.removeIf(one -> repeated.contains(one.name())));
        String[] unit = {""};
        table.symbols().forEach(symbol -> {
            if (symbol.type() == Symbol.Type.FILE) {
                unit[0] = symbol.name();
            } else if (symbol.isData() && isShown(symbol) && variables.containsKey(symbol.sectionIndex())) {
                boolean isLocal = symbol.binding() == Symbol.Binding.LOCAL;
                GlobalVariable one = variable(symbol, isLocal ? unit[0] : "");
                if (repeated.contains(one.name())) {
                    variables.get(symbol.sectionIndex()).add(one);
                }
            }
        });
    }

    /** {@return the variables of a run of sections, by address of the file} */
    List<GlobalVariable> of(DataRun run) {
        List<GlobalVariable> found = new ArrayList<>();
        boolean areOffsets = run.isLinked() && run.copies() == DataSection.Copies.THREAD;
        for (DataSection section : run.sections()) {
            for (GlobalVariable one : bySection.getOrDefault(section.index(), List.of())) {
                found.add(areOffsets ? one.at(run.byteBase() + one.byteAddress()) : one);
            }
        }
        return found;
    }
}
