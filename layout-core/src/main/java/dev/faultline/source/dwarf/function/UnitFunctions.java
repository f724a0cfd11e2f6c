package dev.faultline.source.dwarf.function;

import dev.faultline.source.dwarf.entry.CodeRanges;
import dev.faultline.source.dwarf.entry.CodeRanges.Range;
import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.DwarfTag;
import dev.faultline.source.dwarf.entry.EntryReader;
import dev.faultline.source.dwarf.record.FunctionRecord;
import dev.faultline.source.dwarf.record.PointerRecord;
import dev.faultline.source.dwarf.record.TypeRecord;
import dev.faultline.source.dwarf.type.EntryPlace;
import dev.faultline.source.dwarf.type.UnitTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes records of the functions of a unit that have code at wanted addresses. */
public final class UnitFunctions {

    private static final int MOST_ORIGINS = 8;
    private static final int DEEPEST = 1 << 10;

    private final UnitTypes types;
    private final CodeRanges ranges;
    private final CodeRanges.Bases bases;
    private final long[] wanted;

    /**
     * Prepares a walk.
     *
     * @param types the unit
     * @param ranges reads ranges of the file
     * @param wanted addresses of code, ascending
     */
    public UnitFunctions(UnitTypes types, CodeRanges ranges, long[] wanted) {
        this.types = types;
        this.ranges = ranges;
        this.bases = ranges.bases(types.unit());
        this.wanted = wanted;
    }

    /** A function while its entries are read. */
    private static final class Scope {

        private final String name;
        private final String file;
        private final List<Range> code;
        private final int callLine;
        private final List<PointerRecord> variables = new ArrayList<>();
        private final List<Scope> inlined = new ArrayList<>();

        Scope(String name, String file, List<Range> code, int callLine) {
            this.name = name;
            this.file = file;
            this.code = code;
            this.callLine = callLine;
        }

        FunctionRecord record(String unit) {
            List<FunctionRecord> parts =
                    inlined.stream().map(one -> one.record(unit)).toList();
            return new FunctionRecord(name, unit, code, callLine, file, variables, parts);
        }
    }

    /** {@return the functions with code at a wanted address, in the order of the unit} */
    public List<FunctionRecord> all() {
        List<Scope> found = new ArrayList<>();
        List<Optional<Scope>> around = new ArrayList<>();
        EntryReader reader = new EntryReader(types.unit());
        int at = types.unit().root();
        do {
            boolean isEntry = reader.read(at);
            at = reader.next();
            if (!isEntry) {
                around.remove(around.size() - 1);
                continue;
            }
            Optional<Scope> outer = around.isEmpty() ? Optional.empty() : around.get(around.size() - 1);
            boolean hasChildren = reader.hasChildren();
            Optional<Scope> inner = entered(reader, outer, found);
            if (hasChildren) {
                if (around.size() == DEEPEST) {
                    throw new IllegalArgumentException("entries nested deeper than " + DEEPEST + " levels");
                }
                around.add(inner);
            }
        } while (!around.isEmpty());
        return found.stream().map(one -> one.record(types.name())).toList();
    }

