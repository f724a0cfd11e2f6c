package dev.faultline.cli.command;

import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.hazard.HazardPages;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.input.Nearest;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code faultline explain}: what a rule finds, why it costs and what to do. */
@Command(
        name = "explain",
        description = {"Show what a rule finds, why it costs and what to do.", "Without a rule, list them."},
        customSynopsis = "faultline explain [OPTIONS] [RULE...]",
        footer = {"  faultline explain", "  faultline explain WriterBesideReaders"})
final class ExplainCommand implements Callable<Integer> {

    private final CliContext context;

    @Parameters(
            paramLabel = "RULE",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Names of rules, as reports print them.")
    private List<String> rules = new ArrayList<>();

    ExplainCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        List<String> ids = rules.stream().map(ExplainCommand::known).toList();
        try (ReportFile output = context.open(null)) {
            if (ids.isEmpty()) {
                list(output.writer());
            }
            String between = "";
            for (String id : ids) {
                output.writer()
                        .append(between)
                        .append(HazardPages.read(id).strip())
                        .append('\n');
                between = "\n";
            }
            output.commit();
        }
        return ExitStatus.CLEAN;
    }

    private static String known(String id) {
        return Catalog.ids().stream()
                .filter(rule -> rule.equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() -> new UsageException("there is no rule " + id + Nearest.hint(id, Catalog.ids())
                        + "; 'faultline explain' lists them"));
    }

    private static void list(Writer out) throws IOException {
        int width = Catalog.ids().stream().mapToInt(String::length).max().orElse(0);
        for (HazardRule rule : Catalog.RULES) {
            out.write(String.format(
                    Locale.ROOT,
                    "%-" + width + "s  %-7s  %s\n",
                    rule.id(),
                    rule.hazard().severity().word(),
                    rule.hazard().summary()));
        }
    }
}
