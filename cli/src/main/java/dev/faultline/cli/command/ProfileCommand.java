package dev.faultline.cli.command;

import dev.faultline.access.AccessKind;
import dev.faultline.access.Profile;
import dev.faultline.access.ProfileNotes;
import dev.faultline.access.ProfileWriter;
import dev.faultline.access.StructProfile;
import dev.faultline.access.code.ProfileSketch;
import dev.faultline.cli.option.OutputFile;
import dev.faultline.cli.option.SourceOptions;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.cli.run.Selection;
import dev.faultline.cli.run.StructFinder;
import dev.faultline.source.Subject;
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

/** {@code faultline profile}: prints a profile to begin with. */
@Command(
        name = "profile",
        description = {
            "Print a profile to edit: which operation of which threads uses which field.",
            "Of a Java class or of LLVM IR it says what the code shows, with the places;",
            "of a built-in struct, the profile it has; else what the types of the fields",
            "suggest. Every field is in it, with type, offset and size."
        },
        customSynopsis = "faultline profile [OPTIONS] [SOURCE#]NAME...",
        footer = {
            "  faultline profile app.jar#com.acme.Ring > ring.yaml",
            "  faultline profile --from app.jar Ring -o app.yaml",
            "  faultline profile kernel#dst_entry",
            "",
            "Then: faultline inspect app.jar#com.acme.Ring --profile ring.yaml",
            "",
            "What it looks like:",
            "| profile: a ring",
            "| structs:",
            "|   Ring:                            # or com.acme.Ring, or \"*Ring\"",
            "|     roles: { producer: { cpus: 1 }, consumer: { cpus: [2, 3] } }",
            "|     operations:",
            "|       - name: put",
            "|         role: producer",
            "|         rate: 5M                   # a second on each CPU; max; or left out",
            "|         accesses:",
            "|           - { field: tail, kind: volatile-write, gap: 20ns }",
            "",
            "A field is named by its path: stats.hits, or slots[3] for one element. Else:",
            "- counts[own]       each CPU touches an element of its own",
            "- counts[any]       each operation touches one element, picked at random",
            "- counts[*]         all elements, as who sums them does",
            "- slots[own].ops    a part of that element",
            "",
            "Neither code nor types tell rates. Where no `rate:` is given, findings say",
            "which fields of which threads share lines, and no times. docs/profiles.md has",
            "all that a profile can say; docs/schema has a schema for editors.",
            "",
            "Exit status: 0 printed, 2 wrong usage, 3 a struct could not be found."
        })
final class ProfileCommand implements Callable<Integer> {

    /** What may be written where, for who edits a profile. */
    private static final List<String> ADVICE = List.of(
            "cpus: all, a number, or a list such as [2, 3]",
            "rate: operations a second on each CPU, such as 5M, or max; leave it out when unknown",
            "kind: " + String.join(", ", AccessKind.words()),
            "gap: 20ns is spent before an access; after: start does not wait for the access before it",
            "phases: { build: [writer], run: [reader] } beside operations: these roles never run together");

    private final CliContext context;

    @Parameters(
            paramLabel = "NAME",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Structs, unions or classes by name.")
    private List<String> names = new ArrayList<>();

    @Mixin
    private SourceOptions source;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OutputFile.class,
            description = "Write the profile to FILE. An existing file is replaced when the profile is complete.")
    private Path file;

    ProfileCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (names.isEmpty()) {
            throw new UsageException("name a struct or class: faultline profile app.jar#com.acme.Ring");
        }
        try (ReportFile output = context.open(file)) {
            Selection selection = new StructFinder(source, context).named(names);
            selection.report(context);
            if (!selection.complaints().isEmpty()) {
                return ExitStatus.FAILED;
            }
            output.writer().write(text(selection.subjects()));
            output.commit();
            return ExitStatus.CLEAN;
        }
    }

    /** {@return the name of a struct, with its unit when others have the name; a profile is for every release} */
    private static String key(Subject subject) {
        return subject.version().equals(subject.release()) ? subject.layout().name() : subject.reference();
    }

    private static StructProfile named(String name, StructProfile profile) {
        return new StructProfile(
                name, profile.title(), profile.roles(), profile.operations(), profile.phases(), profile.source());
    }

    private static String text(List<Subject> subjects) {
        Map<String, StructProfile> profiles = new LinkedHashMap<>();
        Map<String, Map<String, List<String>>> roles = new LinkedHashMap<>();
        Map<String, Map<String, String>> fields = new LinkedHashMap<>();
        Map<String, List<String>> structs = new LinkedHashMap<>();
        boolean isSketched = false;
        for (Subject subject : subjects) {
            String name = key(subject);
            if (!profiles.containsKey(name)) {
                ProfileSketch sketch = subject.profile()
                        .map(shipped -> ProfileSketch.beside(subject.layout(), shipped))
                        .orElseGet(() -> ProfileSketch.of(subject.layout(), subject.code()));
                isSketched |= subject.profile().isEmpty();
                profiles.put(name, subject.profile().orElseGet(() -> named(name, sketch.profile())));
                roles.put(name, sketch.roleNotes());
                fields.put(name, sketch.fieldNotes());
                structs.put(name, sketch.notes());
            }
        }
        List<String> head = new ArrayList<>();
        if (isSketched) {
            head.add("Edit it; then: faultline inspect NAME --profile FILE. docs/profiles.md explains every word.");
        }
        head.addAll(ADVICE);
        List<StructProfile> all = List.copyOf(profiles.values());
        String title = all.size() == 1 ? all.get(0).title() : all.size() + " structs";
        return ProfileWriter.write(new Profile(title, all), new ProfileNotes(head, roles, fields, structs));
    }
}
