package dev.faultline.source.data;

import dev.faultline.layout.FieldType;
import dev.faultline.source.SourceLocation;
import java.util.Objects;
import java.util.Optional;

/**
 * A variable that has an address from the start of the program to its end.
 *
 * @param name its name, as people write it: {@code "jiffies"}, {@code "app::requests"}
 * @param byteAddress its address; in an object file the offset in its section, of a thread-local one the offset in the
 *     block of a thread
 * @param byteSize how many bytes it has, at least 1; more than its type where the last member is a flexible array
 * @param type its type
 * @param unit the source file that defines it, for variables of equal name; empty when not known
 * @param rank which of several names of one address is shown: the one of lowest rank
 * @param location where it is declared, when that is known
 */
public record GlobalVariable(
        String name,
        long byteAddress,
        long byteSize,
        FieldType type,
        String unit,
        int rank,
        Optional<SourceLocation> location) {

    /** How the type of a variable is spelled that is not known. */
    public static final String UNKNOWN_TYPE = "unknown type";

    /** The rank of variables that debug information describes. */
    public static final int DESCRIBED = 0;

    public GlobalVariable {
        Objects.requireNonNull(type);
        Objects.requireNonNull(unit);
        Objects.requireNonNull(location);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a variable without a name");
        }
        if (byteSize < 1) {
            throw new IllegalArgumentException(name + ": byteSize=" + byteSize);
        }
    }

    /**
     * {@return a variable of unknown type}
     *
     * @param name its name
     * @param byteAddress its address in bytes
     * @param byteSize how many bytes it has, at least 1
     * @param unit the source file that defines it; empty when not known
     * @param rank which of several names of one address is shown: the one of lowest rank
     */
    public static GlobalVariable untyped(String name, long byteAddress, long byteSize, String unit, int rank) {
        FieldType type = new FieldType.Opaque(UNKNOWN_TYPE, byteSize, 1);
        return new GlobalVariable(name, byteAddress, byteSize, type, unit, rank, Optional.empty());
    }

    /** {@return whether its type is known} */
    public boolean isTyped() {
        return !type.spelling().equals(UNKNOWN_TYPE);
    }

    /** {@return the address behind its last byte} */
    long byteEnd() {
        return byteAddress + byteSize;
    }

    /** {@return the same variable at another address} */
    GlobalVariable at(long otherByteAddress) {
        return new GlobalVariable(name, otherByteAddress, byteSize, type, unit, rank, location);
    }

    GlobalVariable ofSize(long otherByteSize) {
        return new GlobalVariable(name, byteAddress, otherByteSize, type, unit, rank, location);
    }

    GlobalVariable called(String other) {
        return new GlobalVariable(other, byteAddress, byteSize, type, unit, rank, location);
    }

    /** {@return the same variable as bytes of that type, whose members are not told apart} */
    GlobalVariable closed() {
        FieldType bytes = new FieldType.Opaque(type.spelling(), type.byteSize(), type.byteAlignment());
        return new GlobalVariable(name, byteAddress, byteSize, bytes, unit, rank, location);
    }
}
