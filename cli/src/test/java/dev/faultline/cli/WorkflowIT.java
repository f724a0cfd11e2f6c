package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.cli.WorkflowShell.Outcome;
import dev.faultline.cli.WorkflowShell.Step;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The workflow and the hook of docs/ci.md, in a repository whose change breaks a promise. */
class WorkflowIT {

    private static final Path CHECKOUT = Path.of(System.getProperty("faultline.checkout"));

    private static final String APART = """
            struct counters {
                    volatile long produced;
                    char pad[120];
                    volatile long consumed;
            };
            struct counters counters;
            """;
    private static final String TOGETHER = APART.replace("        char pad[120];\n", "");

    private static final String CONTRACT = """
            contract: two threads write the counters
            structs:
              counters:
                promises:
                  - different-lines: [produced, consumed]
            """;

    @TempDir
    Path directory;

    private WorkflowShell shell;
    private Path repository;
    private Path temporary;
    private String base;
    private String head;

    @BeforeEach
    void commitBeforeAndAfter() throws IOException, InterruptedException {
        WorkflowShell.assumePrograms("git", "make", "gcc", "bash");
        shell = new WorkflowShell(directory);
        repository = shell.repository();
        temporary = shell.temporary();
        bash("git init -q . && git config user.email a@example.com && git config user.name A", Map.of());
        Files.writeString(repository.resolve("Makefile"), "CC = gcc\n");
        Files.writeString(repository.resolve("app.c"), APART);
        Files.writeString(repository.resolve("layout.contract.yaml"), CONTRACT);
        base = commit();
        Files.writeString(repository.resolve("app.c"), TOGETHER);
        head = commit();
        // what the first step clones: a repository whose cli/faultline is the one that was built
        Path clone = Files.createDirectories(directory.resolve("faultline/cli"));
        Files.writeString(
                clone.resolve("faultline"),
                "#!/bin/sh\nexec '" + System.getProperty("faultline.dist") + "/bin/faultline' \"$@\"\n");
        bash(
                "cd ../faultline && chmod +x cli/faultline && git init -q . && git add -A"
                        + " && git -c user.email=a@example.com -c user.name=A commit -q -m all",
                Map.of());
    }

    private String commit() throws IOException, InterruptedException {
        return bash("git add -A && git commit -q -m change && git rev-parse HEAD", Map.of())
                .output()
                .strip();
    }

    private Outcome bash(String script, Map<String, String> environment) throws IOException, InterruptedException {
        return shell.bash(script, environment);
    }

    /** {@return the steps of the workflow that run something, with its expressions evaluated} */
    private List<Step> steps() throws IOException {
        String page = Files.readString(CHECKOUT.resolve("docs/ci.md"));
        Matcher block =
                Pattern.compile("(?ms)^```yaml\n(name: layouts\n.*?)^```").matcher(page);
        assertThat(block.find()).isTrue();
        Map<?, ?> workflow = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(block.group(1));
        Map<?, ?> job = (Map<?, ?>) ((Map<?, ?>) workflow.get("jobs")).get("layouts");
        return WorkflowShell.steps(job.get("steps"), this::evaluated);
    }

    private String evaluated(String text) {
        return text.replace("${{ github.event.pull_request.base.sha }}", base)
                .replace("${{ github.event.pull_request.head.sha }}", head)
                .replace("${{ github.event.pull_request.number }}", "7")
                .replace("${{ github.token }}", "token")
                .replace(
                        "${{ vars.FAULTLINE_REPOSITORY }}",
                        directory.resolve("faultline").toString());
    }

    @Test
    void each_step_runs_and_the_change_that_breaks_a_promise_fails() throws IOException, InterruptedException {
        // gh would write the comment: it shows what it is given
        Path gh = Files.writeString(temporary.resolve("gh"), "#!/bin/sh\necho gh \"$@\"\ncat layouts.md\n");
        assertThat(gh.toFile().setExecutable(true)).isTrue();
        Files.writeString(temporary.resolve("path"), temporary + "\n");
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (Step step : steps()) {
            assertThat(step.run()).as(step.name()).doesNotContain("${{");
            outcomes.put(step.name(), bash(step.run(), step.environment()));
        }
        assertThat(outcomes.keySet())
                .containsExactly(
                        "Faultline",
                        "Build before and after, with debug information",
                        "Compare",
                        "Comment",
                        "What is wrong",
                        "Promises",
                        "Worse than before");
        assertThat(outcomes.get("Faultline").status()).isZero();
        assertThat(outcomes.get("Build before and after, with debug information")
                        .status())
                .isZero();
        assertThat(outcomes.get("Compare").status()).isEqualTo(1);
        assertThat(outcomes.get("Comment").output())
                .contains("gh pr comment 7 --edit-last --create-if-none --body-file layouts.md", "counters", "worse");
        assertThat(outcomes.get("What is wrong").status()).isZero();
        assertThat(repository.resolve("findings.sarif")).content().contains("\"version\":\"2.1.0\"");
        assertThat(outcomes.get("Promises"))
                .matches(one -> one.status() == 1)
                .matches(one -> one.output().contains("BROKEN  counters  different-lines: [produced, consumed]"));
        assertThat(outcomes.get("Worse than before").status()).isEqualTo(1);
    }

    @Test
    void the_hook_refuses_a_commit_that_breaks_a_promise() throws IOException, InterruptedException {
        String page = Files.readString(CHECKOUT.resolve("docs/ci.md"));
        Matcher block = Pattern.compile("(?ms)^```sh\n(#!/bin/sh\n.*?)^```").matcher(page);
        assertThat(block.find()).isTrue();
        Path hook = Files.writeString(repository.resolve(".git/hooks/pre-commit"), block.group(1));
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        Files.writeString(temporary.resolve("path"), System.getProperty("faultline.dist") + File.separator + "bin\n");

        Files.writeString(repository.resolve("app.c"), APART + "int more;\n");
        assertThat(bash("git commit -q -a -m kept", Map.of()).status()).isZero();
        Files.writeString(repository.resolve("app.c"), TOGETHER + "int more;\n");
        assertThat(bash("git commit -q -a -m broken", Map.of()))
                .matches(one -> one.status() == 1)
                .matches(one -> one.output().contains("BROKEN  counters"));
    }
}
