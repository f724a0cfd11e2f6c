package dev.faultline.cli.command;

import dev.faultline.cli.option.Format;
import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.Words;
import dev.faultline.input.Nearest;
import dev.faultline.machine.Topology;
import dev.faultline.measure.Benchmark;
import dev.faultline.measure.Effort;
import dev.faultline.offheap.bench.Bench;
import dev.faultline.offheap.bench.Entry;
import dev.faultline.offheap.bench.Suite;
import dev.faultline.offheap.bench.Suites;
import dev.faultline.offheap.cores.InconclusiveException;
import dev.faultline.report.BenchmarkWriter;
import dev.faultline.report.html.HtmlDocumentWriter;
import dev.faultline.report.json.JsonBenchmarkWriter;
import dev.faultline.report.text.TextBenchmarkWriter;
import dev.faultline.report.view.Documents;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultline bench}: what counts, queues and pools cost on this machine. */
@Command(
        name = "bench",
        description = {
            "Measure counts, queues, pools and sockets beside what Java programs use instead.",
            "Nothing else should run meanwhile; a suite takes some minutes."
        },
        customSynopsis = "faultline bench [OPTIONS] SUITE",
        sortOptions = false,
        usageHelpWidth = 80,
        footerHeading = "%nExamples:%n",
        footer = {
            "  faultline bench --list",
            "  faultline bench refcount",
            "  faultline bench queue --scenario 'bulk-*' --only 'alf-*'",
            "  faultline bench refcount --threads 2 --thorough --format json",
            "",
            "Contestants are compared with the first one that takes part.",
            "",
            "Exit status: 0 measured, 2 wrong usage, 3 a scenario was inconclusive, since the",
            "CPUs were not free; of that nothing is printed but why."
        })
public final class BenchCommand implements Callable<Integer> {

    private static final int MOST_FORKS = 100; // the interval of a ratio takes the product of both numbers of forks

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SUITE",
            hideParamSyntax = true,
            arity = "0..*",
            description = "What to measure: refcount, queue, pool or rpc.")
    private List<String> suites = new ArrayList<>();

    @Option(names = "--list", description = "List suites with their contestants and scenarios, and exit.")
    private boolean list;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads contend, each on a CPU of its own. Default: 2.")
    private int threads = 2;

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
            description = "Run each contestant in so many VMs; ratios need 4. Default: 5, and 12 with --thorough.")
    private Integer forks;

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
        Bench.Request request = request(topology);
        try (ReportFile file = ReportFile.open(Optional.ofNullable(output.file), surroundings.out())) {
            Benchmark found = run(request, topology);
            writer(file).write(found);
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

    private Benchmark run(Bench.Request request, Topology topology) {
        try (Progress progress = Progress.of(request.forks(), "forks", surroundings)) {
            return surroundings.bencher().run(request, topology, new Bench.Listener() {
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

    private Bench.Request request(Topology topology) {
        Suite suite = suite();
        int cpus = topology.cpus().value();
        if (threads < 2 || threads > Math.max(2, cpus)) {
            throw wrong("--threads", "a number from 2 to the CPUs there are, " + cpus, Integer.toString(threads));
        }
        if (forks != null && (forks < 1 || forks > MOST_FORKS)) {
            throw wrong("--forks", "a number from 1 to " + MOST_FORKS, forks.toString());
        }
        Effort effort = thorough ? Bench.THOROUGH : Bench.BRIEF;
        List<String> contestants = fitting("--only", only, suite.contestants(), suite.contestants());
        List<String> scenarios = fitting("--scenario", scenario, suite.scenarios(true), suite.scenarios(thorough));
        if (!suite.meet(contestants, scenarios, threads)) {
            throw Complaints.usage(
                    spec,
                    String.join(", ", contestants) + " takes no part in " + Words.oneOf(scenarios)
                            + "; --scenario chooses others");
        }
        return new Bench.Request(
                suite,
                threads,
                forks == null ? effort : new Effort(forks, effort.warmups(), effort.iterations(), effort.millis()),
                thorough,
                contestants,
                scenarios);
    }

    private Suite suite() {
        List<String> names = Suites.all().stream().map(Suite::name).toList();
        if (suites.isEmpty()) {
            throw Complaints.usage(spec, "bench needs a suite: " + Words.oneOf(names));
        }
        String name = suites.get(0);
        Suite suite = Suites.named(name)
                .orElseThrow(() -> Complaints.usage(
                        spec,
                        "there is no suite " + name + Nearest.hint(name, names) + "; expected " + Words.oneOf(names)));
        if (suites.size() > 1) {
            throw Complaints.usage(spec, "bench takes one suite, got " + suites.size());
        }
        return suite;
    }

    private List<String> fitting(String option, Glob glob, List<String> all, List<String> otherwise) {
        if (glob == null) {
            return otherwise;
        }
        List<String> fitting = all.stream().filter(glob::matches).toList();
        if (fitting.isEmpty()) {
            throw wrong(option, "a pattern that fits one of " + String.join(", ", all), glob.text());
        }
        return fitting;
    }

    private RuntimeException wrong(String option, String expected, String got) {
        return Complaints.usage(
                spec, "Invalid value for option '" + option + "': expected " + expected + ", got '" + got + "'");
    }

    private BenchmarkWriter writer(ReportFile file) throws IOException {
        if (output.format == Format.HTML) {
            return benchmark -> {
                HtmlDocumentWriter page = new HtmlDocumentWriter(file.writer());
                page.write(Documents.of(benchmark));
                page.end();
            };
        }
        return output.format == Format.JSON
                ? new JsonBenchmarkWriter(file.writer())
                : new TextBenchmarkWriter(file.writer(), Resolving.color(output, surroundings));
    }

    private int list() throws IOException {
        List<Suite> listed = suites.isEmpty() ? Suites.all() : List.of(suite());
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
