package dev.faultline.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The SQL of docs/fleet.md, as it stands there. */
final class FleetPage {

    private static final Path PAGE = Path.of("../docs/fleet.md");
    private static final Pattern BLOCK = Pattern.compile("(?m)^```sql\n((?s:.*?))^```$");
    private static final int BLOCKS = 7;

    private final List<String> blocks = new ArrayList<>();

    FleetPage() {
        try {
            Matcher block = BLOCK.matcher(Files.readString(PAGE));
            while (block.find()) {
                blocks.add(block.group(1));
            }
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        if (blocks.size() != BLOCKS) {
            throw new AssertionError(PAGE + ": expected " + BLOCKS + " blocks of SQL, found " + blocks.size());
        }
    }

    /** {@return what tells DuckDB where the files are} */
    List<String> filesInDuckDb(Path folder) {
        return statements(filled(blocks.get(0), "hosts/", folder + "/"));
    }

    /** {@return what tells Spark where the files are} */
    List<String> filesInSpark(Path folder) {
        return statements(filled(blocks.get(1), "hosts/", folder + "/"));
    }

    /** {@return the sums: one text for both} */
    List<String> sums() {
        return statements(blocks.get(2));
    }

    /** {@return what makes Spark keep lines and sums} */
    List<String> keptBySpark() {
        return statements(blocks.get(3));
    }

    /** {@return which files or lines have no part in the sums} */
    String leftOut() {
        return statements(blocks.get(4)).get(0);
    }

    /** {@return which sums there are} */
    String all() {
        return statements(blocks.get(4)).get(1);
    }

    /** {@return what makes DuckDB write a sum} */
    String writtenByDuckDb(int sum, Path file) {
        return statements(filled(numbered(blocks.get(5), sum), "'fleet.access'", "'" + file + "'"))
                .get(0);
    }

    /** {@return what makes Spark write a sum} */
    String writtenBySpark(int sum, Path folder) {
        return statements(filled(numbered(blocks.get(6), sum), "'fleet'", "'" + folder + "'"))
                .get(0);
    }

    private static String numbered(String sql, int sum) {
        return filled(sql, "sum_number = 1", "sum_number = " + sum);
    }

    private static String filled(String sql, String placeholder, String value) {
        if (sql.split(Pattern.quote(placeholder), -1).length != 2) {
            throw new AssertionError("expected " + placeholder + " once in:\n" + sql);
        }
        return sql.replace(placeholder, value);
    }

    private static List<String> statements(String sql) {
        return Arrays.stream(sql.split(";\n")).filter(one -> !one.isBlank()).toList();
    }
}
