package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.entry.Abbreviation;
import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.DwarfTag;
import dev.faultline.source.dwarf.entry.EntryReader;
import dev.faultline.source.dwarf.entry.EntrySummary;
import dev.faultline.source.dwarf.entry.EntryWalk;
import dev.faultline.source.dwarf.entry.TextHashes;
import dev.faultline.source.dwarf.entry.Unit;
import dev.faultline.source.dwarf.record.VariableAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The entries of a unit that have names: types, and the namespaces and functions around them; with the places of the
 * parts that types have, and of variables. One walk over the unit finds them in the order of their positions; the other
 * entries are passed over.
 */
final class UnitEntries {

    /** Stands for the unit itself as what is around an entry. */
    static final int TOP = -1;

    private static final int MOST_ORIGINS = 8;
    private static final int FIRST_ENTRIES = 256;
    private static final int BYTES_PER_ENTRY = 16;

    private final Unit unit;
    private final EntryReader reader;
    private final TypeParts parts;
    private final EntryScopes scopes;
    private int[] positions;
    private Abbreviation[] abbreviations;
    private int[] parents;
    private int[] ends;

    /** For each entry a hash of its numbers, and the type that it refers to. */
    private long[] numbers;

    private int[] targets;
    private int count;
    private final List<Long> imports = new ArrayList<>();
    private final List<Long> importsOfSection = new ArrayList<>();
    private int[] variablePositions = new int[4];
    private int[] variableScopes = new int[4];
    private int variables;

    /** The entries that have arguments of templates. */
    private final BitSet templates = new BitSet();

    /** For each level of watched entries, the one that names what is inside. */
    private int[] around = new int[8];

    /** For each level, the number of entries around what is inside. */
    private int[] depths = new int[8];

    /** For each level, its number among the types with parts, or {@link TypeParts#NONE}. */
    private int[] owners = new int[8];

    private int level;

    /** Finds entries, after the walk. */
    private PositionIndex finder;

    UnitEntries(Unit unit, TextHashes texts) {
        this.unit = unit;
        this.reader = new EntryReader(unit);
        this.scopes = new EntryScopes(unit, this);
        int first = Math.min(FIRST_ENTRIES, 1 + unit.bytes().byteSize() / BYTES_PER_ENTRY);
        this.positions = new int[first];
        this.abbreviations = new Abbreviation[first];
        this.parents = new int[first];
        this.ends = new int[first];
        this.numbers = new long[first];
        this.targets = new int[first];
        this.parts = new TypeParts(unit.bytes().byteSize());
        this.around[0] = TOP;
        walk(new EntryWalk(unit, texts));
        this.finder = new PositionIndex(positions, count, unit.bytes().byteSize());
    }

    private void walk(EntryWalk walk) {
        while (walk.next()) {
            if (walk.isEnd()) {
                close(walk.behind());
                continue;
            }
            int tag = walk.entry().tag();
            if (tag == DwarfTag.MEMBER && !walk.entry().hasChildren()) { // as most are
                parts.add(owners[level], walk.position(), walk.summary());
                continue;
            }
            int scope = around[level];
            if (isScope(tag)) {
                scope = add(walk);
            } else {
                addOther(walk, tag);
            }
            if (walk.entry().hasChildren()) {
                descend(walk, scope);
            }
        }
    }

    private void addOther(EntryWalk walk, int tag) {
        if (DwarfTag.isPart(tag)) {
            parts.add(owners[level], walk.position(), walk.summary());
            if (DwarfTag.isTemplateParameter(tag) && around[level] >= 0) {
                templates.set(around[level]);
            }
        } else if (tag == DwarfTag.IMPORTED_UNIT) {
            importUnit(walk.position());
        } else if (tag == DwarfTag.VARIABLE) {
            variable(walk);
        }
    }

    private void descend(EntryWalk walk, int scope) {
        boolean hasParts = DwarfTag.hasParts(walk.entry().tag());
        walk.watch(hasParts);
        level++;
        if (level == around.length) {
            around = Arrays.copyOf(around, level * 2);
            depths = Arrays.copyOf(depths, level * 2);
            owners = Arrays.copyOf(owners, level * 2);
        }
        around[level] = scope;
        depths[level] = walk.depth() + 1;
        owners[level] = hasParts ? parts.own(walk.position()) : TypeParts.NONE;
    }

    /** Leaves a level, and notes where its entry ends when it is one of these. */
    private void close(int end) {
        int index = around[level];
        level--;
        if (index >= 0 && index != around[level]) {
            ends[index] = end;
        }
    }

    private static boolean isScope(int tag) {
        return DwarfTag.isNamedType(tag) || tag == DwarfTag.NAMESPACE || tag == DwarfTag.MODULE;
    }

    /** Adds a variable when it has an address: one of a function has a place on the stack or in registers. */
    private void variable(EntryWalk walk) {
        reader.read(walk.position());
        if (VariableAddress.of(reader).isPresent()) {
            int scope = scope(walk);
            if (variables == variablePositions.length) {
                variablePositions = Arrays.copyOf(variablePositions, variables * 2);
                variableScopes = Arrays.copyOf(variableScopes, variables * 2);
            }
            variablePositions[variables] = walk.position();
            variableScopes[variables++] = scope;
        }
    }

    private void importUnit(int position) {
        reader.read(position);
        long imported = reader.alternateEntry(DwarfAttribute.IMPORT);
        if (imported >= 0) {
            imports.add(imported);
        }
        long inSection = reader.sectionEntry(DwarfAttribute.IMPORT);
        if (inSection >= 0) {
            importsOfSection.add(inSection);
        }
    }

