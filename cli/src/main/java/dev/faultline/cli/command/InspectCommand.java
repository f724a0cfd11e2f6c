package dev.faultline.cli.command;

import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.JudgementOptions;
import dev.faultline.cli.option.MachineOptions;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.Reference;
import dev.faultline.cli.option.SourceOptions;
import dev.faultline.cli.option.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code faultline inspect}: where the bytes of structs are, and which fields will make CPUs fight. */
@Command(
        name = "inspect",
        description = "Show where the bytes of structs are, and which fields will make CPUs fight.",
        customSynopsis = "faultline inspect [OPTIONS] [[SOURCE#]NAME[@VERSION]...]",
        sortOptions = false,
        usageHelpWidth = 80,
        footerHeading = "%nExamples:%n",
        footer = {
            "  faultline inspect rtable@6.3",
            "  faultline inspect --from kernel dst_entry",
            "  faultline inspect --from kernel dst_entry --embedders",
            "  faultline inspect --from app.jar com.acme.Ring --vm 25-coh",
            "  pahole -C foo a.o | faultline inspect --from -",
            "  faultline inspect --from kernel --match '*_entry' --format json",
            "  faultline inspect rtable --profile mine.yaml --fail-on warning",
            "",
            "Exit status: 0 clean, 1 findings at or above --fail-on, 2 wrong usage,",
            "3 something could not be analysed."
        })
public final class InspectCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "[SOURCE#]NAME[@VERSION]",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Structs, unions or classes. Without a version, the newest.")
    private List<String> names = new ArrayList<>();

    @Mixin
    private SourceOptions source;

    @Option(
            names = "--match",
            paramLabel = "GLOB",
            converter = Glob.Converter.class,
            description = "Every struct of the source whose whole name fits: * ? [a-z].")
    private Glob match;

    @Option(
            names = "--embedders",
            description = "Show the structs of the source that embed the named ones, directly or deeper, "
                    + "instead of these.")
    private boolean embedders;

    @Mixin
    private JudgementOptions judgement;

    @Mixin
    private MachineOptions machine;

    @Option(names = "--expand", description = "Open embedded structs in the text.")
    private boolean expand;

    @Option(
            names = "--verify",
            description = "Hold the layout of Java classes against the running VM; status 3 when they differ.")
    private boolean verify;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            converter = Threshold.Converter.class,
            description = "Exit with 1 when a finding is at least: error, warning, info. Default: never.")
    private Threshold failOn = Threshold.NEVER;

    @Mixin
    private CommonOptions common;

    /** A command in these surroundings. */
    public InspectCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        checkCombination();
        List<Reference> references = names.stream().map(this::reference).toList();
        Optional<String> from = Optional.ofNullable(source.from);
        InspectRequest request = new InspectRequest(
                references,
                List.of(),
                from,
                Optional.ofNullable(match),
                embedders,
                expand,
                verify,
                Resolving.judgement(machine, judgement, surroundings, spec),
                output.format(),
                Resolving.color(output, surroundings),
                output.sourceRoot,
                Optional.ofNullable(output.file),
                failOn);
        return new Inspection(request, new Sources(Resolving.detector(source, spec), surroundings.in()), surroundings)
                .run(reason -> Complaints.usage(spec, reason));
    }

    /** Not picocli's to convert: it takes an argument that does not convert for one too many. */
    private Reference reference(String name) {
        try {
            return Reference.parse(name, Optional.ofNullable(source.from));
        } catch (TypeConversionException wrong) {
            throw Complaints.usage(spec, wrong.getMessage());
        }
    }

    private void checkCombination() {
        if (!names.isEmpty() && match != null) {
            throw Complaints.usage(spec, "name structs or give --match, not both");
        }
        if (embedders && names.isEmpty()) {
            throw Complaints.usage(spec, "--embedders needs the name of the struct that is embedded");
        }
        if (names.isEmpty() && match == null && source.from == null) {
            throw Complaints.usage(spec, "name a struct, such as rtable; 'faultline list' shows what there is");
        }
    }
}
