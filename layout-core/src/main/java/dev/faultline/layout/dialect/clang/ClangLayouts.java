package dev.faultline.layout.dialect.clang;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.abi.BasicTypes;
import dev.faultline.layout.notation.TextLayouts;
import dev.faultline.layout.syntax.SkippedDeclaration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lays out the records that clang printed. */
public final class ClangLayouts {

    /** Most members of all layouts of a text, those of embedded records included. */
    private static final long MOST_FIELDS = 1 << 21;

    private static final Pattern PLACE = Pattern.compile("\\((?:unnamed|anonymous)[^()]{0,40} at ([^()]{1,4096})\\)$");

    private final String source;
    private final List<ClangRecord> records;
    private final Map<String, List<ClangRecord>> byName = new HashMap<>();
    private final Map<ClangRecord, Optional<FieldType>> elements = new HashMap<>();
    private final Set<ClangRecord> underWay = new HashSet<>();
    private final ClangTypes types;
    private final ClangSizes sizes;
    private final Map<String, ByteBounds> notKnown = new LinkedHashMap<>();
    private long fields;

    public ClangLayouts(String source, List<ClangRecord> records) {
        this.source = source;
        this.records = records;
        for (ClangRecord record : records) {
            byName.computeIfAbsent(key(record.spelling()), any -> new ArrayList<>(1))
                    .add(record);
        }
        boolean isMicrosofts = records.stream().anyMatch(ClangLayouts::isMicrosofts);
        DataModel model = DataModel.ALL.stream()
                .filter(one -> fits(new ClangTypes(one, isMicrosofts, any -> Optional.empty())))
                .findFirst()
                .orElse(DataModel.ALL.get(0));
        this.types = new ClangTypes(model, isMicrosofts, this::element);
        this.sizes = new ClangSizes(new ClangTypes(model, isMicrosofts, this::sizeOf), records);
    }

    /** {@return the layouts of all records; a record without a name only in those that contain it} */
    public TextLayouts all(List<SkippedDeclaration> alreadySkipped) {
        List<StructLayout> layouts = new ArrayList<>();
        List<SkippedDeclaration> skipped = new ArrayList<>(alreadySkipped);
        Set<String> embedded = new HashSet<>();
        records.forEach(record -> record.root().members().forEach(member -> embedded(member, embedded)));
        for (ClangRecord record : records) {
            if (place(record.spelling()).map(embedded::contains).orElse(false)) {
                continue;
            }
            try {
                layouts.add(top(record, name(record.spelling())));
            } catch (InputException broken) {
                if (fields > MOST_FIELDS) {
                    throw broken;
                }
                skipped.add(
                        new SkippedDeclaration(record.spelling(), record.root().line(), broken));
            }
        }
        if (layouts.isEmpty()) {
            throw skipped.get(0).reason();
        }
        return new TextLayouts(layouts, skipped, SizeNotes.of(notKnown));
    }

    private static void embedded(ClangMember member, Set<String> places) {
        place(member.content().type()).ifPresent(places::add);
        member.members().forEach(inner -> embedded(inner, places));
    }

    private StructLayout top(ClangRecord record, String name) {
        StructLayout layout = new ClangBody(this, record).layout(name);
        fields += Math.max(layout.memberCount(), layout.slots().size());
        if (fields > MOST_FIELDS) {
            throw error(
                    record.root().line(),
                    "more than " + MOST_FIELDS
                            + " fields in one text, embedded ones included; keep only the records you need");
        }
        return layout;
    }

    /** {@return the only record with a spelling} */
    Optional<ClangRecord> record(String spelling) {
        List<ClangRecord> found = byName.getOrDefault(key(spelling), List.of());
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    ClangTypes types() {
        return types;
    }

    ByteBounds bounds(String element) {
        ByteBounds known = sizes.of(element);
        return element.startsWith("enum ") ? known.powerOfTwo() : known;
    }

    /** Notes that the text does not tell the size of a type. */
    void noteUnknown(String element, ByteBounds bounds) {
        notKnown.putIfAbsent(element, bounds);
    }

    Provenance provenance(int line) {
        return new Provenance(Provenance.Origin.NOTATION, source, "printed by clang", OptionalInt.of(line));
    }

    InputException error(int line, String problem) {
        return new InputException(source, "line " + line, problem);
    }

    /** {@return a record as the type of an array's element; only its size where it cannot be read} */
    private Optional<FieldType> element(String spelling) {
        Optional<ClangRecord> record = record(spelling);
        if (record.isEmpty()) {
            return Optional.empty();
        }
        Optional<FieldType> known = elements.get(record.get());
        if (known != null) {
            return known;
        }
        Optional<FieldType> opaque = sizeOf(spelling);
        if (!underWay.add(record.get())) {
            return opaque; // a record that contains itself is broken; its own layout says so
        }
        Optional<FieldType> type;
        try {
            boolean isUnnamed = place(spelling).isPresent();
            StructLayout layout = top(record.get(), isUnnamed ? "" : name(spelling));
            type = Optional.of(new FieldType.Aggregate(shown(spelling, layout.kind()), layout));
        } catch (InputException broken) {
            type = opaque;
        } finally {
            underWay.remove(record.get());
        }
        elements.put(record.get(), type);
        return type;
    }

    private Optional<FieldType> sizeOf(String spelling) {
        return record(spelling)
                .map(one -> new FieldType.Opaque(spelling, one.byteSize(), Long.lowestOneBit(one.byteAlignment() | 1)));
    }

    private static boolean isMicrosofts(ClangRecord record) {
        return record.baseByteSize().isPresent() && record.dataByteSize().isEmpty();
    }

    /** {@return whether no member of a known size runs into the next one} */
    private boolean fits(ClangTypes tried) {
        return records.stream().allMatch(record -> fits(record.spelling(), record.root(), record.byteSize(), tried));
    }

    private static boolean fits(String type, ClangMember outer, long end, ClangTypes tried) {
        boolean isUnion = ClangSpans.kind(type, outer.members(), tried) == AggregateKind.UNION;
        long[] ends = ClangSpans.ends(outer.members(), isUnion, end);
        for (int i = 0; i < ends.length; i++) {
            ClangMember member = outer.members().get(i);
            ClangContent content = member.content();
            boolean isWhole = member.bits().isEmpty() && !member.hasNoBits();
            OptionalLong size =
                    member.members().isEmpty() && isWhole ? tried.languageBytes(content.type()) : OptionalLong.empty();
            if (member.byteOffset() + size.orElse(0) > ends[i] || !fits(content.type(), member, ends[i], tried)) {
                return false;
            }
        }
        return true;
    }

    /** {@return the spelling of a record as C would have it: only the keyword when it has no name} */
    static String shown(String spelling, AggregateKind kind) {
        return place(spelling).isPresent() ? kind.keyword() : spelling;
    }

    static String name(String spelling) {
        return ClangContent.bare(spelling);
    }

    /** {@return where a record without a name is declared} */
    static Optional<String> place(String spelling) {
        Matcher place = PLACE.matcher(spelling);
        return spelling.endsWith(")") && place.find() ? Optional.of(place.group(1)) : Optional.empty();
    }

    private static String key(String spelling) {
        String bare = BasicTypes.bare(spelling);
        return place(bare).orElseGet(() -> ClangContent.bare(bare));
    }
}
