package dev.faultline.cli.command;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.bench.layout.LayoutSuite;
import dev.faultline.cli.option.ConstraintOptions;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.run.AnalysisOptions;
import dev.faultline.cli.run.Selection;
import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassOutline;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.ObjectShape;
import dev.faultline.suggest.Suggestion;
import dev.faultline.suggest.java.ClassPlan;
import dev.faultline.suggest.java.ClassSuggester;
import dev.faultline.suggest.java.ClassSuggestion;
import dev.faultline.suggest.struct.Suggester;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Looks for better layouts, of structs and of Java classes; the same search for every command. */
final class SuggestionSearch {

    private SuggestionSearch() {}

    /**
     * What was found.
     *
     * @param suggestion the candidates
     * @param outline the class, when it is one
     * @param plans for a class the chain of classes that gives each candidate's layout
     */
    record Found(Suggestion suggestion, Optional<ClassOutline> outline, List<ClassPlan> plans) {
        Found {
            Objects.requireNonNull(suggestion);
            Objects.requireNonNull(outline);
            plans = List.copyOf(plans);
        }

        /**
         * {@return today's layout and candidates, as they are measured}
         *
         * @param name the name of the layout as typed
         * @param numbers numbers of candidates, from 1
         */
        List<LayoutSuite.Contender> contenders(String name, List<Integer> numbers) {
            List<LayoutSuite.Contender> contenders = new ArrayList<>();
            contenders.add(contender(name, suggestion.before(), outline.map(ClassOutline::shape)));
            for (int number : numbers) {
                contenders.add(contender(
                        name + " candidate " + number,
                        suggestion.candidates().get(number - 1).analysis(),
                        outline.map(one -> one.shape(plans.get(number - 1).tiers()))));
            }
            return contenders;
        }

        private static LayoutSuite.Contender contender(String name, Analysis analysis, Optional<ObjectShape> shape) {
            Subject subject = analysis.subject();
            return new LayoutSuite.Contender(name, subject.layout(), subject.placement(), analysis.access(), shape);
        }
    }

    /**
     * Searches.
     *
     * @param selected the struct or class, with its source
     * @param subject the same with its profile and placement
     * @param options how structs are analysed
     * @param constraints what must not change
     * @return the candidates
     * @throws InputException when it cannot be rearranged
     * @throws UsageException when the constraints are none of classes
     */
    static Found search(
            Selection.Selected selected, Subject subject, AnalysisOptions options, ConstraintOptions constraints) {
        Analyzer analyzer = options.analyzer();
        if (selected.source() instanceof ClassSource classes && subject.layout().kind() == AggregateKind.CLASS) {
            if (!constraints.constraints().equals(new ConstraintOptions().constraints())) {
                throw new UsageException(
                        "a Java VM places fields itself: --pin, --keep and the other constraints are for structs");
            }
            ClassOutline outline = classes.outline(subject.layout().name());
            ClassSuggestion found =
                    new ClassSuggester(analyzer, constraints.effort).suggest(outline, subject, List.of());
            return new Found(found.suggestion(), Optional.of(outline), found.plans());
        }
        if (subject.layout().fields().stream().anyMatch(field -> field.path().startsWith("("))) { // a header
            throw new InputException(
                    subject.layout().spelling(), "", "its VM places the fields; name the class file or jar of a class");
        }
        Suggestion found = new Suggester(analyzer, constraints.effort).suggest(subject, constraints.constraints());
        return new Found(found, Optional.empty(), List.of());
    }
}
