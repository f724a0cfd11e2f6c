package dev.faultline.contract.promise;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.PlacementCount;
import java.util.List;
import java.util.Optional;

/**
 * All bytes of these fields are on one line.
 *
 * @param fields two or more, distinct
 */
public record SameLine(List<String> fields) implements Promise {
    public SameLine {
        fields = PromiseTexts.distinct(fields, 2);
    }

    @Override
    public String name() {
        return "same-line";
    }

    @Override
    public Optional<Violation> violation(PromiseContext context) {
        List<FieldRef> members = fields.stream().map(context::field).toList();
        long start =
                members.stream().mapToLong(field -> field.bytes().start()).min().orElseThrow();
        long end =
                members.stream().mapToLong(field -> field.bytes().end()).max().orElseThrow();
        PlacementCount apart = context.placement().straddling(new ByteRange(start, end), context.lineBytes());
        return apart.never()
                ? Optional.empty()
                : Optional.of(new Violation(
                        PromiseTexts.and(members.stream()
                                        .map(PromiseTexts::field)
                                        .toList()) + " are not on one " + context.lineBytes() + "-byte line",
                        fields,
                        Optional.of(apart)));
    }
}
