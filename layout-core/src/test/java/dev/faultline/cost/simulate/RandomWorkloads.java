package dev.faultline.cost.simulate;

import dev.faultline.machine.Costs;
import dev.faultline.machine.Machine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Random structs and profiles, each from a seed: 2 to 8 fields, 1 to 3 roles on all, some or certain of 2 to 64 CPUs
 * in one or two sockets, operations of 1 to 4 accesses of every kind with gaps up to 60 ns.
 */
public final class RandomWorkloads {

    static final List<String> KINDS = List.of("read", "read", "write", "rmw", "cas-loop");
    private static final int LINE = 64;

    private final Random random;
    private final List<String> kinds;
    private final int fields;
    private final int[] sizes;
    private final Machine machine;
    private final List<String> roles = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();

    private record Operation(int role, double rate, String accesses) {}

    public RandomWorkloads(long seed) {
        this(seed, KINDS, UnaryOperator.identity());
    }

    /** Accesses of these kinds on machines with other costs. */
    RandomWorkloads(long seed, List<String> kinds, UnaryOperator<Costs> costs) {
        this.kinds = kinds;
        random = new Random(seed);
        fields = 2 + random.nextInt(7);
        sizes = IntStream.range(0, fields)
                .map(any -> random.nextBoolean() ? 8 : 4)
                .toArray();
        int cpus = 2 + random.nextInt(random.nextBoolean() ? 7 : 63);
        Machine plain = TestWorkloads.machine(cpus, 1 + random.nextInt(2));
        machine = plain.withCosts(costs.apply(plain.costs()));
        int count = 1 + random.nextInt(3);
        for (int role = 0; role < count; role++) {
            roles.add(cpus(cpus));
            for (int operation = 1 + random.nextInt(2); operation > 0; operation--) {
                operations.add(operation(role));
            }
        }
    }

    Machine machine() {
        return machine;
    }

    private String cpus(int cpus) {
        return switch (random.nextInt(3)) {
            case 0 -> "all";
            case 1 -> Integer.toString(1 + random.nextInt(cpus));
            default -> {
                List<Integer> ids =
                        new ArrayList<>(IntStream.range(0, cpus).boxed().toList());
                Collections.shuffle(ids, random);
                yield ids.subList(0, 1 + random.nextInt(Math.min(cpus, 6))).toString();
            }
        };
    }

    private Operation operation(int role) {
        StringBuilder accesses = new StringBuilder();
        for (int access = 1 + random.nextInt(4); access > 0; access--) {
            accesses.append(String.format(
                    java.util.Locale.ROOT,
                    "      - { field: f%d, kind: %s, gap: %dns }%n",
                    random.nextInt(fields),
                    kinds.get(random.nextInt(kinds.size())),
                    random.nextBoolean() ? 0 : random.nextInt(61)));
        }
        return new Operation(role, Math.pow(10, 2 * random.nextDouble() - 1), accesses.toString());
    }

    /** Every field directly after the previous one. */
    public String packed() {
        return struct(new int[fields]);
    }

    /** Every field on a line of its own. */
    String spread() {
        int[] holes = new int[fields];
        for (int i = 1; i < fields; i++) {
            holes[i] = LINE - sizes[i - 1];
        }
        return struct(holes);
    }

    /** The same order with other holes: some fields share lines, others do not. */
    String scattered() {
        int[] holes = new int[fields];
        for (int i = 0; i < fields; i++) {
            holes[i] = 8 * random.nextInt(random.nextBoolean() ? 8 : 2);
        }
        return struct(holes);
    }

    private String struct(int[] holes) {
        StringBuilder text = new StringBuilder("struct s {\n");
        for (int i = 0; i < fields; i++) {
            if (holes[i] > 0) {
                text.append("  char hole")
                        .append(i)
                        .append('[')
                        .append(holes[i])
                        .append("];\n");
            }
            text.append(sizes[i] == 8 ? "  long f" : "  int f").append(i).append(";\n");
        }
        return text.append("};\n").toString();
    }

    /** The workload of a struct with all rates multiplied by a factor. */
    public TestWorkloads at(String struct, double factor) {
        StringBuilder profile = new StringBuilder("roles:\n");
        for (int role = 0; role < roles.size(); role++) {
            profile.append("  r")
                    .append(role)
                    .append(": { cpus: ")
                    .append(roles.get(role))
                    .append(" }\n");
        }
        profile.append("operations:\n");
        for (int i = 0; i < operations.size(); i++) {
            Operation one = operations.get(i);
            profile.append("  - name: o").append(i).append("\n    role: r").append(one.role);
            profile.append("\n    rate: ")
                    .append(factor * one.rate)
                    .append("\n    accesses:\n")
                    .append(one.accesses);
        }
        return TestWorkloads.of(machine, struct, profile.toString());
    }

    /**
     * The workload of a struct at the rates for which, by the closed form, its busiest line is busy for this share of
     * the time.
     */
    public TestWorkloads loaded(String struct, double utilisation) {
        return at(struct, factor(struct, utilisation));
    }

    /** A random struct for each seed. */
    public String any() {
        return switch (random.nextInt(3)) {
            case 0 -> packed();
            case 1 -> spread();
            default -> scattered();
        };
    }

    /** The factor that {@link #loaded} uses. */
    double factor(String struct, double utilisation) {
        double low = 1;
        double high = 1e9;
        for (int i = 0; i < 24; i++) {
            double middle = Math.sqrt(low * high);
            if (at(struct, middle).cost().utilisation() < utilisation) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
