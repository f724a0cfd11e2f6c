package dev.faultline.source.jvm.code;

import dev.faultline.api.Internal;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * The instructions of a method, where they jump to, its loops, and where local variables change. An offset that leads
 * out of the code is an {@link IllegalArgumentException}.
 */
@Internal
public final class CodeShape {

    /** Most loops of a method that are told apart; in a method with more of them, none is known to wait. */
    static final int MOST_LOOPS = 1024;

    private static final int IINC = 132;
    private static final int GOTO = 167;
    private static final int TABLE_SWITCH = 170;
    private static final int LOOKUP_SWITCH = 171;
    private static final int WIDE = 196;
    private static final int GOTO_W = 200;
    private static final int JSR_W = 201;

    private final byte[] bytes;
    private final int start;
    private final int length;
    private final BitSet targets = new BitSet();
    private final TreeMap<Integer, Integer> loops = new TreeMap<>();
    private final Map<Integer, Places> stores = new HashMap<>();
    private final BitSet looped = new BitSet();

    /** Offsets in ascending order. */
    static final class Places {
        private int[] sorted = new int[2];
        private int count;

        void add(int at) {
            if (count == sorted.length) {
                sorted = Arrays.copyOf(sorted, 2 * count);
            }
            sorted[count++] = at;
        }

        /** {@return whether one of them is within two offsets, both included} */
        boolean within(int from, int to) {
            int found = Arrays.binarySearch(sorted, 0, count, from);
            int next = found >= 0 ? found : -found - 1;
            return next < count && sorted[next] <= to;
        }
    }

    /**
     * Reads the instructions of a method.
     *
     * @param bytes the class file
     * @param start offset of the first instruction
     * @param length bytes of all instructions
     */
    public CodeShape(byte[] bytes, int start, int length) {
        this.bytes = bytes;
        this.start = start;
        this.length = length;
        for (int at = 0; at < length; ) {
            visit(at);
            int next = at + size(at);
            if (next > length) {
                throw new IllegalArgumentException("its last instruction is cut off");
            }
            at = next;
        }
        loops.forEach((from, to) -> looped.set(from, to + 1));
    }

    /** {@return the bytes of all instructions} */
    public int length() {
        return length;
    }

    /** {@return the unsigned byte at an offset} */
    public int u1(int at) {
        check(at);
        return bytes[start + at] & 0xFF;
    }

    /** {@return the two unsigned bytes at an offset} */
    public int u2(int at) {
        return u1(at) << 8 | u1(at + 1);
    }

    /** {@return the two signed bytes at an offset} */
    public int s2(int at) {
        return (short) u2(at);
    }

    /** {@return the four signed bytes at an offset} */
    public int s4(int at) {
        return u2(at) << 16 | u2(at + 2);
    }

    private void check(int at) {
        if (at < 0 || at >= length) {
            throw new IllegalArgumentException("an instruction leads to offset " + at + " of " + length);
        }
    }

    private void visit(int at) {
        int op = u1(at);
        if (op >= 153 && op <= 168 || op == 198 || op == 199) {
            jump(at, at + s2(at + 1));
        } else if (op == GOTO_W || op == JSR_W) {
            jump(at, at + s4(at + 1));
        } else if (op == TABLE_SWITCH || op == LOOKUP_SWITCH) {
            forEachCase(at, target -> jump(at, target));
        } else if (op >= 54 && op <= 58) {
            store(u1(at + 1), op, at);
        } else if (op >= 59 && op <= 78) {
            store((op - 59) % 4, 54 + (op - 59) / 4, at);
        } else if (op == IINC) {
            store(u1(at + 1), op, at);
        } else if (op == WIDE && (u1(at + 1) >= 54 && u1(at + 1) <= 58 || u1(at + 1) == IINC)) {
            store(u2(at + 2), u1(at + 1), at);
        }
    }

    private void store(int local, int op, int at) {
        stores.computeIfAbsent(local, any -> new Places()).add(at);
        if (op == 55 || op == 57) {
            stores.computeIfAbsent(local + 1, any -> new Places()).add(at);
        }
    }

    private void jump(int at, int target) {
        check(target);
        targets.set(target);
        if (target <= at) {
            loops.merge(target, at, Math::max);
        }
    }

    /** Calls back with each place that a switch may jump to, the default first. */
    public void forEachCase(int at, IntConsumer targets) {
        int table = (at & ~3) + 4;
        targets.accept(at + s4(table));
        boolean isTable = u1(at) == TABLE_SWITCH;
        long count = cases(at, table);
        for (int i = 0; i < count; i++) {
            targets.accept(at + s4(isTable ? table + 12 + 4 * i : table + 12 + 8 * i));
        }
    }

    private long cases(int at, int table) {
        boolean isTable = u1(at) == TABLE_SWITCH;
        long count = isTable ? (long) s4(table + 8) - s4(table + 4) + 1 : s4(table + 4);
        if (count < 0 || count > length) {
            throw new IllegalArgumentException("a switch has " + count + " cases in code of " + length + " bytes");
        }
        return count;
    }

    /** {@return the bytes of an instruction} */
    public int size(int at) {
        int op = u1(at);
        return switch (op) {
            case 16, 18, 21, 22, 23, 24, 25, 54, 55, 56, 57, 58, 169, 188 -> 2;
            case 17, 19, 20, IINC, 178, 179, 180, 181, 182, 183, 184, 187, 189, 192, 193, 198, 199 -> 3;
            case TABLE_SWITCH -> (at & ~3) + 16 + 4 * (int) cases(at, (at & ~3) + 4) - at;
            case LOOKUP_SWITCH -> (at & ~3) + 12 + 8 * (int) cases(at, (at & ~3) + 4) - at;
            case 185, 186, GOTO_W, JSR_W -> 5;
            case WIDE -> u1(at + 1) == IINC ? 6 : 4;
            case 197 -> 4;
            default -> {
                if (op > JSR_W) {
                    throw new IllegalArgumentException("there is no instruction " + op);
                }
                yield op >= 153 && op <= GOTO + 1 ? 3 : 1;
            }
        };
    }

    /** {@return whether some instruction jumps to this one} */
    boolean isTarget(int at) {
        return targets.get(at);
    }

    /** {@return the last instruction that jumps back to this one; -1 when none does} */
    int loopEnd(int at) {
        return loops.getOrDefault(at, -1);
    }

    boolean inLoop(int at) {
        return looped.get(at);
    }

    /** {@return start and end of the smallest loop around an instruction; empty when none is known} */
    int[] innermostLoop(int at) {
        int[] best = {};
        if (loops.size() > MOST_LOOPS) {
            return best;
        }
        for (Map.Entry<Integer, Integer> loop : loops.headMap(at, true).entrySet()) {
            int from = loop.getKey();
            int to = loop.getValue();
            if (to >= at && (best.length == 0 || to - from < best[1] - best[0])) {
                best = new int[] {from, to};
            }
        }
        return best;
    }

    /** {@return whether a local variable changes between two places, both included} */
    public boolean stores(int local, int from, int to) {
        Places places = stores.get(local);
        return places != null && places.within(from, to);
    }
}
