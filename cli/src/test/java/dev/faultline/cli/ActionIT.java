package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.cli.WorkflowShell.Outcome;
import dev.faultline.cli.WorkflowShell.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The steps of action.yml, with the archive that was built as the release that they install. */
class ActionIT {

    private static final Path CHECKOUT = Path.of(System.getProperty("faultline.checkout"));
    private static final Path ARCHIVE = Path.of(System.getProperty("faultline.archive"));
    private static final String VERSION =
            ARCHIVE.getFileName().toString().replaceFirst("faultline-(.*)\\.tar\\.gz", "$1");

    private static final String COUNTERS = """
            struct counters {
                    volatile long produced;
                    volatile long consumed;
            };
            """;

    private static final String CONTRACT = """
            contract: two threads write the counters
            structs:
              counters:
                promises:
                  - different-lines: [produced, consumed]
            """;

    private static final String PROFILE = """
            profile: two threads write the counters
            structs:
              counters:
                roles: { producer: { cpus: 1 }, consumer: { cpus: 1 } }
                operations:
                  - { name: produce, role: producer, rate: 1e6, accesses: [{ field: produced, kind: rmw }] }
                  - { name: consume, role: consumer, rate: 1e6, accesses: [{ field: consumed, kind: rmw }] }
            """;

    /** Installed into once, since a new installation first prepares its starts for some seconds. */
    @TempDir
    static Path installed;

    @TempDir
    Path directory;

    private WorkflowShell shell;
    private Path release;
    private Map<String, String> inputs;

    @BeforeAll
    static void needPrograms() {
        WorkflowShell.assumePrograms("bash", "curl", "tar", "sha256sum");
    }

    @BeforeEach
    void release() throws IOException, InterruptedException {
        runIn(installed);
    }

    /** Makes a repository and a place with a release. */
    private void runIn(Path place) throws IOException, InterruptedException {
        shell = new WorkflowShell(place);
        release = Files.createDirectories(place.resolve("releases/v" + VERSION));
        Path archive = release.resolve(ARCHIVE.getFileName());
        if (!Files.exists(archive)) {
            Files.copy(ARCHIVE, archive);
            assertThat(shell.bash("cd '" + release + "' && sha256sum *.tar.gz >SHA256SUMS", Map.of())
                            .status())
                    .isZero();
        }
        Files.writeString(shell.repository().resolve("counters.h"), COUNTERS);
        Files.writeString(shell.repository().resolve("counters.contract.yaml"), CONTRACT);
        Files.writeString(shell.repository().resolve("counters.yaml"), PROFILE);
        inputs = new LinkedHashMap<>();
        ((Map<?, ?>) action().get("inputs")).forEach((name, input) -> {
            Object value = ((Map<?, ?>) input).get("default");
            inputs.put(name.toString(), value.toString());
        });
        inputs.put("version", VERSION);
        inputs.put("releases", place.resolve("releases").toUri().toString());
    }

