package dev.faultline.access.imports;

import dev.faultline.input.Nearest;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the fields of tables in a layout. A table names members of a struct, of the anonymous ones in it, of a named one whose
 * name it puts into the type ({@code struct icsk_ack_u8 pending} is {@code icsk_ack.pending}), and it may be of a struct that
 * the layout embeds.
 */
final class FieldFinder {

    private static final Pattern OWNED =
            Pattern.compile("struct (\\w+?)_(?:[us](?:8|16|32|64)|int|bool|unsigned int|unsigned long)(?::\\d+)?");
    private static final int DEEPEST = 16;

    /** So many misspelt fields get a suggestion; each is held against all fields of the layout. */
    private static final int MOST_HINTS = 20;

    private final StructLayout layout;
    private final Map<String, List<String>> byName = new HashMap<>();
    private final Map<String, List<String>> embedded = new HashMap<>();
    private final Map<String, List<String>> byOwner = new HashMap<>();
    private final Map<Wanted, List<String>> nested = new HashMap<>();
    private int hints;

    /** A field looked for within what is embedded: below a base, by its name and, where the type says it, its owner. */
    private record Wanted(String base, String name, Optional<String> owner) {}

    /**
     * What came of a search.
     *
     * @param path the field; nothing when there is none, or not one alone
     * @param reason why not; empty when there is
     */
    record Found(Optional<String> path, String reason) {}

    FieldFinder(StructLayout layout) {
        this.layout = layout;
        for (String path : layout.paths()) {
            String name = path.substring(path.lastIndexOf('.') + 1);
            byName.computeIfAbsent(name, any -> new ArrayList<>(1)).add(path);
            String owner = path.substring(0, Math.max(0, path.length() - name.length() - 1));
            if (!owner.isEmpty()) {
                String owned = owner.substring(owner.lastIndexOf('.') + 1) + "." + name;
                byOwner.computeIfAbsent(owned, any -> new ArrayList<>(1)).add(path);
            }
        }
        embedded.put(layout.name(), List.of(""));
        collect(layout, "", 0);
    }

    /** Where each struct is embedded, by its name; arrays are not gone into. */
    private void collect(StructLayout outer, String prefix, int depth) {
        for (Member member : outer.members()) {
            if (depth < DEEPEST && member.type() instanceof FieldType.Aggregate inner) {
                String path = member.isAnonymous() ? prefix : prefix + member.name() + ".";
                if (!inner.layout().name().isEmpty()) {
                    embedded.computeIfAbsent(inner.layout().name(), any -> new ArrayList<>(1))
                            .add(path);
                }
                collect(inner.layout(), path, depth + 1);
            }
        }
    }

    /** {@return the path a table's row says by itself: its name, behind that of the struct its type names} */
    static String path(FieldTable.Row row) {
        return owner(row).map(owner -> owner + "." + row.name()).orElse(row.name());
    }

    private static Optional<String> owner(FieldTable.Row row) {
        Matcher owned = OWNED.matcher(type(row));
        return owned.matches() ? Optional.of(owned.group(1)) : Optional.empty();
    }

    /** {@return the type of a row with blanks between its words: to 6.12 the tables put underscores} */
    static String type(FieldTable.Row row) {
        return row.type()
                .replaceFirst("^(struct|enum|unsigned|const)_", "$1 ")
                .replaceFirst("_unsigned_(int|long)\\b", "_unsigned $1");
    }

    /** {@return where a row's field is} */
    Found find(FieldTable table, FieldTable.Row row) {
        List<String> bases = embedded.getOrDefault(table.struct(), List.of());
        String base = bases.size() == 1 ? bases.get(0) : "";
        for (String path : List.of(base + path(row), base + row.name())) {
            if (layout.resolve(path).isPresent()) {
                return new Found(Optional.of(path), "");
            }
        }
        List<String> nested = this.nested.computeIfAbsent(new Wanted(base, row.name(), owner(row)), this::within);
        if (nested.size() == 1) {
            return new Found(Optional.of(nested.get(0)), "");
        }
        return new Found(
                Optional.empty(),
                layout.spelling()
                        + (nested.isEmpty()
                                ? " has no field " + path(row) + hint(row)
                                : " has " + nested.size() + " fields " + row.name() + ", "
                                        + String.join(", ", nested.subList(0, Math.min(3, nested.size())))));
    }

    private List<String> within(Wanted wanted) {
        List<String> paths = wanted.owner()
                .map(owner -> byOwner.getOrDefault(owner + "." + wanted.name(), List.of()))
                .orElseGet(() -> byName.getOrDefault(wanted.name(), List.of()));
        return paths.stream().filter(path -> path.startsWith(wanted.base())).toList();
    }

    /** The nearest names, with their paths. */
    private String hint(FieldTable.Row row) {
        if (hints++ >= MOST_HINTS) {
            return "";
        }
        List<String> near = Nearest.of(row.name(), byName.keySet()).stream()
                .map(name -> byName.get(name).get(0))
                .toList();
        return near.isEmpty() ? "" : " (did you mean " + String.join(", ", near) + "?)";
    }
}
