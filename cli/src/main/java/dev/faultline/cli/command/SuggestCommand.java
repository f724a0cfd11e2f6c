package dev.faultline.cli.command;

import dev.faultline.cli.option.ConstraintOptions;
import dev.faultline.cli.option.CpuOptions;
import dev.faultline.cli.option.Emission;
import dev.faultline.cli.option.Format;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.RuleOptions;
import dev.faultline.cli.option.StructOptions;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.AnalysisOptions;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.DeclarationEmitter;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.cli.run.OptionResolver;
import dev.faultline.cli.run.Selection;
import dev.faultline.cli.run.Spinner;
import dev.faultline.cli.run.StructFinder;
import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.emit.EmittedDeclaration;
import dev.faultline.report.build.PickedCandidate;
import dev.faultline.source.Subject;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Suggestion;
import dev.faultline.suggest.java.ClassPlan;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline suggest}: better layouts of a struct, and how far each can be from the best. */
@Command(
        name = "suggest",
        description = {
            "Suggest better layouts of a struct, and tell how far each can be from the best.",
            "Members are reordered and padded for the CPUs that use them. The candidates are",
            "trades between cost, size and lines; each is also tried on other machines."
        },
        customSynopsis = "faultline suggest [OPTIONS] [SOURCE#]NAME[@VERSION]",
        footer = {
            "  faultline suggest rtable@6.3",
            "  faultline suggest rtable@6.3 --whole --max-size 192",
            "  faultline suggest rtable --profile mine.yaml --keep rt_genid,rt_flags",
            "  faultline suggest rtable@6.3 --emit c > rtable.c",
            "  faultline suggest app.jar#com.acme.Slots.offsets --emit java",
            "",
            "The output of --emit c compiles as it is and asserts each offset. The output of",
            "--emit diff is for 'patch -p1' and 'git apply'.",
            "",
            "Structs of at most " + Suggester.MOST_LINES + " lines are rearranged.",
            "",
            "Exit status: 0 done, also when no layout is better, 2 wrong usage, 3 something",
            "could not be analysed or declared."
        })
final class SuggestCommand implements Callable<Integer> {

    private final CliContext context;

    @Parameters(
            paramLabel = "[SOURCE#]NAME[@VERSION]",
            hideParamSyntax = true,
            arity = "1..*",
            description = "One struct.")
    private List<String> names = List.of();

    @Mixin
    private StructOptions structs;

    @Mixin
    private CpuOptions cpus;

    @Mixin
    private RuleOptions rules;

    @Mixin
    private ConstraintOptions constraints;

    @Option(
            names = "--pick",
            paramLabel = "N",
            description = "The candidate to show or to emit, by its number in the list. Default: the cheapest that is "
                    + "no larger than today's layout.")
    private Integer pick;

