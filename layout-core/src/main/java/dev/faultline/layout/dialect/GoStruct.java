package dev.faultline.layout.dialect;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lays out the rows of one struct; rows whose paths go on are the fields of an embedded struct. */
final class GoStruct {

    private static final Pattern ARRAY = Pattern.compile("\\[(\\d{1,12})\\](.+)");
    private static final int DEEPEST = 60;

    private final SizedText text;
    private final List<GoField> rows;

    GoStruct(SizedText text, List<GoField> rows) {
        this.text = text;
        this.rows = rows;
    }

    String name() {
        return rows.stream()
                .filter(row -> !row.isPadding())
                .map(row -> row.path().get(0))
                .findFirst()
                .orElse("");
    }

    int line() {
        return rows.get(0).line();
    }

    StructLayout layout() {
        List<GoField> fields = rows.stream().filter(row -> !row.isPadding()).toList();
        long end = rows.stream().mapToLong(GoField::end).max().orElse(0);
        long alignment = alignment(fields);
        List<Member> members = members(fields, 1, 0);
        long size = ByteRange.roundUp(end, alignment);
        notShown(members, size);
        return StructLayout.of(name(), AggregateKind.STRUCT, size, alignment, members, text.provenance(line()));
    }

    private static long alignment(List<GoField> fields) {
        return fields.stream().mapToLong(GoField::byteAlignment).max().orElse(1);
    }

    private List<Member> members(List<GoField> fields, int depth, long base) {
        if (depth > DEEPEST) {
            throw text.error(line(), name() + " nests deeper than " + DEEPEST + " structs");
        }
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < fields.size(); ) {
            GoField field = fields.get(i);
            int next = i + 1;
            if (field.path().size() > depth + 1) {
                while (next < fields.size() && isSibling(field, fields.get(next), depth)) {
                    next++;
                }
                members.add(embedded(fields.subList(i, next), depth, base));
            } else {
                members.add(Member.of(field.path().get(depth), type(field), field.start() - base));
            }
            i = next;
        }
        return members;
    }

    private static boolean isSibling(GoField field, GoField other, int depth) {
        return other.path().size() > depth + 1
                && other.path().get(depth).equals(field.path().get(depth));
    }

    /** {@return the fields of an embedded struct; structlayout prints neither its type nor always its padding} */
    private Member embedded(List<GoField> fields, int depth, long base) {
        long alignment = alignment(fields);
        long start = fields.get(0).start() / alignment * alignment;
        long end = fields.stream().mapToLong(GoField::end).max().orElse(start);
        List<Member> members = members(fields, depth + 1, start);
        StructLayout layout = StructLayout.of(
                "",
                AggregateKind.STRUCT,
                ByteRange.roundUp(end - start, alignment),
                alignment,
                members,
                text.provenance(fields.get(0).line()));
        return Member.of(fields.get(0).path().get(depth), new FieldType.Aggregate("struct", layout), start - base);
    }

    private FieldType type(GoField field) {
        if (field.byteAlignment() < 1 || Long.bitCount(field.byteAlignment()) != 1) {
            throw text.error(field.line(), "an alignment of " + field.byteAlignment() + " is no power of two");
        }
        return type(field.type(), field.byteSize(), field.byteAlignment(), DEEPEST);
    }

    private static FieldType type(String spelling, long byteSize, long byteAlignment, int levels) {
        Matcher array = ARRAY.matcher(spelling);
        if (levels > 0 && array.matches()) {
            long count = Long.parseLong(array.group(1));
            if (count > 0 && byteSize % count == 0 && byteSize > 0) {
                return new FieldType.Array(type(array.group(2), byteSize / count, byteAlignment, levels - 1), count);
            }
        }
        boolean isScalar = byteSize == byteAlignment && byteSize <= 8 && !spelling.startsWith("struct{");
        return isScalar
                ? new FieldType.Scalar(spelling, byteSize, byteAlignment)
                : new FieldType.Opaque(spelling, byteSize, byteAlignment);
    }

    /** Marks the bytes that no row accounts for: rows were lost, since structlayout prints padding. */
    private void notShown(List<Member> members, long size) {
        List<ByteRange> told = new ArrayList<>(rows.stream()
                .filter(row -> row.byteSize() > 0)
                .map(row -> new ByteRange(row.start(), row.end()))
                .toList());
        members.stream().flatMap(member -> member.bytes().stream()).forEach(told::add);
        told.sort(null);
        long end = 0;
        for (ByteRange range : told) {
            if (range.start() > end) {
                members.add(Member.notShown(end, range.start() - end));
            }
            end = Math.max(end, range.end());
        }
        if (end > size) {
            throw text.error(line(), name() + " ends at byte " + end + " of " + size);
        }
    }
}
