package dev.faultline.cli.command;

import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.MachineOptions;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.SourceOptions;
import dev.faultline.input.NamePattern;
import dev.faultline.report.text.TextStyle;
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

/** {@code faultline check}: whether layouts keep what contracts promise of them. */
@Command(
        name = "check",
        description = {
            "Check the promises that contracts make about layouts, or those that a",
            "struct's own cache-line group markers make."
        },
        customSynopsis = {
            "faultline check [OPTIONS] FILE|DIRECTORY|'GLOB'...",
            "       faultline check --from SOURCE [OPTIONS] NAME...|--match GLOB"
        },
        sortOptions = false,
        usageHelpWidth = 80,
        footerHeading = "%nExamples:%n",
        footer = {
            "  faultline check docs/examples/ring.contract.yaml",
            "  faultline check docs/examples --quiet",
            "  faultline check --update mine.contract.yaml",
            "  faultline check --from kernel net_device tcp_sock",
            "  faultline check --from kernel --match '*' --format json",
            "",
            "docs/contracts.md shows what a contract can promise.",
            "",
            "Exit status: 0 all promises kept, 1 a broken one, 2 wrong usage, 3 something",
            "could not be checked."
        })
public final class CheckCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE|NAME",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Contracts: files, directories (every *.contract.yaml in them) or quoted patterns. "
                    + "With --from, any other word is a struct that is held to its group markers.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private SourceOptions source;

    @Option(
            names = "--match",
            paramLabel = "GLOB",
            converter = Glob.Converter.class,
            description = "Hold every struct of the source whose whole name fits to its group markers; "
                    + "those without are skipped.")
    private Glob match;

    @Mixin
    private MachineOptions machine;

    @Option(
            names = "--update",
            description = "Record what is found now in NAME.baseline.yaml beside each contract that asks for "
                    + "it (max-hazard: baseline).")
    private boolean update;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show only what is broken, and the summary.")
    private boolean quiet;

    @Mixin
    private OutputOptions output;

    @Mixin
    private CommonOptions common;

    /** A command in these surroundings. */
    public CheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (words.isEmpty() && match == null) {
            throw Complaints.usage(spec, "name a contract, such as ring.contract.yaml, or a directory with some");
        }
        List<String> contracts = new ArrayList<>();
        List<String> structs = new ArrayList<>();
        for (String word : words) {
            boolean struct = !ContractFiles.isFile(word) && (source.from != null || word.contains("#"));
            if (struct && NamePattern.isPattern(word)) {
                throw Complaints.usage(spec, "'" + word + "' is a pattern; --match takes those of structs");
            }
            (struct ? structs : contracts).add(word);
        }
        if (update && contracts.isEmpty()) {
            throw Complaints.usage(spec, "--update needs a contract to record for");
        }
        return new Checking(
                        new CheckRequest(
                                contracts,
                                structs,
                                Optional.ofNullable(source.from),
                                Optional.ofNullable(match),
                                Resolving.machine(machine, surroundings, spec),
                                machine,
                                update,
                                quiet,
                                new ReportWriters(
                                                output.format(),
                                                new TextStyle(
                                                        Resolving.color(output, surroundings),
                                                        TextStyle.DEFAULT_COLUMNS),
                                                output.sourceRoot,
                                                reason -> Complaints.usage(spec, reason))
                                        .expectMoreThanOne("promises"),
                                Optional.ofNullable(output.file)),
                        new Sources(Resolving.detector(source, spec), surroundings.in()),
                        surroundings)
                .run();
    }
}
