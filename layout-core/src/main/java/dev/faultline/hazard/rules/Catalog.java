package dev.faultline.hazard.rules;

import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.HazardRule;
import java.util.List;
import java.util.Optional;

/** Every rule, sorted by id. Nothing is found by scanning. */
public final class Catalog {

    /** All rules, sorted by id. */
    public static final List<HazardRule> RULES = List.of(
            new AdjacentLinePair(),
            new ArrayNeighbours(),
            new BrokenGroup(),
            new CasLoopContention(),
            new EmbeddedStructSpill(),
            new ExcessPadding(),
            new LockBesideData(),
            new ScatteredHotFields(),
            new SplitAtomic(),
            new StraddlingField(),
            new TrueSharing(),
            new UncertainPlacement(),
            new WastedPadding(),
            new WriterBesideReaders(),
            new WritersShareLine());

    private Catalog() {}

    /** {@return the rule of that id} */
    public static Optional<HazardRule> byId(String id) {
        return RULES.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /** {@return the id of the rule whose matter it is that two fields can share a line; none of what is no rule's matter} */
    public static Optional<String> ruleOf(FieldPair meeting) {
        return PairFindings.ruleOf(meeting);
    }

    /** {@return the ids, sorted} */
    public static List<String> ids() {
        return RULES.stream().map(HazardRule::id).toList();
    }
}
