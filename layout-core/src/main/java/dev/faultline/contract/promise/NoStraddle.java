package dev.faultline.contract.promise;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Placement;
import dev.faultline.machine.PlacementCount;
import java.util.List;
import java.util.Optional;

/**
 * A field is on one line or, if it is larger than a line, on as few lines as its bytes need.
 *
 * @param field the field
 */
public record NoStraddle(String field) implements Promise {
    public NoStraddle {
        PromiseTexts.distinct(List.of(field), 1);
    }

    @Override
    public String name() {
        return "no-straddle";
    }

    @Override
    public List<String> fields() {
        return List.of(field);
    }

    @Override
    public Optional<Violation> violation(PromiseContext context) {
        FieldRef ref = context.field(field);
        return straddling(PromiseTexts.field(ref), List.of(field), ref.bytes(), context);
    }

    /** {@return the placements in which a range is on more lines than its bytes need; empty when there are none} */
    static Optional<Violation> straddling(String what, List<String> fields, ByteRange range, PromiseContext context) {
        int line = context.lineBytes();
        long needed = (range.byteSize() + line - 1) / line;
        PlacementCount more = context.placement()
                .count(
                        line,
                        residue -> Placement.blockOf(range.end() - 1, residue, line)
                                        - Placement.blockOf(range.start(), residue, line)
                                >= needed);
        return more.never()
                ? Optional.empty()
                : Optional.of(new Violation(
                        what + " is on " + (needed + 1) + " lines of " + line + " bytes instead of " + needed,
                        fields,
                        Optional.of(more)));
    }
}
