package dev.faultline.cli.option;

import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.OpeningPolicy;
import dev.faultline.suggest.packing.SearchEffort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a suggestion must leave as it is, and how long it looks. */
public final class ConstraintOptions {

    /** Fields that must stand at a byte. */
    @Option(
            names = "--pin",
            paramLabel = "FIELD=BYTE",
            converter = Pin.Converter.class,
            description = "The field stays, or goes, there; may be repeated.")
    public List<Pin> pins = new ArrayList<>();

    /** Fields to be kept adjacent, joined by commas. */
    @Option(
            names = "--keep",
            paramLabel = "FIELD,FIELD...",
            description = "These stay adjacent, in the order they have; may be repeated.")
    public List<String> together = new ArrayList<>();

    /** Whether the first member may move. */
    @Option(
            names = "--free-first",
            description = "The first member may move; else a pointer to it is one to the struct.")
    public boolean freeFirst;

    /** Whether members of cache-line groups may change places. */
    @Option(names = "--free-groups", description = "Members may change places within their cache-line group.")
    public boolean freeGroups;

    /** Whether the struct that this one begins with must be opened. */
    @Option(
            names = "--open",
            description = "Reorder the members of the struct it begins with too, and let other members move into it. "
                    + "Default: both ways are looked at, and each answer says which it is.")
    public boolean open;

    /** Whether the struct that this one begins with must stay as it is. */
    @Option(names = "--whole", description = "Leave the struct it begins with as it is: it belongs to somebody else.")
    public boolean whole;

    /** Whether candidates may ask for objects to start on a line. */
    @Option(names = "--no-align", description = "Ask for no alignment that objects do not have.")
    public boolean noAlign;

    /** The largest size, or null for any. */
    @Option(
            names = "--max-size",
            paramLabel = "BYTES",
            converter = SizeConverter.class,
            description = "No larger than this.")
    public Long mostBytes;

    /** How long to look. */
    @Option(
            names = "--effort",
            paramLabel = "low|normal|high",
            converter = EffortConverter.class,
            description = "How long to look. The same effort gives the same answer everywhere. Default: normal.")
    public SearchEffort effort = SearchEffort.USUAL;

    /** {@return the constraints these words stand for} */
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

    /** A size in bytes. */
    static final class SizeConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            if (text.matches("\\d{1,9}") && Long.parseLong(text) > 0) {
                return Long.parseLong(text);
            }
            throw new TypeConversionException("expected a number of bytes from 1 on, got '" + text + "'");
        }
    }

    /** The word of an effort. */
    static final class EffortConverter implements ITypeConverter<SearchEffort> {
        private static final Map<String, Long> SIXTEENTHS = Map.of("low", 1L, "normal", 16L, "high", 256L);
        private static final List<String> WORDS = List.of("low", "normal", "high");

        @Override
        public SearchEffort convert(String text) {
            String word = Words.parse(text.toLowerCase(Locale.ROOT), WORDS, one -> one);
            return new SearchEffort(Math.max(1, SearchEffort.USUAL.nodes() / 16 * SIXTEENTHS.get(word)));
        }
    }
}
