package dev.faultline.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Spark, with its driver and executors in this VM. */
final class Spark implements FleetEngine {

    private final FleetPage page;
    private final Path scratch;
    private final SparkSession session;

    Spark(FleetPage page, Path scratch) {
        this.page = page;
        this.scratch = scratch;
        session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString())
                // 200, the default, is for large clusters
                .config("spark.sql.shuffle.partitions", 2)
                .getOrCreate();
    }

    @Override
    public void add(Path folder) {
        session.catalog().clearCache();
        page.filesInSpark(folder).forEach(session::sql);
        page.sums().forEach(session::sql);
        page.keptBySpark().forEach(session::sql);
    }

    @Override
    public List<List<String>> rows(String query) {
        List<List<String>> rows = new ArrayList<>();
        for (Row row : session.sql(query).collectAsList()) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < row.length(); i++) {
                texts.add(String.valueOf(row.get(i)));
            }
            rows.add(texts);
        }
        return rows;
    }

    @Override
    public String written(int sum) throws Exception {
        Path folder = Files.createTempDirectory(scratch, "spark").resolve("fleet");
        session.sql(page.writtenBySpark(sum, folder));
        StringBuilder text = new StringBuilder();
        try (Stream<Path> parts = Files.list(folder)) {
            for (Path part : parts.sorted().toList()) {
                String name = part.getFileName().toString();
                if (name.startsWith("part-") && name.endsWith(".json")) {
                    text.append(Files.readString(part));
                }
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        session.close();
    }

    @Override
    public String toString() {
        return "Spark";
    }
}
