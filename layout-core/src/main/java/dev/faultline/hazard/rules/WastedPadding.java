package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.Member;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds holes that another order of the members wins back. Silent where a hole may be there on purpose: in front of a
 * member on a line start, in a struct aligned to lines, a long one in a struct with written fields, and wherever group
 * markers keep members together.
 */
@Hazard(summary = "holes that another order of the fields wins back", severity = Severity.INFO)
public final class WastedPadding implements HazardRule {

    private static final int LEAST_PROTECTIVE_BYTES = 16;

    /** The rule; it has no state. */
    public WastedPadding() {}

    /** Members that must stay together: one member, or the bit-fields of one run. */
    private record Block(long byteSize, long byteAlignment) {}

    @Override
    public List<Finding> examine(RuleContext examination) {
        StructLayout layout = examination.layout();
        if (layout.kind() != AggregateKind.STRUCT || layout.members().size() < 3) {
            return List.of();
        }
        long unused = 0;
        boolean written = !examination.access().activities().isEmpty();
        for (Slot slot : layout.slots()) {
            boolean own = slot instanceof Slot.Hole hole && hole.owner().isEmpty()
                    || slot instanceof Slot.Padding padding && padding.owner().isEmpty();
            if (own && slot.bits().isEmpty()) {
                boolean toALine = slot.bytes().end() % examination.lineBytes() == 0;
                if (toALine || written && slot.byteSize() >= LEAST_PROTECTIVE_BYTES) {
                    return List.of();
                }
                unused += slot.byteSize();
            }
        }
        if (unused == 0 || layout.byteAlignment() >= examination.lineBytes() || hasMarkers(layout)) {
            return List.of();
        }
        long possible = repackedByteSize(layout);
        if (possible >= layout.byteSize()) {
            return List.of();
        }
        return List.of(new Finding(
                id(),
                hazard().severity(),
                List.of(),
                layout.spelling() + " of " + layout.byteSize() + " bytes could be " + possible + "; " + unused
                        + " bytes are holes and padding",
                "order the fields by falling alignment: saves " + (layout.byteSize() - possible)
                        + " bytes an object; check who shares a line afterwards",
                Certainty.DECLARED_BY_TYPE,
                Optional.empty(),
                Optional.empty()));
    }

    /** Zero-size members mark groups or line starts; what they promise is not for this rule to break. */
    private static boolean hasMarkers(StructLayout layout) {
        List<Member> members = layout.members();
        for (int i = 0; i < members.size() - 1; i++) {
            if (members.get(i).type().byteSize() == 0) {
                return true;
            }
        }
        return false;
    }

    /** First member first, then by falling alignment: C types leave no hole in that order. */
    private static long repackedByteSize(StructLayout layout) {
        List<Block> blocks = blocks(layout);
        List<Block> rest = new ArrayList<>(blocks.subList(1, blocks.size()));
        rest.sort(Comparator.comparingLong(Block::byteAlignment).reversed());
        long end = blocks.get(0).byteSize();
        while (!rest.isEmpty()) {
            long at = end;
            int fitting = 0;
            while (fitting < rest.size() && at % rest.get(fitting).byteAlignment() != 0) {
                fitting++;
            }
            Block next = rest.remove(fitting < rest.size() ? fitting : 0);
            end = roundUp(end, next.byteAlignment()) + next.byteSize();
        }
        return roundUp(end, layout.byteAlignment());
    }

    private static List<Block> blocks(StructLayout layout) {
        List<Block> blocks = new ArrayList<>();
        long runStart = -1;
        long runEnd = 0;
        for (Member member : layout.members()) {
            if (member.bits().isPresent()) {
                runStart = runStart < 0 ? member.byteOffset() : runStart;
                runEnd = Math.max(runEnd, member.byteOffset() + member.type().byteSize());
            } else {
                if (runStart >= 0) {
                    blocks.add(new Block(runEnd - runStart, 8));
                    runStart = -1;
                }
                long alignment = member.type().byteAlignment();
                while (member.byteOffset() % alignment != 0) {
                    alignment /= 2;
                }
                blocks.add(new Block(member.type().byteSize(), alignment));
            }
        }
        if (runStart >= 0) {
            blocks.add(new Block(runEnd - runStart, 8));
        }
        return blocks;
    }

    private static long roundUp(long value, long multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }
}
