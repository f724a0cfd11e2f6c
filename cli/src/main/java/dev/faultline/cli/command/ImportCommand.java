package dev.faultline.cli.command;

import dev.faultline.access.Cpus;
import dev.faultline.access.ProfileWriter;
import dev.faultline.access.file.AccessFileWriter;
import dev.faultline.access.imports.FastPaths;
import dev.faultline.access.imports.FieldTable;
import dev.faultline.access.imports.ImportedProfile;
import dev.faultline.access.imports.NetCachelines;
import dev.faultline.cli.access.AccessImport;
import dev.faultline.cli.access.AccessOptions;
import dev.faultline.cli.option.OutputFile;
import dev.faultline.cli.option.SourceOptions;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.cli.run.InputText;
import dev.faultline.cli.run.Selection;
import dev.faultline.cli.run.StructFinder;
import dev.faultline.cost.Workload;
import dev.faultline.cost.simulate.Simulator;
import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.layout.StructLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline import}: makes access files of what profilers print, and profiles of published tables. */
@Command(
        name = "import",
        description = {
            "Make an access file of what a profiler printed: who touched which field.",
            "Formats: perf-script (with data_src), perf-c2c, perf-report (-s type,typeoff),",
            "perf-annotate (--data-type), perf-mem, dhat (its JSON); whole or pasted in part.",
            "hooks, what a program with faultline_hooks.c has written (FILE.raw).",
            "net-cachelines, the tables of the Linux kernel's",
            "Documentation/networking/net_cachelines, make a profile as YAML instead."
        },
        customSynopsis = "faultline import [OPTIONS] FORMAT FILE...",
        footer = {
            "  faultline import perf-c2c c2c.txt --from ./app -o run.access",
            "  faultline import perf-c2c mail.txt --as buf@0x602180 -o run.access",
            "  faultline import perf-script samples.txt --role 'io_*=reader' -o run.access",
            "  faultline inspect ./app#buf --profile run.access",
            "",
            "  faultline import net-cachelines tcp_sock.rst > mine.yaml",
            "  faultline import net-cachelines tcp_sock.rst --for kernel#tcp_sock",
            "  faultline import net-cachelines tcp_sock.rst --rate tx=1e6 --cpus tx=8",
            "",
            "Then: faultline inspect --from kernel tcp_sock --profile mine.yaml",
            "docs/access-files.md tells what is read of each format.",
            "read_mostly becomes a read, write_mostly a write, read_write a read and a",
            "write, of an atomic type one rmw. The tables know neither rates nor CPUs.",
            "",
            "Exit status: 0 imported, 2 wrong usage, 3 the input is malformed, or with",
            "--strict the layout lacks a field."
        })
final class ImportCommand implements Callable<Integer> {

    private static final String NET_CACHELINES = "net-cachelines";
    private static final List<String> ROLES = List.of("tx", "rx");
    private static final double HIGHEST_RATE = 1e12;
    private static final int MOST_BYTES = NetCachelines.MOST_CHARACTERS;

    private final CliContext context;

    @Parameters(
            paramLabel = "FORMAT FILE",
            hideParamSyntax = true,
            arity = "0..*",
            description = "The format, then the files; - is standard input.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private AccessOptions access;

    @Option(
            names = "--for",
            paramLabel = "[SOURCE#]NAME",
            description =
                    "Import only the fields that this layout has, also in structs it embeds; the others are named "
                            + "on standard error.")
    private String layout;

    @Option(names = "--strict", description = "With --for: status 3 and no profile when the layout lacks a field.")
    private boolean strict;

    @Option(
            names = "--rate",
            paramLabel = "ROLE=N",
            description = "Operations a second of each CPU, for tx or rx. Default: 1000, which is assumed wherever no "
                    + "rate is given.")
    private Map<String, String> rates = new LinkedHashMap<>();

    @Option(
            names = "--cpus",
            paramLabel = "ROLE=N",
            description = "On how many CPUs a role runs, tx or rx: all or a number. Default: all.")
    private Map<String, String> cpus = new LinkedHashMap<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OutputFile.class,
            description = "Write the profile to FILE. An existing file is replaced when the profile is complete.")
    private Path file;

    ImportCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        checkArguments();
        return words.get(0).equals(NET_CACHELINES) ? tables() : accesses();
    }

    /** Makes an access file of one run. */
    private Integer accesses() throws IOException {
        if (layout != null || strict || !rates.isEmpty() || !cpus.isEmpty()) {
            throw new UsageException("--for, --strict, --rate and --cpus are for net-cachelines");
        }
        if (words.size() > 2) {
            throw new UsageException("one file is one run; import each, then add them up with 'faultline merge'");
        }
        try (ReportFile output = context.open(file)) {
            AccessFileWriter.write(new AccessImport(access, context).read(words.get(0), words.get(1)), output.writer());
            output.commit();
            return ExitStatus.CLEAN;
        }
    }

    /** Makes a profile of tables. */
    private Integer tables() throws IOException {
        if (access.isAny()) {
            throw new UsageException("--as, --from, --role, --identity and --seconds are for the output of a profiler");
        }
        FastPaths paths = new FastPaths(path("tx"), path("rx"));
        try (ReportFile output = context.open(file)) {
            List<FieldTable> tables = new ArrayList<>();
            for (String name : words.subList(1, words.size())) {
                tables.addAll(table(name));
            }
            ImportedProfile imported = layout == null ? paths.profile(tables) : paths.profileFor(layout(), tables);
            imported.notes().forEach(context::say);
            imported.missing().forEach(line -> context.say(line + (strict ? "" : "; left out")));
            if (strict && !imported.missing().isEmpty()) {
                return ExitStatus.FAILED;
            }
            output.writer().write(ProfileWriter.write(imported.profile()));
            output.commit();
            return ExitStatus.CLEAN;
        }
    }

    private void checkArguments() {
        String format = words.isEmpty() ? "" : words.get(0);
        List<String> formats = new ArrayList<>(AccessImport.words());
        formats.add(NET_CACHELINES);
        if (!formats.contains(format)) {
            throw new UsageException(
                    words.isEmpty()
                            ? "name a format and a file: faultline import perf-c2c c2c.txt -o run.access"
                            : "there is no format '" + format + "'" + Nearest.hint(format, formats) + "; expected "
                                    + String.join(", ", formats) + ", and its file");
        }
        if (words.size() == 1) {
            throw new UsageException("name a file, or - for standard input");
        }
        if (strict && layout == null) {
            throw new UsageException("--strict needs a layout: --for kernel#tcp_sock");
        }
        checkRoles("--rate", rates);
        checkRoles("--cpus", cpus);
    }

    private void checkRoles(String option, Map<String, String> values) {
        for (String role : values.keySet()) {
            if (!ROLES.contains(role)) {
                throw UsageException.ofValue(option, "a role tx or rx", role);
            }
        }
    }

    private FastPaths.Path path(String role) {
        return new FastPaths.Path(
                cpus(cpus.getOrDefault(role, "all")),
                rates.containsKey(role) ? rate(rates.get(role)) : Workload.ASSUMED_RATE);
    }

    private Cpus cpus(String word) {
        if (word.equals("all")) {
            return new Cpus.All();
        }
        if (!word.matches("\\d{1,9}") || Integer.parseInt(word) < 1 || Integer.parseInt(word) > Simulator.MOST_CPUS) {
            throw UsageException.ofValue("--cpus", "all or a number from 1 to " + Simulator.MOST_CPUS, word);
        }
        return new Cpus.Count(Integer.parseInt(word));
    }

    private double rate(String word) {
        boolean number = word.matches("\\d{1,18}(\\.\\d{1,18})?([eE][+-]?\\d{1,3})?");
        if (!number || Double.parseDouble(word) > HIGHEST_RATE) {
            throw UsageException.ofValue("--rate", "operations a second from 0 to 1e12, such as 5e6", word);
        }
        return Double.parseDouble(word);
    }

    private StructLayout layout() {
        StructFinder finder = new StructFinder(new SourceOptions(), context);
        Selection selection;
        try {
            selection = finder.named(List.of(layout));
        } catch (UsageException wrong) {
            throw UsageException.ofValue("--for", wrong.getMessage());
        }
        if (selection.selected().isEmpty()) {
            throw new InputException("--for", "", String.join("; ", selection.complaints()));
        }
        if (selection.selected().size() > 1) {
            context.say(layout + ": " + selection.selected().size() + " structs have that name; taking the first");
        }
        return selection.subjects().get(0).layout();
    }

    private List<FieldTable> table(String name) {
        return name.equals("-")
                ? NetCachelines.read("standard input", InputText.readStandardInput(context, "table", MOST_BYTES))
                : NetCachelines.read(name, InputText.read(name, "table", MOST_BYTES));
    }
}
