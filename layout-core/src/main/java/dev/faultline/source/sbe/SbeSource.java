package dev.faultline.source.sbe;

import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Placement;
import dev.faultline.source.FieldOrigins;
import dev.faultline.source.Inventory;
import dev.faultline.source.Lookup;
import dev.faultline.source.SelectiveSource;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A schema of FIX Simple Binary Encoding 1.0, as the tool of Real Logic reads it: its composites, its messages without
 * what follows their root block, and an entry of each of their groups. What cannot be laid out is left out and named.
 */
public final class SbeSource implements SelectiveSource {

    private static final long MOST_MEMBERS = 2 * StructLayout.MOST_MEMBERS;
    private static final String ROOT = "messageSchema";

    private static final Placement OF_MESSAGES =
            new Placement(8, "where the program puts it was not seen, and SBE promises nothing");
    private static final Placement OF_PARTS = new Placement(1, "it begins where what is before it ends");

    private final String description;
    private final List<Subject> subjects = new ArrayList<>();
    private final Map<String, InputException> leftOut = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final int version;
    private long members;

    private SbeSource(String description, SchemaElement schema) {
        this.description = description;
        this.version = schema.number("version").orElse(0);
        String detail = "schema " + schema.value("package", "without package") + " version " + version + ", "
                + byteOrder(schema);
        SchemaTypes types = new SchemaTypes(schema, detail);
        String header = schema.value("headerType", "messageHeader");
        if (!types.has(header)) {
            notes.add(description + " declares no composite " + SchemaElement.shown(header)
                    + ", which begins each message; codecs cannot be made of it");
        }
        for (SchemaElement composite : types.composites()) {
            boolean isHeader = composite.value("name", "").equals(header);
            add(
                    composite,
                    () -> List.of(
                            types.named(composite, composite.name()).composite().orElseThrow()),
                    isHeader ? OF_MESSAGES : OF_PARTS);
        }
        MessageLayouts messages = new MessageLayouts(types, detail);
        schema.children().stream()
                .filter(element -> element.tag().equals("message"))
                .forEach(message -> add(message, () -> messages.of(message), OF_MESSAGES));
        if (subjects.isEmpty()) {
            throw leftOut.values().stream()
                    .findFirst()
                    .orElseGet(() -> new InputException(description, "", "a schema without messages and composites"));
        }
    }

    /** Makes structs of an element. */
    @FunctionalInterface
    private interface Layouts {
        List<SchemaBlock> make();
    }

    private void add(SchemaElement element, Layouts layouts, Placement placement) {
        try {
            checkVersions(element);
            List<SchemaBlock> blocks = layouts.make();
            for (SchemaBlock block : blocks) {
                members += block.layout().memberCount();
                if (members > MOST_MEMBERS) {
                    throw element.problem("its structs together have more than " + MOST_MEMBERS + " fields");
                }
                subjects.add(subject(block, block == blocks.get(0) ? placement : OF_PARTS));
            }
        } catch (InputException broken) {
            String name = element.value("name", "");
            leftOut.putIfAbsent(name.isEmpty() ? element.tag() : name, broken);
        }
    }

    /** Refuses what is newer than the schema. */
    private void checkVersions(SchemaElement element) {
        int since = element.number("sinceVersion").orElse(0);
        if (since > version) {
            throw element.problem("sinceVersion=\"" + since + "\", but the schema has version=\"" + version + "\"");
        }
        element.children().forEach(this::checkVersions);
    }

    private static Subject subject(SchemaBlock block, Placement placement) {
        return Subject.of(block.layout())
                .withPlacement(placement)
                .withForm(block.form())
                .withOrigins(FieldOrigins.declaredAt(block.declaration().location(), block));
    }

    private static String byteOrder(SchemaElement schema) {
        String order = schema.value("byteOrder", "littleEndian");
        if (!order.equals("littleEndian") && !order.equals("bigEndian")) {
            throw schema.problem(
                    "byteOrder=\"" + SchemaElement.shown(order) + "\": expected littleEndian or bigEndian");
        }
        return order.equals("bigEndian") ? "big-endian" : "little-endian";
    }

