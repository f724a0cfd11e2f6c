package dev.faultline.layout.dialect;

import dev.faultline.input.InputException;
import dev.faultline.input.YamlTree;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.TextLayouts;
import dev.faultline.layout.paste.PrintedLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text and the JSON of Go's structlayout. */
final class GoLayoutDialect implements TextDialect {

    private static final Pattern ROW = Pattern.compile(
            "(?:(padding)|(\\S{1,1000}) (\\S.{0,10000}?)): (\\d{1,12})-(\\d{1,12})"
                    + " \\(size (\\d{1,12}), align (\\d{1,12})\\)");
    private static final Pattern BOX = Pattern.compile("<- (\\S+ .{1,1000} )?\\(size \\d{1,12}, align \\d{1,12}\\)");
    private static final String JSON_MARK = "\"is_padding\"";
    private static final String WHAT = "list of fields of structlayout -json";

    @Override
    public Optional<TextLayouts> read(String source, String text) {
        boolean isJson = text.contains(JSON_MARK);
        if (!isJson && !text.contains(", align ")) {
            return Optional.empty();
        }
        List<GoField> rows = isJson ? json(source, text) : rows(source, text);
        SizedText layouts = new SizedText(source, "printed by structlayout");
        List<GoStruct> structs = rows.isEmpty() ? List.of() : structs(layouts, rows);
        if (structs.isEmpty()) {
            return Optional.empty(); // padding alone is no struct
        }
        for (GoStruct struct : structs) {
            layouts.add(struct.name(), struct.line(), struct::layout);
        }
        return Optional.of(layouts.all(List.of()));
    }

    /** {@return the rows of each struct: the next one starts with another name or again at byte 0} */
    private static List<GoStruct> structs(SizedText text, List<GoField> rows) {
        List<GoStruct> structs = new ArrayList<>();
        List<GoField> open = new ArrayList<>();
        String name = "";
        long end = 0;
        for (GoField row : rows) {
            boolean isOther =
                    !row.isPadding() && !name.isEmpty() && !row.path().get(0).equals(name);
            if (!open.isEmpty() && (isOther || row.start() < end)) {
                structs.add(new GoStruct(text, List.copyOf(open)));
                open.clear();
                name = "";
            }
            open.add(row);
            name = row.isPadding() ? name : row.path().get(0);
            end = row.end();
        }
        structs.add(new GoStruct(text, List.copyOf(open)));
        return structs.stream().filter(struct -> !struct.name().isEmpty()).toList();
    }

    private static List<GoField> rows(String source, String text) {
        List<GoField> rows = new ArrayList<>();
        boolean isBox = false;
        for (PrintedLine line : PrintedLine.of(text)) {
            Matcher row = ROW.matcher(line.text().strip());
            if (row.matches()) {
                rows.add(row(source, row, line.number()));
            }
            isBox |= line.text().contains("<- ") && BOX.matcher(line.text()).find();
        }
        if (isBox && rows.isEmpty()) {
            throw new InputException(
                    source,
                    "",
                    "a drawing of structlayout-pretty; give what structlayout or structlayout -json prints");
        }
        return rows;
    }

    private static GoField row(String source, Matcher row, int line) {
        long start = Long.parseLong(row.group(4));
        long end = Long.parseLong(row.group(5));
        long size = Long.parseLong(row.group(6));
        return field(
                source,
                row.group(1) == null ? row.group(2) : "",
                row.group(1) == null ? row.group(3) : "",
                new long[] {start, end, size, Long.parseLong(row.group(7))},
                line,
                "line " + line);
    }

    private static GoField field(String source, String path, String type, long[] numbers, int line, String place) {
        List<String> names = path.isEmpty() ? List.of() : List.of(path.split("\\."));
        boolean isRange =
                numbers[0] >= 0 && numbers[1] - numbers[0] == numbers[2] && numbers[1] <= StructLayout.MOST_BYTES;
        if (!isRange) {
            throw new InputException(
                    source,
                    place,
                    "expected a field from its first byte to the one behind its last, found " + numbers[0] + " to "
                            + numbers[1] + " of size " + numbers[2]);
        }
        if (names.size() == 1 || names.contains("")) {
            throw new InputException(
                    source, place, "expected the names of a struct and a field joined by a dot, found " + path);
        }
        return new GoField(names, type, numbers[0], numbers[1], numbers[3], line);
    }

    private static List<GoField> json(String source, String text) {
        List<GoField> rows = new ArrayList<>();
        int line = 1;
        int counted = 0;
        for (int open = JsonArrays.next(text, 0); open >= 0; ) {
            int end = JsonArrays.end(text, open);
            for (; counted < open; counted++) {
                line += text.charAt(counted) == '\n' ? 1 : 0;
            }
            for (YamlTree row :
                    YamlTree.parse(source, text.substring(open, end), WHAT).list()) {
                rows.add(row(source, row, line));
            }
            open = JsonArrays.next(text, end);
        }
        return rows;
    }

    private static GoField row(String source, YamlTree row, int line) {
        Map<String, YamlTree> entries =
                row.mapping(List.of("name", "type", "start", "end", "size", "align", "is_padding"));
        boolean isPadding = row.required(entries, "is_padding").text().equals("true");
        return field(
                source,
                isPadding ? "" : row.required(entries, "name").text(),
                isPadding ? "" : row.required(entries, "type").text(),
                new long[] {
                    number(row.required(entries, "start")),
                    number(row.required(entries, "end")),
                    number(row.required(entries, "size")),
                    number(row.required(entries, "align"))
                },
                line,
                row.place());
    }

    private static long number(YamlTree value) {
        String digits = value.text();
        if (digits.isEmpty() || digits.length() > 12 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw value.problem("expected a number of bytes, found " + digits);
        }
        return Long.parseLong(digits);
    }
}
