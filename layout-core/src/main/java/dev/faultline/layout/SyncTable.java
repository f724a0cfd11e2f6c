package dev.faultline.layout;

import dev.faultline.api.Internal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The known synchronisation types: the tables of {@code docs/sync-types.md}, which say where each is from. */
@Internal
public final class SyncTable {

    private static final String PAGE = "sync-types.md";
    private static final String ANY = "*";
    private static final String OF_ARGUMENT = "T";
    private static final int COLUMNS = 5;

    private static final List<Entry> ENTRIES = read();
    /** Entries by name, with {@code <>} behind a name that needs arguments; those without scope first. */
    private static final Map<String, List<Entry>> BY_NAME = byName();

    /**
     * The name of a type.
     *
     * @param root first scope; empty for a type without scope, {@code "*"} for any
     * @param parent last scope, when it must be a certain one; else empty
     * @param simple name without scopes and arguments
     * @param hasArguments whether it has template or type arguments
     */
    public record Name(String root, String parent, String simple, boolean hasArguments) {

        private String key() {
            return SyncTable.key(simple, hasArguments);
        }

        private boolean matches(SyncTypeName spelling) {
            if (!parent.isEmpty()) {
                return root.equals(spelling.root()) && parent.equals(spelling.parent());
            }
            if (!spelling.root().isEmpty()) {
                return root.equals(spelling.root()) || root.equals(ANY);
            }
            char first = simple.charAt(0);
            return root.isEmpty()
                    || hasArguments
                    || spelling.hasKeyword()
                    || Character.isLowerCase(first)
                    || first == '_';
        }
    }

    /**
     * A size on x86-64.
     *
     * @param bytes size in bytes
     * @param byteAlignment alignment in bytes
     */
    public record Size(long bytes, long byteAlignment) {}

    /**
     * A type with what is known about it.
     *
     * @param name its name
     * @param kind what it is for; empty when it wraps its first argument
     * @param isShown whether its members are shown where they are known
     * @param guarded names of the members with the data it guards
     * @param size its size; empty when not known or that of the first argument
     * @param isSizedByArgument whether it has the size of the first argument
     */
    public record Entry(
            Name name,
            Optional<SyncType> kind,
            boolean isShown,
            Set<String> guarded,
            Optional<Size> size,
            boolean isSizedByArgument) {

        /** {@return whether it is of the kind of its first argument} */
        public boolean isWrapper() {
            return kind.isEmpty();
        }

        /** {@return its size in words of the page} */
        private String extent() {
            return isSizedByArgument ? OF_ARGUMENT : size.map(Size::toString).orElse("");
        }
    }

    private SyncTable() {}

    /** {@return every entry, in the order of the page} */
    public static List<Entry> entries() {
        return ENTRIES;
    }

    /** {@return the entry of a type with this spelling; empty for an ordinary type} */
    public static Optional<Entry> find(String spelling) {
        return find(SyncTypeName.of(spelling));
    }

    static Optional<Entry> find(SyncTypeName spelling) {
        return named(spelling).isEmpty()
                ? Optional.empty()
                : candidates(spelling).findFirst();
    }

    /**
     * {@return the entry of a type with this spelling whose size is known; empty where types of several libraries have
     * this spelling and not the same size}
     */
    public static Optional<Entry> findSized(String spelling) {
        List<Entry> candidates = candidates(SyncTypeName.of(spelling)).toList();
        Optional<Entry> first = candidates.stream().findFirst();
        boolean isExact = !SyncTypeName.of(spelling).root().isEmpty()
                || first.filter(entry -> entry.name().root().isEmpty()).isPresent();
        boolean agree = candidates.stream().map(Entry::extent).distinct().count() == 1;
        return first.filter(entry -> isExact || agree);
    }

    private static Stream<Entry> candidates(SyncTypeName spelling) {
        return named(spelling).stream().filter(entry -> entry.name().matches(spelling));
    }

    private static List<Entry> named(SyncTypeName spelling) {
        String key = key(spelling.name(), spelling.argument().isPresent());
        return BY_NAME.getOrDefault(key, List.of());
    }

    private static String key(String name, boolean hasArguments) {
        return hasArguments ? name + "<>" : name;
    }

    private static Map<String, List<Entry>> byName() {
        Map<String, List<Entry>> byName = new HashMap<>();
        for (boolean isScoped : new boolean[] {false, true}) {
            for (Entry entry : ENTRIES) {
                if (isScoped != entry.name().root().isEmpty()) {
                    byName.computeIfAbsent(entry.name().key(), any -> new ArrayList<>(1))
                            .add(entry);
                }
            }
        }
        return byName;
    }

    /** Reads the page without streams and patterns, since the VM links those at run time, in every short run. */
    private static List<Entry> read() {
        try (InputStream in = SyncTable.class.getResourceAsStream(PAGE)) {
            if (in == null) {
                throw new IllegalStateException("no page " + PAGE);
            }
            String page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<Entry> entries = new ArrayList<>();
            int start = 0;
            for (int end = page.indexOf('\n'); end >= 0; end = page.indexOf('\n', start)) {
                if (page.startsWith("| `", start)) {
                    addRow(page.substring(start, end), entries);
                }
                start = end + 1;
            }
            return List.copyOf(entries);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void addRow(String line, List<Entry> entries) {
        String[] cells = line.substring(1).split("\\|", -1);
        if (cells.length != COLUMNS + 1) {
            throw new IllegalStateException(PAGE + ": a row with " + (cells.length - 1) + " cells: " + line);
        }
        for (String type : names(cells[0])) {
            entries.add(entry(type, cells));
        }
    }

    private static Entry entry(String type, String[] cells) {
        boolean hasArguments = type.endsWith("<…>") || type.endsWith("[…]");
        String kind = cells[1].strip();
        Name name = name(hasArguments ? type.substring(0, type.length() - 3) : type, hasArguments);
        boolean isSizedByArgument = cells[3].strip().equals(OF_ARGUMENT);
        return new Entry(
                name,
                kind.equals("of " + OF_ARGUMENT) ? Optional.empty() : Optional.of(kind(kind)),
                !cells[2].isBlank(),
                Set.copyOf(names(cells[2])),
                isSizedByArgument || cells[3].isBlank() ? Optional.empty() : Optional.of(size(cells)),
                isSizedByArgument);
    }

    private static Name name(String path, boolean hasArguments) {
        int first = path.indexOf("::");
        int last = path.lastIndexOf("::");
        return first < 0
                ? new Name("", "", path, hasArguments)
                : new Name(
                        path.substring(0, first),
                        first < last ? path.substring(first + 2, last) : "",
                        path.substring(last + 2),
                        hasArguments);
    }

    private static Size size(String[] cells) {
        return new Size(Long.parseLong(cells[3].strip()), Long.parseLong(cells[4].strip()));
    }

    private static SyncType kind(String words) {
        return SyncType.valueOf(words.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }

    /** {@return the words in back quotes} */
    private static List<String> names(String cell) {
        List<String> names = new ArrayList<>(1);
        for (int open = cell.indexOf('`'); open >= 0; ) {
            int close = cell.indexOf('`', open + 1);
            names.add(cell.substring(open + 1, close));
            open = cell.indexOf('`', close + 1);
        }
        return names;
    }
}
