package dev.faultline.layout.dialect.clang;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.abi.BasicTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of members by their spellings, since clang prints no sizes. */
final class ClangTypes {

    private static final Pattern VECTOR =
            Pattern.compile("__attribute__\\(\\(__vector_size__\\((\\d{1,6}) \\* sizeof\\(.{1,200}?\\)\\)\\)\\) (.+)");
    private static final String ATOMIC = "_Atomic(";
    private static final String COMPLEX = "_Complex ";
    private static final int DEEPEST = 16;

    private final DataModel model;
    private final boolean isMicrosofts;
    private final Function<String, Optional<FieldType>> records;
    private final Map<String, SpelledType> spelled = new HashMap<>();

    /**
     * Knows the types of a text.
     *
     * @param model the sizes of basic types
     * @param isMicrosofts whether pointers to members have the sizes of Microsoft's ABI, which depend on the class
     * @param records finds a record that the text prints by its spelling
     */
    ClangTypes(DataModel model, boolean isMicrosofts, Function<String, Optional<FieldType>> records) {
        this.model = model;
        this.isMicrosofts = isMicrosofts;
        this.records = records;
    }

    int pointerBytes() {
        return model.pointerBytes();
    }

    SpelledType spelled(String spelling) {
        return spelled.computeIfAbsent(spelling, SpelledType::of);
    }

    /** {@return the type with a spelling; empty when its size is not known} */
    Optional<FieldType> of(String spelling) {
        return of(spelling, DEEPEST);
    }

    private Optional<FieldType> of(String spelling, int levels) {
        SpelledType type = spelled(spelling);
        Optional<FieldType> element = levels == 0 ? Optional.empty() : element(type, levels - 1);
        return element.filter(one -> isPossible(one, type.dimensions())).map(one -> array(one, type.dimensions()));
    }

    /** {@return whether an array has at most the bytes and the dimensions that a struct can have} */
    private static boolean isPossible(FieldType element, List<Long> dimensions) {
        long byteSize = Math.max(1, element.byteSize());
        for (long dimension : dimensions) {
            if (dimension > StructLayout.MOST_BYTES / byteSize) {
                return false;
            }
            byteSize *= Math.max(1, dimension);
        }
        return dimensions.size() <= FieldType.Array.MOST_DIMENSIONS;
    }

    static FieldType array(FieldType element, List<Long> dimensions) {
        FieldType type = element;
        for (int i = dimensions.size() - 1; i >= 0; i--) {
            type = new FieldType.Array(type, dimensions.get(i));
        }
        return type;
    }

    private Optional<FieldType> element(SpelledType type, int levels) {
        return switch (type.shape()) {
            case POINTER -> Optional.of(scalar(type.element(), model.pointerBytes()));
            case MEMBER_POINTER ->
                isMicrosofts ? Optional.empty() : Optional.of(scalar(type.element(), model.pointerBytes()));
            case METHOD_POINTER ->
                isMicrosofts
                        ? Optional.empty()
                        : Optional.of(
                                new FieldType.Scalar(type.element(), 2L * model.pointerBytes(), model.pointerBytes()));
            case NAMED -> named(type.element(), levels);
        };
    }

    private Optional<FieldType> named(String spelling, int levels) {
        String bare = BasicTypes.bare(spelling);
        if (bare.startsWith(ATOMIC) && bare.endsWith(")")) {
            return of(bare.substring(ATOMIC.length(), bare.length() - 1), levels)
                    .filter(inner -> inner.byteSize() > 0)
                    .map(inner -> atomic(spelling, inner));
        }
        if (bare.startsWith(COMPLEX)) {
            return of(bare.substring(COMPLEX.length()), levels)
                    .map(part -> new FieldType.Scalar(spelling, 2 * part.byteSize(), part.byteAlignment()));
        }
        Matcher vector = VECTOR.matcher(bare);
        if (vector.matches()) {
            return of(vector.group(2), levels)
                    .map(one -> scalar(spelling, one.byteSize() * Integer.parseInt(vector.group(1))));
        }
        Optional<FieldType> record = records.apply(spelling);
        return record.isPresent() ? record : basic(spelling, bare);
    }

    private Optional<FieldType> basic(String spelling, String bare) {
        OptionalLong size = model.byteSize(bare);
        return size.isPresent() ? Optional.of(scalar(spelling, size.getAsLong())) : Optional.empty();
    }

    /** {@return an atomic type: its size is the next power of two up to 16 bytes, and its alignment that size} */
    private static FieldType atomic(String spelling, FieldType inner) {
        long size = inner.byteSize();
        long whole = Long.bitCount(size) == 1 ? size : Long.highestOneBit(size) * 2;
        return whole <= 16
                ? new FieldType.Scalar(spelling, whole, whole)
                : new FieldType.Scalar(spelling, size, inner.byteAlignment());
    }

    private static FieldType scalar(String spelling, long byteSize) {
        return new FieldType.Scalar(spelling, Math.max(1, byteSize), DataModel.alignment(Math.max(1, byteSize)));
    }

    /** {@return the bytes of a type whose size no program can choose: words of the language and pointers} */
    OptionalLong languageBytes(String spelling) {
        SpelledType type = spelled(spelling);
        boolean isKnown = type.shape() == SpelledType.Shape.POINTER
                || type.shape() == SpelledType.Shape.NAMED && DataModel.isKeyword(BasicTypes.bare(type.element()));
        return isKnown
                ? of(spelling).map(one -> OptionalLong.of(one.byteSize())).orElse(OptionalLong.empty())
                : OptionalLong.empty();
    }
}
