package dev.faultline.layout.abi;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.SyncTable;
import dev.faultline.layout.SyncType;
import java.util.Optional;
import java.util.function.Function;

/** The synchronisation types that a declaration may use without declaring them. */
public final class DeclaredSyncType {

    /** The widest type that an atomic qualifier aligns to its size. */
    private static final long WIDEST_ALIGNED_BYTES = 16;

    private static final FieldType POINTER = FieldType.Scalar.natural("void *", 8);

    private DeclaredSyncType() {}

    /**
     * Finds a type by its spelling.
     *
     * @param spelling the words of the type: {@code "pthread_mutex_t"}, {@code "std::atomic<long>"}
     * @param types finds the type that an atomic has as its argument
     * @return the type with its size on x86-64 Linux; empty when it is unknown or has several sizes
     */
    public static Optional<FieldType> of(String spelling, Function<String, Optional<FieldType>> types) {
        Optional<SyncTable.Entry> entry = SyncTable.findSized(spelling);
        if (entry.isPresent() && entry.get().isSizedByArgument()) {
            return SyncType.argument(spelling)
                    .flatMap(argument -> argument.endsWith("*") ? Optional.of(POINTER) : types.apply(argument))
                    .flatMap(type -> atomic(spelling, type));
        }
        return entry.flatMap(SyncTable.Entry::size)
                .map(size -> BasicTypes.type(spelling, size.bytes(), size.byteAlignment()));
    }

    /** A compiler aligns an atomic of 1, 2, 4, 8 or 16 bytes to its size; others have a size that depends on it. */
    private static Optional<FieldType> atomic(String spelling, FieldType type) {
        long bytes = type.byteSize();
        return bytes <= WIDEST_ALIGNED_BYTES && Long.bitCount(bytes) == 1
                ? Optional.of(BasicTypes.type(spelling, bytes, bytes))
                : Optional.empty();
    }
}
