package dev.faultline.offheap.benchmark;

import dev.faultline.access.AccessKind;
import dev.faultline.access.AccessMap;
import dev.faultline.access.FieldUse;
import dev.faultline.access.Operation;
import dev.faultline.access.Resolution;
import dev.faultline.access.Role;
import dev.faultline.access.StructProfile;
import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.cores.Steps;
import java.util.ArrayList;
import java.util.List;

/**
 * What one role does, flat: each access an opcode, an address and a gap in steps of {@link Steps}.
 *
 * @param opcodes for each access, its kind and width
 * @param addresses for each access, where
 * @param spins for each access, how long to compute before it
 * @param starts for each operation, the index of its first access; one more for the end
 * @param schedule operations in the order they take turns, in proportion to their rates
 */
record RoleScript(int[] opcodes, long[] addresses, int[] spins, int[] starts, int[] schedule) {

    static final int READ_INT = 0;
    static final int READ_LONG = 1;
    static final int WRITE_INT = 2;
    static final int WRITE_LONG = 3;
    static final int RMW_INT = 4;
    static final int RMW_LONG = 5;
    static final int CAS_INT = 6;
    static final int CAS_LONG = 7;

    private static final int MOST_TURNS = 1024;

    /**
     * Compiles a role.
     *
     * @param layout where the fields are
     * @param profile who does what
     * @param role which of the profile's roles, from 0
     * @param base address of the struct
     * @param stepsPerMicro steps of {@link Steps} that take a microsecond
     * @return the script
     * @throws IllegalArgumentException when the role does nothing, or to something that is no aligned int or long
     */
    static RoleScript compile(StructLayout layout, StructProfile profile, int role, long base, double stepsPerMicro) {
        AccessMap map = Resolution.resolve(layout, profile);
        Role who = profile.roles().get(role);
        List<Operation> operations = profile.operations().stream()
                .filter(operation -> operation.role().equals(who.name()) && operation.ratePerSecond() > 0)
                .toList();
        List<FieldUse> uses = new ArrayList<>();
        int[] starts = new int[operations.size() + 1];
        for (int i = 0; i < operations.size(); i++) {
            String name = operations.get(i).name();
            map.uses().stream()
                    .filter(use -> use.role().equals(who) && use.operation().equals(name))
                    .forEach(uses::add);
            starts[i + 1] = uses.size();
        }
        int[] opcodes = new int[uses.size()];
        long[] addresses = new long[uses.size()];
        int[] spins = new int[uses.size()];
        for (int i = 0; i < uses.size(); i++) {
            FieldUse use = uses.get(i);
            opcodes[i] = opcode(use);
            addresses[i] = base + use.field().bytes().start();
            spins[i] = (int) Math.round(use.gapNanos() * stepsPerMicro / 1000);
        }
        return new RoleScript(opcodes, addresses, spins, starts, schedule(who, operations));
    }

    private static int opcode(FieldUse use) {
        long size = use.field().bytes().byteSize();
        boolean whole = use.field().bits().isEmpty() && !use.ownElement();
        if (!whole || (size != 4 && size != 8) || use.field().bytes().start() % size != 0) {
            throw new IllegalArgumentException(use.operation() + ": "
                    + use.field().path() + " is no aligned field of 4 or 8 bytes, nothing else can be played");
        }
        int wide = size == 8 ? 1 : 0;
        return wide
                + (use.kind() == AccessKind.READ
                        ? READ_INT
                        : use.kind() == AccessKind.WRITE
                                ? WRITE_INT
                                : use.kind() == AccessKind.RMW ? RMW_INT : CAS_INT);
    }

    /** Whoever is most behind its rate is next, so that a rare operation is spread and not done in a row. */
    private static int[] schedule(Role who, List<Operation> operations) {
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("role " + who.name() + " does nothing");
        }
        double least =
                operations.stream().mapToDouble(Operation::ratePerSecond).min().orElseThrow();
        double sum = operations.stream().mapToDouble(Operation::ratePerSecond).sum();
        int[] turns = new int[(int) Math.min(MOST_TURNS, Math.round(sum / least))];
        double[] credit = new double[operations.size()];
        for (int turn = 0; turn < turns.length; turn++) {
            int next = 0;
            for (int i = 0; i < credit.length; i++) {
                credit[i] += operations.get(i).ratePerSecond() / sum;
                if (credit[i] > credit[next]) {
                    next = i;
                }
            }
            credit[next] -= 1;
            turns[turn] = next;
        }
        return turns;
    }
}
