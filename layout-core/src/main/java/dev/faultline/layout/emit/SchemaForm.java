package dev.faultline.layout.emit;

import dev.faultline.input.InputException;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A struct as a schema of Simple Binary Encoding declares it: fields with {@code offset}, and {@code blockLength}. */
public final class SchemaForm implements DeclarationForm {

    private static final String OFFSET = "offset";
    private static final String BLOCK_LENGTH = "blockLength";

    /**
     * An element of the schema.
     *
     * @param tag its name: {@code "message"}, {@code "field"}
     * @param attributes its attributes, in the order they are written in
     */
    public record Element(String tag, Map<String, String> attributes) {
        public Element {
            Objects.requireNonNull(tag);
            attributes = new LinkedHashMap<>(attributes);
        }

        private String start() {
            StringBuilder text = new StringBuilder("<" + tag);
            attributes.forEach((name, value) -> text.append(' ')
                    .append(name)
                    .append("=\"")
                    .append(escaped(value))
                    .append('"'));
            return text.toString();
        }

        private static String escaped(String value) {
            return value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
        }

        private Element with(String name, long value) {
            Map<String, String> all = new LinkedHashMap<>(attributes);
            all.put(name, Long.toString(value));
            return new Element(tag, all);
        }

        private Element without(String name) {
            Map<String, String> all = new LinkedHashMap<>(attributes);
            all.remove(name);
            return new Element(tag, all);
        }

        String name() {
            return attributes.getOrDefault("name", "");
        }
    }

    private final Element struct;
    private final List<Element> fields;
    private final List<Element> others;

    /**
     * Creates a form.
     *
     * @param struct the message, group or composite
     * @param fields what has bytes in it, each with its name
     * @param others what has none: constants, groups and data, which stay behind the fields
     */
    public SchemaForm(Element struct, List<Element> fields, List<Element> others) {
        this.struct = Objects.requireNonNull(struct);
        this.fields = List.copyOf(fields);
        this.others = List.copyOf(others);
    }

    /**
     * {@return the form for a struct that is not from a schema: a message with its fields, whose types are to be named}
     */
    public static SchemaForm of(StructLayout layout) {
        List<Element> fields = new ArrayList<>();
        for (Slot.Field field : layout.fields()) {
            if (!field.isPadding()) {
                fields.add(new Element(
                        "field",
                        attributes("name", field.path(), "type", field.type().spelling())));
            }
        }
        return new SchemaForm(new Element("message", attributes("name", layout.name())), fields, List.of());
    }

    private static Map<String, String> attributes(String... pairs) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            attributes.put(pairs[i], pairs[i + 1]);
        }
        return attributes;
    }

    @Override
    public String title() {
        return "SBE schema";
    }

    private record Placed(Element element, FieldRef field) {}

    @Override
    public EmittedDeclaration declare(StructLayout before, StructLayout after, long byteAlignment) {
        List<Placed> placed = new ArrayList<>();
        for (Element field : fields) {
            FieldRef found = after.resolve(field.name())
                    .orElseThrow(() -> new InputException(
                            after.spelling(), "", "the layout has no field " + field.name() + " to put into a schema"));
            placed.add(new Placed(field, found));
        }
        placed.sort(Comparator.comparingLong(one -> one.field().bytes().start()));
        boolean isComposite = struct.tag().equals("composite");
        StringBuilder text = new StringBuilder();
        Element head = isComposite ? struct : struct.without(BLOCK_LENGTH).with(BLOCK_LENGTH, after.byteSize());
        text.append(head.start()).append(">\n");
        long end = 0;
        for (Placed one : placed) {
            Element element = one.element()
                    .without(OFFSET)
                    .with(OFFSET, one.field().bytes().start());
            text.append("    ").append(element.start()).append("/>\n");
            end = one.field().bytes().end();
        }
        others.forEach(other -> text.append("    ").append(other.start()).append("/>\n"));
        text.append("</").append(struct.tag()).append(">\n");
        return new EmittedDeclaration(
                text.toString(), notes(before, after, isComposite && end < after.byteSize(), byteAlignment));
    }

    private List<String> notes(StructLayout before, StructLayout after, boolean hasTail, long byteAlignment) {
        List<String> notes = new ArrayList<>();
        boolean hasContent =
                others.stream().anyMatch(other -> other.attributes().containsKey("name"));
        if (hasContent) {
            notes.add("elements without bytes are written without what is in them: keep constants, groups and data as"
                    + " they are, behind the fields");
        }
        if (hasTail) {
            notes.add("a composite has no blockLength: " + after.byteSize()
                    + " bytes need an element at its end that fills them");
        }
        if (byteAlignment > 8) {
            notes.add("it must begin at a multiple of " + byteAlignment
                    + ": SBE promises nothing; the program has to put it there");
        }
        if (struct.tag().equals("message") && !struct.attributes().containsKey("id")) {
            notes.add("names and types are those of the codec: take names, types and ids from the schema");
        }
        if (before.equals(after)) {
            return notes;
        }
        notes.add("generate the codecs again, those of all programs that read or write it: the version of a schema does"
                + " not tell of fields that moved");
        notes.addAll(MovedFields.notes(before, after));
        return notes;
    }
}
