package dev.faultline.cli.command;

import dev.faultline.access.AccessMap;
import dev.faultline.access.Resolution;
import dev.faultline.access.StructProfile;
import dev.faultline.analysis.ScalingCurve;
import dev.faultline.cli.option.CpuCounts;
import dev.faultline.cli.option.JudgementOptions;
import dev.faultline.cli.option.MachineOptions;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.SimulationWords;
import dev.faultline.cli.option.SourceOptions;
import dev.faultline.cost.Workload;
import dev.faultline.cost.simulate.SimulationOptions;
import dev.faultline.cost.simulate.SimulationOptions.Arbitration;
import dev.faultline.cost.simulate.SimulationOptions.Protocol;
import dev.faultline.cost.simulate.Simulator;
import dev.faultline.input.InputException;
import dev.faultline.machine.Machine;
import dev.faultline.report.text.TextStyle;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultline simulate}: what a struct costs as CPUs are added. */
@Command(
        name = "simulate",
        description = {
            "Play a struct's operations through the caches of a machine, on more and more",
            "CPUs, beside what the closed form predicts. Two structs are compared."
        },
        customSynopsis = "faultline simulate [OPTIONS] [SOURCE#]NAME[@VERSION] [AFTER]",
        sortOptions = false,
        usageHelpWidth = 80,
        footerHeading = "%nExamples:%n",
        footer = {
            "  faultline simulate rtable@6.3 --cpus 1,2,4,...,112 --machine x86-64",
            "  faultline simulate rtable@6.3 rtable@6.4 --cpus 1,8,56 --machine x86-64",
            "  faultline simulate rtable --profile mine.yaml --cpus 1-8 --format json",
            "",
            "Without --machine, this machine's lines and CPUs count; more CPUs than it has",
            "are added to it in thought. The same seed gives the same output.",
            "",
            "Exit status: 0 done, 2 wrong usage, 3 something could not be simulated."
        })
public final class SimulateCommand implements Callable<Integer> {

