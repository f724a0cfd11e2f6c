package dev.faultline.cli.command;

import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ExitStatus;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code faultline generate-completion}: a script that completes commands and options in bash and zsh. */
@Command(
        name = "generate-completion",
        description = "Print a script that completes commands and options in bash and zsh.",
        customSynopsis = "faultline generate-completion",
        footer = {
            "  source <(faultline generate-completion)",
            "  faultline generate-completion > /etc/bash_completion.d/faultline"
        })
final class CompletionCommand implements Callable<Integer> {

    private final CliContext context;

    @Spec
    private CommandSpec spec;

    CompletionCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        try (ReportFile output = context.open(null)) {
            output.writer().write(AutoComplete.bash("faultline", spec.root().commandLine()));
            output.writer().write('\n');
            output.commit();
        }
        return ExitStatus.CLEAN;
    }
}
