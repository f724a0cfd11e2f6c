package dev.faultline.recorder.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The stack maps of a method, with the variables that a plan adds. */
final class StackMaps {

    private static final int FIRST_WITH_STACK_MAPS = Opcodes.V1_6;

    private final MethodVisitor to;
    private final boolean hasMaps;
    private final int maxLocals;
    private final CountPlan plan;
    private final List<Label> labels = new ArrayList<>();
    private final Map<Label, Object[][]> known = new HashMap<>();

    StackMaps(MethodVisitor to, int version, int maxLocals, CountPlan plan) {
        this.to = to;
        this.maxLocals = maxLocals;
        this.plan = plan;
        hasMaps = (version & 0xffff) >= FIRST_WITH_STACK_MAPS;
    }

    void label(Label label) {
        labels.add(label);
    }

    void instruction() {
        labels.clear();
    }

    /** Notes the map of the labels before it, and passes it on. */
    void frame(int localCount, Object[] local, int stackCount, Object[] stack) {
        Object[][] map = {Arrays.copyOf(local, localCount), Arrays.copyOf(stack, stackCount)};
        for (Label label : labels) {
            known.put(label, map);
        }
        write(map[0], map[1]);
    }

    /** Writes the map of a label again, which is missing when the class has none. */
    void repeat(Label label) {
        Object[][] map = known.get(label);
        if (map != null) {
            write(map[0], map[1]);
        }
    }

    /** Writes the map of a handler of everything. */
    void handler() {
        if (hasMaps) {
            write(new Object[0], new Object[] {"java/lang/Throwable"});
        }
    }

    private void write(Object[] local, Object[] stack) {
        List<Object> locals = new ArrayList<>(Arrays.asList(local));
        if (plan.hasVariables()) {
            int slots = 0;
            for (Object one : local) {
                slots += Opcodes.LONG.equals(one) || Opcodes.DOUBLE.equals(one) ? 2 : 1;
            }
            for (int i = slots; i < maxLocals; i++) {
                locals.add(Opcodes.TOP);
            }
            for (int i = 0; i < plan.variables(); i++) {
                locals.add(i < plan.objects() ? "java/lang/Object" : Opcodes.INTEGER);
            }
        }
        to.visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), stack.length, stack);
    }
}