    private static Map<?, ?> action() throws IOException {
        return (Map<?, ?>) new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(CHECKOUT.resolve("action.yml")));
    }

    private String evaluated(String text) {
        String result = text;
        for (Map.Entry<String, String> input : inputs.entrySet()) {
            result = result.replace("${{ inputs." + input.getKey() + " }}", input.getValue());
        }
        return result;
    }

    /** {@return what the steps did that ran, by their conditions} */
    private Map<String, Outcome> run() throws IOException, InterruptedException {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        boolean failed = false;
        for (Step step : WorkflowShell.steps(((Map<?, ?>) action().get("runs")).get("steps"), this::evaluated)) {
            boolean runs = switch (step.condition()) {
                case "" -> !failed;
                case "inputs.sources != ''" -> !failed && !inputs.get("sources").isEmpty();
                case "${{ !cancelled() && steps.install.outcome == 'success' && inputs.contract != '' }}" ->
                    outcomes.get("Install").status() == 0
                            && !inputs.get("contract").isEmpty();
                default -> throw new AssertionError("a condition this test does not know: " + step.condition());
            };
            boolean isThere = step.name().equals("Install")
                    && Files.exists(shell.temporary().resolve("path"));
            if (isThere) {
                outcomes.put(step.name(), new Outcome(0, ""));
            } else if (runs) {
                Outcome outcome = shell.bash(step.run(), step.environment());
                outcomes.put(step.name(), outcome);
                failed |= outcome.status() != 0;
            }
        }
        return outcomes;
    }

    @Test
    void findings_and_broken_promises_are_annotations_and_fail_the_job() throws IOException, InterruptedException {
        inputs.put("sources", "counters.h");
        inputs.put("profile", "counters.yaml");
        inputs.put("contract", "counters.contract.yaml");
        inputs.put("fail-on", "warning");
        inputs.put("sarif", "findings.sarif");
        Map<String, Outcome> outcomes = run();
        assertThat(outcomes.keySet()).containsExactly("Install", "Inspect", "Check");
        assertThat(outcomes.get("Install")).isEqualTo(new Outcome(0, ""));
        assertThat(outcomes.get("Inspect"))
                .matches(one -> one.status() == 1)
                .matches(one ->
                        one.output().contains("file=counters.h,line=1,title=WritersShareLine in struct counters"));
        assertThat(shell.repository().resolve("findings.sarif")).content().contains("WritersShareLine");
        assertThat(outcomes.get("Check"))
                .matches(one -> one.status() == 1)
                .matches(one -> one.output().contains("::error file=counters.contract.yaml,line=5"));
    }

    @Test
    void findings_alone_fail_no_job_unless_asked() throws IOException, InterruptedException {
        inputs.put("sources", "counters.h");
        inputs.put("profile", "counters.yaml");
        assertThat(run().get("Inspect"))
                .matches(one -> one.status() == 0)
                .matches(one -> one.output().contains("WritersShareLine"));
    }

    @Test
    void arguments_go_to_the_commands_and_a_star_is_not_expanded() throws IOException, InterruptedException {
        inputs.put("sources", "counters.h");
        inputs.put("contract", "counters.contract.yaml");
        inputs.put("arguments", "--strict --nonsense");
        assertThat(run().values())
                .hasSize(3)
                .filteredOn(one -> one.status() == 2)
                .hasSize(2)
                .allMatch(one -> one.output().contains("--nonsense"));
        inputs.put("format", "text");
        inputs.put("arguments", "--match c*");
        inputs.put("contract", "");
        assertThat(run().get("Inspect"))
                .matches(one -> one.status() == 0)
                .matches(one -> one.output().contains("counters"));
    }

    @Test
    void without_sources_and_contract_later_steps_have_the_program() throws IOException, InterruptedException {
        assertThat(run()).containsOnlyKeys("Install");
        assertThat(shell.bash("faultline --version", Map.of()))
                .matches(one -> one.status() == 0)
                .matches(one -> one.output().contains(VERSION));
    }

    @Test
    void an_archive_with_another_checksum_is_not_installed() throws IOException, InterruptedException {
        runIn(directory);
        inputs.put("sources", "counters.h");
        Files.writeString(release.resolve("SHA256SUMS"), "0".repeat(64) + "  " + ARCHIVE.getFileName() + "\n");
        refused(" has the SHA-256 checksum ", "expected " + "0".repeat(64));
        Files.writeString(release.resolve("SHA256SUMS"), "0".repeat(64) + "  another.tar.gz\n");
        refused("expected one in SHA256SUMS");
        Files.delete(release.resolve("SHA256SUMS"));
        refused("SHA256SUMS");
        inputs.put("sha256", "1".repeat(64));
        refused("expected " + "1".repeat(64));
    }

    private void refused(String... words) throws IOException, InterruptedException {
        assertThat(run())
                .containsOnlyKeys("Install")
                .allSatisfy((name, outcome) -> assertThat(outcome.status()).isNotZero())
                .allSatisfy((name, outcome) -> assertThat(outcome.output()).contains(words));
        assertThat(shell.temporary().resolve("path")).doesNotExist();
    }

    /** What a workflow passes is never part of a script, in which it would be run. */
    @Test
    void inputs_come_by_variables_and_all_are_used() throws IOException {
        List<Step> steps = WorkflowShell.steps(((Map<?, ?>) action().get("runs")).get("steps"), text -> text);
        assertThat(steps).allSatisfy(step -> assertThat(step.run()).doesNotContain("${{"));
        assertThat(steps)
                .allSatisfy(step -> assertThat(step.environment().keySet())
                        .allSatisfy(name -> assertThat(step.run()).contains("$" + name)));
        String text = Files.readString(CHECKOUT.resolve("action.yml"));
        assertThat(inputs.keySet()).allSatisfy(name -> assertThat(text).contains("inputs." + name));
    }

    @Test
    void the_page_names_each_input_and_the_version_is_that_of_the_project() throws IOException {
        String page = Files.readString(CHECKOUT.resolve("docs/ci.md"));
        Map<?, ?> declared = (Map<?, ?>) action().get("inputs");
        for (Object name : declared.keySet()) {
            Object value = ((Map<?, ?>) declared.get(name)).get("default");
            String shown = value.equals("") ? "" : "`" + value + "`";
            assertThat(page).containsPattern("(?m)^\\| `" + name + "` \\| " + Pattern.quote(shown));
        }
        String version = VERSION.replace("-SNAPSHOT", "");
        assertThat(((Map<?, ?>) declared.get("version")).get("default")).isEqualTo(version);
        assertThat(page).contains("uses: faultline-dev/faultline@v" + version);
    }
}
