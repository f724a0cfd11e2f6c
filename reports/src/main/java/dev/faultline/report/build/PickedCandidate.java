package dev.faultline.report.build;

import dev.faultline.access.FieldActivity;
import dev.faultline.analysis.Analysis;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A suggestion and the one of its candidates that is shown in detail. */
public final class PickedCandidate {

    private final Suggestion suggestion;
    private final int picked;
    private final boolean isAsked;

    /**
     * Picks a candidate.
     *
     * @param suggestion what was found
     * @param pick its number, counted from 1; without one, the cheapest that is no larger than today's layout and needs
     *     no alignment to a line, or else the cheapest
     * @throws IllegalArgumentException when there is no such candidate
     */
    public PickedCandidate(Suggestion suggestion, OptionalInt pick) {
        this.suggestion = suggestion;
        this.isAsked = pick.isPresent();
        if (isAsked
                && (pick.getAsInt() < 1
                        || pick.getAsInt() > suggestion.candidates().size())) {
            throw new IllegalArgumentException("no candidate " + pick.getAsInt() + ": there "
                    + (suggestion.candidates().size() == 1
                            ? "is 1"
                            : "are " + suggestion.candidates().size()));
        }
        this.picked = pick.orElseGet(() -> usual(suggestion));
    }

    private static int usual(Suggestion suggestion) {
        List<Candidate> candidates = suggestion.candidates();
        for (int i = 0; i < candidates.size(); i++) {
            Candidate one = candidates.get(i);
            boolean cheaper =
                    one.figures().nanosPerSecond() <= suggestion.today().nanosPerSecond();
            boolean larger = one.figures().byteSize() > suggestion.today().byteSize();
            if (cheaper && !larger && !one.needsLineAlignment()) {
                return i + 1;
            }
        }
        return Math.min(1, candidates.size());
    }

    /** {@return what was found} */
    public Suggestion suggestion() {
        return suggestion;
    }

    /** {@return the number of the candidate that is shown in detail, from 1; 0 when there is none} */
    public int picked() {
        return picked;
    }

    /** {@return the candidate; nothing when there is none} */
    public Optional<Candidate> candidate() {
        return picked == 0
                ? Optional.empty()
                : Optional.of(suggestion.candidates().get(picked - 1));
    }

    /** {@return why this one is shown in detail} */
    public String why() {
        if (isAsked) {
            return "picked";
        }
        Candidate one = candidate().orElseThrow();
        boolean larger = one.figures().byteSize() > suggestion.today().byteSize();
        return larger || one.needsLineAlignment()
                ? suggestion.before().access().isPriced()
                        ? "the cheapest; all that cost less than today's are larger or need alignment"
                        : "the best; all that keep apart what today's layout does not are larger"
                : "the cheapest that is no larger than today's" + (picked == 1 ? "" : " and needs no alignment");
    }

    /** {@return what the candidate needs changed outside the struct, a line each} */
    public List<String> asks() {
        Candidate one = candidate().orElseThrow();
        List<String> asks = new ArrayList<>();
        for (String path : one.opened()) {
            String type = one.layout()
                    .resolve(path)
                    .map(field -> field.type().spelling())
                    .orElse(path);
            asks.add("changes " + type + ", and so every struct that embeds it; --whole looks for layouts that do not");
        }
        if (one.needsLineAlignment()) {
            asks.add(
                    "objects must be allocated at the start of a line (aligned_alloc, or alignas on the variable), which"
                            + " today's need not; --no-align asks for none");
        }
        return asks;
    }

    /** {@return the result when there is no candidate} */
    public String nothing() {
        if (!suggestion.before().access().isPriced()) {
            Optional<Finding> open = unrepaired();
            if (open.isPresent()) {
                return "No layout repairs " + open.get().rule() + " of "
                        + open.get().fields().get(0) + ". What does: "
                        + open.get().advice() + ".";
            }
            return "Nothing to win: today's layout keeps apart what the code shows to be used by different threads, or"
                    + " no layout does it better.";
        }
        if (suggestion.todayIsOptimal()) {
            return "Nothing to win: today's layout is optimal for the model.";
        }
        if (!suggestion.unrepaired().isEmpty()) {
            Finding first = suggestion.unrepaired().get(0).finding();
            return "No better layout was found by the search or by the repairs that the findings advise. "
                    + first.rule() + " of " + first.fields().get(0) + " remains: "
                    + suggestion.unrepaired().get(0).reason() + ".";
        }
        if (!suggestion.today().isModelClose()) {
            return "Nothing better was found by the search or by the repairs that the findings advise. The lower bound"
                    + " leaves out queues, which matter here, so nothing is proved; --effort high looks further.";
        }
        return "Nothing better was found. No layout is cheaper than today's by more than "
                + SuggestionDocument.percent(suggestion.certificate().gap()) + "; --effort high looks further.";
    }

    /** {@return the first error or warning of today's layout, which stays when there is no candidate} */
    private Optional<Finding> unrepaired() {
        return suggestion.before().findings().stream()
                .filter(finding -> finding.severity() != Severity.INFO
                        && !finding.fields().isEmpty()
                        && !finding.advice().isEmpty())
                .findFirst();
    }

    /** {@return what limits the trust in the numbers; JSON holds these sentences too} */
    public List<String> caveats() {
        Analysis before = suggestion.before();
        List<String> caveats = new ArrayList<>();
        if (before.access().uses().isEmpty()) {
            caveats.add("No access is known: there is no profile, and field types tell nothing. A layout can only save"
                    + " bytes; --profile FILE says who uses which field.");
            return caveats;
        }
        if (!before.access().isPriced()) {
            caveats.add(
                    "How often each operation runs is not known, so no costs are told. A candidate separates what the"
                            + " code shows to be used by different threads."
                            + (before.subject().form().isPresent()
                                    ? " It may give up padding that only code needs which was not seen."
                                    : ""));
        } else if (!before.access().certainty().isOfProfile()) {
            caveats.add("Accesses are guessed from field types, and rates are assumed: the figures rank the layouts at"
                    + " best. --profile FILE says who uses which field.");
        } else if (before.breakdown().map(CostBreakdown::assumedRates).orElse(false)) {
            caveats.add("Some rates are assumed, since the profile states none.");
        }
        boolean isWrittenBehind = unrepaired().isPresent(); // as the elements of an array are
        if (!isWrittenBehind && before.access().activities().stream().noneMatch(FieldActivity::isWritten)) {
            caveats.add("No role writes, so no CPU takes a line from another. A layout can only save lines.");
        }
        if (suggestion.today().cpus() > before.machine().cpus().value()) {
            caveats.add("The cost is the CPU time that would be lost if every operation were done as often as the"
                    + " profile says. That needs more CPUs than the machine has, so fewer operations will be done.");
        }
        if (!suggestion.todayFits()) {
            caveats.add("Today's layout breaks the constraints, so candidates may cost more than it does.");
        }
        return caveats;
    }
}
