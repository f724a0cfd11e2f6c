package dev.faultline.source.jvm.declared;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.emit.SchemaForm;
import dev.faultline.source.jvm.classfile.ClassNames;
import dev.faultline.source.jvm.code.ClassCode;
import dev.faultline.source.jvm.code.MemoryAccess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The blocks that generated codecs of Simple Binary Encoding read and write. Their static methods tell where each field
 * begins and how long it is: {@code serialNumberEncodingOffset}, {@code serialNumberEncodingLength}.
 */
final class SbeCodecs {

    private static final String OFFSET = "EncodingOffset";
    private static final String LENGTH = "EncodingLength";
    private static final String NUMBER = "()I";
    private static final String OF_MESSAGE = "BLOCK_LENGTH";
    private static final String OF_COMPOSITE = "ENCODED_LENGTH";
    private static final String OF_GROUP = "sbeBlockLength";

    private static final String OF_MESSAGES = "where the program puts it was not seen, and SBE promises nothing";
    private static final String OF_PARTS = "it begins where what is before it ends";

    private final String source;
    private final StaticEvaluator evaluator;

    SbeCodecs(String source, StaticEvaluator evaluator) {
        this.source = source;
        this.evaluator = evaluator;
    }

    /** {@return whether a class has methods as codecs have them} */
    static boolean isHolder(ClassCode type) {
        return type.methods().stream().anyMatch(method -> method.endsWith(OFFSET + NUMBER));
    }

    /**
     * {@return the block of a codec; empty when the class is none}
     *
     * @param type the class
     * @param accesses the accesses of memory in its code
     */
    Optional<DeclaredStruct> of(ClassCode type, List<MemoryAccess> accesses) {
        List<Member> members = new ArrayList<>();
        Map<String, Character> letters = letters(accesses);
        long end = 0;
        for (String method : type.methods()) {
            if (!method.endsWith(OFFSET + NUMBER)) {
                continue;
            }
            String field = method.substring(0, method.length() - OFFSET.length() - NUMBER.length());
            OptionalLong offset = evaluator.number(type.name(), field + OFFSET);
            OptionalLong length = evaluator.number(type.name(), field + LENGTH);
            boolean isField = isStored(type, field, letters) && offset.orElse(-1) >= 0 && length.orElse(0) > 0;
            if (isField && length.getAsLong() <= Integer.MAX_VALUE) {
                FieldType fieldType = type(letters.getOrDefault(field, (char) 0), length.getAsLong());
                members.add(Member.of(field, fieldType, offset.getAsLong()));
                end = Math.max(end, offset.getAsLong() + length.getAsLong());
            }
        }
        return members.isEmpty() ? Optional.empty() : struct(type, members, end);
    }

    /** {@return whether a field is in memory: a constant of an enum has an offset too, but no setter and no access} */
    private static boolean isStored(ClassCode type, String field, Map<String, Character> letters) {
        boolean hasAccessor = type.methods().stream().anyMatch(method -> method.startsWith(field + "("));
        boolean isConstantEnum = type.methods().stream().anyMatch(method -> method.startsWith(field + "Raw("))
                && !letters.containsKey(field)
                && !letters.containsKey(field + "Raw");
        return !field.isEmpty() && hasAccessor && !isConstantEnum;
    }

    /** {@return for each field the type with which the method of its name accesses it} */
    private static Map<String, Character> letters(List<MemoryAccess> accesses) {
        Map<String, Character> letters = new HashMap<>();
        accesses.forEach(access -> letters.putIfAbsent(access.method(), access.letter()));
        return letters;
    }

    /** {@return a number or an array; of a set or composite, which other classes read, its bytes} */
    private static FieldType type(char letter, long length) {
        int bytes = OffsetConstant.bytes(letter);
        boolean isElement = bytes > 0 && length % bytes == 0;
        boolean isNumber = length == 2 || length == 4 || length == 8;
        int size = isElement ? bytes : isNumber ? (int) length : 1;
        String spelling = isElement ? ClassNames.spelling(String.valueOf(letter)) : spelling(size);
        FieldType element = FieldType.Scalar.natural(spelling, size);
        return length == size ? element : new FieldType.Array(element, length / size);
    }

    private static String spelling(int bytes) {
        return bytes == 8 ? "long" : bytes == 4 ? "int" : bytes == 2 ? "short" : "byte";
    }

    private Optional<DeclaredStruct> struct(ClassCode type, List<Member> members, long end) {
        Map<String, StaticValue> values = evaluator.values(type.name());
        boolean isMessage = values.containsKey(OF_MESSAGE);
        OptionalLong group = evaluator.number(type.name(), OF_GROUP);
        String by = isMessage ? OF_MESSAGE : group.isPresent() ? OF_GROUP : OF_COMPOSITE;
        long size = group.isPresent() && !isMessage
                ? group.getAsLong()
                : values.get(by) instanceof StaticValue.Whole whole ? whole.number() : end;
        String detail = "codec of SBE: what its EncodingOffset and EncodingLength methods return; size by "
                + (size == end && !values.containsKey(by) && group.isEmpty() ? "the last field" : by);
        try {
            StructLayout layout = StructLayout.of(
                    ClassNames.external(type.name()) + ".block",
                    AggregateKind.STRUCT,
                    size,
                    1,
                    members,
                    new Provenance(Provenance.Origin.DECLARED, source, detail, OptionalInt.empty()));
            return Optional.of(new DeclaredStruct(
                    type.name(),
                    DeclaredStruct.withGaps(layout, 1),
                    isMessage ? 8 : 1,
                    isMessage ? OF_MESSAGES : OF_PARTS,
                    SchemaForm.of(layout)));
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }
}
