package dev.faultline.contract.promise;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Placement;
import dev.faultline.machine.PlacementCount;
import java.util.List;
import java.util.Optional;

/**
 * A field is on one line; one that is larger than a line, on as few as its bytes need.
 *
 * @param field the field
 */
public record NoStraddle(String field) implements Promise {
    /** Refuses a blank name. */
    public NoStraddle {
        PromiseTexts.distinct(List.of(field), 1);
    }

    @Override
    public String name() {
        return "no-straddle";
    }

    @Override
    public String words() {
        return "no-straddle: " + field;
    }

    @Override
    public List<String> fields() {
        return List.of(field);
    }

    @Override
    public Optional<Violation> breach(PromiseContext context) {
        FieldRef ref = context.field(field);
        return straddling(PromiseTexts.field(ref), List.of(field), ref.bytes(), context);
    }

    /** {@return in how many placements a range is on more lines than its bytes need, in words} */
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
                        what + " is on " + (needed + 1) + " lines of " + line + " bytes, needs " + needed,
                        fields,
                        Optional.of(more)));
    }
}
