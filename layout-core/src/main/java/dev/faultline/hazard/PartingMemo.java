package dev.faultline.hazard;

import dev.faultline.api.Internal;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.hazard.WhatIfCost.Parting;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Placement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Remembers what keeping fields apart saves, for fields whose accesses are assumed. A struct that many others embed, or
 * inherit, has the same accesses near its fields in each of them, and costs are the same where they are at the same
 * place within a line. Safe for use by several threads.
 */
@Internal
public final class PartingMemo {

    private static final int MOST_REMEMBERED = 50_000;

    private final Map<Neighbourhood, Parting> known = new ConcurrentHashMap<>();

    /**
     * All that a result depends on.
     *
     * @param tasks the accesses
     * @param numbers the place of each field, counted from the start of a line, and its size; the placement; the
     *     number of CPUs with any access; and which fields are kept apart
     */
    private record Neighbourhood(List<Task> tasks, long[] numbers) {
        @Override
        public boolean equals(Object object) {
            return object instanceof Neighbourhood other
                    && Arrays.equals(numbers, other.numbers)
                    && tasks.equals(other.tasks);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(numbers);
        }
    }

    /**
     * What keeping fields apart saves, computed once for all neighbourhoods that are alike.
     *
     * @param part the accesses near the fields, each of a single step
     * @param placement where byte 0 of the struct may be
     * @param lineBytes the size of a line in bytes
     * @param cpus the number of CPUs that have any access to the struct
     * @param culprits the fields that are written, as numbers of fields of the accesses
     * @param victims the other fields
     * @param computation computes it
     * @return the saving
     */
    Parting get(
            Workload part,
            Placement placement,
            int lineBytes,
            int cpus,
            List<Integer> culprits,
            List<Integer> victims,
            Supplier<Parting> computation) {
        List<FieldRef> fields = part.fields();
        long[] numbers = new long[2 * fields.size() + 4 + culprits.size() + victims.size()];
        long first = Long.MAX_VALUE;
        for (FieldRef field : fields) {
            first = Math.min(first, field.bytes().start());
        }
        long base = Math.floorDiv(first, (long) lineBytes) * lineBytes;
        int at = 0;
        for (FieldRef field : fields) {
            ByteRange bytes = field.bytes();
            numbers[at++] = bytes.start() - base;
            numbers[at++] = bytes.byteSize();
        }
        numbers[at++] = placement.baseAlignment();
        numbers[at++] = cpus;
        numbers[at++] = part.cpus();
        numbers[at++] = culprits.size();
        for (int culprit : culprits) {
            numbers[at++] = culprit;
        }
        for (int victim : victims) {
            numbers[at++] = victim;
        }
        Neighbourhood neighbourhood = new Neighbourhood(part.tasks(), numbers);
        Parting found = known.get(neighbourhood);
        if (found == null) {
            found = computation.get();
            if (known.size() < MOST_REMEMBERED) {
                known.put(neighbourhood, found);
            }
        }
        return found;
    }
}
