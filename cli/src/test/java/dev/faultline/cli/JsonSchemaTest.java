package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands print as JSON is what the schema promises. */
class JsonSchemaTest {

    private static final Path SCHEMA = Path.of("docs/schema/faultline-1.schema.json");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inspect rtable@6.3 rtable@6.4 --format json",
                "inspect --match * --profile none --format json",
                "simulate rtable@6.3 rtable@6.4 --cpus 1,4 --accesses 5e3 --format json",
                "inspect --match * --machine x86-64 --format json",
                "inspect dst_entry --embedders --format json",
                "inspect --from docs/examples/ring.txt --profile docs/examples/ring.yaml --format json",
                "inspect --from jvm --match java.util.concurrent.* --vm 25-coh --format json",
                "list --format json --sort findings",
                "suggest rtable@6.3 --effort low --format json",
                "suggest --from docs/examples/ring.txt ring --profile docs/examples/ring.yaml --format json",
                "suggest --from docs/examples/ring.txt ring --format json",
                "bench refcount --format json",
                "bench queue --thorough --format json",
                "bench rpc --forks 2 --only s* --format json",
            })
    void json_follows_the_schema(String words) throws IOException {
        Cli.Run run = Cli.run(words.split(" "));
        assertThat(run.status()).as(run.err()).isZero();
        assertFollows(run.out());
    }

    @Test
    void what_was_inconclusive_follows_it_too() throws IOException {
        Cli.Run run = Cli.benching(Benches::busy, Map.of(), "bench", "pool", "--format", "json");
        assertThat(run.status()).isEqualTo(3);
        assertFollows(run.out());
    }

    private static void assertFollows(String json) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA));
        assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
    }
}
