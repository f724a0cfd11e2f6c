package dev.faultline.cli.command;

import dev.faultline.hazard.HazardPages;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.input.Nearest;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultline explain}: what a rule finds, why it costs and what to do. */
@Command(
        name = "explain",
        description = {"Show the page of a rule: what it finds, why it costs, what to do.", "Without a rule, list them."
        },
        customSynopsis = "faultline explain [OPTIONS] [RULE...]",
        sortOptions = false,
        usageHelpWidth = 80,
        footerHeading = "%nExamples:%n",
        footer = {"  faultline explain", "  faultline explain WriterBesideReaders"})
public final class ExplainCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RULE",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Names of rules, as reports print them.")
    private List<String> rules = new ArrayList<>();

    @Mixin
    private CommonOptions common;

    /** A command in these surroundings. */
    public ExplainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        List<String> ids = rules.stream().map(this::known).toList();
        try (ReportFile output = ReportFile.open(Optional.empty(), surroundings.out())) {
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

    private String known(String id) {
        return Catalog.ids().stream()
                .filter(rule -> rule.equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() -> Complaints.usage(
                        spec,
                        "there is no rule " + id + Nearest.hint(id, Catalog.ids())
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
