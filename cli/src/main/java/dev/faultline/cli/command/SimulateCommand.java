package dev.faultline.cli.command;

import dev.faultline.access.AccessMap;
import dev.faultline.access.Resolution;
import dev.faultline.access.StructProfile;
import dev.faultline.analysis.ScalingCurve;
import dev.faultline.cli.option.CpuCounts;
import dev.faultline.cli.option.CpuOptions;
import dev.faultline.cli.option.NumberConverters;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.RuleOptions;
import dev.faultline.cli.option.StructOptions;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.AnalysisOptions;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.cli.run.OptionResolver;
import dev.faultline.cli.run.Progress;
import dev.faultline.cli.run.StructFinder;
import dev.faultline.cost.Workload;
import dev.faultline.cost.simulate.SimulationOptions;
import dev.faultline.cost.simulate.SimulationOptions.Arbitration;
import dev.faultline.cost.simulate.SimulationOptions.Protocol;
import dev.faultline.cost.simulate.Simulator;
import dev.faultline.input.InputException;
import dev.faultline.machine.Machine;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline simulate}: what a struct costs on more and more CPUs. */
@Command(
        name = "simulate",
        description = {
            "Simulate a struct's operations in the caches of a machine, on more and more CPUs.",
            "The prediction of the closed form is shown beside it. Two structs are compared."
        },
        customSynopsis = "faultline simulate [OPTIONS] [SOURCE#]NAME[@VERSION] [AFTER]",
        footer = {
            "  faultline simulate rtable@6.3 --cpus 1,2,4,...,112 --machine x86-64",
            "  faultline simulate rtable@6.3 rtable@6.4 --cpus 1,8,56 --machine x86-64",
            "  faultline simulate rtable --profile mine.yaml --cpus 1-8 --format json",
            "",
            "Without --machine, this machine's lines and CPUs count; CPUs beyond those",
            "present are simulated. The same seed gives the same output.",
            "",
            "Exit status: 0 done, 2 wrong usage, 3 something could not be simulated."
        })
final class SimulateCommand implements Callable<Integer> {

    private static final long ACCESSES = 1_000_000;

    private final CliContext context;

    @Parameters(
            paramLabel = "[SOURCE#]NAME[@VERSION]",
            hideParamSyntax = true,
            arity = "1..2",
            description = "One struct, or two: before and after. Each needs a profile, shipped or given.")
    private List<String> names = new ArrayList<>();

    @Mixin
    private StructOptions structs;

    @Mixin
    private CpuOptions cpus;

    @Mixin
    private RuleOptions rules;

    @Option(names = "--protocol", paramLabel = "WORD", description = "mesi, mesif or moesi. Default: mesi.")
    private Protocol protocol = Protocol.MESI;

    @Option(
            names = "--arbitration",
            paramLabel = "WORD",
            description = "Which waiting CPU gets a line next: fifo, random, or socket (prefer the socket of the last "
                    + "holder). Default: random.")
    private Arbitration arbitration = Arbitration.RANDOM;

    @Option(
            names = "--socket-bias",
            paramLabel = "SHARE",
            converter = NumberConverters.Share.class,
            description = "With --arbitration socket, how often the same socket is preferred. Default: 0.5.")
    private Double socketBias;

    @Option(
            names = "--retention",
            paramLabel = "SHARE",
            converter = NumberConverters.Share.class,
            description = "Probability that a failed compare-and-set is tried again before the line is taken. "
                    + "Default: the machine's.")
    private Double retention;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the random numbers. Default: 1.")
    private long seed = 1;

    @Option(
            names = "--accesses",
            paramLabel = "N",
            converter = NumberConverters.Accesses.class,
            description = "Accesses to simulate for each number of CPUs. Default: 1e6.")
    private long accesses = ACCESSES;

    @Mixin
    private OutputOptions output;

    SimulateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (names.size() > 2) {
            throw new UsageException("simulate takes one struct, or two to compare, got " + names.size());
        }
        if (socketBias != null && arbitration != Arbitration.SOCKET) {
            throw new UsageException("--socket-bias needs --arbitration socket");
        }
        AnalysisOptions options = OptionResolver.analysis(structs, rules, context);
        List<Subject> subjects = new StructFinder(structs.source, context)
                .oneEach(names).stream().map(options::prepare).toList();
        if (subjects.isEmpty()) {
            return ExitStatus.FAILED;
        }
        options.checkProfile(subjects, context);
        List<Integer> counts = cpus.counts()
                .orElseGet(
                        () -> CpuCounts.upTo(Math.min(options.machine().cpus().value(), Simulator.MOST_CPUS)))
                .counts();
        int most = Math.max(options.machine().cpus().value(), counts.get(counts.size() - 1));
        Machine large = OptionResolver.withCpus(options.machine(), most, context);
        ReportWriters reports = ReportWriters.of(output, context).expectMoreThanStructs("predictions");
        try (ReportFile file = context.open(output.file)) {
            List<ScalingCurve> scalings = simulate(subjects, large, counts);
            reports.scalings(scalings, file.writer());
            file.commit();
        }
        return ExitStatus.CLEAN;
    }

    private List<ScalingCurve> simulate(List<Subject> subjects, Machine machine, List<Integer> counts) {
        SimulationOptions options = new SimulationOptions(
                seed,
                protocol,
                arbitration,
                arbitration == Arbitration.SOCKET ? socketBias == null ? 0.5 : socketBias : 0,
                retention == null ? machine.costs().retention().value() : retention,
                accesses);
        Machine simulated = retention == null
                ? machine
                : machine.withCosts(machine.costs().withRetention(retention, "--retention"));
        long each = accesses * counts.size();
        List<AccessMap> maps = subjects.stream().map(this::access).toList();
        List<ScalingCurve> scalings = new ArrayList<>();
        try (Progress progress = Progress.of(each * subjects.size(), "accesses", context)) {
            for (int i = 0; i < subjects.size(); i++) {
                long before = i * each;
                scalings.add(simulate(
                        subjects.get(i),
                        maps.get(i),
                        simulated,
                        options,
                        counts,
                        done -> progress.done(before + done)));
            }
        }
        return scalings;
    }

    private static ScalingCurve simulate(
            Subject subject,
            AccessMap access,
            Machine machine,
            SimulationOptions options,
            List<Integer> counts,
            LongConsumer progress) {
        try {
            return ScalingCurve.play(subject, access, machine, options, counts, progress);
        } catch (Simulator.TooManyCopies many) {
            throw new InputException(
                    access.source(),
                    "",
                    many.getMessage() + "; simulate fewer CPUs, or leave out operations that are rare");
        }
    }

    private AccessMap access(Subject subject) {
        StructProfile profile = subject.profile()
                .orElseThrow(() -> new InputException(
                        subject.reference(),
                        "",
                        "no profile tells who uses it how often, so there is nothing to simulate; give a profile that"
                                + " knows `" + subject.layout().name()
                                + "` with --profile FILE; `faultline profile` prints one to edit"));
        AccessMap access = Resolution.resolve(subject.layout(), profile);
        if (access.uses().stream().noneMatch(use -> use.ratePerSecond() >= Workload.LEAST_RATE)) {
            throw new InputException(profile.source(), "", "no operation of it has a rate above 0");
        }
        return access;
    }
}
