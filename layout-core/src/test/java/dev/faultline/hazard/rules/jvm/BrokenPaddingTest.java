package dev.faultline.hazard.rules.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BrokenPaddingTest {

    private static final String SEVEN = "long %1$s1, %1$s2, %1$s3, %1$s4, %1$s5, %1$s6, %1$s7;";

    private static String longs(String prefix) {
        return SEVEN.formatted(prefix);
    }

    private static String bytes(String prefix) {
        return IntStream.range(0, 64)
                .mapToObj(i -> prefix + String.format("%02d", i))
                .collect(Collectors.joining(", ", "byte ", ";"));
    }

    private static String turn(String front, String word, String back) {
        return "class Front { " + front + " } class Word extends Front { " + word + " } class Back extends Word { "
                + back + " } final class Turn extends Back { int next() { return ++turn; } }";
    }

    private static List<Finding> examine(String mode, String className, String text) {
        return ExaminedClass.by(new BrokenPadding(), mode, className, text);
    }

    @Test
    void an_int_that_slips_into_the_gap_behind_the_header_leaves_its_padding_behind_it() {
        List<Finding> findings = examine("17", "Turn", turn(longs("pad10"), "volatile int turn;", longs("pad20")));

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.message())
                    .startsWith("the 7 longs meant to stand before turn stand behind it: turn is at byte 12, beside the"
                            + " header and the object before it in memory");
            assertThat(finding.fields()).containsExactly("turn");
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.advice()).contains("64 byte fields").doesNotContain("64-byte line");
        });
    }

    @Test
    void the_same_padding_holds_behind_a_header_without_a_gap_and_the_finding_says_so() {
        String text = turn(longs("pad10"), "volatile int turn;", longs("pad20"));

        assertThat(examine("25-coh", "Turn", text)).isEmpty();
        assertThat(examine("17", "Turn", text).get(0).message()).contains("the padding holds on JDK 8, 11, 25-coh, 27");
    }

    @Test
    void bytes_fill_the_gap_and_hold() {
        String text = turn(bytes("pad10"), "volatile int turn;", bytes("pad20"));

        assertThat(examine("17", "Turn", text)).isEmpty();
        assertThat(examine("25", "Turn", text)).isEmpty();
    }

    @Test
    void seven_longs_on_both_sides_of_a_long_hold_in_every_mode() {
        String text =
                turn(longs("pad10"), "volatile long turn;", longs("pad20")).replace("int next", "long next");

        for (String mode : List.of("17", "17-no-coops", "17-no-ccp", "25", "25-coh")) {
            assertThat(examine(mode, "Turn", text)).as(mode).isEmpty();
        }
    }

    @Test
    void three_longs_are_too_few() {
        String text = turn("long pad101, pad102, pad103;", "volatile long turn;", longs("pad20"))
                .replace("int next", "long next");

        assertThat(examine("17", "Turn", text)).singleElement().satisfies(finding -> {
            assertThat(finding.message())
                    .contains("the 3 longs before turn are 24 bytes and too few: turn is at byte 40");
            assertThat(finding.advice()).contains("at least 56 bytes");
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
        });
    }

    @Test
    void a_word_with_padding_before_it_and_none_behind_meets_the_next_object() {
        String text = turn(longs("pad10"), "volatile long turn;", "").replace("int next", "long next");

        assertThat(examine("17", "Turn", text)).singleElement().satisfies(finding -> {
            assertThat(finding.message())
                    .contains("turn has padding on one side only, 7 longs before it")
                    .contains("the object behind it in memory in 7 of 8 placements");
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
        });
    }

    @Test
    void a_class_that_only_leads_to_another_is_judged_by_the_one_at_the_end() {
        String text =
                turn(longs("pad10"), "volatile long turn;", longs("pad20")).replace("int next", "long next");

        assertThat(examine("17", "Word", text)).isEmpty();
    }

    @Test
    void two_words_with_padding_between_them_that_meet_are_named() {
        String text = """
                class Put { volatile int put; }
                class Middle extends Put { long pad1, pad2, pad3, pad4, pad5, pad6, pad7, pad8; }
                class Take extends Middle { volatile byte take; }
                final class Ends extends Take { byte more() { put++; return take++; } }
                """;

        // put takes the gap behind the header, so take cannot slip.
        assertThat(examine("17", "Ends", text))
                .noneMatch(finding ->
                        finding.fields().contains("put") && finding.fields().contains("take"));

        String short_ = text.replace("volatile int put", "volatile short put");
        assertThat(examine("17", "Ends", short_))
                .anySatisfy(finding ->
                        assertThat(finding.fields()).startsWith("take").contains("put"));
    }

    @Test
    void a_class_without_padding_has_none_to_break() {
        assertThat(examine("17", "Plain", "final class Plain { volatile int a; volatile long b; }"))
                .isEmpty();
    }
}
