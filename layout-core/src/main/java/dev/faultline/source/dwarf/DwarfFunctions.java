package dev.faultline.source.dwarf;

import dev.faultline.source.dwarf.record.FunctionRecord;
import dev.faultline.source.dwarf.record.PointerRecord;
import dev.faultline.source.dwarf.record.TypeRecord;
import dev.faultline.source.dwarf.record.TypeStore;
import dev.faultline.source.elf.ElfFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What debug information says of addresses of code: the functions they are in, copied ones too, and the lines. */
public final class DwarfFunctions {

    private static final int MOST_COPIES = 256;

    /**
     * A function that an address is in.
     *
     * @param function its name with its scopes
     * @param unit the source file that was compiled
     * @param declarationFile the file that declares the function; empty when unknown
     * @param line the line: of the code itself, else of the call of the function within; 0 when unknown
     * @param variables its variables, parameters and result
     */
    public record Frame(String function, String unit, String declarationFile, int line, List<Variable> variables) {
        public Frame {
            Objects.requireNonNull(function);
            Objects.requireNonNull(unit);
            Objects.requireNonNull(declarationFile);
            variables = List.copyOf(variables);
        }
    }

    /**
     * A variable, parameter or result.
     *
     * @param type its type as it is spelled, names of pointers resolved: {@code "struct ring *"}
     * @param line where it is declared; 0 for a result, -1 for what has no line, such as {@code this}
     */
    public record Variable(String type, int line) {
        public Variable {
            Objects.requireNonNull(type);
        }
    }

    private final List<FunctionRecord> functions;
    private final Map<Long, FunctionTable.Line> lines;
    private final List<String> notes;

    private DwarfFunctions(FunctionTable table, List<String> notes) {
        this.functions = table.functions();
        this.lines = table.lines();
        this.notes = notes;
    }

    /**
     * Reads the functions of a linked file.
     *
     * @param elf the file, which may be closed afterwards
     * @param companions finds other files with parts of its debug information
     * @param addresses addresses of code in it, ascending
     * @return what is said of these addresses; nothing without debug information
     */
    public static DwarfFunctions of(ElfFile elf, CompanionFiles companions, long[] addresses) {
        FunctionTable table = new FunctionTable(elf, addresses);
        if (!DwarfSections.isIn(elf)) {
            return new DwarfFunctions(table, List.of());
        }
        DwarfReader reader = new DwarfReader(1, new TypeStore());
        reader.collect(table);
        reader.read(elf, companions);
        return new DwarfFunctions(table, table.isBroken() ? List.of("some functions could not be read") : List.of());
    }

    /** {@return what to know about how it was read, a phrase each} */
    public List<String> notes() {
        return notes;
    }

    /** {@return the functions that an address is in, the innermost first; empty when that is not known} */
    public List<Frame> at(long address) {
        List<FunctionRecord> chain = new ArrayList<>();
        List<FunctionRecord> among = functions;
        for (int i = 0; i < MOST_COPIES; i++) {
            FunctionRecord found =
                    among.stream().filter(one -> one.has(address)).findFirst().orElse(null);
            if (found == null) {
                break;
            }
            chain.add(found);
            among = found.inlined();
        }
        FunctionTable.Line own = lines.get(address);
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            FunctionRecord one = chain.get(i);
            int line = i + 1 < chain.size() ? chain.get(i + 1).callLine() : own == null ? 0 : own.line();
            frames.add(new Frame(one.name(), one.unit(), one.declarationFile(), line, variables(one)));
        }
        Collections.reverse(frames);
        return frames;
    }

    private static List<Variable> variables(FunctionRecord function) {
        return function.variables().stream()
                .map(one -> new Variable(spelling(one), one.line()))
                .filter(one -> !one.type().isEmpty())
                .toList();
    }

    /** {@return the spelling of a type, and of a name for a pointer that of the pointer} */
    private static String spelling(PointerRecord variable) {
        TypeRecord type = variable.type();
        for (int i = 0; i < MOST_COPIES && type instanceof TypeRecord.Renamed renamed; i++) {
            type = renamed.target();
        }
        if (type instanceof TypeRecord.Number number) {
            return number.spelling();
        }
        return type instanceof TypeRecord.Aggregate struct ? struct.spelling() : "";
    }
}
