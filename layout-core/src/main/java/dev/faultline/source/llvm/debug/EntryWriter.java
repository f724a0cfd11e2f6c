package dev.faultline.source.llvm.debug;

import static dev.faultline.source.llvm.debug.DwarfCodes.FORM_REFERENCE;
import static dev.faultline.source.llvm.debug.DwarfCodes.FORM_SDATA;
import static dev.faultline.source.llvm.debug.DwarfCodes.FORM_SECTION;
import static dev.faultline.source.llvm.debug.DwarfCodes.FORM_TEXT;
import static dev.faultline.source.llvm.debug.DwarfCodes.FORM_U1;
import static dev.faultline.source.llvm.debug.DwarfCodes.FORM_U2;
import static dev.faultline.source.llvm.debug.DwarfCodes.FORM_UDATA;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the entries of one unit of DWARF 4: attributes are added, then the entry that has them is written. */
final class EntryWriter {

    /** Where the offset of the line table is in a unit: behind its header and the code of its first entry. */
    static final int LINES_AT = 12;

    private static final int ADDRESS_BYTES = 8;

    /** One attribute of an entry. */
    private record Attribute(int name, int form, long number, String text) {}

    private final EntryBytes out;
    private final EntryBytes abbreviations;
    private final Map<List<Integer>, Integer> codes = new HashMap<>();
    /** Where the entry of a node starts. */
    private final Map<Integer, Integer> offsets = new HashMap<>();
    /** For places that refer to a node, that node. */
    private final Map<Integer, Integer> references = new LinkedHashMap<>();

    private List<Attribute> attributes = new ArrayList<>();

    EntryWriter(ByteOrder order) {
        this.out = new EntryBytes(order);
        this.abbreviations = new EntryBytes(order);
        out.u4(0).u2(4).u4(0).u1(ADDRESS_BYTES);
    }

    /** Notes that the next entry is that of a node. */
    void start(int node) {
        offsets.put(node, out.size());
    }

    /** {@return whether the entry of a node was written} */
    boolean has(int node) {
        return offsets.containsKey(node);
    }

    void add(int name, int form, long number) {
        attributes.add(new Attribute(name, form, number, ""));
    }

    void text(int name, String text) {
        if (!text.isEmpty()) {
            attributes.add(new Attribute(name, FORM_TEXT, 0, text));
        }
    }

    void reference(int name, int node) {
        attributes.add(new Attribute(name, FORM_REFERENCE, node, ""));
    }

    /** Writes an entry with the attributes that were added; one with children goes on to {@link #end}. */
    void entry(int tag, boolean hasChildren) {
        List<Integer> key = new ArrayList<>(2 + 2 * attributes.size());
        key.add(tag);
        key.add(hasChildren ? 1 : 0);
        for (Attribute one : attributes) {
            key.add(one.name());
            key.add(one.form());
        }
        Integer code = codes.get(key);
        if (code == null) {
            code = codes.size() + 1;
            codes.put(key, code);
            abbreviations.uleb(code).uleb(tag).u1(hasChildren ? 1 : 0);
            for (Attribute one : attributes) {
                abbreviations.uleb(one.name()).uleb(one.form());
            }
            abbreviations.u1(0).u1(0);
        }
        out.uleb(code);
        attributes.forEach(this::write);
        attributes = new ArrayList<>();
    }

    /** Ends the children of an entry. */
    void end() {
        out.u1(0);
    }

    private void write(Attribute one) {
        switch (one.form()) {
            case FORM_TEXT -> out.text(one.text());
            case FORM_U1 -> out.u1((int) one.number());
            case FORM_U2 -> out.u2((int) one.number());
            case FORM_UDATA -> out.uleb(one.number());
            case FORM_SDATA -> sleb(one.number());
            case FORM_REFERENCE -> {
                references.put(out.size(), (int) one.number());
                out.u4(0);
            }
            case FORM_SECTION -> out.u4(one.number());
            default -> {}
        }
    }

    private void sleb(long value) {
        long left = value;
        while (true) {
            int low = (int) (left & 0x7f);
            left >>= 7;
            boolean isLast = left == 0 && (low & 0x40) == 0 || left == -1 && (low & 0x40) != 0;
            out.u1(isLast ? low : low | 0x80);
            if (isLast) {
                return;
            }
        }
    }

    /** {@return the unit, whose references now lead to what was written} */
    DebugUnit unit(EntryBytes lines) {
        references.forEach((at, node) -> out.patch(at, offsets.getOrDefault(node, 0)));
        out.patch(0, out.size() - 4L);
        abbreviations.u1(0);
        return new DebugUnit(out.toArray(), abbreviations.toArray(), lines.toArray());
    }
}
