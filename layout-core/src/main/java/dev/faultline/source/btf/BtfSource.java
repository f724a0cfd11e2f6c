package dev.faultline.source.btf;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Inventory;
import dev.faultline.source.Lookup;
import dev.faultline.source.SelectiveSource;
import dev.faultline.source.StructKeyword;
import dev.faultline.source.Subject;
import dev.faultline.source.elf.ElfFile;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * The structs and unions of a BTF file, or of an ELF file with a BTF section.
 *
 * <p>Opening reads the index of the records; a struct is laid out when first asked for. Not safe for use by several
 * threads.
 */
public final class BtfSource implements SelectiveSource {

    /** The section of ELF files that has BTF. */
    public static final String SECTION = ".BTF";

    /** The section of modules with the sizes of the kernel's structs, since Linux 6.11. */
    private static final String SIZES_SECTION = ".BTF.base";

    /** The cause of structs that are left out because of their own name. */
    private static final String DAMAGED_NAME = "with a damaged name";

    /**
     * Most fields of all layouts, those of an embedded struct counted each time; a distribution's kernel has 130,000.
     */
    private static final long MOST_FIELDS = 1 << 21;

    /** Most characters in all names; types may share the bytes of names, so a small file could have endless ones. */
    private static final long MOST_CHARACTERS = 1 << 26;

    /** What stands for bytes of a name that are not UTF-8. */
    private static final char UNREADABLE = '\uFFFD';

    /** Most structs and unions of one name; a kernel has about ten. */
    private static final int MOST_OF_ONE_NAME = 1000;

    /** Where the files of sysfs are. */
    private static final Path KERNEL_FILES = Path.of("/sys");

    private static final int READ_BYTES = 8192;

    private final String description;
    private final BtfTypes types;
    private final BtfLayouts layouts;
    private final List<String> baseNotes;
    private final List<Inventory.LeftOut> damagedNames = new ArrayList<>();
    private List<Named> named;
    private Map<String, List<Integer>> idsByName;

    /** Whether a name has been looked up; the second one is worth an index. */
    private boolean searched;

    private record Named(int id, String name) {}

    private BtfSource(String description, BtfChain chain) {
        this.description = description;
        this.types = chain.types();
        this.baseNotes = chain.notes();
        this.layouts = new BtfLayouts(
                types, new Provenance(Provenance.Origin.BTF, description, chain.base(), OptionalInt.empty()));
    }

    /**
     * Opens raw BTF or the {@code .BTF} section of an ELF file, whichever the content is.
     *
     * @param description the name of the file in messages
     * @param file the file
     * @param base the BTF that a split file, such as a module's, refers to
     * @return the source
     * @throws InputException when the file cannot be read, is neither, or is broken
     */
    public static BtfSource open(String description, Path file, Optional<BtfSource> base) {
        return open(description, file, base, OptionalInt.empty());
    }

    /**
     * Opens the BTF of a kernel, which has no base.
     *
     * @param description the name of the file in messages
     * @param file the file
     * @param pointerBytes the size of a pointer of the kernel; when empty, all types are searched for it
     * @return the source
     * @throws InputException when the file cannot be read, or is broken
     */
    @Internal
    public static BtfSource ofKernel(String description, Path file, OptionalInt pointerBytes) {
        return open(description, file, Optional.empty(), pointerBytes);
    }

    private static BtfSource open(String description, Path file, Optional<BtfSource> base, OptionalInt pointerBytes) {
        byte[] content;
        try {
            if (isElf(file)) {
                try (ElfFile elf = ElfFile.open(description, file)) {
                    return of(elf, base);
                }
            }
            content = content(file);
        } catch (IOException | OutOfMemoryError unreadable) {
            throw new InputException(description, "", "cannot be read: " + unreadable.getMessage());
        }
        return of(new BtfChain.Parts(description, ByteBuffer.wrap(content), Optional.empty(), pointerBytes), base);
    }

    /** sysfs gives a page at a time, each of which costs more by the channel that {@code readAllBytes} uses. */
    private static byte[] content(Path file) throws IOException {
        if (!file.startsWith(KERNEL_FILES)) {
            return Files.readAllBytes(file);
        }
        byte[] content = new byte[Math.toIntExact(Files.size(file))];
        byte[] further;
        int at = 0;
        try (InputStream in = new FileInputStream(file.toFile())) {
            int read;
            while ((read = in.read(content, at, Math.min(READ_BYTES, content.length - at))) > 0) {
                at += read;
            }
            further = in.readAllBytes(); // none, unless the file is larger than it says
        }
        byte[] all = Arrays.copyOf(content, at + further.length);
        System.arraycopy(further, 0, all, at, further.length);
        return all;
    }

    /**
     * {@return this source, whose layouts say which build they are of}
     *
     * @param build in words, such as the release of a kernel
     */
    public BtfSource ofBuild(String build) {
        return new BtfSource(description, new BtfChain(types, build, baseNotes));
    }

