package dev.faultline.contract.promise;

import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Placement;
import dev.faultline.machine.PlacementCount;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * No hot field shares a line with these fields, which may share lines with each other. {@link PromiseContext} defines
 * hot fields; the memory before and after the object counts as hot unless objects start on a line.
 *
 * @param fields one or more, distinct
 */
public record Alone(List<String> fields) implements Promise {

    private static final int MOST_NAMED = 3;

    public Alone {
        fields = PromiseTexts.distinct(fields, 1);
    }

    @Override
    public String name() {
        return "alone";
    }

    @Override
    public Optional<Violation> violation(PromiseContext context) {
        List<FieldRef> members = fields.stream().map(context::field).toList();
        List<PromiseContext.Neighbour> neighbours = context.hotBeside(members).stream()
                .filter(one -> isNear(one, members, context.lineBytes()))
                .filter(one -> !placements(context, members, List.of(one)).never())
                .toList();
        if (neighbours.isEmpty()) {
            return Optional.empty();
        }
        List<String> named = neighbours.stream()
                .limit(MOST_NAMED)
                .map(PromiseContext.Neighbour::words)
                .toList();
        int more = neighbours.size() - named.size();
        String whom = PromiseTexts.and(
                more > 0
                        ? Stream.concat(named.stream(), Stream.of(more + " more"))
                                .toList()
                        : named);
        String who = PromiseTexts.and(members.stream().map(PromiseTexts::field).toList());
        return Optional.of(new Violation(
                who + (fields.size() == 1 ? " shares " : " share ") + "a " + context.lineBytes() + "-byte line with "
                        + whom,
                Stream.concat(
                                fields.stream(),
                                neighbours.stream()
                                        .map(PromiseContext.Neighbour::path)
                                        .filter(path -> !path.isEmpty()))
                        .distinct()
                        .toList(),
                Optional.of(placements(context, members, neighbours))));
    }

    /** Whether a neighbour is less than a line away from one of the fields; others cannot share a line with them. */
    private static boolean isNear(PromiseContext.Neighbour other, List<FieldRef> members, int line) {
        return members.stream()
                .anyMatch(member -> other.start() < member.bytes().end() + line
                        && member.bytes().start() < other.end() + line);
    }

    private static PlacementCount placements(
            PromiseContext context, List<FieldRef> members, List<PromiseContext.Neighbour> others) {
        int line = context.lineBytes();
        return context.placement()
                .count(
                        line,
                        residue -> members.stream()
                                .anyMatch(member ->
                                        others.stream().anyMatch(other -> meet(member, other, residue, line))));
    }

    private static boolean meet(FieldRef member, PromiseContext.Neighbour other, long residue, int line) {
        long first = Placement.blockOf(member.bytes().start(), residue, line);
        long last = Placement.blockOf(member.bytes().end() - 1, residue, line);
        return Placement.blockOf(other.start(), residue, line) <= last
                && first <= Placement.blockOf(other.end() - 1, residue, line);
    }
}
