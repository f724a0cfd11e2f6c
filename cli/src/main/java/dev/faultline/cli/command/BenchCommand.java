package dev.faultline.cli.command;

import dev.faultline.bench.cores.InconclusiveException;
import dev.faultline.bench.harness.BenchRunner;
import dev.faultline.bench.layout.LayoutSuite;
import dev.faultline.bench.plan.BenchComparison;
import dev.faultline.bench.plan.BenchMeasurements;
import dev.faultline.bench.plan.BenchPlan;
import dev.faultline.bench.plan.ContestantSpec;
import dev.faultline.bench.plan.PlannedScenario;
import dev.faultline.bench.plan.ScenarioSpec;
import dev.faultline.bench.plan.Suite;
import dev.faultline.bench.suites.Suites;
import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.JudgementOptions;
import dev.faultline.cli.option.MachineOptions;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.Places;
import dev.faultline.cli.option.SourceOptions;
import dev.faultline.cli.option.Words;
import dev.faultline.input.Nearest;
import dev.faultline.machine.Topology;
import dev.faultline.measure.Benchmark;
import dev.faultline.measure.RunEffort;
import dev.faultline.offheap.kernel.KernelCatalog;
import dev.faultline.report.text.TextStyle;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultline bench}: what layouts, counts, queues and pools cost on this machine. */
@Command(
        name = "bench",
        description = {
            "Measure layouts of a struct off heap: threads do to them what its profile says.",
            "Or measure counts, queues, pools and sockets beside what Java programs use",
            "instead. Nothing else should run meanwhile; a suite takes some minutes, two",
            "layouts one."
        },
        customSynopsis = {
            "faultline bench [OPTIONS] [SOURCE#]NAME[@VERSION]...",
            "       faultline bench [OPTIONS] SUITE"
        },
        sortOptions = false,
        usageHelpWidth = 80,
        footerHeading = "%nExamples:%n",
        footer = {
            "  faultline bench rtable@6.3 rtable@6.4",
            "  faultline bench rtable@6.3 rtable --profile mine.yaml --placement 0,8,56",
            "  faultline bench kernel#dst_entry --forks 4 --format json",
            "  faultline bench --list",
            "  faultline bench refcount",
            "  faultline bench queue --scenario 'bulk-*' --only 'alf-*'",
            "  faultline bench refcount --threads 2 --thorough --format json",
            "",
            "Contestants are compared with the first one that takes part; operations of",
            "layouts by their names. Each layout is used as its own profile says, if it has",
            "one, else as the first profile does.",
            "",
            "Exit status: 0 measured, 2 wrong usage, 3 a scenario was inconclusive, since the",
            "CPUs were not free; of that nothing is printed but why."
        })
public final class BenchCommand implements Callable<Integer> {

    private static final List<String> OF_LAYOUTS =
            List.of("--from", "--base", "--vm", "--profile", "--placement", "--machine", "--line", "--base-align");
    private static final List<String> OF_SUITES = List.of("--only", "--scenario");
    private static final int MOST_MILLIS = 60_000;
    private static final int MOST_FORKS = 100; // the interval of a ratio takes the product of both numbers of forks

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "WHAT",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Layouts by their names, the one all others are compared with first; "
                    + "or a suite: refcount, queue, pool or rpc.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private SourceOptions source;

    @Option(
            names = "--profile",
            paramLabel = "FILE|none",
            description = "What is done to layouts, as YAML; none leaves out the profile a catalogue struct brings. "
                    + "Without one, access is inferred from types.")
    private String profile;

    @Option(
            names = "--placement",
            paramLabel = "all|aligned|BYTES",
            converter = Places.Converter.class,
            description = "Where layouts start: wherever their allocators may put them, at the start of a line, or at "
                    + "these bytes of a line, such as 0,8,56. Default: up to three of all places.")
    private Places places;

    @Mixin
    private MachineOptions machine;

    @Option(names = "--list", description = "List suites with their contestants and scenarios, and exit.")
    private boolean list;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads contend, each on a CPU of its own. Default: 2; for layouts, all CPUs.")
    private Integer threads;

    @Option(
            names = "--only",
            paramLabel = "GLOB",
            converter = Glob.Converter.class,
            description = "Let only contestants take part whose name fits, such as 'atomic-*'.")
    private Glob only;

    @Option(
            names = "--scenario",
            paramLabel = "GLOB",
            converter = Glob.Converter.class,
            description = "Run the scenarios whose name fits, such as 'bulk-*'.")
    private Glob scenario;

    @Option(
            names = "--thorough",
            description = "Run all scenarios, longer and more often, and wait longer for free CPUs: "
                    + "half an hour or more.")
    private boolean thorough;

