package dev.faultline.source.jvm.declared;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The values of static fields are those that the VM gives them when it runs the initialiser. */
class StaticEvaluatorTest {

    private static final String CONSTANTS = """
            final class Constants {
              static final int LINE = 64;
              static final int FIRST_OFFSET = 0;
              static final long SECOND_OFFSET = FIRST_OFFSET + 8L;
              static final int PADDED_OFFSET = align(Math.toIntExact(SECOND_OFFSET) + 8, LINE * 2);
              static final int OTHERS = Helper.AFTER + Helper.twice(PADDED_OFFSET);
              static final int INHERITED = Below.BASE + Below.fromInterface();
              static final int LOOPED;
              static final int CHOSEN;
              static final int[] STEPS = {1, 2, 4, 8};
              static final int SUMMED;
              static final long SHIFTED = 1L << 40 >>> 3 | 5 ^ 2;
              static final int NEGATIVE = -(LINE % 7) - ~3;
              static final int CAST = (byte) 200 + (char) -1 + (short) 70000;
              static final boolean ASKED = Boolean.getBoolean("faultline.unset");
              static final int AFTER_CONDITION;
              static final int CAUGHT;
              static final String TEXT = "text";
              static final int LENGTH_OF_STEPS = STEPS.length;
              static int counter = 3;
              static final int COUNTED = next() + next();
              static {
                int offset = 0;
                for (int i = 0; i < 10; i++) { offset += 8; if (i == 4) continue; offset++; }
                LOOPED = offset;
                switch (LINE) { case 32: CHOSEN = 1; break; case 64: CHOSEN = 2; break; default: CHOSEN = 3; }
                int sum = 0;
                for (int step : STEPS) { sum += step; }
                SUMMED = sum;
                int same = 5;
                int different = 5;
                if (ASKED) { different = 6; } else { same = 5; }
                AFTER_CONDITION = same;
                int caught = 7;
                try { Helper.mayThrow(); caught = 7; } catch (RuntimeException e) { throw new Error(e); }
                CAUGHT = caught;
                assert LINE > 0;
              }
              static int next() { return counter++; }
              static int align(int value, int alignment) { return (value + (alignment - 1)) & -alignment; }
            }
            final class Helper {
              static final int AFTER;
              static { int at = 4; at += Constants.LINE; AFTER = at; }
              static int twice(int x) { if (x < 0) { throw new IllegalArgumentException(); } return x * 2; }
              static void mayThrow() { if (System.nanoTime() == 0) { throw new IllegalStateException(); } }
            }
            interface Numbers { int FROM_INTERFACE = Integer.parseInt("7") - 7 + 16; }
            class Above { static final int BASE = new int[] {40, 41}[1]; static final int KEPT = BASE + 1; }
            final class Below extends Above implements Numbers { static int fromInterface() { return KEPT; } }
            """;

    @TempDir
    Path directory;

    @Test
    void constantsAreWhatTheVmMakesOfThem() throws Exception {
        CompiledProgram program = CompiledProgram.of(directory, List.of(), CONSTANTS);
        Set<String> unknown = new TreeSet<>();
        try (URLClassLoader loader = program.loader()) {
            for (String type : List.of("Constants", "Helper", "Above")) {
                unknown.addAll(compare(program.evaluator().values(type), loader.loadClass(type)));
            }
        }
        assertThat(unknown).as("depends on the command line").containsExactly("ASKED");
    }

