package dev.faultline.access.perf;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessRow;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Imports a text and shows its rows, one a line: {@code worker: count buf+8 write 30}. */
final class ImportedRows {

    private ImportedRows() {}

    static AccessFile file(List<String> types, Consumer<AccessCollector> reader) {
        return file(new StatedTypes(types, any -> OptionalLong.of(64)), Map.of(), reader);
    }

    static AccessFile file(PlaceLocator locator, Map<String, String> roles, Consumer<AccessCollector> reader) {
        AccessCollector collector = new AccessCollector(locator, roles);
        reader.accept(collector);
        return collector.file("test", Map.of(), Double.NaN);
    }

    static List<String> words(AccessFile file) {
        return file.rows().stream().map(ImportedRows::words).toList();
    }

    private static String words(AccessRow row) {
        AccessRow.Key key = row.key();
        return key.role()
                + (key.operation().isEmpty() || key.operation().equals(key.role()) ? "" : ": " + key.operation())
                + " " + key.type() + (key.byteOffset() < 0 ? "" : "+" + key.byteOffset())
                + (key.field().isEmpty() ? "" : " " + key.field()) + " "
                + key.kind().word() + " "
                + (row.isAtLeast() ? ">=" : "") + row.count() + (row.hitm() > 0 ? " hitm " + row.hitm() : "");
    }
}
