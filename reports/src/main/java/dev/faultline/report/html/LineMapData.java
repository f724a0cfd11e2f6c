package dev.faultline.report.html;

import dev.faultline.analysis.Analysis;
import dev.faultline.layout.BitField;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.report.view.TouchView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the script draws the lines of structs from, as JSON. Short, since a kernel has thousands of structs:
 *
 * <pre>
 * [{name, size, line, align, declared, roles: [name], uses: [[role, 0|1 writes, words]], types: [spelling],
 *   slots: [[path, type, offset, size, bitOffset?, bitSize?]],    type -1: a hole, -2: padding; path: whose
 *   touches: [[slot, -1, use...] or [start, end, path, use...]]}]  a whole slot, or any bytes
 * </pre>
 */
final class LineMapData {

    private final StringBuilder out;

    private LineMapData(StringBuilder out) {
        this.out = out;
    }

    static void write(List<Analysis> analyses, StringBuilder out) {
        LineMapData data = new LineMapData(out);
        String between = "[";
        for (Analysis analysis : analyses) {
            out.append(between);
            data.struct(analysis);
            between = ",";
        }
        out.append(']');
    }

    private void struct(Analysis analysis) {
        StructLayout layout = analysis.subject().layout();
        out.append("{\"name\":");
        Safe.json(analysis.subject().reference(), out);
        out.append(",\"size\":").append(layout.byteSize());
        out.append(",\"line\":").append(analysis.machine().lineBytes().value().intValue());
        out.append(",\"align\":").append(analysis.subject().placement().baseAlignment());
        out.append(",\"placed\":");
        Safe.json(analysis.subject().placement().source(), out);
        out.append(",\"certainty\":");
        Safe.json(analysis.access().certainty().word(), out);
        TouchView touched = new TouchView(analysis);
        touches(touched, slots(layout, !touched.touches().isEmpty()));
        out.append('}');
    }

    /** {@return the number of each slot that is a field, when they are wanted} */
    private Map<String, Integer> slots(StructLayout layout, boolean isWanted) {
        Map<String, Integer> byPath = new HashMap<>();
        Map<String, Integer> types = new HashMap<>();
        StringBuilder spellings = new StringBuilder();
        out.append(",\"slots\":");
        char between = '[';
        int number = 0;
        for (Slot slot : layout.slots()) {
            out.append(between).append('[');
            between = ',';
            if (slot instanceof Slot.Field field) {
                if (isWanted) {
                    byPath.putIfAbsent(field.path(), number);
                }
                Safe.json(field.path(), out);
                String spelling = field.type().spelling();
                Integer type = types.get(spelling);
                if (type == null) {
                    type = types.size();
                    types.put(spelling, type);
                    spellings.append(type == 0 ? "" : ",");
                    Safe.json(spelling, spellings);
                }
                out.append(',').append(type.intValue());
            } else {
                Safe.json(slot instanceof Slot.Hole hole ? hole.owner() : ((Slot.Padding) slot).owner(), out);
                out.append(slot instanceof Slot.Hole ? ",-1" : ",-2");
            }
            out.append(',').append(slot.byteOffset()).append(',').append(slot.byteSize());
            if (slot.bits().isPresent()) {
                BitField bits = slot.bits().get();
                out.append(',').append(bits.bitOffset()).append(',').append(bits.bitSize());
            }
            out.append(']');
            number++;
        }
        out.append(number == 0 ? "[]" : "]")
                .append(",\"types\":[")
                .append(spellings)
                .append(']');
        return byPath;
    }

    private void touches(TouchView view, Map<String, Integer> slots) {
        out.append(",\"roles\":[");
        String between = "";
        for (String role : view.roles()) {
            out.append(between);
            Safe.json(role, out);
            between = ",";
        }
        out.append("],\"uses\":[");
        between = "";
        for (TouchView.Use use : view.uses()) {
            out.append(between).append('[').append(use.role()).append(use.isWrite() ? ",1," : ",0,");
            Safe.json(use.words(), out);
            out.append(']');
            between = ",";
        }
        out.append("],\"touches\":[");
        between = "";
        for (TouchView.Touch touch : view.touches()) {
            Integer slot = slots.get(touch.path());
            out.append(between).append('[');
            if (slot != null) {
                out.append(slot.intValue()).append(",-1");
            } else {
                out.append(touch.start()).append(',').append(touch.end()).append(',');
                Safe.json(touch.path(), out);
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