    private static boolean isElf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return ElfFile.isElf(ByteBuffer.wrap(in.readNBytes(Integer.BYTES)));
        }
    }

    /**
     * Reads the {@code .BTF} section of an ELF file, which is closed by the caller.
     *
     * @param elf the file
     * @param base the BTF that a split file, such as a module's, refers to
     * @return the source
     * @throws InputException when it has no such section, or it is broken
     */
    public static BtfSource of(ElfFile elf, Optional<BtfSource> base) {
        ByteBuffer section = elf.section(SECTION)
                .orElseThrow(() ->
                        new InputException(elf.source(), "", "an ELF file without BTF (no section " + SECTION + ")"));
        return of(
                new BtfChain.Parts(
                        elf.source(),
                        section,
                        elf.section(SIZES_SECTION).filter(ByteBuffer::hasRemaining),
                        OptionalInt.of(elf.is64Bit() ? Long.BYTES : Integer.BYTES)),
                base);
    }

    /**
     * Reads BTF from memory.
     *
     * @param description the name of the data in messages
     * @param data the data, from its position to its limit
     * @param base the BTF that split data refers to
     * @return the source
     * @throws InputException when it is not valid BTF
     */
    public static BtfSource of(String description, ByteBuffer data, Optional<BtfSource> base) {
        return of(new BtfChain.Parts(description, data, Optional.empty(), OptionalInt.empty()), base);
    }

    private static BtfSource of(BtfChain.Parts parts, Optional<BtfSource> base) {
        return new BtfSource(parts.source(), BtfChain.of(parts, base.map(source -> source.types)));
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<Entry> entries() {
        return named().stream().map(this::entry).toList();
    }

    private Entry entry(Named one) {
        return new Entry(
                one.name(),
                "",
                types.byteSize(one.id()),
                (types.kind(one.id()) == BtfKind.UNION ? "union " : "struct ") + one.name());
    }

    /**
     * Finds structs and unions.
     *
     * @param name a name as {@link #entries} lists it, with or without {@code struct} or {@code union} before it
     * @throws InputException when more than 1000 have that name, they have too many fields, or one is broken
     */
    @Override
    public Lookup find(String name) {
        String tag = StructKeyword.removedFrom(name);
        for (String listed : StructKeyword.meanings(name)) {
            List<Integer> ids = idsOf(listed);
            if (!ids.isEmpty()) {
                return new Lookup.Found(ofOneName(tag, ids));
            }
        }
        return new Lookup.Missing(description + " has no struct or union " + tag
                + Nearest.hint(tag, idsByName().keySet()));
    }

    private List<Integer> idsOf(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        boolean isExact = bytes.length < BtfTypes.LONGEST_NAME_BYTES
                && name.indexOf(UNREADABLE) < 0
                && new String(bytes, StandardCharsets.UTF_8).equals(name);
        if (searched || !isExact || name.isEmpty()) {
            return idsByName().getOrDefault(name, List.of());
        }
        searched = true;
        List<Integer> ids = new ArrayList<>();
        for (int id = types.firstId(); id < types.endId(); id++) {
            if (types.isAggregate(id) && types.isNamed(id, bytes)) {
                ids.add(id);
            }
        }
        return ids;
    }

    private List<Subject> ofOneName(String name, List<Integer> ids) {
        if (ids.size() > MOST_OF_ONE_NAME) {
            throw new InputException(
                    description,
                    "",
                    ids.size() + " structs and unions are called " + name + "; the limit is " + MOST_OF_ONE_NAME);
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

    /** {@return ids by name as listed; the file's bytes may differ when they are not UTF-8} */
    private Map<String, List<Integer>> idsByName() {
        if (idsByName == null) {
            idsByName = new HashMap<>();
            named().forEach(one -> idsByName
                    .computeIfAbsent(one.name(), any -> new ArrayList<>(1))
                    .add(one.id()));
        }
        return idsByName;
    }

    /** {@return all structs and unions with a name, except those whose name is outside the strings} */
    private List<Named> named() {
        if (named == null) {
            List<Named> found = new ArrayList<>();
            long characters = 0;
            for (int id = types.firstId(); id < types.endId(); id++) {
                String name = types.isAggregate(id) ? name(id) : "";
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
            damagedNames.add(new Inventory.LeftOut("type " + id, DAMAGED_NAME, broken.getMessage()));
            return "";
        }
    }

    @Override
    public Inventory inventory(Predicate<Entry> wanted) {
        List<Subject> all = new ArrayList<>();
        List<Named> candidates = named();
        List<Inventory.LeftOut> leftOut = new ArrayList<>(damagedNames);
        long fields = 0;
        for (Named one : candidates) {
            if (!wanted.test(entry(one))) {
                continue;
            }
            try {
                all.add(Subject.of(layouts.layout(one.id())));
            } catch (InputException broken) {
                layouts.checkBudget();
                leftOut.add(Inventory.LeftOut.damaged(one.name(), broken.getMessage()));
                continue;
            }
            fields += all.get(all.size() - 1).layout().slots().size();
            if (fields > MOST_FIELDS) {
                throw new InputException(
                        description,
                        "",
                        "more than " + MOST_FIELDS + " fields in total, embedded ones included; name the"
                                + " structs you need");
            }
        }
        return new Inventory("structs", all, leftOut, 0, unread());
    }

    /** Finds structs with damaged names, and with members of types without a size, such as newer kinds. */
    @Override
    public Inventory missing(Predicate<Entry> wanted) {
        BtfSizes sizes = new BtfSizes(types, OptionalInt.of(8));
        List<Named> candidates = named();
        List<Inventory.LeftOut> leftOut = new ArrayList<>(damagedNames);
        for (Named one : candidates) {
            if (wanted.test(entry(one)) && !sizes.isComplete(one.id())) {
                try {
                    layouts.layout(one.id());
                } catch (InputException broken) {
                    layouts.checkBudget();
                    leftOut.add(Inventory.LeftOut.damaged(one.name(), broken.getMessage()));
                }
            }
        }
        return new Inventory("structs", List.of(), leftOut, 0, unread());
    }

    private List<String> unread() {
        return types.unknownKinds().entrySet().stream()
                .map(kind -> description + ": " + kind.getValue() + (kind.getValue() == 1 ? " record" : " records")
                        + " of kind " + kind.getKey() + (kind.getValue() == 1 ? " is" : " are")
                        + " not read; this version of Faultline knows kinds up to " + BtfKind.LAST_KNOWN)
                .toList();
    }

    @Override
    public List<String> notes() {
        return baseNotes;
    }
}