    private static final long ACCESSES = 1_000_000;

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "[SOURCE#]NAME[@VERSION]",
            hideParamSyntax = true,
            arity = "1..2",
            description = "One struct, or two: before and after. Each needs a profile, shipped or given.")
    private List<String> names = new ArrayList<>();

    @Mixin
    private SourceOptions source;

    @Option(
            names = "--cpus",
            paramLabel = "LIST",
            converter = CpuCounts.Converter.class,
            description = "Numbers of CPUs: 1,2,8 or 1-4 or 1,2,4,...,112; each at most 1024. "
                    + "Default: doubling up to the machine's.")
    private CpuCounts cpus;

    @Mixin
    private JudgementOptions judgement;

    @Mixin
    private MachineOptions machine;

    @Option(
            names = "--protocol",
            paramLabel = "WORD",
            converter = SimulationWords.ProtocolConverter.class,
            description = "mesi, mesif or moesi. Default: mesi.")
    private Protocol protocol = Protocol.MESI;

    @Option(
            names = "--arbitration",
            paramLabel = "WORD",
            converter = SimulationWords.ArbitrationConverter.class,
            description = "Whom a line serves next: fifo, random, or socket (a CPU of the last holder's socket "
                    + "rather than another). Default: random.")
    private Arbitration arbitration = Arbitration.RANDOM;

    @Option(
            names = "--socket-bias",
            paramLabel = "SHARE",
            converter = SimulationWords.ShareConverter.class,
            description = "With --arbitration socket, how often the same socket goes first. Default: 0.5.")
    private Double socketBias;

    @Option(
            names = "--retention",
            paramLabel = "SHARE",
            converter = SimulationWords.ShareConverter.class,
            description = "Chance that a failed compare-and-set is tried again before the line is taken. "
                    + "Default: the machine's.")
    private Double retention;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all that is random. Default: 1.")
    private long seed = 1;

    @Option(
            names = "--accesses",
            paramLabel = "N",
            converter = SimulationWords.AccessesConverter.class,
            description = "Accesses to play for each number of CPUs. Default: 1e6.")
    private long accesses = ACCESSES;

    @Mixin
    private OutputOptions output;

    @Mixin
    private CommonOptions common;

    /** A command in these surroundings. */
    public SimulateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (names.size() > 2) {
            throw Complaints.usage(spec, "takes one struct, or two to compare, got " + names.size());
        }
        if (socketBias != null && arbitration != Arbitration.SOCKET) {
            throw Complaints.usage(spec, "--socket-bias goes with --arbitration socket");
        }
        Judgement by = Resolving.judgement(machine, judgement, surroundings, spec);
        List<Subject> subjects = Naming.subjects(names, source, by, spec, surroundings);
        if (subjects.isEmpty()) {
            return ExitStatus.FAILED;
        }
        List<Integer> counts = (cpus == null
                        ? CpuCounts.upTo(Math.min(by.machine().cpus().value(), Simulator.MOST_CPUS))
                        : cpus)
                .counts();
        Machine large = enough(by.machine(), counts.get(counts.size() - 1));
        ReportWriters reports = reports();
        try (ReportFile file = ReportFile.open(Optional.ofNullable(output.file), surroundings.out())) {
            List<ScalingCurve> scalings = play(subjects, large, counts);
            reports.scalings(scalings, file.writer());
            file.commit();
        }
        return ExitStatus.CLEAN;
    }

    private List<ScalingCurve> play(List<Subject> subjects, Machine machine, List<Integer> counts) {
        SimulationOptions options = new SimulationOptions(
                seed,
                protocol,
                arbitration,
                arbitration == Arbitration.SOCKET ? socketBias == null ? 0.5 : socketBias : 0,
                retention == null ? machine.costs().retention().value() : retention,
                accesses);
        Machine played = retention == null
                ? machine
                : machine.withCosts(machine.costs().withRetention(retention, "--retention"));
        long each = accesses * counts.size();
        List<AccessMap> maps = subjects.stream().map(this::access).toList();
        List<ScalingCurve> scalings = new ArrayList<>();
        try (Progress progress = Progress.of(each * subjects.size(), "accesses", surroundings)) {
            for (int i = 0; i < subjects.size(); i++) {
                long before = i * each;
                scalings.add(play(
                        subjects.get(i), maps.get(i), played, options, counts, done -> progress.done(before + done)));
            }
        }
        return scalings;
    }

    private static ScalingCurve play(
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
                    access.source(), "", many.getMessage() + "; simulate fewer CPUs, or leave out what is rarely used");
        }
    }

    private AccessMap access(Subject subject) {
        StructProfile profile = subject.profile()
                .orElseThrow(() -> new InputException(
                        subject.reference(),
                        "",
                        "nobody says who uses it how often, so there is nothing to play; give a profile that knows"
                                + " `" + subject.layout().name() + "` with --profile FILE"));
        AccessMap access = Resolution.resolve(subject.layout(), profile);
        if (access.uses().stream().noneMatch(use -> use.ratePerSecond() >= Workload.LEAST_RATE)) {
            throw new InputException(profile.source(), "", "no operation of it has a rate above 0");
        }
        return access;
    }

    private Machine enough(Machine given, int count) {
        if (count <= given.cpus().value()) {
            return given;
        }
        surroundings.say(
                given.name() + " has " + given.cpus().value() + " CPUs; " + count + " are assumed, in as many sockets");
        return given.withCpus(count, "--cpus");
    }

    private ReportWriters reports() {
        return new ReportWriters(
                        output.format(),
                        new TextStyle(Resolving.color(output, surroundings), TextStyle.DEFAULT_COLUMNS),
                        output.sourceRoot,
                        reason -> Complaints.usage(spec, reason))
                .expectMoreThanStructs("predictions");
    }
}
