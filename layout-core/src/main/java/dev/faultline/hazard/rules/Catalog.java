package dev.faultline.hazard.rules;

import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.rules.jvm.ArrayLengthBesideElements;
import dev.faultline.hazard.rules.jvm.BrokenPadding;
import dev.faultline.hazard.rules.jvm.HeaderBesideHotField;
import dev.faultline.hazard.rules.jvm.InertContended;
import dev.faultline.hazard.rules.jvm.NeighbouringAtomics;
import dev.faultline.hazard.rules.jvm.PaddingAroundReference;
import java.util.List;
import java.util.Optional;

/** Every rule, sorted by id. */
public final class Catalog {

    /** All rules, sorted by id. */
    public static final List<HazardRule> RULES = List.of(
            new AdjacentLinePair(),
            new ArrayLengthBesideElements(),
            new ArrayNeighbours(),
            new BrokenGroup(),
            new BrokenPadding(),
            new CasLoopContention(),
            new EmbeddedStructSpill(),
            new ExcessPadding(),
            new HeaderBesideHotField(),
            new InertContended(),
            new LockBesideData(),
            new NeighbouringAtomics(),
            new NeighbouringStatics(),
            new PaddingAroundReference(),
            new ScatteredHotFields(),
            new SplitAtomic(),
            new StraddlingField(),
            new TrueSharing(),
            new UncertainPlacement(),
            new WastedPadding(),
            new WriterBesideReaders(),
            new WritersShareLine());

    private static final List<PairRule> PAIR_RULES = RULES.stream()
            .filter(PairRule.class::isInstance)
            .map(PairRule.class::cast)
            .toList();

    private Catalog() {}

    /** {@return the rule of that id} */
    public static Optional<HazardRule> byId(String id) {
        return RULES.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /** {@return whether the rule of that id reports pairs of fields that can share a line} */
    public static boolean isAboutPairs(String id) {
        return byId(id).filter(PairRule.class::isInstance).isPresent();
    }

    /** {@return the id of the rule that reports a pair; nothing when no {@link PairRule} does} */
    public static Optional<String> ruleOf(FieldPair pair) {
        return PAIR_RULES.stream()
                .filter(rule -> rule.reports(pair))
                .map(HazardRule::id)
                .findFirst();
    }

    /** {@return the ids, sorted} */
    public static List<String> ids() {
        return RULES.stream().map(HazardRule::id).toList();
    }
}