    @Option(
            names = "--forks",
            paramLabel = "N",
            description = "How many VMs run each contestant; ratios need 4. Default: 5, of layouts 8, and 12 with "
                    + "--thorough.")
    private Integer forks;

    @Option(
            names = "--time",
            paramLabel = "MS",
            description = "Length of an iteration; each VM runs several. Default: 150, of layouts 200, and 500 with "
                    + "--thorough.")
    private Integer millis;

    @Mixin
    private OutputOptions output;

    @Mixin
    private CommonOptions common;

    /** A command in these surroundings. */
    public BenchCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            return list();
        }
        Topology topology = surroundings.machine().get().topology();
        if (isOfLayouts()) {
            refuse(OF_SUITES, "layouts have no");
            return layouts(topology);
        }
        refuse(OF_LAYOUTS, "suites have no");
        return report(plan(topology), topology, BenchComparison::of);
    }

    private int layouts(Topology topology) throws IOException {
        JudgementOptions judgement = new JudgementOptions();
        judgement.profile = profile;
        Judgement by = Resolving.judgement(machine, judgement, surroundings, spec);
        int count = threads(topology, Math.max(2, topology.cpus().value()));
        List<Subject> subjects = Naming.subjects(words, source, by, spec, surroundings);
        if (subjects.isEmpty()) {
            return ExitStatus.FAILED;
        }
        by.checkProfile(subjects);
        LayoutSuite suite = Contending.suite(words, subjects, Optional.ofNullable(places), count, by.machine());
        return report(suite.plan(effort(BenchPlan.LAYOUTS), thorough), topology, suite::compare);
    }

    private int report(BenchPlan plan, Topology topology, Function<BenchMeasurements, Benchmark> comparison)
            throws IOException {
        ReportWriters reports = reports();
        try (ReportFile file = ReportFile.open(Optional.ofNullable(output.file), surroundings.out())) {
            Benchmark found = comparison.apply(run(plan, topology));
            reports.benchmark(found, file.writer());
            file.commit();
            found.scenarios()
                    .forEach(one -> one.inconclusive()
                            .ifPresent(why -> surroundings.say("inconclusive: " + one.name() + ": " + why)));
            return found.isConclusive() ? ExitStatus.CLEAN : ExitStatus.FAILED;
        } catch (InconclusiveException inconclusive) {
            surroundings.say(inconclusive.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private BenchMeasurements run(BenchPlan plan, Topology topology) {
        try (Progress progress = Progress.of(plan.forks(), "forks", surroundings)) {
            progress.say(plan.forks() + " forks, about " + duration(plan.seconds()));
            return surroundings.bencher().run(plan, topology, new BenchRunner.Listener() {
                @Override
                public void done(int forksDone, int of) {
                    progress.done(forksDone);
                }

                @Override
                public void disturbed(String why) {
                    progress.say("disturbed: " + why);
                }
            });
        }
    }

    private static String duration(long seconds) {
        return seconds < 90 ? Math.max(1, seconds) + " s" : (seconds + 30) / 60 + " min";
    }

    private int threads(Topology topology, int otherwise) {
        int cpus = topology.cpus().value();
        if (threads != null && (threads < 2 || threads > Math.max(2, cpus))) {
            throw wrong("--threads", "a number from 2 to the CPUs there are, " + cpus, Integer.toString(threads));
        }
        return threads == null ? otherwise : threads;
    }

    private RunEffort effort(RunEffort brief) {
        RunEffort usual = thorough ? BenchPlan.THOROUGH : brief;
        if (forks != null && (forks < 1 || forks > MOST_FORKS)) {
            throw wrong("--forks", "a number from 1 to " + MOST_FORKS, forks.toString());
        }
        if (millis != null && (millis < 1 || millis > MOST_MILLIS)) {
            throw wrong("--time", "a number from 1 to " + MOST_MILLIS, millis.toString());
        }
        return new RunEffort(
                forks == null ? usual.forks() : forks,
                usual.warmups(),
                usual.iterations(),
                millis == null ? usual.millis() : millis);
    }

    private BenchPlan plan(Topology topology) {
        Suite suite = suite();
        int count = threads(topology, 2);
        RunEffort effort = effort(BenchPlan.BRIEF);
        List<ContestantSpec> contestants =
                fitting("--only", only, suite.contestants(), ContestantSpec::name, suite.contestants());
        List<ScenarioSpec> scenarios = fitting(
                "--scenario",
                scenario,
                suite.scenarios(),
                ScenarioSpec::name,
                thorough ? suite.scenarios() : suite.briefScenarios());
        List<PlannedScenario> planned = suite.plan(contestants, scenarios, count);
        if (planned.isEmpty()) {
            throw Complaints.usage(
                    spec,
                    names(contestants, ContestantSpec::name) + " takes no part in "
                            + Words.oneOf(
                                    scenarios.stream().map(ScenarioSpec::name).toList())
                            + "; --scenario chooses others");
        }
        return new BenchPlan(suite.name(), suite.summary(), count, effort, thorough, planned);
    }

    private static List<String> suiteNames() {
        return Suites.all().stream().map(Suite::name).toList();
    }

    /** A word that is no suite is a layout, unless it is nearly a suite's name and nothing says that a layout is meant. */
    private boolean isOfLayouts() {
        List<String> suites = words.stream().filter(suiteNames()::contains).toList();
        List<String> layouts =
                words.stream().filter(word -> !suites.contains(word)).toList();
        if (!suites.isEmpty() && !layouts.isEmpty()) {
            throw Complaints.usage(
                    spec,
                    suites.get(0) + " is a suite and " + layouts.get(0)
                            + " a layout; bench takes one suite, or layouts");
        }
        return layouts.size() > 1 || layouts.size() == 1 && !isNearlySuite(layouts.get(0));
    }

    private boolean isNearlySuite(String word) {
        return source.from == null
                && word.indexOf('#') < 0
                && !Nearest.of(word, suiteNames()).isEmpty()
                && new KernelCatalog().find(word) instanceof Lookup.Missing;
    }

    private void refuse(List<String> options, String who) {
        options.stream()
                .filter(option -> spec.commandLine().getParseResult().hasMatchedOption(option))
                .findFirst()
                .ifPresent(option -> {
                    throw Complaints.usage(spec, who + " " + option);
                });
    }

    private Suite suite() {
        List<String> names = suiteNames();
        if (words.isEmpty()) {
            throw Complaints.usage(
                    spec, "bench needs a suite: " + Words.oneOf(names) + "; or layouts, such as rtable@6.3 rtable@6.4");
        }
        String name = words.get(0);
        Suite suite = Suites.named(name)
                .orElseThrow(() -> Complaints.usage(
                        spec,
                        "there is no suite " + name + Nearest.hint(name, names) + "; expected " + Words.oneOf(names)));
        if (words.size() > 1) {
            throw Complaints.usage(spec, "bench takes one suite, got " + words.size());
        }
        return suite;
    }

    private <T> List<T> fitting(String option, Glob glob, List<T> all, Function<T, String> name, List<T> otherwise) {
        if (glob == null) {
            return otherwise;
        }
        List<T> fitting =
                all.stream().filter(one -> glob.matches(name.apply(one))).toList();
        if (fitting.isEmpty()) {
            throw wrong(option, "a pattern that fits one of " + names(all, name), glob.text());
        }
        return fitting;
    }

    private static <T> String names(List<T> all, Function<T, String> name) {
        return all.stream().map(name).collect(Collectors.joining(", "));
    }

    private RuntimeException wrong(String option, String expected, String got) {
        return Complaints.usage(
                spec, "Invalid value for option '" + option + "': expected " + expected + ", got '" + got + "'");
    }

    private ReportWriters reports() {
        return new ReportWriters(
                        output.format(),
                        new TextStyle(Resolving.color(output, surroundings), TextStyle.DEFAULT_COLUMNS),
                        output.sourceRoot,
                        reason -> Complaints.usage(spec, reason))
                .expectMoreThanStructs("measurements");
    }

    private int list() throws IOException {
        List<Suite> listed = words.isEmpty() ? Suites.all() : List.of(suite());
        try (ReportFile file = ReportFile.open(Optional.ofNullable(output.file), surroundings.out())) {
            String between = "";
            for (Suite suite : listed) {
                file.writer().append(between);
                list(suite, file.writer());
                between = "\n";
            }
            file.commit();
        }
        return ExitStatus.CLEAN;
    }

    private static void list(Suite suite, Writer out) throws IOException {
        out.write(suite.name() + ": " + suite.summary() + "\n");
        for (ContestantSpec one : suite.contestants()) {
            out.write(String.format(Locale.ROOT, "  %-18s  %s\n", one.name(), one.summary()));
        }
        List<ScenarioSpec> others = new ArrayList<>(suite.scenarios());
        others.removeAll(suite.briefScenarios());
        out.write("  scenarios: " + names(suite.briefScenarios(), ScenarioSpec::name) + "\n");
        if (!others.isEmpty()) {
            out.write("  thorough: " + names(others, ScenarioSpec::name) + "\n");
        }
    }
}
