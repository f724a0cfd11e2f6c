package dev.faultline.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds of any two layouts, tried on random structs and what random edits make of them. */
class ComparisonLawsTest {

    private static final long SEED = Long.getLong("faultline.seed", System.nanoTime());
    private static final int ROUNDS = 400;
    private static final List<String> TYPES =
            List.of("char", "short", "int", "long", "void *", "atomic_t", "atomic_long_t");

    private final Random random = new Random(SEED);

    private record Edit(StructLayout before, StructLayout after, String words) {}

    private Edit edit() {
        List<String> members = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            members.add(member("m" + i));
        }
        List<String> edited = new ArrayList<>(members);
        for (int i = random.nextInt(4); i >= 0; i--) {
            edit(edited, i);
        }
        String before = String.join(" ", members);
        String after = String.join(" ", edited);
        return new Edit(
                Compared.foo(before), Compared.foo(after), "faultline.seed=" + SEED + ": " + before + " => " + after);
    }

    private String member(String name) {
        String aligned = random.nextInt(8) == 0 ? " __attribute__((aligned(64)))" : "";
        return random.nextInt(8) == 0
                ? "char pad_" + name.replaceAll("\\D", "") + "[" + (1 + random.nextInt(80)) + "];"
                : TYPES.get(random.nextInt(TYPES.size())) + " " + name + aligned + ";";
    }

    private void edit(List<String> members, int number) {
        int at = random.nextInt(members.size());
        switch (random.nextInt(4)) {
            case 0 -> Collections.swap(members, at, random.nextInt(members.size()));
            case 1 -> members.add(at, member("n9" + number));
            case 2 -> members.set(at, members.get(at).replace(" __attribute__((aligned(64)))", ""));
            default -> {
                if (members.size() > 1) {
                    members.remove(at);
                }
            }
        }
    }

    private static Comparison compare(StructLayout before, StructLayout after) {
        return Compared.COMPARER.compare(Subject.of(before), Subject.of(after));
    }

    @Test
    void a_layout_does_not_differ_from_itself() {
        for (int i = 0; i < ROUNDS; i++) {
            Edit edit = edit();
            Comparison self = compare(edit.after(), edit.after());
            assertThat(self.isChanged()).as(edit.words()).isFalse();
            assertThat(self.verdict()).as(edit.words()).isEqualTo(Verdict.SAME);
        }
    }

    @Tag("slow")
    @Test
    void the_way_back_is_the_mirror_image() {
        for (int i = 0; i < ROUNDS; i++) {
            Edit edit = edit();
            Comparison there = compare(edit.before(), edit.after());
            Comparison back = compare(edit.after(), edit.before());
            assertThat(kinds(back, false)).as(edit.words()).isEqualTo(kinds(there, true));
            assertThat(hazards(back, false)).as(edit.words()).isEqualTo(hazards(there, true));
            boolean bySizeAlone = there.weight() == 0 && back.weight() == 0 && there.bytesMore() != 0;
            // Padding or an alignment that is lost is a loss; one that is added is no gain where nothing else is known.
            boolean isByProtection = back.verdict() != mirrored(there.verdict());
            if (bySizeAlone && there.verdict() != Verdict.MIXED) {
                Comparison smaller = there.bytesMore() < 0 ? there : back;
                Comparison larger = there.bytesMore() < 0 ? back : there;
                assertThat(smaller.verdict()).as(edit.words()).isIn(Verdict.SAME, Verdict.BETTER);
                assertThat(larger.verdict()).as(edit.words()).isEqualTo(Verdict.SAME);
            } else if (isByProtection) {
                // Both ways lose where each side has a protection that the other lacks.
                assertThat(List.of(there.verdict(), back.verdict()))
                        .as(edit.words() + "; there: " + there.reason() + "; back: " + back.reason())
                        .containsAnyOf(Verdict.WORSE, Verdict.MIXED)
                        .doesNotContain(Verdict.BETTER);
            } else {
                assertThat(back.verdict())
                        .as(edit.words() + "; there: " + there.reason() + "; back: " + back.reason())
                        .isEqualTo(mirrored(there.verdict()));
            }
        }
    }

    private static Verdict mirrored(Verdict verdict) {
        return switch (verdict) {
            case WORSE -> Verdict.BETTER;
            case BETTER -> Verdict.WORSE;
            default -> verdict;
        };
    }

    private static Map<String, String> kinds(Comparison comparison, boolean mirrored) {
        Map<String, String> kinds = new HashMap<>();
        for (FieldChange change : comparison.fields()) {
            String words = change.kinds().toString();
            kinds.put(
                    mirrored ? change.before().or(change::after).orElseThrow().path() : change.path(),
                    !mirrored
                            ? words
                            : words.replace("ADDED", "?")
                                    .replace("REMOVED", "ADDED")
                                    .replace("?", "REMOVED"));
        }
        return kinds;
    }

    private static Collection<String> hazards(Comparison comparison, boolean mirrored) {
        return comparison.hazards().stream()
                .flatMap(change -> change.fields().stream()
                        .skip(change.fields().size() > 1 ? 1 : 0)
                        .map(field -> pair(change, field, mirrored)))
                .collect(Collectors.toSet());
    }

    private static String pair(HazardChange change, String field, boolean mirrored) {
        boolean up = change.isUp() != mirrored;
        List<String> both = new ArrayList<>(List.of(field, change.fields().get(0)));
        Collections.sort(both);
        return (up ? "+" : "-") + change.rule() + both;
    }

    @Test
    void the_changes_applied_to_the_old_fields_give_the_new_ones() {
        for (int i = 0; i < ROUNDS; i++) {
            Edit edit = edit();
            Map<String, Slot.Field> fields =
                    edit.before().fields().stream().collect(Collectors.toMap(Slot.Field::path, Function.identity()));
            List<FieldChange> changes = compare(edit.before(), edit.after()).fields();
            changes.forEach(change -> change.before().ifPresent(gone -> fields.remove(gone.path())));
            changes.forEach(change -> change.after().ifPresent(come -> fields.put(come.path(), come)));
            assertThat(fields.values())
                    .as(edit.words())
                    .containsExactlyInAnyOrderElementsOf(edit.after().fields());
        }
    }
}
