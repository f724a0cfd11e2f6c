package dev.faultline.suggest.packing;

import dev.faultline.access.AccessKind;
import dev.faultline.access.AccessMap;
import dev.faultline.access.Certainty;
import dev.faultline.access.Cpus;
import dev.faultline.access.Elements;
import dev.faultline.access.Evidence;
import dev.faultline.access.FieldUse;
import dev.faultline.access.Role;
import dev.faultline.cost.Workload;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.suggest.cost.WorkloadLineCost;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Large structs as a table of fast paths describes them: a transmit and a receive path, each of which reads, changes
 * or ignores a field, and a timer that sometimes touches half of the fields; no gaps.
 */
final class PathStructs {

    private static final int[] SIZES = {1, 2, 4, 4, 4, 4, 8, 8, 8, 8, 16, 24};
    /** Accesses of the transmit and the receive path: none, read, change. */
    private static final int[][] KINDS = {{1, 0}, {0, 1}, {1, 1}, {2, 0}, {0, 2}, {2, 2}, {1, 2}, {2, 1}};

    private PathStructs() {}

    /** {@return fields of a number of kinds, at most 16, which are changed in one way, and empty lines for them} */
    static Packing packing(long seed, int fields, int kinds, int lines, AccessKind change) {
        Random random = new Random(seed);
        List<FieldRef> refs = new ArrayList<>();
        List<int[]> touched = new ArrayList<>();
        for (int i = 0; i < fields; i++) {
            int size = SIZES[random.nextInt(SIZES.length)];
            FieldType type = new FieldType.Scalar("t" + size, size, Math.min(8, size));
            refs.add(new FieldRef("f" + i, type, ByteRange.ofSize(128L * i, size), Optional.empty()));
            int kind = random.nextInt(kinds);
            int[] paths = KINDS[kind % KINDS.length];
            touched.add(new int[] {paths[0], paths[1], kind < KINDS.length ? 0 : 1 + kind % 2});
        }
        Role[] roles = {
            new Role("tx", new Cpus.Count(4)), new Role("rx", new Cpus.Count(4)), new Role("timer", new Cpus.Count(2))
        };
        double[] rates = {1e6, 1.2e6, 1e4};
        List<FieldUse> uses = new ArrayList<>();
        for (int role = 0; role < roles.length; role++) {
            int position = 0;
            for (int kind = 1; kind <= 2; kind++) {
                for (int i = 0; i < fields; i++) {
                    if (touched.get(i)[role] == kind) {
                        AccessKind access = kind == 2 ? change : AccessKind.READ;
                        String name = roles[role].name();
                        uses.add(new FieldUse(
                                refs.get(i),
                                access,
                                roles[role],
                                name,
                                position++,
                                rates[role],
                                0,
                                Elements.WHOLE,
                                Evidence.PROFILE));
                    }
                }
            }
        }
        Machine machine = Machines.x86();
        Workload workload = Workload.of(
                new AccessMap(Certainty.DECLARED, "test", uses, List.of()),
                machine.cpus().value());
        List<Item> items = new ArrayList<>();
        List<BitSet> fieldsOf = new ArrayList<>();
        for (FieldRef ref : refs) {
            items.add(new Item(ref.path(), ref.type().byteSize(), ref.type().byteAlignment()));
            BitSet one = new BitSet();
            one.set(workload.indexOf(ref));
            fieldsOf.add(one);
        }
        List<Bin> bins = new ArrayList<>();
        for (int line = 0; line < lines; line++) {
            bins.add(Bin.empty(64));
        }
        return new Packing(64, items, bins, new WorkloadLineCost(workload, machine, fieldsOf));
    }
}
