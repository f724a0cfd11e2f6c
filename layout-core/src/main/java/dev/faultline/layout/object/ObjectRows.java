package dev.faultline.layout.object;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of one object, as they are read. */
final class ObjectRows {

    /** HotSpot's usual alignment of objects, in bytes. */
    static final int USUAL_ALIGNMENT = 8;

    private static final int LARGEST_HEADER = 16;
    private static final String HEADER_TYPE = "header";

    /** Type, then {@code Owner.field}; a value may follow. An array has {@code [I.<elements>}. */
    private static final Pattern JOL_FIELD = Pattern.compile("(\\S+)\\s+(\\S+)\\.([^\\s.]+)(?:\\s.*)?");

    private static final Pattern JOL_HEADER = Pattern.compile("\\(object header(?:: ([a-z ]{1,40}))?\\).*");
    private static final Pattern JOL_LENGTH = Pattern.compile("\\(array length\\).*");
    private static final Pattern VM_FIELD = Pattern.compile("\"([^\"\\s]+)\"\\s+(\\S+)(?:\\s+(\\d{1,10})/.*)?");
    private static final Pattern VM_BLOCK =
            Pattern.compile("(\\d{1,10})/\\S+\\s+(RESERVED|INHERITED)\\b.*|(RESERVED|INHERITED)\\s+(\\d{1,10})\\b.*");
    private static final Pattern VM_START = Pattern.compile("--- instance fields start ---.*");
    private static final Pattern VM_STOP = Pattern.compile("--- instance ends ---.*");

    /** A row that holds a field or a part of the header. */
    private record Row(String owner, String name, String type, long byteOffset, long byteSize, int line) {
        long end() {
            return byteOffset + byteSize;
        }

        boolean isHeader() {
            return type.equals(HEADER_TYPE);
        }
    }

    private final String source;
    private final String name;
    private final int line;
    private final boolean isOfJol;
    private final List<Row> rows = new ArrayList<>();
    private OptionalLong byteSize = OptionalLong.empty();
    private boolean isClosed;
    private String model = "";
    private int alignment = USUAL_ALIGNMENT;

    private ObjectRows(String source, String name, int line, boolean isOfJol) {
        this.source = source;
        this.name = name;
        this.line = line;
        this.isOfJol = isOfJol;
    }

    /** {@return no rows yet of an object that JOL prints; without a name its fields tell it} */
    static ObjectRows ofJol(String source, String name, int line) {
        return new ObjectRows(source, name, line, true);
    }

    /** {@return no rows yet of an object that the VM prints} */
    static ObjectRows ofVm(String source, String name, int line) {
        return new ObjectRows(source, name.replace('/', '.'), line, false);
    }

