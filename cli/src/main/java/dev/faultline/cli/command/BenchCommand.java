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
import dev.faultline.cli.option.ConstraintOptions;
import dev.faultline.cli.option.Format;
import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.Keywords;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.Places;
import dev.faultline.cli.option.RuleOptions;
import dev.faultline.cli.option.StructOptions;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.AnalysisOptions;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.cli.run.LayoutSuiteFactory;
import dev.faultline.cli.run.OptionResolver;
import dev.faultline.cli.run.Progress;
import dev.faultline.cli.run.Selection;
import dev.faultline.cli.run.Spinner;
import dev.faultline.cli.run.StructFinder;
import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Topology;
import dev.faultline.measure.Benchmark;
import dev.faultline.measure.RunEffort;
import dev.faultline.offheap.kernel.KernelCatalog;
import dev.faultline.report.text.WordWrap;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.VmMode;
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
            "Measure layouts of a struct with real threads that do what its profile says.",
            "Or measure counts, queues, pools and sockets beside those that Java programs use",
            "instead. Nothing else should run meanwhile. A suite takes some minutes, two",
            "layouts one."
        },
        customSynopsis = {
            "faultline bench [OPTIONS] [SOURCE#]NAME[@VERSION]...",
            "       faultline bench [OPTIONS] SUITE",
            "       faultline bench [OPTIONS] grid"
        },
        footer = {
            "  faultline bench rtable@6.3 rtable@6.4",
            "  faultline bench rtable@6.3 rtable --profile mine.yaml --placement 0,8,56",
            "  faultline bench kernel#dst_entry --forks 4 --format json",
            "  faultline bench rtable@6.3 --candidate 1",
            "  faultline bench --list",
            "  faultline bench refcount",
            "  faultline bench queue --scenario 'bulk-*' --only 'alf-*'",
            "  faultline bench refcount --threads 2 --thorough --format json",
            "  faultline bench grid --machine box.yaml --format markdown",
            "",
            "Contestants are compared with the first one that takes part, operations of",
            "layouts by their names. Each layout is used as its own profile says; one without",
            "a profile is used as the first profile says.",
            "",
            "The grid is what two threads take that store, add or load, with gaps between, on",
            "one line and on lines apart, beside what the simulator predicts for --machine.",
            "",
            "Exit status: 0 measured, 2 wrong usage, 3 a scenario was inconclusive, because",
            "the CPUs were not free; for that one only the reason is printed."
        })
final class BenchCommand implements Callable<Integer> {

    private static final List<String> OF_LAYOUTS = List.of(
            "--from",
            "--base",
            "--vm",
            "--run-code",
            "--java-home",
            "--run-code-seconds",
            "--profile",
            "--placement",
            "--machine",
            "--line",
            "--base-align",
            "--candidate");
    private static final List<String> OF_CANDIDATES = List.of(
            "--pin",
            "--keep",
            "--free-first",
            "--free-groups",
            "--open",
            "--whole",
            "--no-align",
            "--max-size",
            "--effort");
    private static final List<String> OF_SUITES = List.of("--only", "--scenario");
    private static final List<String> NOT_OF_GRID = List.of(
            "--from",
            "--base",
            "--vm",
            "--run-code",
            "--java-home",
            "--run-code-seconds",
            "--profile",
            "--placement",
            "--base-align",
            "--only",
            "--threads",
            "--forks");
    private static final int MOST_MILLIS = 60_000;
    private static final int MOST_FORKS = 100; // the interval of a ratio takes the product of both numbers of forks

    private final CliContext context;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "WHAT",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Layouts by their names, the one all others are compared with first; "
                    + "or a suite: refcount, queue, pool or rpc; or grid.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private StructOptions structs;

    @Option(
            names = "--placement",
            paramLabel = "all|aligned|BYTES",
            description =
                    "Where layouts start: wherever their allocators can put them, on a line, or these bytes after "
                            + "the start of a line, such as 0,8,56. Default: up to three of all.")
    private Places places;

    @Option(
            names = "--candidate",
            paramLabel = "N",
            split = ",",
            description = "Measure one layout beside candidates of 'faultline suggest' for it, by their numbers; with "
                    + "the same constraints and machine. Java classes are measured as objects on the heap.")
    private List<Integer> candidates = new ArrayList<>();

