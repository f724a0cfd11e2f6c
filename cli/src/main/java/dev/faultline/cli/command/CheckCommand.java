package dev.faultline.cli.command;

import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.MachineOptions;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.SourceOptions;
import dev.faultline.cli.option.Strictness;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.CheckRunner;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ContractFiles;
import dev.faultline.cli.run.ErrorReporter;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.cli.run.StructFinder;
import dev.faultline.contract.ContractResult;
import dev.faultline.contract.PromiseResult;
import dev.faultline.input.NamePattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline check}: whether layouts keep the promises of contracts. */
@Command(
        name = "check",
        description = {
            "Check whether layouts keep the promises of contracts.",
            "With --from, check the promises that cache-line group markers in structs make."
        },
        customSynopsis = {
            "faultline check [OPTIONS] FILE|DIRECTORY|'GLOB'...",
            "       faultline check --from SOURCE [OPTIONS] NAME...|--match GLOB"
        },
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
final class CheckCommand implements Callable<Integer> {

    private final CliContext context;

    @Parameters(
            paramLabel = "FILE|NAME",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Contracts: files, directories (every *.contract.yaml in them) or quoted patterns. "
                    + "With --from, any other argument is a struct whose group markers are checked.")
    private List<String> arguments = new ArrayList<>();

    @Mixin
    private SourceOptions source;

    @Option(
            names = "--match",
            paramLabel = "GLOB",
            description = "Check the group markers of every struct of the source whose whole name matches; "
                    + "structs without markers are skipped.")
    private Glob match;

    @Mixin
    private Strictness strictness;

    @Mixin
    private MachineOptions machine;

    @Option(
            names = "--update",
            description = "Record today's findings in NAME.baseline.yaml beside each contract that asks for "
                    + "it (max-hazard: baseline).")
    private boolean update;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show only what is broken, and the summary.")
    private boolean quiet;

    @Mixin
    private OutputOptions output;

    CheckCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (arguments.isEmpty() && match == null) {
            throw new UsageException(
                    source.from == null
                            ? "name a contract, such as ring.contract.yaml, or a directory with some"
                            : "name a struct of " + source.from + " whose group markers to check, or give --match");
        }
        List<String> contracts = new ArrayList<>();
        List<String> structs = new ArrayList<>();
        for (String word : arguments) {
            boolean struct = !ContractFiles.isFile(word) && (source.from != null || word.contains("#"));
            if (struct && NamePattern.isPattern(word)) {
                throw new UsageException("'" + word + "' is a pattern; --match takes those of structs");
            }
            (struct ? structs : contracts).add(word);
        }
        if (update && contracts.isEmpty()) {
            throw new UsageException("--update needs a contract to record for");
        }
        return check(contracts, structs);
    }

    private int check(List<String> contracts, List<String> structs) {
        ReportWriters reports = ReportWriters.of(output, context).expectMoreThanOne("promises");
        CheckRunner runner = new CheckRunner(new StructFinder(source, context), machine, update, context);
        boolean failed = false;
        boolean broken = false;
        try (ReportFile file = context.open(output.file)) {
            List<ContractResult> sections = runner.run(contracts, structs, match);
            broken = sections.stream().anyMatch(section -> section.count(PromiseResult.Status.BROKEN) > 0);
            if (runner.hasOmissions() && !strictness.strict) {
                context.say(Strictness.LENIENT);
            }
            reports.checks(sections, quiet, file.writer());
            file.commit();
        } catch (IOException unwritten) { // what was found before the reader went away still counts
            failed = ErrorReporter.failure(unwritten, List.of(), context) != ExitStatus.CLEAN;
        }
        return failed || runner.hasFailed() || strictness.strict && runner.hasOmissions()
                ? ExitStatus.FAILED
                : broken ? ExitStatus.FOUND : ExitStatus.CLEAN;
    }
}
