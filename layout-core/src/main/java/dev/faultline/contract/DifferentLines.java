package dev.faultline.contract;

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
    /** Refuses less than two fields and repeated ones. */
    public DifferentLines {
        fields = Words.distinct(fields, 2);
    }

    @Override
    public String name() {
        return "different-lines";
    }

    @Override
    public String words() {
        return "different-lines: " + Words.names(fields);
    }

    @Override
    public Optional<Breach> breach(Ground ground) {
        for (int i = 0; i < fields.size(); i++) {
            FieldRef one = ground.field(fields.get(i));
            for (String later : fields.subList(i + 1, fields.size())) {
                FieldRef other = ground.field(later);
                PlacementCount together = ground.placement().meeting(one.bytes(), other.bytes(), ground.lineBytes());
                if (!together.never()) {
                    return Optional.of(new Breach(
                            Words.field(one) + " and " + Words.field(other) + " share a " + ground.lineBytes()
                                    + "-byte line",
                            List.of(one.path(), other.path()),
                            Optional.of(together)));
                }
            }
        }
        return Optional.empty();
    }
}
