package dev.faultline.fleet;

import java.nio.file.Path;
import java.util.List;

/** An engine that runs the SQL of docs/fleet.md. */
interface FleetEngine {

    /** Runs the page's SQL up to the sums, over the access files of a folder. */
    void add(Path folder) throws Exception;

    /** {@return the rows of a query, as texts} */
    List<List<String>> rows(String query) throws Exception;

    /** {@return a sum as the page has it written: the text of an access file} */
    String written(int sum) throws Exception;

    /** Ends the engine. */
    void close() throws Exception;
}
