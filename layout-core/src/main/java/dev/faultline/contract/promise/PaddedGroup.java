package dev.faultline.contract.promise;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.CachelineGroup;
import dev.faultline.layout.Slot;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A group that is declared aligned is held together. Such a group has a marker at the end of its padding ({@code
 * __cacheline_group_pad__NAME}): no field is between the group's end and that marker, and the group is on as few lines
 * as its bytes need.
 *
 * @param group the group
 */
public record PaddedGroup(String group) implements Promise {

    @Override
    public String name() {
        return "groups";
    }

    @Override
    public String words() {
        return "group " + group + ": aligned";
    }

    @Override
    public Optional<Violation> violation(PromiseContext context) {
        CachelineGroup marked = CachelineGroup.of(context.layout()).stream()
                .filter(one -> one.name().equals(group))
                .findFirst()
                .orElseThrow();
        Optional<ByteRange> bytes = GroupsApart.bytes(marked);
        OptionalLong pad = CachelineGroup.padEnd(context.layout(), group);
        if (bytes.isEmpty() || pad.isEmpty()) {
            return Optional.empty();
        }
        if (pad.getAsLong() > bytes.get().end()) {
            ByteRange padding = new ByteRange(bytes.get().end(), pad.getAsLong());
            for (Slot slot : context.layout().slots()) {
                if (slot instanceof Slot.Field field && field.bytes().overlaps(padding)) {
                    return Optional.of(Violation.of(
                            field.path() + " (" + PromiseTexts.bytes(field.bytes()) + ") is in the group's padding ("
                                    + PromiseTexts.bytes(padding) + ")",
                            List.of(field.path())));
                }
            }
        }
        return NoStraddle.straddling(WholeGroup.words(marked), List.of(), bytes.get(), context);
    }
}
