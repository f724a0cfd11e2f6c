package dev.faultline.contract.promise;

import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Placement;
import dev.faultline.machine.PlacementCount;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Nothing hot shares a line with these fields, which may be together. What is hot, {@link PromiseContext} says; what lies before and
 * behind the object in memory counts as hot unless objects start on a line.
 *
 * @param fields one or more, distinct
 */
public record Alone(List<String> fields) implements Promise {

    private static final int MOST_NAMED = 3;

    /** Refuses no fields and repeated ones. */
    public Alone {
        fields = PromiseTexts.distinct(fields, 1);
    }

    @Override
    public String name() {
        return "alone";
    }

    @Override
    public String words() {
        return "alone: " + PromiseTexts.names(fields);
    }

    @Override
    public Optional<Violation> breach(PromiseContext context) {
        List<FieldRef> party = fields.stream().map(context::field).toList();
        List<PromiseContext.Neighbour> intruders = context.hotBeside(party).stream()
                .filter(one -> isNear(one, party, context.lineBytes()))
                .filter(one -> !placements(context, party, List.of(one)).never())
                .toList();
        if (intruders.isEmpty()) {
            return Optional.empty();
        }
        List<String> named = intruders.stream()
                .limit(MOST_NAMED)
                .map(PromiseContext.Neighbour::words)
                .toList();
        int more = intruders.size() - named.size();
        String whom = PromiseTexts.and(
                more > 0
                        ? Stream.concat(named.stream(), Stream.of(more + " more"))
                                .toList()
                        : named);
        String who = PromiseTexts.and(party.stream().map(PromiseTexts::field).toList());
        return Optional.of(new Violation(
                who + (fields.size() == 1 ? " shares " : " share ") + "a " + context.lineBytes() + "-byte line with "
                        + whom,
                Stream.concat(
                                fields.stream(),
                                intruders.stream()
                                        .map(PromiseContext.Neighbour::path)
                                        .filter(path -> !path.isEmpty()))
                        .distinct()
                        .toList(),
                Optional.of(placements(context, party, intruders))));
    }

    /** Whether it is less than a line away from one of them: nothing else can be on a line with it. */
    private static boolean isNear(PromiseContext.Neighbour other, List<FieldRef> party, int line) {
        return party.stream()
                .anyMatch(member -> other.start() < member.bytes().end() + line
                        && member.bytes().start() < other.end() + line);
    }

    private static PlacementCount placements(
            PromiseContext context, List<FieldRef> party, List<PromiseContext.Neighbour> others) {
        int line = context.lineBytes();
        return context.placement()
                .count(
                        line,
                        residue -> party.stream()
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
