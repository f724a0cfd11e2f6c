package dev.faultline.cli.run;

import dev.faultline.access.Profile;
import dev.faultline.access.file.AccessFileReader;
import dev.faultline.access.file.ObservedProfile;
import dev.faultline.access.file.ProfileFile;
import dev.faultline.cli.option.ColorMode;
import dev.faultline.cli.option.Keywords;
import dev.faultline.cli.option.MachineOptions;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.RuleOptions;
import dev.faultline.cli.option.SourceOptions;
import dev.faultline.cli.option.StructOptions;
import dev.faultline.cli.option.UsageException;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.report.text.TextStyle;
import dev.faultline.source.detect.SourceDetector;
import dev.faultline.source.jvm.VmMode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns groups of options into what they stand for: reads files, looks names up and asks the machine. */
public final class OptionResolver {

    private static final String NO_PROFILE = "none";
    private static final String BASE_ALIGN = "--base-align";
    private static final int MOST_PROFILE_BYTES = 16 << 20;
    /** The longest access file. */
    public static final int MOST_ACCESS_BYTES = 256 << 20;

    private static final int DEFAULT_COLUMNS = TextStyle.DEFAULT_COLUMNS;

    private OptionResolver() {}

    static SourceDetector detector(SourceOptions options, Optional<VmMode> mode, CliContext context) {
        SourceDetector detector = SourceDetector.here(Optional.ofNullable(options.base), mode);
        return options.codeRun(line -> context.say("--run-code: " + line))
                .map(detector::running)
                .orElse(detector);
    }

    /** {@return how structs are analysed} */
    public static AnalysisOptions analysis(StructOptions options, RuleOptions rules, CliContext context) {
        return analysis(options, rules, options.machine.baseAlignment(), context);
    }

    /** {@return how the two sides of a comparison are analysed: they differ in where objects start} */
    public static List<AnalysisOptions> sides(StructOptions options, RuleOptions rules, CliContext context) {
        List<Integer> alignments = options.machine.baseAlignmentsOfSides();
        AnalysisOptions before = analysis(options, rules, alignments.stream().findFirst(), context);
        return List.of(
                before,
                alignments.size() < 2 ? before : before.withPlacement(new Placement(alignments.get(1), BASE_ALIGN)));
    }

    private static AnalysisOptions analysis(
            StructOptions options, RuleOptions rules, Optional<Integer> baseAlignment, CliContext context) {
        boolean shipped = options.profile == null;
        return new AnalysisOptions(
                machine(options.machine, context),
                rules(rules.ignored),
                shipped || options.profile.equals(NO_PROFILE)
                        ? Optional.empty()
                        : Optional.of(profile(options.profile, context)),
                shipped,
                baseAlignment.map(bytes -> new Placement(bytes, BASE_ALIGN)));
    }

    /** {@return a machine with as many CPUs as are asked for: the first of its own, or more in as many sockets} */
    public static Machine withCpus(Machine machine, int count, CliContext context) {
        if (count == machine.cpus().value()) {
            return machine;
        }
        if (count < machine.cpus().value()) {
            return machine.withFirstCpus(count, "--cpus");
        }
        context.say(machine.name() + " has " + machine.cpus().value() + " CPUs; " + count
                + " are assumed, in as many sockets");
        return machine.withCpus(count, "--cpus");
    }

    /**
     * {@return the same options for a machine on which each busy thread of a recording has a CPU, unless a machine is
     * asked for: threads that share a CPU never wait for each other's lines}
     */
    public static AnalysisOptions withBusyThreads(AnalysisOptions options, MachineOptions asked, CliContext context) {
        Machine machine = options.machine();
        int threads = options.profile().map(ObservedProfile::busyThreads).orElse(0);
        if (asked.machine != null || threads <= machine.cpus().value()) {
            return options;
        }
        context.say(machine.name() + " has " + machine.cpus().value() + " CPUs; " + threads
                + " are assumed, in as many sockets, since the recording has as many busy threads (--machine names"
                + " another one)");
        return options.withMachine(machine.withCpus(threads, "busy threads of the recording"));
    }

    /** {@return the machine asked for, else this one} */
    public static Machine machine(MachineOptions options, CliContext context) {
        Machine machine = options.machine == null
                ? context.machine().get()
                : Machines.byName(options.machine)
                        .or(() -> MachineFile.read(options.machine))
                        .orElseThrow(() -> unknown(options.machine));
        return options.lineBytes == null ? machine : machine.withLineBytes(options.lineBytes, "--line");
    }

    private static UsageException unknown(String machine) {
        return UsageException.ofValue(
                "--machine",
                "expected " + Keywords.oneOf(Machines.names()) + ", or a machine file; there is no file '" + machine
                        + "'" + Nearest.hint(machine, Machines.names()));
    }

    private static List<HazardRule> rules(List<String> ignored) {
        Set<String> known = new HashSet<>(Catalog.ids());
        for (String id : ignored) {
            if (!known.contains(id)) {
                throw UsageException.ofValue(
                        "--ignore",
                        "there is no rule " + id + Nearest.hint(id, Catalog.ids())
                                + "; 'faultline explain' lists them");
            }
        }
        return Catalog.RULES.stream()
                .filter(rule -> !ignored.contains(rule.id()))
                .toList();
    }

    static Profile profile(String file, CliContext context) {
        String text = InputText.read(file, "profile", MOST_ACCESS_BYTES);
        if (!AccessFileReader.isAccessFile(text) && text.length() > MOST_PROFILE_BYTES) {
            throw new InputException(
                    file, "", "is longer than " + (MOST_PROFILE_BYTES >> 20) + " MiB, too long for a profile");
        }
        return ProfileFile.read(file, text, context::say);
    }

    /** {@return whether text is coloured} */
    public static boolean color(OutputOptions options, CliContext context) {
        return options.color == ColorMode.ALWAYS
                || options.color == ColorMode.AUTO && options.file == null && context.allowsColor();
    }

    /** {@return the most columns of a line of text} */
    public static int columns(OutputOptions options, CliContext context) {
        if (options.columns != null) {
            return options.columns;
        }
        int columns = options.file == null ? context.columns().orElse(DEFAULT_COLUMNS) : DEFAULT_COLUMNS;
        return Math.max(columns, OutputOptions.LEAST_COLUMNS);
    }
}
