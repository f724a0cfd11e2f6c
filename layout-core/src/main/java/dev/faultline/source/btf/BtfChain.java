package dev.faultline.source.btf;

import dev.faultline.input.InputException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The records of a file together with those of the file it continues.
 *
 * @param types the records
 * @param base what the file continues, in words for {@link dev.faultline.layout.Provenance#detail}; empty for none
 * @param notes what the user should know about the base that was used, a line each
 */
record BtfChain(BtfTypes types, String base, List<String> notes) {

    /** Most structs that a note names. */
    private static final int MOST_NAMED = 3;

    BtfChain {
        notes = List.copyOf(notes);
    }

    /**
     * What a file consists of.
     *
     * @param source the name of the file in messages
     * @param btf its BTF
     * @param sizes the small base beside it, which has only the sizes of structs; modules have one since Linux 6.11
     * @param pointerBytes the size of a pointer; empty when the file around the BTF does not tell
     */
    record Parts(String source, ByteBuffer btf, Optional<ByteBuffer> sizes, OptionalInt pointerBytes) {}

    /**
     * {@return the records of a file}
     *
     * @param parts the file
     * @param base the base that the user gave
     * @throws InputException when the file is broken, needs a base, or does not fit the base
     */
    static BtfChain of(Parts parts, Optional<BtfTypes> base) {
        BtfHeader header = new BtfHeader(parts.source(), parts.btf());
        if (!header.isSplit()) {
            BtfTypes types = BtfTypes.of(header, Optional.empty(), parts.pointerBytes());
            return new BtfChain(
                    types,
                    "",
                    base.map(other -> List.of(parts.source() + ": is complete without a base; " + other.source()
                                    + " is not used"))
                            .orElse(List.of()));
        }
        if (parts.sizes().isPresent()) {
            return withSizes(parts, header, base);
        }
        if (base.isEmpty()) {
            throw new InputException(
                    parts.source(),
                    "",
                    "this BTF continues another, as a kernel module's does; give the kernel's with --base");
        }
        BtfTypes types = continued(parts, header, BtfBase.continued(base.get()), base.get());
        return new BtfChain(types, "base " + base.get().source(), List.of());
    }

    private static BtfTypes continued(Parts parts, BtfHeader header, BtfBase base, BtfTypes shown) {
        BtfFit.checkMachine(header, parts.pointerBytes(), shown);
        BtfTypes types = BtfTypes.of(header, Optional.of(base), parts.pointerBytes());
        BtfFit.check(types, shown);
        return types;
    }

    private static BtfChain withSizes(Parts parts, BtfHeader header, Optional<BtfTypes> kernel) {
        BtfHeader small =
                new BtfHeader(parts.source() + " (.BTF.base)", parts.sizes().get());
        kernel.ifPresent(other -> BtfFit.checkMachine(header, parts.pointerBytes(), other));
        BtfTypes sizes = BtfTypes.ofSizes(small, kernel, parts.pointerBytes());
        if (kernel.isPresent()) {
            BtfRelocation relocation = new BtfRelocation(sizes, kernel.get());
            BtfTypes types = continued(parts, header, relocation.base(), sizes);
            return new BtfChain(
                    types,
                    "base " + kernel.get().source() + " by names",
                    unmatched(parts, kernel.get(), relocation.unmatched()));
        }
        BtfTypes types = continued(parts, header, BtfBase.continued(sizes), sizes);
        boolean hasStructs = IntStream.range(1, sizes.endId()).anyMatch(sizes::isAggregate);
        return new BtfChain(
                types,
                "base .BTF.base, which has only sizes",
                hasStructs
                        ? List.of(parts.source() + ": only the sizes of the kernel's structs in it are known, from"
                                + " .BTF.base; give the kernel's BTF with --base to see their members")
                        : List.of());
    }

    private static List<String> unmatched(Parts parts, BtfTypes kernel, List<String> unmatched) {
        if (unmatched.isEmpty()) {
            return List.of();
        }
        int more = unmatched.size() - MOST_NAMED;
        return List.of(parts.source() + ": the base " + kernel.source() + " has none, or more than one, of "
                + String.join(", ", unmatched.subList(0, Math.min(MOST_NAMED, unmatched.size())))
                + (more > 0 ? " and " + more + " more" : "")
                + "; only their sizes are known, from .BTF.base");
    }
}
