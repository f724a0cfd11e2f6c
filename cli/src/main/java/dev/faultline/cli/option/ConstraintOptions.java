package dev.faultline.cli.option;

import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.OpeningPolicy;
import dev.faultline.suggest.packing.SearchEffort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a suggestion must not change, and how long the search takes. */
public final class ConstraintOptions {

    /**
     * A field that has to be at a byte offset.
     *
     * @param field its path
     * @param byteOffset the offset
     */
    public record Pin(String field, long byteOffset) {

        /** {@return what {@code field=offset} means; the offset may be hexadecimal} */
        static Pin parse(String text) {
            int equals = text.lastIndexOf('=');
            String number = text.substring(equals + 1);
            if (equals < 1 || !number.matches("\\d{1,9}|0x[0-9a-fA-F]{1,7}")) {
                throw new TypeConversionException("expected FIELD=BYTE, such as head=64, got '" + text + "'");
            }
            String decimal = number.replaceFirst("^0+(?=\\d)", ""); // a leading zero makes no octal number here
            return new Pin(text.substring(0, equals), Long.decode(decimal));
        }
    }

    private static final List<String> EFFORTS = List.of("low", "normal", "high");
    private static final List<Long> SIXTEENTHS = List.of(1L, 16L, 256L);

    /** Fields that must be at a byte offset. */
    @Option(names = "--pin", paramLabel = "FIELD=BYTE", description = "Put the field at this byte; may be repeated.")
    public List<Pin> pins = new ArrayList<>();

    /** Lists of fields to be kept adjacent, each joined by commas. */
    @Option(
            names = "--keep",
            paramLabel = "FIELD,FIELD...",
            description = "Keep these fields adjacent, in today's order; may be repeated.")
    public List<String> together = new ArrayList<>();

    /** Whether the first member may move. */
    @Option(
            names = "--free-first",
            description = "Let the first member move. Default: it stays, since a pointer to it may be used as one to "
                    + "the struct.")
    public boolean freeFirst;

    /** Whether members of cache-line groups may be reordered. */
    @Option(names = "--free-groups", description = "Let members be reordered within their cache-line group.")
    public boolean freeGroups;

    /** Whether the struct embedded at offset 0 must be opened. */
    @Option(
            names = "--open",
            description =
                    "Also reorder the members of the struct embedded at offset 0, and let other members move into it. "
                            + "Default: both ways are tried, and each candidate says which it is.")
    public boolean open;

    /** Whether the struct embedded at offset 0 must stay as it is. */
    @Option(names = "--whole", description = "Do not change the struct embedded at offset 0.")
    public boolean whole;

    /** Whether candidates may not require objects to start on a line. */
    @Option(names = "--no-align", description = "Suggest no layout that needs objects to be aligned more than today.")
    public boolean noAlign;

    /** The largest size, or null for any. */
    @Option(
            names = "--max-size",
            paramLabel = "BYTES",
            converter = NumberConverters.Size.class,
            description = "Suggest no layout larger than this.")
    public Long mostBytes;

    /** How long to search. */
    @Option(
            names = "--effort",
            paramLabel = "low|normal|high",
            description = "How long to search. The same effort gives the same result everywhere. Default: normal.")
    public SearchEffort effort = SearchEffort.USUAL;

    /** {@return the constraints these options stand for} */
    public Constraints constraints() {
        Constraints constraints = Constraints.usual()
                .withFirstStays(!freeFirst)
                .withInsideGroups(freeGroups)
                .withMayAlign(!noAlign)
                .withOpening(open ? OpeningPolicy.OPENED : whole ? OpeningPolicy.WHOLE : OpeningPolicy.EITHER);
        for (Pin pin : pins) {
            constraints = constraints.pinning(pin.field(), pin.byteOffset());
        }
        for (String fields : together) {
            constraints = constraints.keepingTogether(Arrays.asList(fields.split(",")));
        }
        return mostBytes == null ? constraints : constraints.withMostBytes(mostBytes);
    }

    static SearchEffort effort(String text) {
        String word = Keywords.parse(text.toLowerCase(Locale.ROOT), EFFORTS, one -> one);
        return new SearchEffort(Math.max(1, SearchEffort.USUAL.nodes() / 16 * SIXTEENTHS.get(EFFORTS.indexOf(word))));
    }
}
