package dev.faultline.cli.hooks;

import dev.faultline.access.hooks.HookedProgram.Frame;
import dev.faultline.access.hooks.HookedProgram.Pointer;
import dev.faultline.access.hooks.HookedProgram.Variable;
import dev.faultline.cli.option.SourceOptions;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.StructFinder;
import dev.faultline.input.InputException;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.data.PlacedVariable;
import dev.faultline.source.data.ProgramSource;
import dev.faultline.source.debugfile.BinaryCompanions;
import dev.faultline.source.debugfile.DebugFiles;
import dev.faultline.source.debugfile.DebugRoots;
import dev.faultline.source.dwarf.DwarfFunctions;
import dev.faultline.source.dwarf.DwarfSource;
import dev.faultline.source.elf.BuildId;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.elf.Symbol;
import dev.faultline.source.elf.SymbolTable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A program or a library of a run: what its file says about addresses of the run. */
final class MappedModule {

    private static final int DYNAMIC = 3;

    private final Path path;
    private final boolean isProgram;
    private final long loadAddress;
    private final boolean isDescribed;
    private final Optional<String> buildId;
    private final DwarfFunctions code;
    private final TreeMap<Long, Symbol> functions = new TreeMap<>(Long::compareUnsigned);
    private final TreeMap<Long, PlacedVariable> variables = new TreeMap<>(Long::compareUnsigned);
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<Long, List<Frame>> known = new HashMap<>();
    private Optional<LayoutSource> source = Optional.empty();

    /**
     * Reads a file.
     *
     * @param path the file
     * @param isProgram whether it is the program, not a library
     * @param start where its first byte was mapped
     * @param addresses addresses of code that will be asked for, ascending
     * @param context where notes are said
     * @throws InputException when it is no ELF file, or broken
     */
    MappedModule(Path path, boolean isProgram, long start, long[] addresses, CliContext context) {
        this.path = path;
        this.isProgram = isProgram;
        try (ElfFile elf = ElfFile.open(path.toString(), path)) {
            loadAddress = elf.type() == DYNAMIC ? start : 0;
            isDescribed = DwarfSource.isIn(elf);
            buildId = BuildId.of(elf).map(BuildId::digits);
            long[] own = addresses.clone();
            for (int i = 0; i < own.length; i++) {
                own[i] -= loadAddress;
            }
            code = DwarfFunctions.of(
                    elf, new BinaryCompanions(new DebugFiles(DebugRoots.of(System.getenv())), elf, List.of(path)), own);
            SymbolTable.of(elf)
                    .ifPresent(table -> table.symbols()
                            .filter(symbol -> symbol.type() == Symbol.Type.FUNCTION && symbol.isDefined())
                            .forEach(symbol -> functions.putIfAbsent(symbol.value(), symbol)));
        }
        if (isProgram || isDescribed) {
            readData(context);
        }
    }

    private void readData(CliContext context) {
        SourceOptions options = new SourceOptions();
        options.from = path.toString();
        try {
            source = Optional.of(new StructFinder(options, context).source());
        } catch (InputException withoutTypes) {
            context.say(withoutTypes.getMessage());
        }
        if (source.isPresent() && source.get() instanceof ProgramSource program) {
            for (PlacedVariable one : program.data().variables()) {
                names.merge(one.section() + " " + one.variable().name(), 1, Integer::sum);
                variables.merge(
                        one.variable().byteAddress(),
                        one,
                        (a, b) -> a.variable().byteSize() >= b.variable().byteSize() ? a : b);
            }
        }
    }

    /** {@return its build id; empty when it has none} */
    Optional<String> buildId() {
        return buildId;
    }

    /** {@return whether it was compiled with {@code -g}} */
    boolean isDescribed() {
        return isDescribed;
    }

    /** {@return its types; empty when it has none} */
    Optional<LayoutSource> source() {
        return source;
    }

    /** {@return the functions that an address is in, the innermost first} */
    List<Frame> codeAt(long address) {
        return known.computeIfAbsent(address - loadAddress, this::frames);
    }

    private List<Frame> frames(long address) {
        List<Frame> described =
                code.at(address).stream().map(MappedModule::frame).toList();
        if (!described.isEmpty()) {
            return described;
        }
        Map.Entry<Long, Symbol> symbol = functions.floorEntry(address);
        boolean isIn = symbol != null
                && Long.compareUnsigned(
                                address - symbol.getKey(),
                                Math.max(1, symbol.getValue().byteSize()))
                        < 0;
        return isIn ? List.of(new Frame(symbol.getValue().name(), "", 0, List.of())) : List.of();
    }

    private static Frame frame(DwarfFunctions.Frame one) {
        String file = one.declarationFile().isEmpty() ? one.unit() : one.declarationFile();
        List<Pointer> pointers = one.variables().stream()
                .map(variable -> new Pointer(variable.type(), variable.line()))
                .toList();
        return new Frame(one.function(), file, one.line(), pointers);
    }

    /** {@return the global variable at an address; sections of a library have its name before theirs} */
    Optional<Variable> variableAt(long address) {
        Map.Entry<Long, PlacedVariable> found = variables.floorEntry(address - loadAddress);
        if (found == null
                || Long.compareUnsigned(
                                address - loadAddress - found.getKey(),
                                found.getValue().variable().byteSize())
                        >= 0) {
            return Optional.empty();
        }
        PlacedVariable one = found.getValue();
        return Optional.of(new Variable(
                one.variable().name(),
                one.variable().byteAddress() + loadAddress,
                one.variable().byteSize(),
                one.variable().type(),
                isProgram ? one.section() : path.getFileName() + " " + one.section(),
                one.sectionAddress() + loadAddress,
                names.get(one.section() + " " + one.variable().name()) == 1));
    }

    /** {@return the types of its global variables} */
    List<String> globalTypes() {
        return variables.values().stream()
                .map(one -> one.variable().type().spelling())
                .distinct()
                .toList();
    }
}
