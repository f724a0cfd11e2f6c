package dev.faultline.source.dwarf.record;

/**
 * The identity of a type: a hash of 128 bits of its name, its size, its members and the types of these. Equal types of
 * different units have one key. What a type only points to counts by its name.
 *
 * @param high 64 bits
 * @param low 64 others
 */
public record ContentKey(long high, long low) {

    /** As records have it, in code that a simple compiler makes fast. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ContentKey key && key.high == high && key.low == low;
    }

    @Override
    public int hashCode() {
        return (int) (high ^ low >>> 32);
    }
}
