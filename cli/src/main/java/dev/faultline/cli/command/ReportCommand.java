package dev.faultline.cli.command;

import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.JudgementOptions;
import dev.faultline.cli.option.MachineOptions;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.Reference;
import dev.faultline.cli.option.SourceOptions;
import dev.faultline.cli.option.Threshold;
import dev.faultline.source.detect.SourceDetector;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code faultline report}: what {@code inspect} finds, of whole sources too, written for others. */
@Command(
        name = "report",
        description = "Write a report on structs or whole sources: a page, a comment, a log for code scanning.",
        customSynopsis = "faultline report [OPTIONS] (SOURCE | [SOURCE#]NAME[@VERSION])... -o FILE",
        sortOptions = false,
        usageHelpWidth = 80,
        footerHeading = "%nExamples:%n",
        footer = {
            "  faultline report kernel -o kernel.html",
            "  faultline report rtable@6.3 rtable@6.4 -o routes.md",
            "  faultline report app.jar --match '*Ring' -o findings.sarif",
            "  faultline report rtable@6.3 -o rtable.svg",
            "",
            "A word that is kernel, jvm, - or an existing file is a source and is reported",
            "whole; any other is a struct. Exit status: as of 'faultline inspect'."
        })
public final class ReportCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SOURCE|NAME",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Sources, and structs by name. Without any, the source of --from.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private SourceOptions source;

    @Option(
            names = "--match",
            paramLabel = "GLOB",
            converter = Glob.Converter.class,
            description = "Of a source only the structs whose whole name fits: * ? [a-z].")
    private Glob match = Glob.parse("*");

    @Mixin
    private JudgementOptions judgement;

    @Mixin
    private MachineOptions machine;

    @Option(names = "--expand", description = "Open embedded structs in text.")
    private boolean expand;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            converter = Threshold.Converter.class,
            description = "Exit with 1 when a finding is at least: error, warning, info. Default: never.")
    private Threshold failOn = Threshold.NEVER;

    @Mixin
    private CommonOptions common;

    /** A command in these surroundings. */
    public ReportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<String> whole = new ArrayList<>();
        List<Reference> references = new ArrayList<>();
        for (String word : words) {
            if (isSource(word)) {
                whole.add(word);
            } else {
                references.add(reference(word));
            }
        }
        if (words.isEmpty()) {
            if (source.from == null) {
                throw Complaints.usage(spec, "name a source or a struct, such as kernel or rtable@6.3");
            }
            whole.add(source.from);
        }
        InspectRequest request = new InspectRequest(
                references,
                whole,
                Optional.ofNullable(source.from),
                Optional.of(match),
                false,
                expand,
                false,
                Resolving.judgement(machine, judgement, surroundings, spec),
                output.format(),
                Resolving.color(output, surroundings),
                output.sourceRoot,
                Optional.ofNullable(output.file),
                failOn);
        return new Inspection(request, new Sources(Resolving.detector(source, spec), surroundings.in()), surroundings)
                .run(reason -> Complaints.usage(spec, reason));
    }

    private static boolean isSource(String word) {
        if (word.equals(SourceDetector.KERNEL)
                || word.equals(SourceDetector.JVM)
                || word.equals(Sources.STANDARD_INPUT)) {
            return true;
        }
        try {
            return Files.exists(Path.of(word));
        } catch (InvalidPathException unspeakable) {
            return false;
        }
    }

    private Reference reference(String name) {
        try {
            return Reference.parse(name, Optional.ofNullable(source.from));
        } catch (TypeConversionException wrong) {
            throw Complaints.usage(spec, wrong.getMessage());
        }
    }
}
