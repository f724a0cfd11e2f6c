package dev.faultline.contract.promise;

import dev.faultline.layout.FieldRef;
import dev.faultline.machine.PlacementCount;
import java.util.List;
import java.util.Optional;

/**
 * No two of these fields share a line.
 *
 * @param fields two or more, distinct
 */
public record DifferentLines(List<String> fields) implements Promise {
    public DifferentLines {
        fields = PromiseTexts.distinct(fields, 2);
    }

    @Override
    public String name() {
        return "different-lines";
    }

    @Override
    public Optional<Violation> violation(PromiseContext context) {
        for (int i = 0; i < fields.size(); i++) {
            FieldRef one = context.field(fields.get(i));
            for (String later : fields.subList(i + 1, fields.size())) {
                FieldRef other = context.field(later);
                PlacementCount together = context.placement().meeting(one.bytes(), other.bytes(), context.lineBytes());
                if (!together.never()) {
                    return Optional.of(new Violation(
                            PromiseTexts.field(one) + " and " + PromiseTexts.field(other) + " share a "
                                    + context.lineBytes() + "-byte line",
                            List.of(one.path(), other.path()),
                            Optional.of(together)));
                }
            }
        }
        return Optional.empty();
    }
}
