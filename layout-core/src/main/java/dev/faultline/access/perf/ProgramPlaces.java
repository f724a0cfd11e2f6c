package dev.faultline.access.perf;

import dev.faultline.access.ElementPath;
import dev.faultline.layout.FieldType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The global variables of a program as types of addresses. One whose type is a struct, or an array of one, is an object
 * of that struct; another one is a field of its section.
 */
public final class ProgramPlaces implements PlaceLocator {

    /**
     * A variable.
     *
     * @param name its name
     * @param byteAddress its address in the file
     * @param byteSize its size
     * @param type its type
     * @param section the section it is in, as a struct of that name
     * @param sectionAddress the address of that
     */
    public record Variable(
            String name, long byteAddress, long byteSize, FieldType type, String section, long sectionAddress) {}

    private final TreeMap<Long, Variable> byAddress = new TreeMap<>(Long::compareUnsigned);
    private final Map<String, Optional<Variable>> byName = new HashMap<>();
    private final long loadAddress;
    /** The fields that were looked up, by type and offset. */
    private final Map<String, String> fields = new HashMap<>();

    /**
     * @param variables the variables of the file
     * @param loadAddress what is added to the addresses of the file where it is loaded; 0 when that is not known
     */
    public ProgramPlaces(List<Variable> variables, long loadAddress) {
        this.loadAddress = loadAddress;
        for (Variable one : variables) {
            byAddress.merge(one.byteAddress(), one, (a, b) -> a.byteSize() >= b.byteSize() ? a : b);
            for (String name :
                    List.of(one.name(), one.name().substring(one.name().lastIndexOf(':') + 1))) {
                byName.merge(
                        name,
                        Optional.of(one),
                        (a, b) -> a.isPresent() && a.equals(b) ? a : Optional.empty()); // two of one name: neither
            }
        }
    }

    @Override
    public Optional<Place> at(long address, String symbol, long symbolOffset) {
        Optional<Variable> named = byName.getOrDefault(symbol, Optional.empty());
        if (named.isPresent() && symbolOffset >= 0) {
            return place(named.get(), symbolOffset);
        }
        if (address == 0) {
            return Optional.empty();
        }
        Map.Entry<Long, Variable> before = byAddress.floorEntry(address - loadAddress);
        return before == null ? Optional.empty() : place(before.getValue(), address - loadAddress - before.getKey());
    }

    private Optional<Place> place(Variable variable, long offset) {
        if (Long.compareUnsigned(offset, variable.byteSize()) >= 0) {
            return Optional.empty();
        }
        if (variable.type().innermost() instanceof FieldType.Aggregate struct
                && struct.byteSize() > 0
                && !struct.layout().name().isEmpty()) {
            long within = offset % struct.byteSize();
            String field = fields.computeIfAbsent(
                    struct.layout().name() + "+" + within,
                    any -> ElementPath.ByteOffset.fieldAt(struct.layout(), within)
                            .orElse(""));
            return Optional.of(new Place(
                    struct.layout().name(), field, within, variable.name() + "[" + offset / struct.byteSize() + "]"));
        }
        return Optional.of(new Place(
                variable.section(),
                "",
                variable.byteAddress() - variable.sectionAddress() + offset,
                variable.section()));
    }
}
