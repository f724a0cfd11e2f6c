package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Member;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds holes that another order of the members would fill. Silent where a hole may be intended: before a member that
 * starts a line, in a struct aligned to lines, a long hole in a struct with written fields, and in a struct with
 * markers.
 */
@Hazard(summary = "holes that another order of the fields would fill", severity = Severity.INFO)
public final class WastedPadding implements HazardRule {

    private static final int LEAST_PROTECTIVE_BYTES = 16;

    /** Members that must stay together: one member, or the bit-fields of one run. */
    private record Block(long byteSize, long byteAlignment) {}

    @Override
    public List<Finding> examine(RuleContext context) {
        StructLayout layout = context.layout();
        if (!layout.kind().isStruct() || layout.members().size() < 3) {
            return List.of();
        }
        long unused = 0;
        boolean written = !context.access().activities().isEmpty();
        for (Slot slot : layout.slots()) {
            boolean own = slot instanceof Slot.Hole hole && hole.owner().isEmpty()
                    || slot instanceof Slot.Padding padding && padding.owner().isEmpty();
            if (own && slot.bits().isEmpty()) {
                boolean toALine = slot.bytes().end() % context.lineBytes() == 0;
                if (toALine || isMeant(slot) || written && slot.byteSize() >= LEAST_PROTECTIVE_BYTES) {
                    return List.of();
                }
                unused += slot.byteSize();
            }
        }
        if (unused == 0 || layout.byteAlignment() >= context.lineBytes() || hasMarkers(layout)) {
            return List.of();
        }
        long possible = repackedByteSize(layout);
        if (possible >= layout.byteSize()) {
            return List.of();
        }
        return List.of(context.finding(this)
                .certainty(Certainty.DECLARED_BY_TYPE)
                .message(layout.spelling() + " has " + layout.byteSize() + " bytes and could have " + possible + "; "
                        + unused + " bytes are holes and padding")
                .advice("order the fields by decreasing alignment: this saves " + (layout.byteSize() - possible)
                        + " bytes per object; check afterwards which fields share lines")
                .build());
    }

    /** {@return whether unused bytes are kept free on purpose} */
    private static boolean isMeant(Slot slot) {
        return slot instanceof Slot.Hole hole && !hole.purpose().isEmpty()
                || slot instanceof Slot.Padding padding && !padding.purpose().isEmpty();
    }

    /** Zero-size members mark groups or line starts, which another order would break. */
    private static boolean hasMarkers(StructLayout layout) {
        List<Member> members = layout.members();
        for (int i = 0; i < members.size() - 1; i++) {
            if (members.get(i).type().byteSize() == 0) {
                return true;
            }
        }
        return false;
    }

    /** The first member first, then by decreasing alignment, in which order C types leave no holes. */
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

    /** {@return the end of the members that stay where they are: base classes, vtable pointers, bytes not shown} */
    private static long pinnedEnd(StructLayout layout) {
        return layout.members().stream()
                .filter(member -> member.role().isPinned())
                .flatMap(member -> member.bytes().stream())
                .mapToLong(ByteRange::end)
                .max()
                .orElse(0);
    }

    private static List<Block> blocks(StructLayout layout) {
        List<Block> blocks = new ArrayList<>();
        long pinned = pinnedEnd(layout);
        if (pinned > 0) {
            blocks.add(new Block(pinned, layout.byteAlignment()));
        }
        long runStart = -1;
        long runEnd = 0;
        for (Member member : layout.members()) {
            if (member.byteOffset() < pinned) {
                continue;
            }
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
