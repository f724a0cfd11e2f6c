package dev.faultline.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** DuckDB, in memory. */
final class DuckDb implements FleetEngine {

    private final FleetPage page;
    private final Path scratch;
    private final Connection connection;

    DuckDb(FleetPage page, Path scratch) throws SQLException {
        this.page = page;
        this.scratch = scratch;
        connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    @Override
    public void add(Path folder) throws SQLException {
        for (String statement : page.filesInDuckDb(folder)) {
            run(statement);
        }
        for (String statement : page.sums()) {
            run(statement);
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public List<List<String>> rows(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getObject(i)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    @Override
    public String written(int sum) throws Exception {
        Path file = Files.createTempDirectory(scratch, "duckdb").resolve("fleet.access");
        run(page.writtenByDuckDb(sum, file));
        return Files.readString(file);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    @Override
    public String toString() {
        return "DuckDB";
    }
}
