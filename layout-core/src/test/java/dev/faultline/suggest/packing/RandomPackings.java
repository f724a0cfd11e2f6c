package dev.faultline.suggest.packing;

import dev.faultline.access.AccessKind;
import dev.faultline.access.AccessMap;
import dev.faultline.access.Certainty;
import dev.faultline.access.Cpus;
import dev.faultline.access.Elements;
import dev.faultline.access.Evidence;
import dev.faultline.access.FieldUse;
import dev.faultline.access.Phase;
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
import java.util.stream.IntStream;

/**
 * Random packing problems, each from a seed: some fields in arrays of which each CPU uses its own element; 1 to 4
 * roles on all, some or given CPUs of a known machine; operations of every kind of access, with and without gaps, in
 * one or two phases; lines that are empty, partly taken, or taken in pieces.
 */
public final class RandomPackings {

    private static final AccessKind[] KINDS = {
        AccessKind.READ, AccessKind.READ, AccessKind.WRITE, AccessKind.RMW, AccessKind.CAS_LOOP
    };
    /** Sizes and alignments of common types, and 12 bytes aligned to 4. */
    private static final int[][] SIZES = {
        {1, 1}, {2, 2}, {4, 4}, {4, 4}, {8, 8}, {8, 8}, {8, 8}, {12, 4}, {16, 8}, {24, 8}
    };

    static final int LINE = 64;

    public final Random random;
    public final Machine machine;
    public final int fields;
    private final List<FieldRef> refs = new ArrayList<>();
    private final List<FieldUse> uses = new ArrayList<>();
    private final List<Phase> phases;

    /**
     * Creates a problem.
     *
     * @param rate executions per second of the rarest operation; the most frequent executes a hundred times as often
     */
    public RandomPackings(long seed, int fields, double rate) {
        random = new Random(seed);
        this.fields = fields;
        int cpus = 2 + random.nextInt(random.nextBoolean() ? 7 : 111);
        Machine server = random.nextBoolean()
                ? Machines.x86()
                : Machines.byName("epyc-milan").orElseThrow();
        machine = server.withCpus(cpus, "test");
        for (int i = 0; i < fields; i++) {
            refs.add(field(i));
        }
        List<Role> roles = new ArrayList<>();
        for (int role = 1 + random.nextInt(4); role > 0; role--) {
            roles.add(new Role("r" + role, cpus(cpus)));
        }
        int operation = 0;
        for (Role role : roles) {
            for (int some = 1 + random.nextInt(3); some > 0; some--) {
                use(role, "o" + operation++, rate);
            }
        }
        phases = roles.size() > 1 && random.nextInt(4) == 0
                ? List.of(new Phase("one", List.of("r1")), new Phase("two", List.of("r2")))
                : List.of();
    }

    private FieldRef field(int number) {
        int[] size = SIZES[random.nextInt(SIZES.length)];
        FieldType type = new FieldType.Scalar("t" + size[0], size[0], size[1]);
        if (random.nextInt(8) == 0 && size[0] <= 8) {
            type = new FieldType.Array(type, 2 + random.nextInt(3));
        }
        return new FieldRef("f" + number, type, ByteRange.ofSize(128L * number, type.byteSize()), Optional.empty());
    }

    private Cpus cpus(int most) {
        return switch (random.nextInt(3)) {
            case 0 -> new Cpus.All();
            case 1 -> new Cpus.Count(1 + random.nextInt(most));
            default ->
                new Cpus.Listed(IntStream.generate(() -> random.nextInt(most))
                        .limit(1 + random.nextInt(4))
                        .distinct()
                        .boxed()
                        .toList());
        };
    }

    private void use(Role role, String operation, double rate) {
        double perSecond = rate * Math.pow(10, 2 * random.nextDouble());
        boolean gaps = random.nextBoolean();
        int accesses = 1 + random.nextInt(6);
        for (int position = 0; position < accesses; position++) {
            FieldRef field = refs.get(random.nextInt(fields));
            uses.add(new FieldUse(
                    field,
                    KINDS[random.nextInt(KINDS.length)],
                    role,
                    operation,
                    position,
                    perSecond,
                    gaps && random.nextBoolean() ? random.nextInt(100) : 0,
                    field.type() instanceof FieldType.Array array && random.nextBoolean()
                            ? Elements.of(
                                    Elements.Choice.OWN,
                                    array.count(),
                                    array.element().byteSize(),
                                    array.element().byteSize())
                            : Elements.WHOLE,
                    new Evidence(Certainty.INFERRED, "")));
        }
    }

    public Workload workload() {
        return Workload.of(
                new AccessMap(Certainty.INFERRED, "test", uses, phases),
                machine.cpus().value());
    }

    /** {@return the cost with one item for each field} */
    public WorkloadLineCost cost() {
        Workload workload = workload();
        List<BitSet> items = new ArrayList<>();
        for (FieldRef field : refs) {
            BitSet one = new BitSet();
            if (workload.indexOf(field) >= 0) {
                one.set(workload.indexOf(field));
            }
            items.add(one);
        }
        return new WorkloadLineCost(workload, machine, items);
    }

    public List<FieldRef> refs() {
        return refs;
    }

    public List<Item> items() {
        return refs.stream()
                .map(ref ->
                        new Item(ref.path(), ref.type().byteSize(), ref.type().byteAlignment()))
                .toList();
    }

    /** {@return lines, some with fixed items; there may be too few} */
    public Packing packing() {
        List<Item> items = items();
        List<Bin> bins = new ArrayList<>();
        BitSet loose = new BitSet();
        loose.set(0, fields);
        int lines = 1 + random.nextInt(5);
        for (int bin = 0; bin < lines; bin++) {
            BitSet fixed = new BitSet();
            if (random.nextInt(3) > 0) {
                bins.add(Bin.empty(LINE));
                continue;
            }
            int item = random.nextInt(fields);
            if (loose.cardinality() > 1 && random.nextBoolean()) {
                fixed.set(item);
                loose.clear(item);
            }
            bins.add(new Bin(fixed, room()));
        }
        return new Packing(LINE, items, bins, cost());
    }

    private List<ByteRange> room() {
        int from = random.nextInt(40);
        int to = from + 1 + random.nextInt(LINE - from);
        if (random.nextBoolean() && to - from > 10) {
            int cut = from + 4 + random.nextInt(to - from - 6);
            return List.of(new ByteRange(from, cut), new ByteRange(cut + 1, to));
        }
        return List.of(new ByteRange(from, to));
    }
}
