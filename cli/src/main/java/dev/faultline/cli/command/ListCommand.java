package dev.faultline.cli.command;

import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.JudgementOptions;
import dev.faultline.cli.option.MachineOptions;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.SortKey;
import dev.faultline.cli.option.SourceOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faultline list}: what is in a source. */
@Command(
        name = "list",
        description = "List the structs of a source, or of the built-in catalogue.",
        customSynopsis = "faultline list [OPTIONS]",
        sortOptions = false,
        usageHelpWidth = 80,
        footerHeading = "%nExamples:%n",
        footer = {
            "  faultline list",
            "  faultline list --from kernel --match '*_entry' --sort size",
            "  faultline list --from app.jar --sort findings",
            "",
            "Holes and findings are shown when the list is sorted by them or short."
        })
public final class ListCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SourceOptions source;

    @Option(
            names = "--match",
            paramLabel = "GLOB",
            converter = Glob.Converter.class,
            description = "Only structs whose whole name fits: * ? [a-z].")
    private Glob match = Glob.parse("*");

    @Option(
            names = "--sort",
            paramLabel = "KEY",
            converter = SortKey.Converter.class,
            description = "name, size, holes, findings or cost; all but name largest first. Default: name.")
    private SortKey sort = SortKey.NAME;

    @Mixin
    private JudgementOptions judgement;

    @Mixin
    private MachineOptions machine;

    @Mixin
    private OutputOptions output;

    @Mixin
    private CommonOptions common;

    /** A command in these surroundings. */
    public ListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        ListRequest request = new ListRequest(
                Optional.ofNullable(source.from),
                match,
                sort,
                Resolving.judgement(machine, judgement, surroundings, spec),
                output.format(),
                Resolving.color(output, surroundings),
                output.sourceRoot,
                Optional.ofNullable(output.file));
        return new Listing(
                        request,
                        new Sources(Resolving.detector(source, spec), surroundings.in()),
                        surroundings,
                        reason -> Complaints.usage(spec, reason))
                .run();
    }
}