    /** {@return the function that the children of an entry belong to} */
    private Optional<Scope> entered(EntryReader reader, Optional<Scope> outer, List<Scope> found) {
        switch (reader.tag()) {
            case DwarfTag.SUBPROGRAM -> {
                Optional<Scope> function = scope(reader);
                function.ifPresent(found::add);
                return function;
            }
            case DwarfTag.INLINED_SUBROUTINE -> {
                Optional<Scope> copy = outer.flatMap(any -> scope(reader));
                copy.ifPresent(outer.orElse(null) == null ? any -> {} : outer.get().inlined::add);
                return copy;
            }
            case DwarfTag.LEXICAL_BLOCK -> {
                return outer;
            }
            case DwarfTag.VARIABLE, DwarfTag.FORMAL_PARAMETER -> {
                outer.ifPresent(scope -> addVariable(types, reader, scope.variables));
                return Optional.empty();
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private Optional<Scope> scope(EntryReader reader) {
        List<Range> code = ranges.of(reader, bases);
        if (code.stream().noneMatch(this::isWanted)) {
            return Optional.empty();
        }
        int callLine = (int) reader.number(DwarfAttribute.CALL_LINE, 0);
        String name = "";
        String file = "";
        List<PointerRecord> variables = new ArrayList<>();
        UnitTypes owner = types;
        EntryReader entry = new EntryReader(types.unit());
        int position = reader.position();
        for (int i = 0; i < MOST_ORIGINS && entry.read(position); i++) {
            result(owner, entry, variables);
            if (i > 0 || reader.tag() == DwarfTag.INLINED_SUBROUTINE) {
                addVariablesIn(owner, entry, variables);
            }
            file = file.isEmpty() ? owner.file(entry.number(DwarfAttribute.DECL_FILE, -1)) : file;
            long text = entry.text(DwarfAttribute.NAME);
            if (text >= 0) {
                name = owner.functionName(position, owner.unit().text(text));
                break;
            }
            Optional<EntryPlace> origin = origin(owner, entry);
            if (origin.isEmpty()) {
                break;
            }
            owner = origin.get().types();
            entry = new EntryReader(owner.unit());
            position = origin.get().position();
        }
        Scope scope = new Scope(name, file, code, callLine);
        scope.variables.addAll(variables);
        return Optional.of(scope);
    }

    private boolean isWanted(Range range) {
        int at = Arrays.binarySearch(wanted, range.start());
        int first = at < 0 ? -at - 1 : at;
        return first < wanted.length && range.has(wanted[first]);
    }

    private Optional<EntryPlace> origin(UnitTypes owner, EntryReader reader) {
        Optional<EntryPlace> abstractOne = owner.target(reader, DwarfAttribute.ABSTRACT_ORIGIN);
        return abstractOne.isPresent() ? abstractOne : owner.target(reader, DwarfAttribute.SPECIFICATION);
    }

    private void result(UnitTypes owner, EntryReader entry, List<PointerRecord> to) {
        if (entry.has(DwarfAttribute.TYPE)) {
            owner.target(entry, DwarfAttribute.TYPE).ifPresent(type -> to.add(new PointerRecord(record(type), 0)));
        }
    }

    /** Adds the variables that a function declares, of which a copy or its code may have lost some. */
    private void addVariablesIn(UnitTypes owner, EntryReader function, List<PointerRecord> to) {
        if (!function.hasChildren()) {
            return;
        }
        EntryReader reader = new EntryReader(owner.unit());
        int at = function.next();
        int depth = 1;
        while (depth > 0) {
            boolean isEntry = reader.read(at);
            at = reader.next();
            if (!isEntry) {
                depth--;
                continue;
            }
            if (reader.tag() == DwarfTag.VARIABLE || reader.tag() == DwarfTag.FORMAL_PARAMETER) {
                addVariable(owner, reader, to);
            }
            depth += reader.hasChildren() ? 1 : 0;
        }
    }

    /** Adds a variable that states its type itself; what only refers to one is found where that is. */
    private void addVariable(UnitTypes owner, EntryReader reader, List<PointerRecord> to) {
        int line = (int) reader.number(DwarfAttribute.DECL_LINE, -1);
        owner.target(reader, DwarfAttribute.TYPE).ifPresent(type -> to.add(new PointerRecord(record(type), line)));
    }

    /** {@return the type at a place; of a pointer to a struct under another name a pointer to the struct itself} */
    private static TypeRecord record(EntryPlace type) {
        Optional<EntryPlace> pointer = named(type);
        EntryReader reader = new EntryReader(pointer.orElse(type).types().unit());
        if (pointer.isEmpty() || !reader.read(pointer.get().position()) || !DwarfTag.isPointer(reader.tag())) {
            return type.record();
        }
        return pointer.get()
                .types()
                .target(reader, DwarfAttribute.TYPE)
                .flatMap(UnitFunctions::named)
                .map(EntryPlace::record)
                .filter(TypeRecord.Aggregate.class::isInstance)
                .map(TypeRecord.Aggregate.class::cast)
                .filter(struct -> !struct.name().isEmpty())
                .<TypeRecord>map(struct -> new TypeRecord.Number(struct.spelling() + " *", Long.BYTES, 0))
                .orElseGet(type::record);
    }

    /** {@return what a type is without the names and qualifiers it is given} */
    private static Optional<EntryPlace> named(EntryPlace type) {
        EntryPlace at = type;
        for (int i = 0; i < MOST_ORIGINS; i++) {
            EntryReader reader = new EntryReader(at.types().unit());
            if (!reader.read(at.position())) {
                return Optional.empty();
            }
            if (reader.tag() != DwarfTag.TYPEDEF && !DwarfTag.isQualifier(reader.tag())) {
                return Optional.of(at);
            }
            Optional<EntryPlace> next = at.types().target(reader, DwarfAttribute.TYPE);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.empty();
    }
}
