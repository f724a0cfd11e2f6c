package dev.faultline.cli.command;

import dev.faultline.analysis.Analyzer;
import dev.faultline.cli.option.ConstraintOptions;
import dev.faultline.cli.option.Emission;
import dev.faultline.cli.option.Format;
import dev.faultline.cli.option.JudgementOptions;
import dev.faultline.cli.option.MachineOptions;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.Reference;
import dev.faultline.cli.option.SourceOptions;
import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.emit.EmittedDeclaration;
import dev.faultline.report.build.PickedCandidate;
import dev.faultline.report.text.TextStyle;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Suggestion;
import dev.faultline.suggest.java.ClassPlan;
import dev.faultline.suggest.java.ClassSuggester;
import dev.faultline.suggest.java.ClassSuggestion;
import dev.faultline.suggest.java.HierarchySource;
import dev.faultline.suggest.struct.Suggester;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code faultline suggest}: better layouts of a struct, with a proof of how good they are. */
@Command(
        name = "suggest",
        description = {
            "Reorder and pad a struct for who uses it: a short list of trades between cost,",
            "size and lines, how far each can be from the best, and how it does elsewhere."
        },
        customSynopsis = "faultline suggest [OPTIONS] [SOURCE#]NAME[@VERSION]",
        sortOptions = false,
        usageHelpWidth = 80,
        footerHeading = "%nExamples:%n",
        footer = {
            "  faultline suggest rtable@6.3",
            "  faultline suggest rtable@6.3 --whole --max-size 192",
            "  faultline suggest rtable --profile mine.yaml --keep rt_genid,rt_flags",
            "  faultline suggest rtable@6.3 --emit c > rtable.c",
            "",
            "What --emit c prints compiles as it is and asserts each offset. What --emit diff",
            "prints, 'patch -p1' and 'git apply' take.",
            "",
            "Structs of at most " + Suggester.MOST_LINES + " lines are rearranged.",
            "",
            "Exit status: 0 done, also when nothing is to be won, 2 wrong usage, 3 something",
            "could not be analysed or declared."
        })