    /**
     * {@return whether a text that begins so is a schema: XML whose root is {@code messageSchema}}
     *
     * @param head the first characters of the text
     */
    public static boolean isSchema(String head) {
        int at = 0;
        while (at >= 0 && at < head.length()) {
            if (Character.isWhitespace(head.charAt(at))) {
                at++;
            } else if (head.startsWith("<?", at)) {
                at = behind(head, "?>", at);
            } else if (head.startsWith("<!--", at)) {
                at = behind(head, "-->", at);
            } else {
                return head.startsWith("<!DOCTYPE", at) && head.contains(ROOT)
                        || head.charAt(at) == '<' && tag(head, at + 1).equals(ROOT);
            }
        }
        return false;
    }

    private static int behind(String text, String end, int from) {
        int at = text.indexOf(end, from);
        return at < 0 ? -1 : at + end.length();
    }

    /** {@return the name of a tag without its prefix} */
    private static String tag(String text, int start) {
        int end = start;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || "_-:".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        String name = text.substring(start, end);
        return name.substring(name.indexOf(':') + 1);
    }

    /**
     * Opens a file.
     *
     * @param name its name in messages
     * @param path its path; files that it includes are read when they lie in its directory or below
     * @return the source
     * @throws IOException when it cannot be read
     * @throws InputException when it is no schema, or has no structs
     */
    public static SbeSource open(String name, Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return of(name, Optional.of(path), in.readNBytes(SchemaFiles.MOST_BYTES + 1));
        }
    }

    /**
     * Reads a schema that is in no file, and so can include none.
     *
     * @param name its name in messages
     * @param content its bytes
     * @return the source
     * @throws InputException when it is no schema, or has no structs
     */
    public static SbeSource read(String name, byte[] content) {
        return of(name, Optional.empty(), content);
    }

    private static SbeSource of(String name, Optional<Path> path, byte[] content) {
        SchemaElement root = SchemaReader.read(name, path, content);
        if (!root.tag().equals(ROOT)) {
            throw root.problem("<" + SchemaElement.shown(root.tag()) + ">: expected <" + ROOT + ">");
        }
        return new SbeSource(name, root);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<Entry> entries() {
        return subjects.stream().map(SbeSource::entry).toList();
    }

    private static Entry entry(Subject subject) {
        StructLayout layout = subject.layout();
        return new Entry(layout.name(), "", layout.byteSize(), layout.spelling());
    }

    @Override
    public Lookup find(String name) {
        List<Subject> found = subjects.stream()
                .filter(subject -> subject.layout().name().equals(name)
                        || subject.layout().spelling().equals(name))
                .toList();
        if (!found.isEmpty()) {
            return new Lookup.Found(found);
        }
        InputException reason = leftOut.get(name);
        if (reason != null) {
            return new Lookup.Missing(reason.getMessage());
        }
        List<String> names =
                subjects.stream().map(subject -> subject.layout().name()).toList();
        return new Lookup.Missing(description + " declares no " + name + Nearest.hint(name, names));
    }

    @Override
    public Inventory inventory(Predicate<Entry> wanted) {
        List<Subject> found =
                subjects.stream().filter(subject -> wanted.test(entry(subject))).toList();
        List<Inventory.LeftOut> damaged = new ArrayList<>();
        leftOut.forEach((name, reason) -> {
            if (wanted.test(new Entry(name, "", -1, "struct " + name))) {
                damaged.add(Inventory.LeftOut.damaged(name, reason.getMessage()));
            }
        });
        List<String> reasons = damaged.stream()
                .map(Inventory.LeftOut::reason)
                .distinct()
                .limit(3)
                .toList();
        return new Inventory("structs", found, damaged, 0, reasons);
    }

    @Override
    public List<String> notes() {
        return notes;
    }
}
