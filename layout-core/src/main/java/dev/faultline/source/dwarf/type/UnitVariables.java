package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.DwarfTag;
import dev.faultline.source.dwarf.entry.EntryReader;
import dev.faultline.source.dwarf.record.DeclarationPlace;
import dev.faultline.source.dwarf.record.TypeRecord;
import dev.faultline.source.dwarf.record.VariableAddress;
import dev.faultline.source.dwarf.record.VariableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes records of the variables of a unit that have an address. */
final class UnitVariables {

    private static final int MOST_ORIGINS = 8;

    private final UnitTypes types;
    private final UnitLookup lookup;

    UnitVariables(UnitTypes types, UnitLookup lookup) {
        this.types = types;
        this.lookup = lookup;
    }

    /** {@return the variables with a name and a type, in the order of the unit} */
    List<VariableRecord> all() {
        UnitEntries entries = types.entries();
        List<VariableRecord> all = new ArrayList<>(entries.variables());
        EntryReader reader = new EntryReader(types.unit());
        for (int i = 0; i < entries.variables(); i++) {
            if (reader.read(entries.variablePosition(i))) {
                int scope = entries.variableScope(i);
                VariableAddress.of(reader)
                        .flatMap(address -> record(reader, scope, address))
                        .ifPresent(all::add);
            }
        }
        return all;
    }

    /** A definition leaves out what the declaration that it completes says: its name, its scope, perhaps its type. */
    private Optional<VariableRecord> record(EntryReader definition, int scope, VariableAddress address) {
        UnitTypes owner = types;
        EntryReader reader = definition;
        int outer = scope;
        Optional<EntryPlace> type = Optional.empty();
        Optional<TypeRecord> signed = Optional.empty();
        long line = 0;
        String file = "";
        for (int i = 0; i < MOST_ORIGINS; i++) {
            if (type.isEmpty() && signed.isEmpty()) {
                type = owner.target(reader, DwarfAttribute.TYPE, lookup);
                signed = reader.isSignature(DwarfAttribute.TYPE)
                        ? Optional.of(new TypeRecord.Signed(reader.signature(DwarfAttribute.TYPE)))
                        : Optional.empty();
            }
            if (line == 0) {
                line = reader.number(DwarfAttribute.DECL_LINE, 0);
                file = owner.file(reader.number(DwarfAttribute.DECL_FILE, -1));
            }
            long name = reader.text(DwarfAttribute.NAME);
            if (name >= 0) {
                String qualified = owner.isGo()
                        ? owner.unit().text(name)
                        : owner.names().within(owner.unit().text(name), outer);
                DeclarationPlace place = new DeclarationPlace(types.name(), types.directory(), file, (int) line);
                return signed.or(typeOf(type)).map(one -> new VariableRecord(qualified, address, one, place));
            }
            Optional<EntryPlace> origin = origin(owner, reader);
            if (origin.isEmpty()) {
                return Optional.empty();
            }
            owner = origin.get().types();
            reader = new EntryReader(owner.unit());
            if (!reader.read(origin.get().position())) {
                return Optional.empty();
            }
            outer = scope(owner, reader.position(), outer, origin.get().types() == types);
        }
        return Optional.empty();
    }

    private static java.util.function.Supplier<Optional<TypeRecord>> typeOf(Optional<EntryPlace> type) {
        return () -> type.map(place -> place.types().decoder().record(place.position()));
    }

    private Optional<EntryPlace> origin(UnitTypes owner, EntryReader reader) {
        Optional<EntryPlace> declared = owner.target(reader, DwarfAttribute.SPECIFICATION, lookup);
        return declared.isPresent() ? declared : owner.target(reader, DwarfAttribute.ABSTRACT_ORIGIN, lookup);
    }

    /** The scope of a declaration; a function around the definition counts where none is around the declaration. */
    private static int scope(UnitTypes owner, int position, int ofDefinition, boolean isSameUnit) {
        int scope = owner.entries().around(position);
        boolean isInFunction =
                isSameUnit && ofDefinition >= 0 && owner.entries().tag(ofDefinition) == DwarfTag.SUBPROGRAM;
        return isInFunction && scope == UnitEntries.TOP ? ofDefinition : scope;
    }
}
