package dev.faultline.contract.promise;

import dev.faultline.layout.FieldRef;
import dev.faultline.machine.PlacementCount;
import java.util.List;
import java.util.Optional;

/**
 * A field starts at the start of a line.
 *
 * @param field the field
 */
public record LineAligned(String field) implements Promise {
    public LineAligned {
        PromiseTexts.distinct(List.of(field), 1);
    }

    @Override
    public String name() {
        return "line-aligned";
    }

    @Override
    public List<String> fields() {
        return List.of(field);
    }

    @Override
    public Optional<Violation> violation(PromiseContext context) {
        FieldRef ref = context.field(field);
        int line = context.lineBytes();
        PlacementCount off = context.placement()
                .count(line, residue -> (residue + ref.bytes().start()) % line != 0);
        return off.never()
                ? Optional.empty()
                : Optional.of(new Violation(
                        PromiseTexts.field(ref) + " is not at the start of a " + line + "-byte line",
                        List.of(field),
                        Optional.of(off)));
    }
}
