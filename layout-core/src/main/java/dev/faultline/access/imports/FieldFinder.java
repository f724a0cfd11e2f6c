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
 * Finds the fields of tables in a layout. A table may name members of a struct, of anonymous structs in it, or of an
 * embedded struct that is named in the type ({@code struct icsk_ack_u8 pending} is {@code icsk_ack.pending}). Its
 * struct may also be embedded in the layout.
 */
final class FieldFinder {

    private static final Pattern OWNED =
            Pattern.compile("struct (\\w+?)_(?:[us](?:8|16|32|64)|int|bool|unsigned int|unsigned long)(?::\\d+)?");
    private static final int DEEPEST = 16;

    /** Most unknown fields that get a suggestion, which takes time. */
    private static final int MOST_HINTS = 20;

    private final StructLayout layout;
    private final Map<String, List<String>> byName = new HashMap<>();
    private final Map<String, List<String>> embedded = new HashMap<>();
    private final Map<String, List<String>> byOwner = new HashMap<>();
    private final Map<Wanted, List<String>> nested = new HashMap<>();
    private int hints;

    /** A field to find: by its name and, where the type has it, its owner, below a base path. */
    private record Wanted(String base, String name, Optional<String> owner) {}

    /**
     * The result of a search.
     *
     * @param path the path of the field; empty when there is none or several
     * @param reason why there is no path; empty when there is one
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

    /** Collects where each struct is embedded, by its name; not in arrays. */
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

    /** {@return the path that a row itself states: its name, after that of the struct its type names} */
    static String path(FieldTable.Row row) {
        return owner(row).map(owner -> owner + "." + row.name()).orElse(row.name());
    }

    private static Optional<String> owner(FieldTable.Row row) {
        Matcher owned = OWNED.matcher(type(row));
        return owned.matches() ? Optional.of(owned.group(1)) : Optional.empty();
    }

    /** {@return the type of a row with spaces between words; up to Linux 6.12 the tables use underscores} */
    static String type(FieldTable.Row row) {
        return row.type()
                .replaceFirst("^(struct|enum|unsigned|const)_", "$1 ")
                .replaceFirst("_unsigned_(int|long)\\b", "_unsigned $1");
    }

    /** {@return the path of a row's field in the layout} */
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

    /** {@return the nearest names, with their paths} */
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
