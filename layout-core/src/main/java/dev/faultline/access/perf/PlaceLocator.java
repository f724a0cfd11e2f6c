package dev.faultline.access.perf;

import java.util.Optional;

/** Finds the type and the field of an address. */
@FunctionalInterface
public interface PlaceLocator {

    /** Finds nothing. */
    PlaceLocator NONE = (address, symbol, symbolOffset) -> Optional.empty();

    /**
     * What is at an address.
     *
     * @param type the struct, class or section
     * @param field the path of the field; empty when only its offset is known
     * @param byteOffset the offset in the type
     * @param object which object it is: of one type, other objects have other values
     */
    record Place(String type, String field, long byteOffset, String object) {}

    /**
     * {@return what is at an address; empty when that is not known}
     *
     * @param address the address, unsigned
     * @param symbol the name of the variable that the profiler gives; empty when it gives none
     * @param symbolOffset how far behind the start of the variable it is; -1 when that is not known
     */
    Optional<Place> at(long address, String symbol, long symbolOffset);

    /** {@return one that asks another where this one finds nothing} */
    default PlaceLocator or(PlaceLocator other) {
        return (address, symbol, symbolOffset) -> {
            Optional<Place> found = at(address, symbol, symbolOffset);
            return found.isPresent() ? found : other.at(address, symbol, symbolOffset);
        };
    }
}
