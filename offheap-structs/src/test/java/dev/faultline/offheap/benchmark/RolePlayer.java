package dev.faultline.offheap.benchmark;

import dev.faultline.offheap.cores.Steps;
import dev.faultline.offheap.memory.RawMemory;

/**
 * Plays a {@link RoleScript}, an operation a call, on one thread.
 *
 * <p>Accesses happen in the order and at the distance the profile states: every gap is computed from the value the access
 * before it delivered, and every address depends on the gap before it. Otherwise the processor would load ahead while it
 * computes, and a miss would cost nothing. What the player itself writes lies in the middle of an array of its own, away
 * from the other player's.
 */
final class RolePlayer {

    private static final int OWN = 32;
    private static final int TURN = OWN;
    private static final int VALUE = OWN + 1;
    private static final int PLAYED = OWN + 2;

    private final int[] opcodes;
    private final long[] addresses;
    private final int[] spins;
    private final int[] starts;
    private final int[] schedule;
    /** Always 0, which the compiler does not know: it ties an address to a value without changing it. */
    private final long nothing;

    private final long[] own = new long[2 * OWN + 3];

    RolePlayer(RoleScript script) {
        opcodes = script.opcodes();
        addresses = script.addresses();
        spins = script.spins();
        starts = script.starts();
        schedule = script.schedule();
        nothing = System.nanoTime() == Long.MIN_VALUE ? 1 : 0;
    }

    /** {@return a value that depends on everything this operation and those before it loaded} */
    long play() {
        int turn = (int) own[TURN];
        int operation = schedule[turn];
        own[TURN] = turn + 1 == schedule.length ? 0 : turn + 1;
        long played = ++own[PLAYED];
        long value = own[VALUE];
        int end = starts[operation + 1];
        for (int i = starts[operation]; i < end; i++) {
            value = Steps.run(value, spins[i]);
            value ^= access(opcodes[i], addresses[i] + (value & nothing), played);
        }
        own[VALUE] = value;
        return value;
    }

    /** {@return how often {@link #play} was called; what the last call wrote where it wrote} */
    long played() {
        return own[PLAYED];
    }

    private static long access(int opcode, long address, long written) {
        switch (opcode) {
            case RoleScript.READ_INT:
                return RawMemory.readInt(address);
            case RoleScript.READ_LONG:
                return RawMemory.readLong(address);
            case RoleScript.WRITE_INT:
                RawMemory.writeInt(address, (int) written);
                return 0;
            case RoleScript.WRITE_LONG:
                RawMemory.writeLong(address, written);
                return 0;
            case RoleScript.RMW_INT:
                return RawMemory.getAndAddOne(address);
            case RoleScript.RMW_LONG:
                return RawMemory.getAndAddOneLong(address);
            case RoleScript.CAS_INT:
                return RawMemory.incrementByCas(address);
            case RoleScript.CAS_LONG:
                return RawMemory.incrementByCasLong(address);
            default:
                throw new IllegalStateException("opcode " + opcode);
        }
    }
}