    /** {@return names of the numbers that are not known; those that are known are compared} */
    private static Set<String> compare(Map<String, StaticValue> values, Class<?> type) throws Exception {
        Set<String> unknown = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            boolean isNumber =
                    field.getType() == int.class || field.getType() == long.class || field.getType() == boolean.class;
            if (!isNumber || !Modifier.isFinal(field.getModifiers()) || field.isSynthetic()) {
                continue;
            }
            field.setAccessible(true);
            Object value = field.get(null);
            long real = value instanceof Boolean is ? (is ? 1 : 0) : ((Number) value).longValue();
            if (values.containsKey(field.getName())) {
                assertThat(values.get(field.getName()))
                        .as(type.getName() + "." + field.getName())
                        .isEqualTo(new StaticValue.Whole(real));
            } else {
                unknown.add(field.getName());
            }
        }
        return unknown;
    }

    /** Each class changes, in code that is not followed, what its initialiser reads afterwards. */
    private static final String CHANGES = """
            class ByObject {
              static final int[] KEPT = {1, 2};
              static final int BEFORE = KEPT[1];
              static { new ByObject().change(); }
              static final int AFTER = KEPT[0];
              void change() { KEPT[0] = 7; }
            }
            class ByLambda {
              static int mutable = 3;
              static final int SEEN = read();
              static int read() { int[] a = {1}; Runnable r = () -> { a[0] = 5; mutable = 9; }; r.run(); return a[0]; }
              static final int AFTER = mutable;
            }
            class ByFill {
              static final int[] KEPT = {1, 2};
              static { java.util.Arrays.fill(KEPT, 6); }
              static final int AFTER = KEPT[0];
            }
            class ByOther {
              static int mutable = 1;
              static final int FIRST = Changer.change(), AFTER = mutable;
            }
            class Changer { static int change() { ByOther.mutable = 8; return 0; } }
            class ByMerge {
              static int[] kept;
              static final int AFTER;
              static {
                int[] a = {1}, b = {2};
                kept = Boolean.getBoolean("faultline.unset") ? a : b;
                new ByMerge().change();
                AFTER = b[0];
              }
              void change() { kept[0] = 7; }
            }
            class ByElement {
              static final int[][] KEPT = {{1}, {2}};
              static final int AFTER;
              static { int[] inner = KEPT[1]; new ByElement().change(); AFTER = inner[0]; }
              void change() { KEPT[1][0] = 7; }
            }
            class ByAlias {
              static final int AFTER;
              static {
                int[] a = {1}, b = {2};
                int[] one = Boolean.getBoolean("faultline.unset") ? a : b;
                java.util.Arrays.fill(one, 7);
                AFTER = b[0];
              }
            }
            class ByField {
              int[] own;
              static final int AFTER;
              static { int[] a = {1}; ByField f = new ByField(); f.own = a; f.change(); AFTER = a[0]; }
              void change() { own[0] = 7; }
            }
            class Untouched {
              static int mutable = 4;
              static final int AFTER;
              static { int[] a = {1}; new Untouched().toString(); a[0] += (int) (System.nanoTime() * 0); AFTER = a.length; }
            }
            """;

    @Test
    void whatCodeMayChangeThatIsNotFollowedIsNotKnown() throws Exception {
        CompiledProgram program = CompiledProgram.of(directory, List.of(), CHANGES);
        try (URLClassLoader loader = program.loader()) {
            for (String type : List.of(
                    "ByObject", "ByLambda", "ByFill", "ByOther", "ByMerge", "ByElement", "ByAlias", "ByField")) {
                Map<String, StaticValue> values = program.evaluator().values(type);
                compare(values, loader.loadClass(type));
                assertThat(values).as(type).doesNotContainKey("AFTER");
            }
            assertThat(program.evaluator().values("ByObject")).containsEntry("BEFORE", new StaticValue.Whole(2));
            assertThat(program.evaluator().values("Untouched")).containsEntry("AFTER", new StaticValue.Whole(1));
        }
    }

    @Test
    void whatIsKnownOfRandomInitialisersIsTrue() throws Exception {
        long seed = Long.getLong("faultline.seed", System.nanoTime());
        System.out.println("random initialisers: -Dfaultline.seed=" + seed);
        Random random = new Random(seed);
        StringBuilder source = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            source.append(new RandomInitialiser(random).source("R" + i));
        }
        CompiledProgram program = CompiledProgram.of(directory, List.of(), source.toString());
        int fields = 0;
        int unknown = 0;
        StaticEvaluator evaluator = program.evaluator();
        for (String answers : List.of("0", "1", "01", "110")) {
            System.setProperty(RandomInitialiser.UNKNOWN, answers);
            try (URLClassLoader loader = program.loader()) {
                for (int i = 0; i < 60; i++) {
                    Class<?> type = loader.loadClass("R" + i);
                    fields += RandomInitialiser.FIELDS;
                    unknown += compare(evaluator.values("R" + i), type).size();
                }
            } finally {
                System.clearProperty(RandomInitialiser.UNKNOWN);
            }
        }
        assertThat(fields - unknown).as("known of " + fields).isBetween(fields / 20, fields - 1);
    }

    /** An initialiser of random statements on a few variables, some of whose conditions no reader can know. */
    private static final class RandomInitialiser {

        static final int FIELDS = 6;
        /** The property that tells what conditions come to that are not known, one after the other, again and again. */
        static final String UNKNOWN = "faultline.test.unknown";

        private final Random random;
        private final StringBuilder text = new StringBuilder();
        private int loops;

        RandomInitialiser(Random random) {
            this.random = random;
        }

        String source(String name) {
            text.append("class ").append(name).append(" {\n");
            for (int i = 0; i < FIELDS; i++) {
                text.append("static final int F").append(i).append(";\n");
            }
            text.append("static int mutable = 1;\nstatic {\nint a = 1, b = 2, c = 3; int[] d = {1, 2, 3};\n");
            for (int i = 0; i < FIELDS; i++) {
                block(3);
                text.append("F").append(i).append(" = ").append(value()).append(";\n");
            }
            text.append("}\nstatic int asked;\nstatic int unknown() { String answers = System.getProperty(\"")
                    .append(UNKNOWN)
                    .append("\"); return answers.charAt(asked++ % answers.length()) - '0'; }\n");
            text.append(
                    "static int helper(int x) { if (x > 9) { return x - 7; } mutable++; return x + mutable; }\n}\n");
            return text.toString();
        }

        private void block(int depth) {
            for (int i = random.nextInt(4); i >= 0; i--) {
                statement(depth);
            }
        }

        private void statement(int depth) {
            String target = List.of("a", "b", "c", "mutable", "d[1]").get(random.nextInt(5));
            switch (depth == 0 ? 0 : random.nextInt(7)) {
                case 0, 1, 2 ->
                    text.append(target).append(" = ").append(value()).append(";\n");
                case 3 -> {
                    text.append("if (").append(condition()).append(") {\n");
                    block(depth - 1);
                    text.append("} else {\n");
                    block(depth - 1);
                    text.append("}\n");
                }
                case 4 -> {
                    String at = "i" + loops++;
                    text.append("for (int ")
                            .append(at)
                            .append(" = 0; ")
                            .append(at)
                            .append(" < ");
                    text.append(random.nextBoolean() ? "3" : "2 + unknown()")
                            .append("; ")
                            .append(at)
                            .append("++) {\n");
                    block(depth - 1);
                    text.append("}\n");
                }
                case 5 -> {
                    text.append("try {\n");
                    block(depth - 1);
                    text.append("if (").append(condition()).append(") throw new IllegalStateException();\n");
                    block(depth - 1);
                    text.append("} catch (IllegalStateException e" + loops++ + ") {\n");
                    block(depth - 1);
                    text.append("}\n");
                }
                default -> {
                    text.append("switch ((").append(value()).append(") & 3) {\ncase 0:\n");
                    block(depth - 1);
                    text.append("case 1: break;\ndefault:\n");
                    block(depth - 1);
                    text.append("}\n");
                }
            }
        }

        private String condition() {
            return random.nextInt(3) == 0 ? "unknown() == 1" : "(" + value() + ") > (" + value() + ")";
        }

        private String value() {
            return switch (random.nextInt(9)) {
                case 0 -> "a";
                case 1 -> "b + 1";
                case 2 -> "c * 2 - a";
                case 3 -> "mutable";
                case 4 -> "d[1] ^ b";
                case 5 -> "helper(a)";
                case 6 -> "(b << 2 | 1) % 13";
                case 7 -> random.nextInt(4) == 0 ? "unknown()" : "d.length";
                default -> Integer.toString(random.nextInt(40));
            };
        }
    }
}
