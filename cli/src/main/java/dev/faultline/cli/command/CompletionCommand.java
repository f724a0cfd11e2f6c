package dev.faultline.cli.command;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code faultline generate-completion}: a script that completes commands and options in bash and zsh. */
@Command(
        name = "generate-completion",
        description = "Print a script that completes commands and options in bash and zsh.",
        customSynopsis = "faultline generate-completion",
        sortOptions = false,
        usageHelpWidth = 80,
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(faultline generate-completion)",
            "  faultline generate-completion > /etc/bash_completion.d/faultline"
        })
public final class CompletionCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    /** A command in these surroundings. */
    public CompletionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        try (ReportFile output = ReportFile.open(Optional.empty(), surroundings.out())) {
            output.writer().write(AutoComplete.bash("faultline", spec.root().commandLine()));
            output.writer().write('\n');
            output.commit();
        }
        return ExitStatus.CLEAN;
    }
}
