package dev.faultline.source.btf;

import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.elf.ElfSections;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The structs and unions of a BTF blob, or of an ELF file that carries one. Opening indexes the records; a struct is
 * laid out when asked for and kept. Not safe for use by several threads.
 */
public final class BtfSource implements LayoutSource {

    private static final String SECTION = ".BTF";

    /**
     * Fields of all layouts; a kernel of a distribution has 130,000. Those of an embedded struct count wherever it is
     * embedded.
     */
    private static final long MOST_FIELDS = 1 << 21;

    /** Characters of all names; types may share bytes of the file, and then a small file has endless names. */
    private static final long MOST_CHARACTERS = 1 << 26;

    /** Structs and unions of one name that are found; a kernel has some ten. */
    private static final int MOST_OF_ONE_NAME = 1000;

    private final String description;
    private final BtfTypes types;
    private final BtfLayouts layouts;
    private List<Named> named;
    private Map<String, List<Integer>> idsByName;

    private record Named(int id, String name) {}

    private BtfSource(String description, BtfTypes types) {
        this.description = description;
        this.types = types;
        this.layouts = new BtfLayouts(types, Provenance.of(Provenance.Origin.BTF, description));
    }

    /**
     * Opens raw BTF or the {@code .BTF} section of an ELF file, found out by content.
     *
     * @param description what messages call it
     * @param file the file
     * @param base the BTF that a split one, such as a module's, builds on
     * @return the source
     * @throws InputException when the file cannot be read, is neither, or is broken
     */
    public static BtfSource open(String description, Path file, Optional<BtfSource> base) {
        if (ElfSections.isElf(file)) {
            ByteBuffer section = ElfSections.section(file, SECTION)
                    .orElseThrow(() -> new InputException(
                            description,
                            "",
                            "an ELF file without BTF (no section " + SECTION
                                    + "); add it with `pahole -J`, or pipe pahole's text into --from -"));
            return of(description, section, base);
        }
        try {
            return of(description, ByteBuffer.wrap(Files.readAllBytes(file)), base);
        } catch (IOException | OutOfMemoryError unreadable) {
            throw new InputException(description, "", "cannot be read: " + unreadable.getMessage());
        }
    }

    /**
     * Reads BTF from memory.
     *
     * @param description what messages call it
     * @param data the blob, from its position to its limit
     * @param base the BTF that a split one builds on
     * @return the source
     * @throws InputException when it is no BTF, or broken
     */
    public static BtfSource of(String description, ByteBuffer data, Optional<BtfSource> base) {
        return new BtfSource(description, new BtfTypes(description, data, base.map(source -> source.types)));
    }

    /** {@return whether these bytes start like BTF} */
    public static boolean isBtf(ByteBuffer start) {
        return BtfTypes.hasMagic(start);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<Entry> entries() {
        return named().stream()
                .map(one -> new Entry(
                        one.name(),
                        "",
                        types.sizeOrType(one.id()) & 0xffffffffL,
                        (types.kind(one.id()) == BtfKind.UNION ? "union " : "struct ") + one.name()))
                .toList();
    }

    /**
     * Finds structs and unions.
     *
     * @param name a name as {@link #entries} lists it, with {@code struct} or {@code union} before it or not
     * @throws InputException when more than 1000 have that name, they have too many fields, or one is broken
     */
    @Override
    public Lookup find(String name) {
        String tag = withoutKeyword(name);
        for (String listed : List.of(name, tag, tag.strip())) {
            List<Integer> ids = idsByName().getOrDefault(listed, List.of());
            if (!ids.isEmpty()) {
                return new Lookup.Found(ofOneName(tag.strip(), ids));
            }
        }
        return new Lookup.Missing(description + " has no struct or union " + tag.strip()
                + Nearest.hint(tag.strip(), idsByName().keySet()));
    }

    private List<Subject> ofOneName(String name, List<Integer> ids) {
        if (ids.size() > MOST_OF_ONE_NAME) {
            throw new InputException(
                    description,
                    "",
                    ids.size() + " structs and unions are called " + name + "; at most " + MOST_OF_ONE_NAME
                            + " of one name are read");
        }
        List<Subject> found = new ArrayList<>();
        long fields = 0;
        for (int id : ids) {
            StructLayout layout = layouts.layout(id);
            fields += layout.slots().size();
            if (fields > MOST_FIELDS) {
                throw new InputException(
                        description,
                        "",
                        "more than " + MOST_FIELDS + " fields in the " + ids.size() + " structs and unions called "
                                + name);
            }
            found.add(Subject.of(layout));
        }
        return found;
    }

    /** By the name as listed, which differs from the bytes in the file when those are no UTF-8, or very many. */
    private Map<String, List<Integer>> idsByName() {
        if (idsByName == null) {
            idsByName = new HashMap<>();
            named().forEach(one -> idsByName
                    .computeIfAbsent(one.name(), any -> new ArrayList<>(1))
                    .add(one.id()));
        }
        return idsByName;
    }

    /** Structs and unions that have a name. One whose name lies outside of the strings does not hide the others. */
    private List<Named> named() {
        if (named == null) {
            List<Named> found = new ArrayList<>();
            long characters = 0;
            for (int id = types.firstId(); id < types.endId(); id++) {
                String name = isAggregate(id) ? name(id) : "";
                characters += name.length();
                if (characters > MOST_CHARACTERS) {
                    throw new InputException(
                            description, "", "more than " + MOST_CHARACTERS + " characters in the names of structs");
                }
                if (!name.isEmpty()) {
                    found.add(new Named(id, name));
                }
            }
            named = found;
        }
        return named;
    }

    private String name(int id) {
        try {
            return types.name(id);
        } catch (InputException broken) {
            return "";
        }
    }

    private static String withoutKeyword(String name) {
        for (String keyword : new String[] {"struct ", "union "}) {
            if (name.startsWith(keyword)) {
                return name.substring(keyword.length());
            }
        }
        return name;
    }

    @Override
    public List<Subject> all() {
        List<Subject> all = new ArrayList<>();
        long fields = 0;
        for (Named one : named()) {
            try {
                all.add(Subject.of(layouts.layout(one.id())));
            } catch (InputException broken) {
                layouts.checkBudget();
                continue; // one damaged struct does not hide the others; find() says what is wrong with it
            }
            fields += all.get(all.size() - 1).layout().slots().size();
            if (fields > MOST_FIELDS) {
                throw new InputException(
                        description,
                        "",
                        "more than " + MOST_FIELDS + " fields in all, those of embedded structs counted; ask for"
                                + " structs by name");
            }
        }
        return all;
    }

    private boolean isAggregate(int id) {
        int kind = types.kind(id);
        return kind == BtfKind.STRUCT || kind == BtfKind.UNION;
    }
}
