package dev.faultline.cli.command;

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
import dev.faultline.cli.run.StructFinder;
import dev.faultline.input.Nearest;
import dev.faultline.machine.Topology;
import dev.faultline.measure.Benchmark;
import dev.faultline.measure.Effort;
import dev.faultline.offheap.bench.Bench;
import dev.faultline.offheap.bench.Entry;
import dev.faultline.offheap.bench.LayoutSuite;
import dev.faultline.offheap.bench.Suite;
import dev.faultline.offheap.bench.Suites;
import dev.faultline.offheap.cores.InconclusiveException;
import dev.faultline.offheap.kernel.KernelCatalog;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
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
            "       faultline bench [OPTIONS] SUITE"
        },
        footer = {
            "  faultline bench rtable@6.3 rtable@6.4",
            "  faultline bench rtable@6.3 rtable --profile mine.yaml --placement 0,8,56",
            "  faultline bench kernel#dst_entry --forks 4 --format json",
            "  faultline bench --list",
            "  faultline bench refcount",
            "  faultline bench queue --scenario 'bulk-*' --only 'alf-*'",
            "  faultline bench refcount --threads 2 --thorough --format json",
            "",
            "Contestants are compared with the first one that takes part, operations of",
            "layouts by their names. Each layout is used as its own profile says; one without",
            "a profile is used as the first profile says.",
            "",
            "Exit status: 0 measured, 2 wrong usage, 3 a scenario was inconclusive, because",
            "the CPUs were not free; for that one only the reason is printed."
        })
final class BenchCommand implements Callable<Integer> {

    private static final List<String> OF_LAYOUTS =
            List.of("--from", "--base", "--vm", "--profile", "--placement", "--machine", "--line", "--base-align");
    private static final List<String> OF_SUITES = List.of("--only", "--scenario");
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
                    + "or a suite: refcount, queue, pool or rpc.")
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
        Topology topology = context.machine().get().topology();
        if (isOfLayouts()) {
            refuse(OF_SUITES, "layouts have no");
            return layouts(topology);
        }
        refuse(OF_LAYOUTS, "suites have no");
        return report(request(topology), topology, UnaryOperator.identity());
    }

    private int layouts(Topology topology) throws IOException {
        AnalysisOptions options = OptionResolver.analysis(structs, new RuleOptions(), context);
        int count = threads(topology, Math.max(2, topology.cpus().value()));
        List<Subject> subjects = new StructFinder(structs.source, context)
                .oneEach(words).stream().map(options::prepare).toList();
        if (subjects.isEmpty()) {
            return ExitStatus.FAILED;
        }
        options.checkProfile(subjects);
        LayoutSuite suite =
                LayoutSuiteFactory.suite(words, subjects, Optional.ofNullable(places), count, options.machine());
        return report(suite.request(effort(Bench.LAYOUTS), thorough), topology, suite::beside);
    }

    private int report(Bench.Request request, Topology topology, UnaryOperator<Benchmark> more) throws IOException {
        ReportWriters reports = ReportWriters.of(output, context).expectMoreThanStructs("measurements");
        try (ReportFile file = context.open(output.file)) {
            Benchmark found = more.apply(run(request, topology));
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

    private Benchmark run(Bench.Request request, Topology topology) {
        try (Progress progress = Progress.of(request.forks(), "forks", context)) {
            progress.say(request.forks() + " forks, about " + duration(request.seconds()));
            return context.bencher().run(request, topology, new Bench.Listener() {
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

    private Effort effort(Effort brief) {
        Effort usual = thorough ? Bench.THOROUGH : brief;
        if (forks != null && (forks < 1 || forks > MOST_FORKS)) {
            throw UsageException.ofValue("--forks", "a number from 1 to " + MOST_FORKS, forks);
        }
        if (millis != null && (millis < 1 || millis > MOST_MILLIS)) {
            throw UsageException.ofValue("--time", "a number from 1 to " + MOST_MILLIS, millis);
        }
        return new Effort(
                forks == null ? usual.forks() : forks,
                usual.warmups(),
                usual.iterations(),
                millis == null ? usual.millis() : millis);
    }

    private Bench.Request request(Topology topology) {
        Suite suite = suite();
        int count = threads(topology, 2);
        Effort effort = effort(Bench.BRIEF);
        List<String> contestants = matching("--only", only, suite.contestants(), suite.contestants());
        List<String> scenarios = matching("--scenario", scenario, suite.scenarios(true), suite.scenarios(thorough));
        if (!suite.meet(contestants, scenarios, count)) {
            throw new UsageException(String.join(", ", contestants) + " takes no part in " + Keywords.oneOf(scenarios)
                    + "; --scenario chooses others");
        }
        return new Bench.Request(suite, count, effort, thorough, contestants, scenarios);
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

    private List<String> matching(String option, Glob glob, List<String> all, List<String> otherwise) {
        if (glob == null) {
            return otherwise;
        }
        List<String> matching = all.stream().filter(glob::matches).toList();
        if (matching.isEmpty()) {
            throw UsageException.ofValue(
                    option, "a pattern that matches one of " + String.join(", ", all), glob.text());
        }
        return matching;
    }

    private int list() throws IOException {
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
        for (Entry entry : suite.entries()) {
            out.write(String.format(Locale.ROOT, "  %-18s  %s\n", entry.name(), entry.summary()));
        }
        List<String> brief = suite.scenarios(false);
        List<String> others = suite.scenarios(true).stream()
                .filter(name -> !brief.contains(name))
                .toList();
        out.write("  scenarios: " + String.join(", ", brief) + "\n");
        if (!others.isEmpty()) {
            out.write("  thorough: " + String.join(", ", others) + "\n");
        }
    }
}
