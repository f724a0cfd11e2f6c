package dev.faultline.cli.command;

import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.run.CliContext;
import picocli.CommandLine.Command;

/** {@code faultline report}: {@code inspect} that writes a file. */
@Command(
        name = "report",
        description = "Write what 'inspect' shows to a file: a page, a comment, a log for code scanning.",
        customSynopsis = "faultline report [OPTIONS] [SOURCE | [SOURCE#]NAME[@VERSION]]... -o FILE",
        footer = {
            "  faultline report kernel -o kernel.html",
            "  faultline report rtable@6.3 rtable@6.4 -o routes.md",
            "  faultline report app.jar --match '*Ring' -o findings.sarif",
            "  faultline report rtable@6.3 -o rtable.svg",
            "",
            "'faultline inspect' with the same options writes the same file.",
            "",
            "Exit status: as of 'faultline inspect'."
        })
final class ReportCommand extends InspectCommand {

    ReportCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        if (!writesFile()) {
            throw new UsageException("report writes a file: give -o FILE; inspect writes to standard output, such as"
                    + " 'faultline inspect rtable@6.3 --format markdown'");
        }
        return super.call();
    }
}