    boolean isOfJol() {
        return isOfJol;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Notes which VM is modelled, if JOL models one, and how objects are aligned. */
    void depends(String modelled, int byteAlignment) {
        model = modelled;
        alignment = byteAlignment;
    }

    /** Notes the stated size of the object. */
    void ends(long stated) {
        byteSize = OptionalLong.of(stated);
        isClosed = true;
    }

    /** What follows is about static fields. */
    void closes() {
        isClosed = true;
    }

    /** Adds a row of JOL; gaps need none. */
    void jol(long offset, long size, String text, int number) {
        Matcher header = JOL_HEADER.matcher(text);
        if (header.matches()) {
            header(offset, size, header.group(1), number);
        } else if (JOL_LENGTH.matcher(text).matches()) {
            add(new Row("", "(length)", "int", offset, size, number));
        } else if (!text.startsWith("(")) {
            Matcher field = JOL_FIELD.matcher(text);
            if (!field.matches()) {
                throw refused(number, "expected a type and Class.field behind offset and size");
            }
            add(new Row(field.group(2), field.group(3), simple(field.group(1)), offset, size, number));
        }
    }

    /** Older versions of JOL print a row for each word of the header. */
    private void header(long offset, long size, String part, int number) {
        Row last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
        if (part == null && last != null && last.isHeader() && last.end() == offset) {
            rows.remove(last);
            add(new Row("", last.name(), HEADER_TYPE, last.byteOffset(), last.byteSize() + size, last.line()));
        } else {
            add(new Row("", part == null ? "(header)" : "(header: " + part + ")", HEADER_TYPE, offset, size, number));
        }
    }

    /** Adds a row of the VM. */
    void vm(long offset, String text, int number) {
        Matcher field = VM_FIELD.matcher(text);
        Matcher block = VM_BLOCK.matcher(text);
        if (VM_STOP.matcher(text).matches()) {
            ends(offset);
        } else if (isClosed) {
            return; // static fields
        } else if (VM_START.matcher(text).matches()) {
            before(offset, number);
        } else if (field.matches()) {
            String type = field.group(2);
            long size = field.group(3) == null ? 0 : Long.parseLong(field.group(3));
            add(new Row("", field.group(1), spelling(type), offset, size == 0 ? bytes(type) : size, number));
        } else if (block.matches()) {
            boolean first = block.group(1) != null;
            long size = Long.parseLong(first ? block.group(1) : block.group(4));
            boolean reserved = "RESERVED".equals(first ? block.group(2) : block.group(3));
            add(new Row("", reserved ? "(header)" : "(inherited)", reserved ? HEADER_TYPE : "", offset, size, number));
        }
    }

    /** Older VMs tell only where the fields of the class itself start. */
    private void before(long offset, int number) {
        if (offset > 0 && offset <= LARGEST_HEADER) {
            add(new Row("", "(header)", HEADER_TYPE, 0, offset, number));
        } else if (offset > 0) {
            add(new Row("", "(header and inherited)", "", 0, offset, number));
        }
    }

    private void add(Row row) {
        Row last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
        if (row.byteSize() == 0) {
            return; // an empty array
        }
        if (row.end() > StructLayout.MOST_BYTES) {
            throw refused(row.line(), "ends after byte " + StructLayout.MOST_BYTES + ", the limit");
        }
        if (last != null && row.byteOffset() < last.end()) {
            throw refused(
                    row.line(),
                    row.name() + " at byte " + row.byteOffset() + " overlaps " + last.name() + ", which ends at byte "
                            + last.end());
        }
        rows.add(row);
    }

    /** {@return the layout} */
    StructLayout layout() {
        long end = rows.get(rows.size() - 1).end();
        long size = byteSize.orElse(ByteRange.roundUp(end, alignment));
        if (size < end || size > StructLayout.MOST_BYTES) {
            throw refused(line, "an object of " + size + " bytes whose last field ends at byte " + end);
        }
        List<Member> members = new ArrayList<>();
        Map<String, Integer> uses = new HashMap<>();
        for (Row row : rows) {
            uses.merge(row.name(), 1, Integer::sum);
            uses.merge(qualified(row), 1, Integer::sum);
        }
        for (Row row : rows) {
            members.add(Member.of(path(row, uses), type(row), row.byteOffset()));
        }
        String printer = isOfJol ? "printed by JOL" : "printed by the VM";
        return StructLayout.of(
                called(),
                AggregateKind.CLASS,
                size,
                alignment,
                members,
                new Provenance(
                        Provenance.Origin.NOTATION,
                        source,
                        model.isEmpty() ? printer : printer + ", " + model,
                        OptionalInt.of(line)));
    }

    private String called() {
        if (!name.isEmpty()) {
            return name;
        }
        String owner = rows.get(rows.size() - 1).owner();
        return owner.isEmpty() ? "(object)" : owner;
    }

    /** {@return the name of a field; one of several with that name has its class before it, or its offset behind} */
    private String path(Row row, Map<String, Integer> uses) {
        String simple = called().substring(called().lastIndexOf('.') + 1);
        boolean unique = uses.get(qualified(row)) == 1;
        if (uses.get(row.name()) == 1 || row.owner().equals(simple) && unique) {
            return row.name();
        }
        return row.owner().isEmpty() || !unique ? row.name() + "@" + row.byteOffset() : qualified(row);
    }

    private static String qualified(Row row) {
        return row.owner() + "." + row.name();
    }

    private static FieldType type(Row row) {
        if (row.isHeader()) {
            return row.byteSize() <= LARGEST_HEADER
                    ? new FieldType.Scalar(HEADER_TYPE, row.byteSize(), USUAL_ALIGNMENT)
                    : new FieldType.Opaque(HEADER_TYPE, row.byteSize(), 1);
        }
        boolean natural = row.byteSize() <= 8 && Long.bitCount(row.byteSize()) == 1;
        return natural && !row.type().isEmpty()
                ? FieldType.Scalar.natural(row.type(), row.byteSize())
                : new FieldType.Opaque(row.type().isEmpty() ? "unknown" : row.type(), row.byteSize(), 1);
    }

    /** {@return a type without its package} */
    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** {@return a descriptor as Java spells it} */
    private static String spelling(String descriptor) {
        String element = descriptor.replaceFirst("^\\[+", "");
        String spelling = switch (element) {
            case "B" -> "byte";
            case "C" -> "char";
            case "D" -> "double";
            case "F" -> "float";
            case "I" -> "int";
            case "J" -> "long";
            case "S" -> "short";
            case "Z" -> "boolean";
            default -> element.replaceFirst("^L", "").replaceFirst(";$", "").replaceFirst("^.*/", "");
        };
        return spelling + "[]".repeat(descriptor.length() - element.length());
    }

    /** {@return the bytes of a field by its descriptor; a reference is taken for a compressed one} */
    private static long bytes(String descriptor) {
        return switch (descriptor) {
            case "B", "Z" -> 1;
            case "C", "S" -> 2;
            case "D", "J" -> 8;
            default -> 4;
        };
    }

    private InputException refused(int number, String problem) {
        return new InputException(source, "line " + number, problem);
    }
}
