package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                "inspect dst_entry@6.3 --profile none --all --format json",
                "inspect --from docs/examples/ring.txt --profile docs/examples/ring.yaml --format json",
                "inspect --from jvm --match java.util.concurrent.* --vm 25-coh --format json",
                "inspect --from jvm java.util.concurrent.ForkJoinPool java.lang.Thread --vm all --format json",
                "diff jvm#java.util.concurrent.ForkJoinPool --vm 17 --vm 27 --format json",
                "list --format json --sort findings",
                "check docs/examples --format json",
                "check --match * --format json",
                "diff rtable@6.3 rtable@6.4 --format json",
                "diff net_device@2.6.36 net_device@6.18 --profile none --format json",
                "diff docs/examples/ring.txt docs/examples/ring.txt --format json",
                "suggest rtable@6.3 --effort low --format json",
                "suggest --from docs/examples/ring.txt ring --profile docs/examples/ring.yaml --format json",
                "suggest --from docs/examples/ring.txt ring --format json",
                "bench refcount --format json",
                "bench queue --thorough --format json",
                "bench rpc --forks 2 --only s* --format json",
                "bench rtable@6.3 rtable@6.4 --format json",
                "bench percpu_ref rtable --placement all --forks 1 --format json",
                "bench rtable --profile none --forks 4 --format json",
                "bench grid --scenario add* --format json",
            })
    void json_follows_the_schema(String words) throws IOException {
        Cli.Run run = Cli.run(words.split(" "));
        assertThat(run.status()).as(run.err()).isZero();
        assertFollows(run.out());
    }

    @Test
    void what_was_inconclusive_follows_it_too() throws IOException {
        for (String what : List.of("pool", "rtable")) {
            Cli.Run run = Cli.benching(Benches::busy, Map.of(), "bench", what, "--format", "json");
            assertThat(run.status()).isEqualTo(3);
            assertFollows(run.out());
        }
    }

    @Test
    void so_do_broken_promises_and_what_could_not_be_checked() throws IOException {
        Cli.Run broken = Cli.run(
                ("check docs/examples/ring.contract.yaml --from docs/examples/ring.txt --format json").split(" "));
        assertThat(broken.status()).isEqualTo(1);
        assertFollows(broken.out());
        Cli.Run failed =
                Cli.run("check docs/examples/ring.contract.yaml docs/hazards --from jvm --format json".split(" "));
        assertThat(failed.status()).isEqualTo(3);
        assertFollows(failed.out());
    }

    static void assertFollows(String json) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA));
        assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
    }
}
