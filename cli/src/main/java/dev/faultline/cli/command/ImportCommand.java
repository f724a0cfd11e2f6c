package dev.faultline.cli.command;

import dev.faultline.access.Cpus;
import dev.faultline.access.ProfileWriter;
import dev.faultline.access.imports.FastPaths;
import dev.faultline.access.imports.FieldTable;
import dev.faultline.access.imports.ImportedProfile;
import dev.faultline.access.imports.NetCachelines;
import dev.faultline.cli.option.OutputFile;
import dev.faultline.cli.option.Reference;
import dev.faultline.cost.Workload;
import dev.faultline.cost.simulate.Simulator;
import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.detect.SourceDetector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code faultline import}: profiles out of what others have written down. */
@Command(
        name = "import",
        description = {
            "Make a profile of what others have written down about who uses which field, and",
            "print it. Formats: net-cachelines, the tables of the Linux kernel's",
            "Documentation/networking/net_cachelines."
        },
        customSynopsis = "faultline import [OPTIONS] net-cachelines FILE...",
        sortOptions = false,
        usageHelpWidth = 80,
        footerHeading = "%nExamples:%n",
        footer = {
            "  faultline import net-cachelines tcp_sock.rst > mine.yaml",
            "  faultline import net-cachelines tcp_sock.rst --for kernel#tcp_sock",
            "  faultline import net-cachelines tcp_sock.rst --rate tx=1e6 --cpus tx=8",
            "",
            "Then: faultline inspect --from kernel tcp_sock --profile mine.yaml",
            "read_mostly becomes a read, write_mostly a write, read_write a read and a",
            "write, of an atomic type one rmw. The tables know neither rates nor CPUs.",
            "",
            "Exit status: 0 imported, 2 wrong usage, 3 a table makes no sense, or with",
            "--strict the layout lacks a field."
        })
public final class ImportCommand implements Callable<Integer> {

    private static final String NET_CACHELINES = "net-cachelines";
    private static final List<String> FORMATS = List.of(NET_CACHELINES);
    private static final List<String> ROLES = List.of("tx", "rx");
    private static final double HIGHEST_RATE = 1e12;

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FORMAT FILE",
            hideParamSyntax = true,
            arity = "0..*",
            description = "The format, then the files; - is standard input.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--for",
            paramLabel = "[SOURCE#]NAME",
            description = "Take over only the fields that this layout has, also those of structs it embeds; "
                    + "the others are named on standard error.")
    private String layout;

    @Option(names = "--strict", description = "With --for: status 3 and no profile when a field is not there.")
    private boolean strict;

    @Option(
            names = "--rate",
            paramLabel = "ROLE=N",
            description = "How often a second each CPU does it, for tx or rx. Default: 1000, as for all whose rate "
                    + "nobody says.")
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
            description = "Write the profile to FILE, whole or not at all.")
    private Path file;

    @Mixin
    private CommonOptions common;

    /** A command in these surroundings. */
    public ImportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        checkWords();
        FastPaths paths = new FastPaths(path("tx"), path("rx"));
        try (ReportFile output = ReportFile.open(Optional.ofNullable(file), surroundings.out())) {
            List<FieldTable> tables = new ArrayList<>();
            for (String name : words.subList(1, words.size())) {
                tables.addAll(NetCachelines.read(called(name), text(name)));
            }
            ImportedProfile imported = layout == null ? paths.profile(tables) : paths.profileFor(layout(), tables);
            imported.notes().forEach(surroundings::say);
            imported.missing().forEach(line -> surroundings.say(line + (strict ? "" : "; left out")));
            if (strict && !imported.missing().isEmpty()) {
                return ExitStatus.FAILED;
            }
            output.writer().write(ProfileWriter.write(imported.profile()));
            output.commit();
            return ExitStatus.CLEAN;
        }
    }

    private void checkWords() {
        String format = words.isEmpty() ? "" : words.get(0);
        if (!FORMATS.contains(format)) {
            throw Complaints.usage(
                    spec,
                    words.isEmpty()
                            ? "name a format and a file: faultline import net-cachelines tcp_sock.rst"
                            : "there is no format '" + format + "'" + Nearest.hint(format, FORMATS)
                                    + "; expected net-cachelines and its files");
        }
        if (words.size() == 1) {
            throw Complaints.usage(spec, "name a file, or - for standard input");
        }
        if (strict && layout == null) {
            throw Complaints.usage(spec, "--strict needs a layout to be strict about: --for kernel#tcp_sock");
        }
        checkRoles("--rate", rates);
        checkRoles("--cpus", cpus);
    }

    private void checkRoles(String option, Map<String, String> values) {
        for (String role : values.keySet()) {
            if (!ROLES.contains(role)) {
                throw wrong(option, "a role tx or rx", role);
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
            throw wrong("--cpus", "all or a number from 1 to " + Simulator.MOST_CPUS, word);
        }
        return new Cpus.Count(Integer.parseInt(word));
    }

    private double rate(String word) {
        boolean number = word.matches("\\d{1,18}(\\.\\d{1,18})?([eE][+-]?\\d{1,3})?");
        if (!number || Double.parseDouble(word) > HIGHEST_RATE) {
            throw wrong("--rate", "operations a second from 0 to 1e12, such as 5e6", word);
        }
        return Double.parseDouble(word);
    }

    private RuntimeException wrong(String option, String expected, String got) {
        return Complaints.usage(
                spec, "Invalid value for option '" + option + "': expected " + expected + ", got '" + got + "'");
    }

    private StructLayout layout() {
        Reference reference;
        try {
            reference = Reference.parse(layout);
        } catch (TypeConversionException wrong) {
            throw Complaints.usage(spec, "Invalid value for option '--for': " + wrong.getMessage());
        }
        Sources sources =
                new Sources(SourceDetector.here(Optional.empty(), Optional.empty()), InputStream.nullInputStream());
        Selection selection = Selection.of(List.of(reference), Optional.empty(), false, sources);
        if (selection.selected().isEmpty()) {
            throw new InputException("--for", "", String.join("; ", selection.complaints()));
        }
        if (selection.selected().size() > 1) {
            surroundings.say(layout + ": " + selection.selected().size() + " structs bear that name; taking the first");
        }
        return selection.selected().get(0).subject().layout();
    }

    private static String called(String name) {
        return name.equals(Sources.STANDARD_INPUT) ? "standard input" : name;
    }

    private String text(String name) {
        try (InputStream in =
                name.equals(Sources.STANDARD_INPUT) ? surroundings.in() : Files.newInputStream(Path.of(name))) {
            byte[] bytes = in.readNBytes(NetCachelines.MOST_CHARACTERS + 1);
            if (bytes.length > NetCachelines.MOST_CHARACTERS) {
                throw new InputException(called(name), "", "is longer than 4 MiB, too long for these tables");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new InputException(called(name), "", "cannot be read: " + Reasons.of(unreadable));
        } catch (InvalidPathException unspeakable) {
            throw new InputException(name, "", "is no file name here: " + unspeakable.getReason());
        }
    }
}