public final class SuggestCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "[SOURCE#]NAME[@VERSION]",
            hideParamSyntax = true,
            arity = "1..*",
            description = "One struct.")
    private List<String> names = List.of();

    @Mixin
    private SourceOptions source;

    @Mixin
    private JudgementOptions judgement;

    @Mixin
    private MachineOptions machine;

    @Mixin
    private ConstraintOptions constraints;

    @Option(
            names = "--pick",
            paramLabel = "N",
            description = "The candidate to look at and to emit, by its number in the list. Default: the cheapest that "
                    + "is no larger than today's.")
    private Integer pick;

    @Option(
            names = "--emit",
            paramLabel = "layout|c|java|diff",
            converter = Emission.Converter.class,
            description = "Print only the candidate's declaration: layout notation, C with assertions of each "
                    + "offset, Java for off-heap structs, or a diff of the file named with --against.")
    private Emission emission;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "With --emit diff: the source that declares the struct, in C or layout notation.")
    private Path against;

    @Mixin
    private OutputOptions output;

    @Mixin
    private CommonOptions common;

    /** A command in these surroundings. */
    public SuggestCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        checkCombination();
        Judgement by = Resolving.judgement(machine, judgement, surroundings, spec);
        Optional<Emitting.Source> changed = Optional.ofNullable(against).map(Emitting::read);
        Optional<Selection.Selected> selected = selected(by);
        if (selected.isEmpty()) {
            return ExitStatus.FAILED;
        }
        Subject subject = by.prepare(selected.get().subject());
        try (ReportFile file = ReportFile.open(Optional.ofNullable(output.file), surroundings.out())) {
            Suggested suggested = Waiting.of(
                    () -> suggest(selected.get().source(), subject, by),
                    "looking for layouts of " + subject.reference(),
                    surroundings);
            PickedCandidate picked = pick(suggested.suggestion());
            if (emission == null) {
                new ReportWriters(
                                output.format(),
                                new TextStyle(Resolving.color(output, surroundings), TextStyle.DEFAULT_COLUMNS),
                                output.sourceRoot,
                                reason -> Complaints.usage(spec, reason))
                        .suggestion(picked, file.writer());
            } else {
                emit(picked, suggested.plans(), changed, file);
            }
            file.commit();
        }
        return ExitStatus.CLEAN;
    }

    private void checkCombination() {
        if (names.size() > 1) {
            throw Complaints.usage(spec, "takes one struct, got " + names.size());
        }
        if (constraints.open && constraints.whole) {
            throw Complaints.usage(spec, "--open and --whole exclude each other");
        }
        if (emission == Emission.DIFF && against == null) {
            throw Complaints.usage(spec, "--emit diff needs the file that declares the struct: --against FILE");
        }
        if (against != null && emission != Emission.DIFF) {
            throw Complaints.usage(spec, "--against goes with --emit diff");
        }
        if (emission != null && output.format != null && output.format != Format.TEXT) {
            throw Complaints.usage(spec, "--emit prints a declaration; --format goes without it");
        }
    }

    /** What was suggested; of a Java class with the classes that lay it out so, one for each candidate. */
    private record Suggested(Suggestion suggestion, List<ClassPlan> plans) {}

    private Suggested suggest(LayoutSource from, Subject subject, Judgement by) {
        Analyzer analyzer = new Analyzer(by.machine(), by.rules());
        if (from instanceof ClassSource classes && subject.layout().kind() == AggregateKind.CLASS) {
            if (!constraints.constraints().equals(new ConstraintOptions().constraints())) {
                throw Complaints.usage(
                        spec, "a Java VM places fields itself: --pin, --keep, --open and the like are for structs");
            }
            ClassSuggestion found = new ClassSuggester(analyzer, constraints.effort)
                    .suggest(classes.outline(subject.layout().name()), subject, List.of());
            return new Suggested(found.suggestion(), found.plans());
        }
        return new Suggested(
                new Suggester(analyzer, constraints.effort).suggest(subject, constraints.constraints()), List.of());
    }

    private Optional<Selection.Selected> selected(Judgement by) {
        Reference reference;
        try {
            reference = Reference.parse(names.get(0), Optional.ofNullable(source.from));
        } catch (TypeConversionException wrong) {
            throw Complaints.usage(spec, wrong.getMessage());
        }
        Sources sources = new Sources(Resolving.detector(source, spec), surroundings.in());
        Selection selection = Selection.of(List.of(reference), Optional.ofNullable(source.from), false, sources);
        selection.notes().forEach(surroundings::say);
        selection.complaints().forEach(surroundings::say);
        if (selection.selected().size() > 1) {
            throw new InputException(
                    reference.name(),
                    "",
                    "stands for " + selection.selected().size() + " structs; 'faultline inspect' shows them");
        }
        return selection.selected().stream().findFirst().map(selected -> {
            if (!by.covers(selected.subject())) {
                throw new InputException(
                        "--profile",
                        "",
                        "says nothing about " + selected.subject().layout().spelling());
            }
            return selected;
        });
    }

    private PickedCandidate pick(Suggestion suggestion) {
        try {
            return new PickedCandidate(suggestion, pick == null ? OptionalInt.empty() : OptionalInt.of(pick));
        } catch (IllegalArgumentException none) {
            throw Complaints.usage(spec, "--pick: " + none.getMessage());
        }
    }

    private void emit(PickedCandidate picked, List<ClassPlan> plans, Optional<Emitting.Source> changed, ReportFile file)
            throws IOException {
        StructLayout before = picked.suggestion().before().subject().layout();
        Optional<Candidate> candidate = picked.candidate();
        boolean isClass = before.kind() == AggregateKind.CLASS;
        if (isClass && emission != Emission.JAVA && emission != Emission.LAYOUT) {
            throw Complaints.usage(spec, "of a Java class --emit prints java or layout");
        }
        EmittedDeclaration emitted = isClass && emission == Emission.JAVA && candidate.isPresent()
                ? new EmittedDeclaration(HierarchySource.write(plans.get(picked.picked() - 1)), List.of())
                : Emitting.of(
                        emission,
                        before,
                        candidate.map(Candidate::layout).orElse(before),
                        picked.suggestion().before().machine().lineBytes().value(),
                        changed);
        if (candidate.isPresent()) {
            surroundings.say("candidate " + picked.picked() + " of "
                    + picked.suggestion().candidates().size() + ", " + picked.why());
            picked.asks().forEach(surroundings::say);
        } else {
            surroundings.say(picked.nothing() + " This is today's layout.");
        }
        emitted.notes().forEach(surroundings::say);
        file.writer().write(emitted.text());
    }
}
