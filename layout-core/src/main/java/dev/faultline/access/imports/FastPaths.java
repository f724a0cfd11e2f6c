package dev.faultline.access.imports;

import dev.faultline.access.Access;
import dev.faultline.access.AccessKind;
import dev.faultline.access.Cpus;
import dev.faultline.access.Operation;
import dev.faultline.access.Profile;
import dev.faultline.access.Role;
import dev.faultline.access.StructProfile;
import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.SyncType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes profiles of the kernel's net_cachelines tables: one role and one operation for each path, with fields in the
 * order of the table. The tables have neither rates nor CPUs, so the caller gives them.
 *
 * @param tx the path that sends
 * @param rx the path that receives
 */
public record FastPaths(Path tx, Path rx) {

    /**
     * A fast path.
     *
     * @param cpus the CPUs it runs on
     * @param ratePerSecond operations per second on each of them, at least 0
     */
    public record Path(Cpus cpus, double ratePerSecond) {
        public Path {
            Objects.requireNonNull(cpus);
            if (!(ratePerSecond >= 0) || Double.isInfinite(ratePerSecond)) {
                throw new IllegalArgumentException("rate of " + ratePerSecond + " per second");
            }
        }
    }

    /** A field of a table with its path in a layout. */
    private record Located(FieldTable.Row row, String path) {}

    public FastPaths {
        Objects.requireNonNull(tx);
        Objects.requireNonNull(rx);
    }

    /**
     * {@return a profile of the tables, with one struct each and all fields}
     *
     * @throws InputException when two tables describe the same struct, or a table has no field that is used
     */
    public ImportedProfile profile(List<FieldTable> tables) {
        Map<String, FieldTable> byStruct = new LinkedHashMap<>();
        for (FieldTable table : tables) {
            FieldTable other = byStruct.putIfAbsent(table.struct(), table);
            if (other != null) {
                throw new InputException(
                        table.source(), "", table.struct() + " has a table in " + other.source() + " already");
            }
        }
        String title = title(tables);
        List<StructProfile> structs = byStruct.values().stream()
                .map(table -> struct(
                        table.struct(),
                        title,
                        List.of(table),
                        used(table).stream()
                                .map(row -> new Located(row, FieldFinder.path(row)))
                                .toList()))
                .toList();
        return new ImportedProfile(new Profile(title, structs), List.of(), List.of());
    }

    /**
     * {@return a profile of the tables for one layout, which is the struct they describe or embeds it}
     *
     * <p>Fields that the layout does not have are left out, as are structs that have their own table among these.
     *
     * @throws InputException when the layout has none of the fields
     */
    public ImportedProfile profileFor(StructLayout layout, List<FieldTable> tables) {
        FieldFinder finder = new FieldFinder(layout);
        Set<String> own =
                tables.stream().map(table -> "struct " + table.struct()).collect(Collectors.toSet());
        List<Located> located = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (FieldTable table : tables) {
            for (FieldTable.Row row : used(table)) {
                String place = table.source() + ": line " + row.line() + ": ";
                if (own.contains(FieldFinder.type(row))) {
                    notes.add(place + row.name() + " is described by the table of " + FieldFinder.type(row));
                    continue;
                }
                FieldFinder.Found found = finder.find(table, row);
                found.path().ifPresent(path -> located.add(new Located(row, path)));
                if (found.path().isEmpty()) {
                    missing.add(place + found.reason());
                }
            }
        }
        if (located.isEmpty()) {
            throw new InputException(
                    tables.get(0).source(),
                    "",
                    layout.spelling() + " has none of the fields; the table is about "
                            + tables.get(0).struct());
        }
        String title = title(tables);
        return new ImportedProfile(
                new Profile(title, List.of(struct(layout.name(), title, tables, located))), missing, notes);
    }

    private static String title(List<FieldTable> tables) {
        return tables.stream()
                .map(FieldTable::struct)
                .distinct()
                .collect(Collectors.joining(", ", "fast paths of ", ", as the kernel's tables have them"));
    }

    private static List<FieldTable.Row> used(FieldTable table) {
        List<FieldTable.Row> used =
                table.rows().stream().filter(FieldTable.Row::isUsed).toList();
        if (used.isEmpty()) {
            throw new InputException(table.source(), "", "the table has no field that is used");
        }
        return used;
    }

    private StructProfile struct(String name, String title, List<FieldTable> tables, List<Located> fields) {
        List<Role> roles = new ArrayList<>();
        List<Operation> operations = new ArrayList<>();
        add("tx", tx, accesses(fields, FieldTable.Row::tx), roles, operations);
        add("rx", rx, accesses(fields, FieldTable.Row::rx), roles, operations);
        String source = tables.stream().map(FieldTable::source).distinct().collect(Collectors.joining(", "));
        return new StructProfile(name, title, roles, operations, List.of(), source);
    }

    private static void add(
            String role, Path path, List<Access> accesses, List<Role> roles, List<Operation> operations) {
        if (!accesses.isEmpty()) {
            roles.add(new Role(role, path.cpus()));
            operations.add(new Operation(role + " fast path", role, path.ratePerSecond(), accesses));
        }
    }

    /** {@return the accesses to these fields; a field that is listed twice is accessed once} */
    private static List<Access> accesses(List<Located> fields, Function<FieldTable.Row, FastPathUse> use) {
        Map<String, Set<AccessKind>> kinds = new LinkedHashMap<>();
        for (Located field : fields) {
            kinds.computeIfAbsent(field.path(), any -> new LinkedHashSet<>(2))
                    .addAll(kinds(field.row(), use.apply(field.row())));
        }
        List<Access> accesses = new ArrayList<>();
        kinds.forEach((path, all) -> all.forEach(kind -> accesses.add(Access.of(path, kind, 0))));
        return accesses;
    }

    /** {@return the accesses to a field; atomics are updated instead of loaded and stored} */
    private static List<AccessKind> kinds(FieldTable.Row row, FastPathUse use) {
        boolean atomic = SyncType.ofSpelling(FieldFinder.type(row))
                .filter(SyncType::isUpdatedAtomically)
                .isPresent();
        return atomic && use.kinds().contains(AccessKind.WRITE) ? List.of(AccessKind.RMW) : use.kinds();
    }
}
