package dev.faultline.source.llvm.code;

import dev.faultline.source.llvm.text.IrBlock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The blocks of a function that are inside loops: those that can be reached from themselves. */
final class LoopBlocks {

    private static final int NONE = -1;

    private final int[][] successors;
    private final int[] component;
    private final boolean[] inLoop;

    LoopBlocks(List<IrBlock> blocks) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < blocks.size(); i++) {
            numbers.put(blocks.get(i).label(), i);
        }
        successors = new int[blocks.size()][];
        for (int i = 0; i < blocks.size(); i++) {
            successors[i] = blocks.get(i).successors().stream()
                    .mapToInt(label -> numbers.getOrDefault(label, NONE))
                    .filter(number -> number != NONE)
                    .toArray();
        }
        component = new int[blocks.size()];
        inLoop = new boolean[blocks.size()];
        Arrays.fill(component, NONE);
        find();
    }

    /** {@return the numbers of the blocks behind a block} */
    int[] successors(int block) {
        return successors[block];
    }

    boolean inLoop(int block) {
        return inLoop[block];
    }

    boolean isSameLoop(int block, int other) {
        return inLoop[block] && component[block] == component[other];
    }

    /** Tarjan's algorithm, with a stack of its own. */
    private void find() {
        int count = successors.length;
        int[] index = new int[count];
        int[] low = new int[count];
        int[] next = new int[count];
        Arrays.fill(index, NONE);
        Deque<Integer> open = new ArrayDeque<>();
        Deque<Integer> path = new ArrayDeque<>();
        int time = 0;
        for (int start = 0; start < count; start++) {
            if (index[start] != NONE) {
                continue;
            }
            path.push(start);
            while (!path.isEmpty()) {
                int one = path.peek();
                if (index[one] == NONE) {
                    index[one] = time;
                    low[one] = time++;
                    open.push(one);
                }
                if (next[one] < successors[one].length) {
                    int other = successors[one][next[one]++];
                    if (index[other] == NONE) {
                        path.push(other);
                    } else if (component[other] == NONE) {
                        low[one] = Math.min(low[one], index[other]);
                    }
                    continue;
                }
                path.pop();
                if (!path.isEmpty()) {
                    low[path.peek()] = Math.min(low[path.peek()], low[one]);
                }
                if (low[one] == index[one]) {
                    close(one, open);
                }
            }
        }
    }

    private void close(int head, Deque<Integer> open) {
        int members = 0;
        int one;
        do {
            one = open.pop();
            component[one] = head;
            members++;
            inLoop[one] = true;
        } while (one != head);
        if (members == 1 && Arrays.stream(successors[head]).noneMatch(to -> to == head)) {
            inLoop[head] = false;
        }
    }
}