    @Option(
            names = "--emit",
            paramLabel = "FORM",
            description = "Print only the candidate's declaration: layout (notation), c (with assertions of each "
                    + "offset), java (what the source has, where Java declares the struct; else as declaration), "
                    + "declaration (a Declaration for off-heap structs), ffm (a MemoryLayout of java.lang.foreign), "
                    + "constants (offsets as constants of Java), sbe (a message, group or composite of an SBE "
                    + "schema), or diff (of the file named with --against).")
    private Emission emission;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "With --emit diff: the source that declares the struct, in C or layout notation.")
    private Path against;

    @Mixin
    private OutputOptions output;

    private static final String WITHOUT_METHODS =
            "constructors, methods and modifiers of the class are not in this text: carry them over; a final field is"
                    + " assigned by a constructor of the class that declares it";

    SuggestCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        checkCombination();
        AnalysisOptions asked = OptionResolver.analysis(structs, rules, context);
        AnalysisOptions options = cpus.count()
                .map(count -> asked.withMachine(OptionResolver.withCpus(asked.machine(), count, context)))
                .orElseGet(() -> OptionResolver.withBusyThreads(asked, structs.machine, context));
        Optional<DeclarationEmitter.Source> changed =
                Optional.ofNullable(against).map(DeclarationEmitter::read);
        Optional<Selection.Selected> selected = new StructFinder(structs.source, context).one(names.get(0));
        if (selected.isEmpty()) {
            return ExitStatus.FAILED;
        }
        options.checkProfile(List.of(selected.get().subject()), context);
        CatalogOffer.say(List.of(selected.get().subject()), options, context);
        Subject subject = options.prepare(selected.get().subject());
        Optional<ReportWriters> reports =
                emission == null ? Optional.of(ReportWriters.of(output, context)) : Optional.empty();
        try (ReportFile file = context.open(output.file)) {
            SuggestionSearch.Found suggested = Spinner.during(
                    () -> SuggestionSearch.search(selected.get(), subject, options, constraints),
                    "looking for layouts of " + subject.reference(),
                    context);
            PickedCandidate picked = pick(suggested.suggestion());
            if (reports.isPresent()) {
                reports.get().suggestion(picked, file.writer());
            } else {
                emit(picked, suggested.plans(), changed, file);
            }
            file.commit();
        }
        return ExitStatus.CLEAN;
    }

    private void checkCombination() {
        if (names.size() > 1) {
            throw new UsageException("takes one struct, got " + names.size());
        }
        if (constraints.open && constraints.whole) {
            throw new UsageException("--open and --whole exclude each other");
        }
        if (emission == Emission.DIFF && against == null) {
            throw new UsageException("--emit diff needs the file that declares the struct: --against FILE");
        }
        if (against != null && emission != Emission.DIFF) {
            throw new UsageException("--against needs --emit diff");
        }
        if (emission != null && output.format != null && output.format != Format.TEXT) {
            throw new UsageException("--emit prints a declaration; it does not go with --format");
        }
    }

    private PickedCandidate pick(Suggestion suggestion) {
        try {
            return new PickedCandidate(suggestion, pick == null ? OptionalInt.empty() : OptionalInt.of(pick));
        } catch (IllegalArgumentException none) {
            throw new UsageException("--pick: " + none.getMessage());
        }
    }

    private void emit(
            PickedCandidate picked, List<ClassPlan> plans, Optional<DeclarationEmitter.Source> changed, ReportFile file)
            throws IOException {
        Subject today = picked.suggestion().before().subject();
        StructLayout before = today.layout();
        Optional<Candidate> candidate = picked.candidate();
        boolean isClass = before.kind() == AggregateKind.CLASS;
        if (isClass && emission != Emission.JAVA && emission != Emission.LAYOUT) {
            throw new UsageException("--emit of a Java class takes java or layout");
        }
        if (isClass && emission == Emission.JAVA && candidate.isEmpty()) {
            throw new InputException(
                    before.spelling(), "", "no better layout was found, so there are no classes to emit");
        }
        EmittedDeclaration emitted = isClass && emission == Emission.JAVA && candidate.isPresent()
                ? new EmittedDeclaration(
                        HierarchySource.write(plans.get(picked.picked() - 1)), List.of(WITHOUT_METHODS))
                : DeclarationEmitter.of(
                        emission,
                        today,
                        candidate.map(one -> one.analysis().subject()).orElse(today),
                        picked.suggestion().before().machine().lineBytes().value(),
                        changed);
        if (candidate.isPresent()) {
            context.say("candidate " + picked.picked() + " of "
                    + picked.suggestion().candidates().size() + ", " + picked.why());
            picked.asks().forEach(context::say);
        } else {
            context.say(picked.nothing() + " This is today's layout.");
        }
        emitted.notes().forEach(context::say);
        if (emission == Emission.C && candidate.isPresent()) {
            for (String ask : picked.asks()) {
                file.writer().write("/* " + ask + " */\n");
            }
        }
        file.writer().write(emitted.text());
    }
}
