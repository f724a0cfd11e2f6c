package dev.faultline.contract.promise;

import dev.faultline.input.Nearest;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.CachelineGroup;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.Slot;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Fields that are next to each other. In a struct with cache-line group markers of that name, the members are between
 * the markers, other fields may be there too, and the size is that of all bytes between the markers, as the kernel's
 * {@code CACHELINE_ASSERT_GROUP_MEMBER} and {@code CACHELINE_ASSERT_GROUP_SIZE} assert. Without markers, only members,
 * holes and padding are between the first and the last member.
 *
 * @param group name of the group
 * @param fields its members, distinct; may be empty when there are markers
 * @param maxBytes the most bytes from its first to its last byte, when that is limited
 */
public record Group(String group, List<String> fields, OptionalLong maxBytes) implements Promise {
    public Group {
        Objects.requireNonNull(group);
        fields = fields.isEmpty() ? List.of() : PromiseTexts.distinct(fields, 1);
        if (fields.isEmpty() && maxBytes.isEmpty()) {
            throw new IllegalArgumentException("a group without members and without max-bytes promises nothing");
        }
        if (maxBytes.isPresent() && maxBytes.getAsLong() < 1) {
            throw new IllegalArgumentException("expected max-bytes of at least 1, found " + maxBytes.getAsLong());
        }
    }

    @Override
    public String name() {
        return "group";
    }

    @Override
    public String words() {
        return "group: {name: " + group
                + (fields.isEmpty() ? "" : ", members: [" + String.join(", ", fields) + "]")
                + (maxBytes.isEmpty() ? "" : ", max-bytes: " + maxBytes.getAsLong()) + "}";
    }

    @Override
    public boolean isAboutLines() {
        return false;
    }

    @Override
    public Optional<String> obstacle(PromiseContext context) {
        List<String> marked = CachelineGroup.of(context.layout()).stream()
                .map(CachelineGroup::name)
                .toList();
        return fields.isEmpty() && !marked.contains(group)
                ? Optional.of(context.layout().spelling() + " has no markers of a group " + group
                        + Nearest.hint(group, marked) + ", and no members are named")
                : Optional.empty();
    }

    @Override
    public Optional<Violation> violation(PromiseContext context) {
        Optional<CachelineGroup> marked = CachelineGroup.of(context.layout()).stream()
                .filter(one -> one.name().equals(group))
                .findFirst();
        return marked.isPresent() ? violation(context, marked.get()) : unmarked(context);
    }

    private Optional<Violation> violation(PromiseContext context, CachelineGroup marked) {
        if (!marked.isWhole()) {
            return Optional.of(Violation.of(WholeGroup.missing(marked), List.of()));
        }
        for (String field : fields) {
            FieldRef ref = context.field(field);
            if (!marked.holds(ref.bytes())) {
                return Optional.of(Violation.of(
                        PromiseTexts.field(ref) + " is not between the group's markers at bytes "
                                + marked.beginOffset().orElseThrow() + " and "
                                + marked.endOffset().orElseThrow(),
                        List.of(field)));
            }
        }
        return tooLong(marked.endOffset().orElseThrow() - marked.beginOffset().orElseThrow());
    }

    private Optional<Violation> unmarked(PromiseContext context) {
        List<FieldRef> members = fields.stream().map(context::field).toList();
        ByteRange span = new ByteRange(
                members.stream().mapToLong(field -> field.bytes().start()).min().orElseThrow(),
                members.stream().mapToLong(field -> field.bytes().end()).max().orElseThrow());
        for (Slot slot : context.layout().slots()) {
            if (slot instanceof Slot.Field field
                    && field.bytes().overlaps(span)
                    && !field.isPadding()
                    && members.stream().noneMatch(member -> member.bytes().overlaps(field.bytes()))) {
                return Optional.of(Violation.of(
                        field.path() + " (" + PromiseTexts.bytes(field.bytes()) + ") is between the group's members ("
                                + PromiseTexts.bytes(span) + ")",
                        List.of(field.path())));
            }
        }
        return tooLong(span.byteSize());
    }

    private Optional<Violation> tooLong(long bytes) {
        return maxBytes.isPresent() && bytes > maxBytes.getAsLong()
                ? Optional.of(Violation.of(MaxSize.tooLarge("the group", bytes, maxBytes.getAsLong()), fields))
                : Optional.empty();
    }
}
