package dev.faultline.source.btf;

import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.layout.Provenance;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.elf.ElfSections;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The structs and unions of a BTF blob, or of an ELF file that carries one. Opening indexes the records; a struct is laid
 * out when asked for and kept. Not safe for use by several threads.
 */
public final class BtfSource implements LayoutSource {

    private static final String SECTION = ".BTF";

    private final String description;
    private final BtfTypes types;
    private final BtfLayouts layouts;

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
        List<Entry> entries = new ArrayList<>();
        for (int id = types.firstId(); id < types.endId(); id++) {
            if (isAggregate(id)) {
                String name = types.name(id);
                if (!name.isEmpty()) {
                    String keyword = types.kind(id) == BtfKind.UNION ? "union " : "struct ";
                    entries.add(new Entry(name, "", types.sizeOrType(id) & 0xffffffffL, keyword + name));
                }
            }
        }
        return entries;
    }

    @Override
    public Lookup find(String name) {
        String tag = withoutKeyword(name);
        byte[] bytes = tag.getBytes(StandardCharsets.UTF_8);
        List<Subject> found = new ArrayList<>();
        for (int id = types.firstId(); id < types.endId(); id++) {
            if (isAggregate(id) && bytes.length > 0 && types.hasName(id, bytes)) {
                found.add(Subject.of(layouts.layout(id)));
            }
        }
        if (!found.isEmpty()) {
            return new Lookup.Found(found);
        }
        List<String> names = entries().stream().map(Entry::name).toList();
        return new Lookup.Missing(description + " has no struct or union " + tag + Nearest.hint(tag, names));
    }

    private static String withoutKeyword(String name) {
        for (String keyword : new String[] {"struct ", "union "}) {
            if (name.startsWith(keyword)) {
                return name.substring(keyword.length()).strip();
            }
        }
        return name;
    }

    @Override
    public List<Subject> all() {
        List<Subject> all = new ArrayList<>();
        for (int id = types.firstId(); id < types.endId(); id++) {
            if (isAggregate(id) && !types.isAnonymous(id)) {
                try {
                    all.add(Subject.of(layouts.layout(id)));
                } catch (InputException broken) {
                    continue; // one damaged struct does not hide the others; find() says what is wrong with it
                }
            }
        }
        return all;
    }

    private boolean isAggregate(int id) {
        int kind = types.kind(id);
        return kind == BtfKind.STRUCT || kind == BtfKind.UNION;
    }
}