    @Mixin
    private ConstraintOptions constraints;

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
            description = "Only contestants whose name matches, such as 'atomic-*'.")
    private Glob only;

    @Option(
            names = "--scenario",
            paramLabel = "GLOB",
            description = "Only scenarios whose name matches, such as 'bulk-*'.")
    private Glob scenario;

    @Option(
            names = "--thorough",
            description = "Run all scenarios, longer and more often, and wait longer for free CPUs: "
                    + "half an hour or more.")
    private boolean thorough;

    @Option(
            names = "--forks",
            paramLabel = "N",
            description = "In how many VMs each contestant runs; ratios need 4. Default: 5; for layouts 8; with "
                    + "--thorough 12.")
    private Integer forks;

    @Option(
            names = "--time",
            paramLabel = "MS",
            description = "Length of an iteration; each VM runs some. Default: 150; for layouts 200; with "
                    + "--thorough 500.")
    private Integer millis;

    @Mixin
    private OutputOptions output;

    BenchCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            return list();
        }
        if (words.equals(List.of(GridBench.NAME))) {
            return grid();
        }
        Topology topology = context.machine().get().topology();
        if (isOfLayouts()) {
            refuse(OF_SUITES, "layouts have no");
            if (!candidates.isEmpty()) {
                return candidates(topology);
            }
            refuse(OF_CANDIDATES, "a layout without --candidate has no");
            return layouts(topology);
        }
        refuse(OF_CANDIDATES, "suites have no");
        refuse(OF_LAYOUTS, "suites have no");
        return report(plan(topology), topology, BenchComparison::of);
    }

    private int grid() throws IOException {
        refuse(NOT_OF_GRID, "the grid has no");
        checkMillis();
        Machine machine = OptionResolver.machine(structs.machine, context);
        return new GridBench(context, machine, thorough, Optional.ofNullable(millis)).run(scenario, output);
    }

    private int layouts(Topology topology) throws IOException {
        AnalysisOptions options = OptionResolver.analysis(structs, new RuleOptions(), context);
        int count = threads(topology, Math.max(2, topology.cpus().value()));
        List<Subject> subjects = new StructFinder(structs.source, context)
                .oneEach(words).stream().map(options::prepare).toList();
        if (subjects.isEmpty()) {
            return ExitStatus.FAILED;
        }
        options.checkProfile(subjects, context);
        LayoutSuite suite =
                LayoutSuiteFactory.suite(words, subjects, Optional.ofNullable(places), count, options.machine());
        return report(suite.plan(effort(BenchPlan.LAYOUTS), thorough), topology, suite::compare);
    }

    private int candidates(Topology topology) throws IOException {
        if (words.size() > 1) {
            throw new UsageException("--candidate takes one layout, got " + words.size());
        }
        if (constraints.open && constraints.whole) {
            throw new UsageException("--open and --whole exclude each other");
        }
        if (structs.source.vm().filter(mode -> !mode.equals(VmMode.running())).isPresent()) {
            throw new UsageException("--candidate measures objects of the running VM; --vm lays out for another");
        }
        AnalysisOptions options = OptionResolver.analysis(structs, new RuleOptions(), context);
        int count = threads(topology, Math.max(2, topology.cpus().value()));
        Optional<Selection.Selected> selected = new StructFinder(structs.source, context).one(words.get(0));
        if (selected.isEmpty()) {
            return ExitStatus.FAILED;
        }
        options.checkProfile(List.of(selected.get().subject()), context);
        Subject subject = options.prepare(selected.get().subject());
        SuggestionSearch.Found found = Spinner.during(
                () -> SuggestionSearch.search(selected.get(), subject, options, constraints),
                "looking for layouts of " + subject.reference(),
                context);
        checkCandidates(found.suggestion().candidates().size(), subject);
        LayoutSuite suite = LayoutSuiteFactory.suite(
                found.contenders(words.get(0), candidates), Optional.ofNullable(places), count, options.machine());
        return report(suite.plan(effort(BenchPlan.LAYOUTS), thorough), topology, suite::compare);
    }

    private void checkCandidates(int count, Subject subject) {
        if (count == 0) {
            throw new InputException(
                    subject.layout().spelling(), "", "no better layout was found, so there is no candidate to measure");
        }
        for (int number : candidates) {
            if (number < 1 || number > count) {
                throw UsageException.ofValue(
                        "--candidate", "a number from 1 to " + count + ", as 'faultline suggest' lists them", number);
            }
        }
        if (candidates.stream().distinct().count() < candidates.size()) {
            throw UsageException.ofValue("--candidate", "each number once", candidates);
        }
    }

    private int report(BenchPlan plan, Topology topology, Function<BenchMeasurements, Benchmark> comparison)
            throws IOException {
        ReportWriters reports = ReportWriters.of(output, context).expectMoreThanStructs("measurements");
        try (ReportFile file = context.open(output.file)) {
            Benchmark found = comparison.apply(run(plan, topology));
            reports.benchmark(found, file.writer());
            file.commit();
            found.scenarios()
                    .forEach(one -> one.inconclusive()
                            .ifPresent(why -> context.say("inconclusive: " + one.name() + ": " + why)));
            return found.isConclusive() ? ExitStatus.CLEAN : ExitStatus.FAILED;
        } catch (InconclusiveException inconclusive) {
            context.say(inconclusive.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private BenchMeasurements run(BenchPlan plan, Topology topology) {
        try (Progress progress = Progress.of(plan.forks(), "forks", context)) {
            progress.say(plan.forks() + " forks, about " + duration(plan.seconds()));
            return context.bencher().run(plan, topology, new BenchRunner.Listener() {
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
            throw UsageException.ofValue("--threads", "a number from 2 to the CPUs there are, " + cpus, threads);
        }
        return threads == null ? otherwise : threads;
    }

    private RunEffort effort(RunEffort brief) {
        RunEffort usual = thorough ? BenchPlan.THOROUGH : brief;
        if (forks != null && (forks < 1 || forks > MOST_FORKS)) {
            throw UsageException.ofValue("--forks", "a number from 1 to " + MOST_FORKS, forks);
        }
        checkMillis();
        return new RunEffort(
                forks == null ? usual.forks() : forks,
                usual.warmups(),
                usual.iterations(),
                millis == null ? usual.millis() : millis);
    }

    private void checkMillis() {
        if (millis != null && (millis < 1 || millis > MOST_MILLIS)) {
            throw UsageException.ofValue("--time", "a number from 1 to " + MOST_MILLIS, millis);
        }
    }

    private BenchPlan plan(Topology topology) {
        Suite suite = suite();
        int count = threads(topology, 2);
        RunEffort effort = effort(BenchPlan.BRIEF);
        List<ContestantSpec> contestants =
                matching("--only", only, suite.contestants(), ContestantSpec::name, suite.contestants());
        List<ScenarioSpec> scenarios = matching(
                "--scenario",
                scenario,
                suite.scenarios(),
                ScenarioSpec::name,
                thorough ? suite.scenarios() : suite.briefScenarios());
        List<PlannedScenario> planned = suite.plan(contestants, scenarios, count);
        if (planned.isEmpty()) {
            throw new UsageException(names(contestants, ContestantSpec::name) + " takes no part in "
                    + Keywords.oneOf(scenarios.stream().map(ScenarioSpec::name).toList())
                    + "; --scenario chooses others");
        }
        return new BenchPlan(suite.name(), suite.summary(), count, effort, thorough, planned);
    }

    private static List<String> suiteNames() {
        return Suites.all().stream().map(Suite::name).toList();
    }

    /**
     * An argument that is no suite is a layout, unless it is a misspelt suite and nothing else tells that it is a
     * layout.
     */
    private boolean isOfLayouts() {
        List<String> suites = words.stream().filter(suiteNames()::contains).toList();
        List<String> layouts =
                words.stream().filter(word -> !suites.contains(word)).toList();
        if (!suites.isEmpty() && !layouts.isEmpty()) {
            throw new UsageException(suites.get(0) + " is a suite and " + layouts.get(0)
                    + " a layout; bench takes one suite, or layouts");
        }
        return layouts.size() > 1 || layouts.size() == 1 && !isNearlySuite(layouts.get(0));
    }

    private boolean isNearlySuite(String word) {
        return structs.source.from == null
                && word.indexOf('#') < 0
                && !Nearest.of(word, suiteNames()).isEmpty()
                && new KernelCatalog().find(word) instanceof Lookup.Missing;
    }

    private void refuse(List<String> options, String who) {
        options.stream()
                .filter(option -> spec.commandLine().getParseResult().hasMatchedOption(option))
                .findFirst()
                .ifPresent(option -> {
                    throw new UsageException(who + " " + option);
                });
    }

    private Suite suite() {
        List<String> names = suiteNames();
        if (words.isEmpty()) {
            throw new UsageException(
                    "bench needs a suite: " + Keywords.oneOf(names) + "; or layouts, such as rtable@6.3 rtable@6.4");
        }
        String name = words.get(0);
        Suite suite = Suites.named(name)
                .orElseThrow(() -> new UsageException("there is no suite " + name + Nearest.hint(name, names)
                        + "; expected " + Keywords.oneOf(names)));
        if (words.size() > 1) {
            throw new UsageException("bench takes one suite, got " + words.size());
        }
        return suite;
    }

    private static <T> List<T> matching(
            String option, Glob glob, List<T> all, Function<T, String> name, List<T> otherwise) {
        if (glob == null) {
            return otherwise;
        }
        List<T> matching =
                all.stream().filter(one -> glob.matches(name.apply(one))).toList();
        if (matching.isEmpty()) {
            throw UsageException.ofValue(option, "a pattern that matches one of " + names(all, name), glob.text());
        }
        return matching;
    }

    private static <T> String names(List<T> all, Function<T, String> name) {
        return all.stream().map(name).collect(Collectors.joining(", "));
    }

    private int list() throws IOException {
        if (output.format() != Format.TEXT) {
            throw UsageException.ofValue(
                    "--format", "text with --list", output.format().word());
        }
        List<Suite> listed = words.isEmpty() ? Suites.all() : List.of(suite());
        try (ReportFile file = context.open(output.file)) {
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
            List<String> lines = WordWrap.wrap("thorough: " + names(others, ScenarioSpec::name), 76);
            out.write("  " + String.join("\n    ", lines) + "\n");
        }
    }
}
