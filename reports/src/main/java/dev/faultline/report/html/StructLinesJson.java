package dev.faultline.report.html;

import dev.faultline.report.document.StructLines;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The line maps of structs as JSON, from which the script draws them. Short, since a kernel has thousands of structs:
 *
 * <pre>
 * [{name, size, line, align, certainty, roles: [name], types: [spelling],
 *   uses: [[role, 0|1 writes, words, count?, rate?]],
 *   slots: [[path, type, offset, size, bitOffset?, bitSize?]],    type -1: a hole of the struct path, -2: padding
 *   touches: [[slot, -1, use...] or [start, end, path, use...]]}]  a whole slot, or any bytes
 * </pre>
 */
final class StructLinesJson {

    private final StringBuilder out;

    private StructLinesJson(StringBuilder out) {
        this.out = out;
    }

    static void write(List<StructLines> maps, StringBuilder out) {
        StructLinesJson json = new StructLinesJson(out);
        String between = "[";
        for (StructLines map : maps) {
            out.append(between);
            json.struct(map);
            between = ",";
        }
        out.append(']');
    }

    private void struct(StructLines map) {
        out.append("{\"name\":");
        HtmlEscaper.json(map.name(), out);
        out.append(",\"size\":").append(map.byteSize());
        out.append(",\"line\":").append(map.lineBytes());
        out.append(",\"align\":").append(map.baseAlignment());
        out.append(",\"certainty\":");
        HtmlEscaper.json(map.certainty(), out);
        touches(map, slots(map));
        out.append('}');
    }

    /** {@return the number of each slot that is a field, when it is needed for touches} */
    private Map<String, Integer> slots(StructLines map) {
        Map<String, Integer> byPath = new HashMap<>();
        Map<String, Integer> types = new HashMap<>();
        StringBuilder spellings = new StringBuilder();
        out.append(",\"slots\":[");
        int number = 0;
        for (StructLines.Item item : map.items()) {
            out.append(number == 0 ? "[" : ",[");
            if (item.kind() == StructLines.Kind.FIELD && !map.touches().isEmpty()) {
                byPath.putIfAbsent(item.path(), number);
            }
            HtmlEscaper.json(item.path(), out);
            out.append(',').append(type(item, types, spellings));
            out.append(',').append(item.byteOffset()).append(',').append(item.byteSize());
            if (item.bitSize() > 0) {
                out.append(',').append(item.bitOffset()).append(',').append(item.bitSize());
            }
            out.append(']');
            number++;
        }
        out.append("],\"types\":[").append(spellings).append(']');
        return byPath;
    }

    private static int type(StructLines.Item item, Map<String, Integer> types, StringBuilder spellings) {
        if (item.kind() != StructLines.Kind.FIELD) {
            return item.kind() == StructLines.Kind.HOLE ? -1 : -2;
        }
        Integer known = types.putIfAbsent(item.type(), types.size());
        if (known == null) {
            spellings.append(types.size() == 1 ? "" : ",");
            HtmlEscaper.json(item.type(), spellings);
        }
        return types.get(item.type());
    }

    private void touches(StructLines map, Map<String, Integer> slots) {
        out.append(",\"roles\":[");
        String between = "";
        for (String role : map.roles()) {
            out.append(between);
            HtmlEscaper.json(role, out);
            between = ",";
        }
        out.append("],\"uses\":[");
        between = "";
        for (StructLines.Use use : map.uses()) {
            out.append(between).append('[').append(use.role()).append(use.isWrite() ? ",1," : ",0,");
            HtmlEscaper.json(use.words(), out);
            if (use.count() > 0 || use.ratePerSecond() > 0) {
                out.append(',').append(use.count());
            }
            if (use.ratePerSecond() > 0) {
                out.append(',').append((float) use.ratePerSecond());
            }
            out.append(']');
            between = ",";
        }
        out.append("],\"touches\":[");
        between = "";
        for (StructLines.Touch touch : map.touches()) {
            Integer slot = slots.get(touch.path());
            out.append(between).append('[');
            if (slot != null) {
                out.append(slot.intValue()).append(",-1");
            } else {
                out.append(touch.bytes().start())
                        .append(',')
                        .append(touch.bytes().end())
                        .append(',');
                HtmlEscaper.json(touch.path(), out);
            }
            for (int use : touch.uses()) {
                out.append(',').append(use);
            }
            out.append(']');
            between = ",";
        }
        out.append(']');
    }
}
