package dev.faultline.suggest.java;

import dev.faultline.access.AccessMap;
import dev.faultline.access.FieldUse;
import dev.faultline.cost.Cost;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;
import dev.faultline.suggest.Figures;
import dev.faultline.suggest.cost.LayoutCostEvaluator;
import java.util.List;

/**
 * What a class costs wherever its fields are put. Their paths stay the same.
 *
 * @param evaluator who touches what
 */
record ClassCostEvaluator(LayoutCostEvaluator evaluator) {

    int lineBytes() {
        return evaluator.lineBytes();
    }

    Cost cost(Subject subject) {
        return evaluator.cost(fields(subject.layout()), subject.placement());
    }

    double nanosPerSecond(Subject subject) {
        return cost(subject).nanosPerSecond(evaluator.workload());
    }

    Figures figures(Subject subject) {
        return evaluator.figures(fields(subject.layout()), subject.layout().byteSize(), subject.placement());
    }

    /** {@return the fields of the workload where a layout has them} */
    List<FieldRef> fields(StructLayout layout) {
        return evaluator.workload().fields().stream()
                .map(field -> moved(field, layout))
                .toList();
    }

    /** {@return the uses of the fields where a layout has them} */
    static AccessMap moved(AccessMap access, StructLayout layout) {
        List<FieldUse> uses = access.uses().stream()
                .map(use -> new FieldUse(
                        moved(use.field(), layout),
                        use.kind(),
                        use.role(),
                        use.operation(),
                        use.position(),
                        use.ratePerSecond(),
                        use.gapNanos(),
                        use.ownElement(),
                        use.certainty()))
                .toList();
        return new AccessMap(access.certainty(), access.source(), uses, access.phases());
    }

    private static FieldRef moved(FieldRef field, StructLayout layout) {
        return layout.resolve(field.path())
                .orElseThrow(() -> new IllegalStateException(layout.spelling() + " lost its field " + field.path()));
    }
}
