package dev.faultline.compare;

import dev.faultline.access.Certainty;
import dev.faultline.analysis.Analysis;
import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.RuleContext;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One of the two layouts, with its fields under the names both sides know them by: the new ones, and of what is gone the old.
 */
final class ComparedLayout {

    private final Analysis analysis;
    private final RuleContext examination;
    private final UnaryOperator<String> names;
    private final UnaryOperator<String> paths;
    private final Map<String, List<FieldPair>> crowds = new LinkedHashMap<>();
    private final Set<String> fought = new HashSet<>();

    /**
     * A side.
     *
     * @param analysis what was found about it
     * @param examination what was looked at
     * @param names the name both sides know a path of it by
     * @param paths its own path for such a name
     */
    ComparedLayout(
            Analysis analysis, RuleContext examination, UnaryOperator<String> names, UnaryOperator<String> paths) {
        this.analysis = analysis;
        this.examination = examination;
        this.names = names;
        this.paths = paths;
        for (FieldPair meeting : examination.meetings()) {
            crowds.computeIfAbsent(culprit(meeting), any -> new ArrayList<>()).add(meeting);
            fought.add(culprit(meeting));
            fought.add(victim(meeting));
        }
    }

    Analysis analysis() {
        return analysis;
    }

    RuleContext examination() {
        return examination;
    }

    Subject subject() {
        return analysis.subject();
    }

    StructLayout layout() {
        return examination.layout();
    }

    Placement placement() {
        return examination.placement();
    }

    int lineBytes() {
        return examination.lineBytes();
    }

    boolean isDeclared() {
        return examination.access().certainty() == Certainty.DECLARED;
    }

    /** {@return the name both sides know a path of this layout by} */
    String name(String path) {
        return names.apply(path);
    }

    /** {@return the field that both sides know by a name, if this layout has it} */
    Optional<FieldRef> find(String name) {
        return layout().resolve(paths.apply(name));
    }

    String culprit(FieldPair meeting) {
        return name(meeting.culprit().field().path());
    }

    String victim(FieldPair meeting) {
        return name(meeting.victim().field().path());
    }

    /** {@return the written fields that can meet others, with whom} */
    Map<String, List<FieldPair>> crowds() {
        return crowds;
    }

    /** {@return whom a written field can meet} */
    List<FieldPair> crowd(String culprit) {
        return crowds.getOrDefault(culprit, List.of());
    }

    /** {@return the fields that some written field can meet, or that are written and can meet some} */
    Set<String> fought() {
        return fought;
    }

    /** {@return whether objects have their lines for themselves} */
    boolean isAlone() {
        return placement().baseAlignment() >= lineBytes();
    }

    boolean isWritten() {
        return examination.access().activities().stream().anyMatch(activity -> activity.isWritten());
    }

    /**
     * How many of a culprit's victims are on its line.
     *
     * @param crowd the culprit with its victims
     * @param placement where to look
     * @param counted which victims count, by name
     * @return the number in each placement
     */
    int[] company(List<FieldPair> crowd, Placement placement, Predicate<String> counted) {
        int[] company = new int[placement.residues(lineBytes())];
        for (FieldPair meeting : crowd) {
            if (counted.test(victim(meeting))) {
                for (int i = 0; i < company.length; i++) {
                    company[i] += meets(meeting, i * placement.baseAlignment()) ? 1 : 0;
                }
            }
        }
        return company;
    }

    private boolean meets(FieldPair meeting, long residue) {
        return Placement.meet(
                meeting.culprit().field().bytes(), meeting.victim().field().bytes(), residue, lineBytes());
    }
}
