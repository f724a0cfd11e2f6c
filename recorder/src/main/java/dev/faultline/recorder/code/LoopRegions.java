package dev.faultline.recorder.code;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.objectweb.asm.Label;

/**
 * The stretches of a method that are loops and call nothing that may wait. Each turn of a loop has a jump backwards, so
 * that the stretches between such jumps and their targets contain every loop.
 */
final class LoopRegions {

    /** A stretch of instructions, both ends included. */
    static final class Region {
        final int start;
        final int end;

        Region(int start, int end) {
            this.start = start;
            this.end = end;
        }

        boolean contains(int place) {
            return place >= start && place <= end;
        }

        private boolean meets(Region other) {
            return start <= other.end && other.start <= end;
        }

        private int length() {
            return end - start;
        }
    }

    /** Each stretch that may be gone through again, also by an exception, also one that waits. */
    private final BitSet repeated = new BitSet();

    private final List<Region> loops = new ArrayList<>();
    private final List<Region> regions = new ArrayList<>();

    static LoopRegions of(MethodCode code) {
        LoopRegions found = new LoopRegions();
        for (int i = 0; i < code.instructions.size(); i++) {
            for (Label target : code.instructions.get(i).targets) {
                if (code.place(target) <= i) {
                    found.add(code, new Region(code.place(target), i));
                }
            }
        }
        for (MethodCode.Protection one : code.protections) {
            if (code.place(one.handler) < code.place(one.end)) {
                found.repeated.set(code.place(one.handler), code.place(one.end));
            }
        }
        found.unite();
        return found;
    }

    private void add(MethodCode code, Region loop) {
        repeated.set(loop.start, loop.end + 1);
        boolean mayWait =
                code.instructions.subList(loop.start, loop.end + 1).stream().anyMatch(one -> one.mayWait);
        boolean isHandledBefore = code.protections.stream()
                .anyMatch(one -> code.place(one.handler) < code.place(one.end)
                        && loop.meets(new Region(code.place(one.handler), code.place(one.end))));
        if (!mayWait && !isHandledBefore) {
            loops.add(loop);
        }
    }

    private void unite() {
        loops.sort(Comparator.comparingInt(loop -> loop.start));
        for (Region loop : loops) {
            int last = regions.size() - 1;
            if (last >= 0 && regions.get(last).meets(loop)) {
                Region before = regions.get(last);
                regions.set(last, new Region(before.start, Math.max(before.end, loop.end)));
            } else {
                regions.add(loop);
            }
        }
    }

    /** {@return whether an instruction may run again in one run of the method} */
    boolean isInLoop(int place) {
        return repeated.get(place);
    }

    List<Region> regions() {
        return regions;
    }

    /** {@return the region that an instruction is in; null when it is in none} */
    Region of(int place) {
        for (Region one : regions) {
            if (one.contains(place)) {
                return one;
            }
        }
        return null;
    }

    /** {@return whether the smallest loop that an instruction is in has another one too} */
    boolean areInOneInnerLoop(int place, int other) {
        return loops.stream()
                .filter(one -> one.contains(place))
                .min(Comparator.comparingInt(Region::length))
                .filter(one -> one.contains(other))
                .isPresent();
    }
}
