package dev.faultline.suggest.java;

import dev.faultline.access.AccessMap;
import dev.faultline.access.ElementPath;
import dev.faultline.access.FieldUse;
import dev.faultline.cost.Cost;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;
import dev.faultline.suggest.Figures;
import dev.faultline.suggest.cost.LayoutCostEvaluator;
import java.util.List;

/**
 * Computes the cost of a class for any field offsets. Field paths stay the same.
 *
 * @param layoutCosts costs of the workload
 */
record ClassCostEvaluator(LayoutCostEvaluator layoutCosts) {

    int lineBytes() {
        return layoutCosts.lineBytes();
    }

    Cost cost(Subject subject) {
        return layoutCosts.cost(fields(subject.layout()), subject.placement());
    }

    double nanosPerSecond(Subject subject) {
        return cost(subject).nanosPerSecond(layoutCosts.workload());
    }

    Figures figures(Subject subject) {
        return layoutCosts.figures(fields(subject.layout()), subject.layout().byteSize(), subject.placement());
    }

    /** {@return the fields of the workload at their offsets in a layout} */
    List<FieldRef> fields(StructLayout layout) {
        return layoutCosts.workload().fields().stream()
                .map(field -> moved(field, layout))
                .toList();
    }

    /** {@return the same uses of the fields at their offsets in a layout} */
    static AccessMap moved(AccessMap access, StructLayout layout) {
        List<FieldUse> uses = access.uses().stream()
                .map(use -> use.withField(moved(use.field(), layout)))
                .toList();
        return access.withUses(uses);
    }

    private static FieldRef moved(FieldRef field, StructLayout layout) {
        return ElementPath.field(layout, field.path())
                .orElseThrow(() -> new IllegalStateException(layout.spelling() + " lost its field " + field.path()));
    }
}
