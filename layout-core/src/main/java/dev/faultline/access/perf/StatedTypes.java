package dev.faultline.access.perf;

import dev.faultline.input.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The types of addresses as a person states them: {@code buf@0x602180}, {@code buf@buf1} of a variable, {@code
 * slot[8]@0x7f00} of an array of them. Of a type whose size is not known, an object ends where the next one begins, at
 * most {@value #MOST_BYTES} bytes behind its start.
 */
public final class StatedTypes implements PlaceLocator {

    private static final Pattern STATED = Pattern.compile("(.+?)(?:\\[([0-9]{1,9})])?@([^@]+)");
    private static final Pattern ADDRESS = Pattern.compile("0[xX]([0-9a-fA-F]{1,16})|([0-9]{1,18})");
    private static final int MOST_BYTES = 4096;
    private static final int HEX = 16;

    private record Stated(String type, long count, OptionalLong address, String symbol, OptionalLong byteSize) {}

    private final List<Stated> all = new ArrayList<>();
    private final TypeTable types;

    /**
     * Reads statements.
     *
     * @param statements each {@code TYPE@ADDRESS}, {@code TYPE@SYMBOL} or {@code TYPE[COUNT]@...}
     * @param types what is known of the types
     * @throws InputException when one is none
     */
    public StatedTypes(List<String> statements, TypeTable types) {
        this.types = types;
        for (String one : statements) {
            Matcher stated = STATED.matcher(one);
            if (!stated.matches()) {
                throw new InputException(
                        "--as", "", "expected TYPE@ADDRESS or TYPE@SYMBOL, such as buf@0x602180, found '" + one + "'");
            }
            String type = stated.group(1).strip();
            String place = stated.group(3).strip();
            Matcher address = ADDRESS.matcher(place);
            long count = stated.group(2) == null ? 1 : Long.parseLong(stated.group(2));
            OptionalLong size = types.byteSize(type);
            if (count != 1 && size.isEmpty()) {
                throw new InputException(
                        "--as", "", one + ": the size of " + type + " is not known; name its source with --from");
            }
            OptionalLong at = !address.matches()
                    ? OptionalLong.empty()
                    : OptionalLong.of(
                            address.group(1) == null
                                    ? Long.parseLong(address.group(2))
                                    : Long.parseUnsignedLong(address.group(1), HEX));
            all.add(new Stated(type, Math.max(1, count), at, at.isPresent() ? "" : place, size));
        }
    }

    @Override
    public Optional<Place> at(long address, String symbol, long symbolOffset) {
        Stated nearest = null;
        for (Stated one : all) {
            if (!one.symbol().isEmpty() && one.symbol().equals(symbol) && symbolOffset >= 0) {
                return place(one, symbolOffset, symbol);
            }
            if (one.address().isPresent()
                    && Long.compareUnsigned(one.address().getAsLong(), address) <= 0
                    && (nearest == null
                            || Long.compareUnsigned(
                                            one.address().getAsLong(),
                                            nearest.address().getAsLong())
                                    > 0)) {
                nearest = one;
            }
        }
        return nearest == null
                ? Optional.empty()
                : place(
                        nearest,
                        address - nearest.address().getAsLong(),
                        "0x" + Long.toHexString(nearest.address().getAsLong()));
    }

    private Optional<Place> place(Stated stated, long offset, String object) {
        long bytes = stated.byteSize().isPresent()
                ? Math.max(1, stated.byteSize().getAsLong()) * stated.count()
                : MOST_BYTES;
        if (Long.compareUnsigned(offset, bytes) >= 0) {
            return Optional.empty();
        }
        long element =
                stated.byteSize().isPresent() ? Math.max(1, stated.byteSize().getAsLong()) : bytes;
        String field = types.fieldAt(stated.type(), offset % element).orElse("");
        return Optional.of(new Place(stated.type(), field, offset % element, object + "[" + offset / element + "]"));
    }
}