    private int add(EntryWalk walk) {
        Abbreviation entry = walk.entry();
        EntrySummary summary = walk.summary();
        int added = append(walk.position(), entry, scope(walk));
        numbers[added] = summary.numbers();
        targets[added] = summary.target();
        if (!entry.hasChildren()) {
            ends[added] = walk.behind();
        }
        scopes.make(added, summary.name());
        return added;
    }

    /** {@return the entry around the walk's place; functions become entries when a type is found in them} */
    private int scope(EntryWalk walk) {
        int scope = around[level];
        int known = walk.depth(); // the innermost function that is an entry already, whose scope is then known
        while (known > depths[level]) {
            int function = walk.function(known - 1);
            int index = function == EntryWalk.NONE ? -1 : find(function);
            if (index >= 0) {
                scope = index;
                break;
            }
            known--;
        }
        for (int i = known; i < walk.depth(); i++) {
            int function = walk.function(i);
            if (function != EntryWalk.NONE) {
                scope = function(function, scope);
            }
        }
        return scope;
    }

    private int function(int position, int scope) {
        int added = append(position, unit.abbreviation(position), scope);
        addDeclaredScope(added);
        scopes.make(added);
        return added;
    }

    /** A function that is declared elsewhere, in a namespace or a class, has its scope from there. */
    private void addDeclaredScope(int index) {
        int declared = positions[index];
        for (int i = 0; i < MOST_ORIGINS && reader.read(declared); i++) {
            declared = origin(reader);
            if (declared < 0 || declared >= positions[index]) {
                return;
            }
            parents[index] = around(declared);
        }
    }

    private int append(int at, Abbreviation entry, int parent) {
        if (count == positions.length) {
            positions = Arrays.copyOf(positions, count * 2);
            abbreviations = Arrays.copyOf(abbreviations, count * 2);
            parents = Arrays.copyOf(parents, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            numbers = Arrays.copyOf(numbers, count * 2);
            targets = Arrays.copyOf(targets, count * 2);
        }
        positions[count] = at;
        abbreviations[count] = entry;
        parents[count] = parent;
        ends[count] = Integer.MAX_VALUE;
        return count++;
    }

    /** {@return the position of the entry that an entry completes or copies; -1 when there is none in this unit} */
    static int origin(EntryReader entry) {
        int at = entry.entry(DwarfAttribute.SPECIFICATION);
        return at >= 0 ? at : entry.entry(DwarfAttribute.ABSTRACT_ORIGIN);
    }

    /**
     * Makes the arguments of templates a part of the names that do not have them.
     *
     * @param arguments the arguments of the entry at a position, as text; empty when its name has them
     */
    void name(IntFunction<String> arguments) {
        String[] texts = new String[templates.length()];
        boolean areStated = true;
        for (int i = templates.nextSetBit(0); i >= 0; i = templates.nextSetBit(i + 1)) {
            if (!scopes.hasArguments(i)) {
                String text = arguments.apply(positions[i]);
                texts[i] = text.isEmpty() ? null : text;
                areStated &= text.isEmpty();
            }
        }
        if (!areStated) {
            scopes.makeAll(texts);
        }
    }

    /** {@return where the members, dimensions and parameters of types are} */
    TypeParts parts() {
        return parts;
    }

    /** {@return the offsets of the units that it imports from its own section} */
    List<Long> importsOfSection() {
        return importsOfSection;
    }

    /** {@return the offsets of the units that it imports from the alternate file of dwz} */
    List<Long> imports() {
        return imports;
    }

    /** {@return the number of variables that have an address} */
    int variables() {
        return variables;
    }

    int variablePosition(int index) {
        return variablePositions[index];
    }

    /** {@return the index of the entry around a variable, or {@link #TOP}} */
    int variableScope(int index) {
        return variableScopes[index];
    }

    int count() {
        return count;
    }

    int position(int index) {
        return positions[index];
    }

    int tag(int index) {
        return abbreviations[index].tag();
    }

    /** {@return how an entry is written} */
    Abbreviation entry(int index) {
        return abbreviations[index];
    }

    /** {@return a hash of the numbers of a type} */
    long numbers(int index) {
        return numbers[index];
    }

    /** {@return the position of the type that a type refers to, or what {@link EntrySummary#target} says} */
    int target(int index) {
        return targets[index];
    }

    /** {@return the index of the entry around an entry, or {@link #TOP}} */
    int outer(int index) {
        return parents[index];
    }

    /** Notes that an entry has the scope of the one that it completes. */
    void moveTo(int index, int completed) {
        parents[index] = parents[completed];
    }

    /** {@return a hash of the qualified name} */
    long scope(int index) {
        return scopes.of(index);
    }

    /** {@return whether a type is only declared} */
    boolean isDeclaration(int index) {
        return scopes.isDeclaration(index);
    }

    /** {@return the position of the struct, union, class or enum of a name that the unit defines; -1 when none is} */
    int definition(long scope) {
        return scopes.definition(scope);
    }

    /** {@return the index of the entry at a position; negative when it is none of these} */
    int find(int position) {
        return finder == null ? Arrays.binarySearch(positions, 0, count, position) : finder.find(position);
    }

    /** {@return the index of the innermost of these entries that a position is in, or {@link #TOP}} */
    int around(int position) {
        int at = find(position);
        int index = at >= 0 ? parents[at] : -at - 2;
        while (index >= 0 && end(index) <= position) {
            index = parents[index];
        }
        return index;
    }

    /** {@return the position behind an entry and its children; that of a function is looked for when it is needed} */
    private int end(int index) {
        if (ends[index] == Integer.MAX_VALUE && tag(index) == DwarfTag.SUBPROGRAM) {
            EntryReader function = new EntryReader(unit);
            function.read(positions[index]);
            ends[index] = Children.behind(function);
        }
        return ends[index];
    }
}
