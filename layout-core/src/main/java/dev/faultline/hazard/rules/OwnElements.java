package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.access.Elements;
import dev.faultline.access.code.CodeAccess;
import dev.faultline.access.code.CodeOperation;
import dev.faultline.access.code.CodeOperation.Reached;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Structs that are the elements of an array of which, by the code, each thread writes its own: {@code
 * counters[thread].hits++}.
 */
final class OwnElements {

    /** As many elements as any pattern of lines takes to repeat. */
    private static final int MOST = 1 << 10;

    private OwnElements() {}

    /** A field that each thread writes in its own element. */
    private record Write(CodeOperation operation, Reached reached, FieldRef field) {}

    /** {@return the finding on a struct; none where there is no code, or its elements share no line} */
    static Optional<Finding> finding(ArrayNeighbours rule, RuleContext context) {
        List<Write> writes = context.code().map(code -> writes(code, context)).orElse(List.of());
        long stride = context.layout().byteSize();
        if (writes.isEmpty() || stride == 0) {
            return Optional.empty();
        }
        long start = Long.MAX_VALUE;
        long end = 0;
        List<String> paths = new ArrayList<>();
        for (Write write : writes) {
            start = Math.min(start, write.field().bytes().start());
            end = Math.max(end, write.field().bytes().end());
            if (!paths.contains(write.field().path())) {
                paths.add(write.field().path());
            }
        }
        ByteRange used = ByteRange.ofSize(start, end - start);
        PlacementCount placements = ArrayNeighbours.neighbours(
                context, used, Elements.of(Elements.Choice.OWN, MOST, stride, used.byteSize()));
        if (placements.never()) {
            return Optional.empty();
        }
        Write first = writes.get(0);
        int line = context.lineBytes();
        return Optional.of(context.finding(rule)
                .severity(Severity.WARNING)
                .certainty(Certainty.FROM_CODE)
                .placements(placements)
                .fields(paths)
                .message("elements of an array of " + context.layout().spelling() + " are " + stride
                        + " bytes apart, so neighbours share a cache line" + placements.phrase() + "; `"
                        + first.operation().name() + "` writes "
                        + first.reached().path()
                        + " of the one whose index depends on the thread ("
                        + first.reached().effect().place().words() + ")")
                .advice("make the stride a multiple of " + line + " (" + (stride + line - 1) / line * line
                        + " bytes) and start the array on a line, or give each thread a block of its own")
                .build());
    }

    private static List<Write> writes(CodeAccess code, RuleContext context) {
        List<Write> writes = new ArrayList<>();
        for (CodeOperation operation : code.operations()) {
            for (Reached reached : operation.effects()) {
                boolean isOwn = operation.isHot()
                        && reached.isOwnElement()
                        && reached.effect().isOnField()
                        && !reached.path().contains("[own]")
                        && reached.effect().kind().writes()
                        && !reached.effect().locked()
                        && !code.quiet().contains(reached.path());
                if (isOwn) {
                    context.layout()
                            .resolve(reached.path())
                            .ifPresent(field -> writes.add(new Write(operation, reached, field)));
                }
            }
        }
        return writes;
    }
}
