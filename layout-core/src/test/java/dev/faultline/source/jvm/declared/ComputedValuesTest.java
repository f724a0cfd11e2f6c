package dev.faultline.source.jvm.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.jvm.declared.InitialiserRunner.Answer;
import dev.faultline.source.jvm.declared.InitialiserRunner.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the VM that runs initialisers answers is hostile input: it gives right values or none. */
class ComputedValuesTest {

    private static final Request RING = new Request("off.Ring", 22, List.of("LAYOUT", "AT", "OTHER"));

    private static final List<String> LINES = List.of(
            "field AT 64",
            "field LAYOUT [ 40 64 =ring 4 j 8 8 =put x 8 1 - * 16 4 =cells 2 [ 8 4 - 2 i 4 4 =a+b I 4 4 =b"
                    + " | 8 8 =either 2 b 1 1 - a 8 8 =p");

    private static ComputedValues of(List<String> lines) {
        return ComputedValues.of(List.of(RING), List.of(Answer.of(lines)));
    }

    @Test
    void numbersAndLayoutsAreRead() {
        ComputedValues values = of(LINES);
        assertThat(values.value("off/Ring", "AT")).isEqualTo(new StaticValue.Whole(64));
        assertThat(((StaticValue.Layout) values.value("off/Ring", "LAYOUT"))
                        .value()
                        .text())
                .isEqualTo("64%[j8(put)x8[2:[i4(a b)I4(b)]](cells)[b1|a8(p)](either)](ring)");
        assertThat(values.has("off/Ring", "OTHER")).isFalse();
        assertThat(values.problem("off/Ring")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "field NOT_ASKED 64",
                "field LAYOUT",
                "field LAYOUT 99999999999999999999",
                "field LAYOUT [ 16 8 - 2 j 8 8 -",
                "field LAYOUT [ 8 8 - 1 j 8 8 - j 8 8 -",
                "field LAYOUT [ 24 8 - 2 j 8 8 - j 8 8 -",
                "field LAYOUT [ 12 8 - 2 i 4 4 - j 8 8 -",
                "field LAYOUT [ 8 3 - 1 j 8 8 -",
                "field LAYOUT [ 8 8 - 99999999 j 8 8 -",
                "field LAYOUT [ -8 8 - 1 x -8 1 -",
                "field LAYOUT q 8 8 -",
                "field LAYOUT j 3 1 -",
                "field LAYOUT * 8 1 - 9223372036854775807 b 1 1 -",
                "field LAYOUT * 8 1 - 8",
                "field %zz 64",
                "begin 5",
                "",
            })
    void whatIsNoValueIsLeftOut(String line) {
        ComputedValues values = of(List.of(line));
        for (String field : List.of("LAYOUT", "AT", "OTHER", "NOT_ASKED")) {
            assertThat(values.has("off/Ring", field)).as(line).isFalse();
        }
    }

    @Test
    void nestingAndSizeAreBounded() {
        String deep = "[ 8 8 - 1 ".repeat(5000) + "j 8 8 -";
        String wide = "field LAYOUT [ 20000 1 - 20000" + " b 1 1 -".repeat(20_000);
        assertThat(of(List.of("field LAYOUT " + deep, wide)).has("off/Ring", "LAYOUT"))
                .isFalse();
    }

    @Test
    void problemsAreSaidInBoundedWords() {
        assertThat(of(List.of("threw " + "x".repeat(5000))).problem("off/Ring")).hasSizeLessThan(450);
        assertThat(of(List.of("old 25 17")).problem("off/Ring"))
                .isEqualTo(
                        "the initialiser was not run: it needs JDK 25 or newer, and this is JDK 17; --java-home names"
                                + " another one");
        assertThat(of(List.of("old +")).problem("off/Ring")).contains("was not run");
    }

    @Test
    void changedAnswersGiveValuesThatHoldOrNone() {
        long seed = Long.getLong("faultline.seed", System.nanoTime());
        System.out.println("changed answers: -Dfaultline.seed=" + seed);
        Random random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = LINES.get(1).getBytes(StandardCharsets.ISO_8859_1);
            for (int change = random.nextInt(4); change >= 0; change--) {
                byte other = random.nextBoolean()
                        ? bytes[random.nextInt(bytes.length)]
                        : (byte) " 0123489[|*xjia=-%".charAt(random.nextInt(18));
                bytes[random.nextInt(bytes.length)] = other;
            }
            List<String> lines = new ArrayList<>(LINES);
            lines.set(1, new String(bytes, StandardCharsets.ISO_8859_1));
            StaticValue value = of(lines).value("off/Ring", "LAYOUT");
            if (value instanceof StaticValue.Layout layout) {
                read++;
                assertThat(sum(layout.value()))
                        .as(lines.get(1))
                        .isEqualTo(layout.value().byteSize());
            }
        }
        assertThat(read).as("some changes leave a layout").isPositive();
    }

    /** {@return the bytes that the members of a layout take} */
    private static long sum(MemoryLayoutValue layout) {
        return switch (layout.kind()) {
            case VALUE, PADDING -> layout.byteSize();
            case SEQUENCE -> layout.count() * sum(layout.members().get(0));
            case STRUCT ->
                layout.members().stream().mapToLong(ComputedValuesTest::sum).sum();
            case UNION ->
                layout.members().stream()
                        .mapToLong(ComputedValuesTest::sum)
                        .max()
                        .orElse(0);
        };
    }
}
