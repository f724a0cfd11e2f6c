package dev.faultline.source.dwarf;

import dev.faultline.input.InputException;
import dev.faultline.layout.FieldType;
import dev.faultline.source.SourceLocation;
import dev.faultline.source.data.GlobalVariable;
import dev.faultline.source.dwarf.entry.UnitBytes;
import dev.faultline.source.dwarf.record.DeclarationPlace;
import dev.faultline.source.dwarf.record.VariableAddress;
import dev.faultline.source.dwarf.record.VariableRecord;
import dev.faultline.source.dwarf.type.UnitTypes;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.elf.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The global variables that the units of a program describe, each once. Several threads may add units. */
final class VariableTable {

    private static final String ADDRESSES = ".debug_addr";

    private static final Comparator<VariableRecord> BY_UNIT =
            Comparator.comparing(record -> record.place().unit());

    /** What is one variable: units that describe the same one give the same name and address. */
    private record Key(String name, long byteAddress, boolean isThreadLocal) {}

    private final Map<Key, VariableRecord> records = new ConcurrentHashMap<>();

    /** Where the addresses of a split unit are, by the identity that its skeleton gives. */
    private final Map<Long, Long> bases = new ConcurrentHashMap<>();

    private Optional<UnitBytes> addresses = Optional.empty();

    /** Reads the table of addresses of a program, which its units and their split ones refer to. */
    void readAddresses(ElfFile elf) {
        addresses =
                elf.find(ADDRESSES).filter(Section::hasContent).map(section -> DwarfSections.bytes(section.content()));
    }

    /** Adds the variables of a unit; a skeleton before its split unit. */
    void add(UnitTypes unit) {
        long base = unit.addressBase();
        unit.split().ifPresent(split -> bases.put(split.id(), base));
        long ownBase =
                unit.splitId().isPresent() ? bases.getOrDefault(unit.splitId().getAsLong(), -1L) : base;
        for (VariableRecord record : unit.variables()) {
            byteAddress(record.address(), ownBase, unit.addressBytes())
                    .ifPresent(address -> records.merge(
                            new Key(record.name(), address, record.address().isThreadLocal()),
                            record,
                            (one, other) -> BY_UNIT.compare(one, other) <= 0 ? one : other));
        }
    }

    private Optional<Long> byteAddress(VariableAddress address, long base, int addressBytes) {
        if (!address.isIndex()) {
            return Optional.of(address.value() + address.addedBytes());
        }
        if (addresses.isEmpty() || base < 0 || address.value() < 0) {
            return Optional.empty();
        }
        UnitBytes table = addresses.get();
        long count = (table.byteSize() - base) / addressBytes;
        return base <= table.byteSize() && address.value() < count
                ? Optional.of(table.number((int) (base + address.value() * addressBytes), addressBytes)
                        + address.addedBytes())
                : Optional.empty();
    }

    /**
     * {@return the variables whose types have a size, by address}
     *
     * @param layouts makes their types
     */
    List<GlobalVariable> all(DwarfLayouts layouts) {
        List<GlobalVariable> all = new ArrayList<>(records.size());
        records.forEach((key, record) -> type(layouts, record)
                .filter(type -> type.byteSize() > 0 && !key.name().isEmpty())
                .ifPresent(type -> all.add(new GlobalVariable(
                        key.name(),
                        key.byteAddress(),
                        type.byteSize(),
                        type,
                        unit(record.place()),
                        GlobalVariable.DESCRIBED,
                        location(record.place())))));
        all.sort(Comparator.comparingLong(GlobalVariable::byteAddress).thenComparing(GlobalVariable::name));
        return all;
    }

    /** {@return the source file of a variable; a unit of link-time optimisation, made of several, has no file} */
    private static String unit(DeclarationPlace place) {
        return place.unit().startsWith("<") ? place.file() : place.unit();
    }

    private static Optional<FieldType> type(DwarfLayouts layouts, VariableRecord record) {
        try {
            return Optional.of(layouts.type(record.type()));
        } catch (InputException withoutSize) {
            return Optional.empty();
        }
    }

    private static Optional<SourceLocation> location(DeclarationPlace place) {
        return place.file().isEmpty()
                ? Optional.empty()
                : Optional.of(new SourceLocation(place.file(), Math.max(0, place.line()), place.directory()));
    }
}
