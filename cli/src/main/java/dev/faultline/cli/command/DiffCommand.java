package dev.faultline.cli.command;

import dev.faultline.cli.option.DiffSort;
import dev.faultline.cli.option.FailOn;
import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.JudgementOptions;
import dev.faultline.cli.option.MachineOptions;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.SourceOptions;
import dev.faultline.compare.ComparisonOrder;
import dev.faultline.report.text.TextStyle;
import java.io.IOException;
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

/** {@code faultline diff}: what a change of a layout does. */
@Command(
        name = "diff",
        description = {
            "Show what moved between two layouts of a struct, which hazards came and went,",
            "what operations cost before and after, and whether it is for the better."
        },
        customSynopsis = {"faultline diff [OPTIONS] OLD#NAME NEW#NAME", "       faultline diff [OPTIONS] OLD NEW"},
        sortOptions = false,
        usageHelpWidth = 80,
        footerHeading = "%nExamples:%n",
        footer = {
            "  faultline diff rtable@6.3 rtable@6.4",
            "  faultline diff old.o#foo new.o#foo --profile mine.yaml",
            "  faultline diff old.o new.o --fail-on worse             a gate",
            "  faultline diff vmlinux-6.1.btf vmlinux-6.12.btf --match '*_sock'",
            "",
            "The verdict: worse where something that was there before costs more, or a",
            "written field now shares its line with what it was kept from; better the",
            "other way round; mixed where both; same where neither. A profile decides by",
            "cost. Without one, the types tell what is written, and padding that kept",
            "fields apart counts whoever uses them. Growth alone is never worse.",
            "",
            "--fail-on worse asks for the verdict. error, warning and info ask for hazards",
            "that are new or graver, whatever else got better; what is only inferred is",
            "info at most, so that a gate without a profile wants worse.",
            "",
            "Exit status: 0 done, 1 something is what --fail-on names, 2 wrong usage,",
            "3 a struct is missing or could not be read. Where nothing differs, nothing",
            "is printed."
        })
public final class DiffCommand implements Callable<Integer> {

    private static final int MOST = 20;

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "OLD NEW",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Two structs, [SOURCE#]NAME[@VERSION], or two sources, of which every struct is compared. "
                    + "Where one is a struct and the other a source, the name counts for both.")
    private List<String> names = new ArrayList<>();

    @Mixin
    private SourceOptions source;

    @Option(
            names = "--match",
            paramLabel = "GLOB",
            converter = Glob.Converter.class,
            description = "Of two sources, only structs whose whole name fits: * ? [a-z].")
    private Glob match;

    @Mixin
    private JudgementOptions judgement;

    @Mixin
    private MachineOptions machine;

    @Option(
            names = "--sort",
            paramLabel = "KEY",
            converter = DiffSort.class,
            description = "Of two sources: verdict (worst first), name, size or cost (what grew most first). "
                    + "Default: verdict.")
    private ComparisonOrder sort = ComparisonOrder.VERDICT;

    @Option(names = "--all", description = "Of two sources: show all that changed, not only the first " + MOST + ".")
    private boolean all;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--fail-on",
            paramLabel = "WHAT",
            converter = FailOn.Converter.class,
            description = "Exit with 1 when a struct is worse (or worse or mixed: mixed), or a hazard is new or "
                    + "graver: error, warning, info. Default: never.")
    private FailOn failOn = FailOn.NEVER;

    @Mixin
    private CommonOptions common;

    /** A command in these surroundings. */
    public DiffCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (names.size() != 2) {
            throw Complaints.usage(spec, "takes two structs or two sources, old and new, got " + names.size());
        }
        DiffRequest request = new DiffRequest(
                names.get(0),
                names.get(1),
                Optional.ofNullable(source.from),
                Optional.ofNullable(match),
                Resolving.judgement(machine, judgement, surroundings, spec),
                sort,
                all ? Integer.MAX_VALUE : MOST,
                new ReportWriters(
                                output.format(),
                                new TextStyle(Resolving.color(output, surroundings), TextStyle.DEFAULT_COLUMNS),
                                output.sourceRoot,
                                reason -> Complaints.usage(spec, reason))
                        .expectMoreThanOne("comparisons"),
                Optional.ofNullable(output.file),
                failOn);
        return new Diffing(request, Resolving.detector(source, spec), surroundings)
                .run(reason -> Complaints.usage(spec, reason));
    }
}
