package dev.faultline.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.Slot;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.source.jvm.code.CompiledSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts on classes whose padding is known by its use alone. */
class ClassVerdictTest {

    private static final String BYTES_A = octal("a");
    private static final String BYTES_Z = octal("z");

    private static final String SOURCE = """
            class GapA { long a0, a1, a2, a3, a4, a5, a6; }
            class GapV extends GapA { volatile int turn; }
            class GapZ extends GapV { long z0, z1, z2, z3, z4, z5, z6; }
            final class Slipped extends GapZ {}
            class KeptA { byte %s; }
            class KeptV extends KeptA { volatile int turn; }
            class KeptZ extends KeptV { byte %s; }
            final class Kept extends KeptZ {}

            class FarA { long a0, a1, a2, a3, a4, a5, a6, a7; }
            class FarPut extends FarA { volatile long put; }
            class FarB extends FarPut { long b0, b1, b2, b3, b4, b5, b6, b7; }
            class FarTake extends FarB { volatile long take; }
            class FarC extends FarTake { long c0, c1, c2, c3, c4, c5, c6, c7; }
            final class Far extends FarC {}
            final class Near { volatile long put; volatile long take; }

            class PlainV extends GapA { long cursor; }
            class PlainZ extends PlainV { long z0, z1, z2, z3, z4, z5, z6; }
            final class Plain extends PlainZ {}
            class SharedV extends GapA { volatile long cursor; }
            class SharedZ extends SharedV { long z0, z1, z2, z3, z4, z5, z6; }
            final class Shared extends SharedZ {}

            final class Bare { long head; long tail; int size; }
            final class BareVolatile { volatile long head; long tail; int size; }
            final class Swapped { volatile long tail; long head; int size; }
            """.formatted(BYTES_A, BYTES_Z);

    @TempDir
    private static Path folder;

    private static ClassSource source;

    private static String octal(String stem) {
        return IntStream.range(0, 64)
                .mapToObj(i -> String.format("%s%03o", stem, i))
                .collect(Collectors.joining(", "));
    }

    @BeforeAll
    static void compile() throws IOException {
        for (Map.Entry<String, byte[]> one : CompiledSources.classes(SOURCE).entrySet()) {
            Files.write(folder.resolve(one.getKey() + ".class"), one.getValue());
        }
        source = ClassSource.open("classes", folder, VmMode.parse("17"));
    }

    private static Subject find(String name) {
        return ((Lookup.Found) source.find(name)).subjects().get(0);
    }

    private static Comparison compare(String before, String after) {
        return Compared.COMPARER.compare(find(before), find(after));
    }

    @ParameterizedTest
    @CsvSource({
        "Far, Near, WORSE",
        "Near, Far, BETTER",
        "Slipped, Kept, BETTER",
        "Kept, Slipped, WORSE",
        "Plain, Shared, SAME",
        "Shared, Plain, SAME",
        "Bare, BareVolatile, SAME",
        "BareVolatile, Bare, SAME",
    })
    void padding_by_use_decides(String before, String after, Verdict verdict) {
        Comparison comparison = compare(before, after);
        assertThat(comparison.verdict()).as(comparison.reason()).isEqualTo(verdict);
    }

    @Test
    void padding_is_told_as_bytes_and_not_field_by_field() {
        Comparison comparison = compare("Far", "Near");
        assertThat(comparison.fields()).extracting(FieldChange::path).containsExactly("put", "take");
        assertThat(comparison.padding())
                .extracting(PaddingChange::place, PaddingChange::byteSizeBefore, PaddingChange::byteSizeAfter)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("before put", 64L, 0L),
                        org.assertj.core.groups.Tuple.tuple("before take", 64L, 0L),
                        org.assertj.core.groups.Tuple.tuple("at the end", 64L, 0L));
    }

    @Test
    void a_repaired_slip_says_what_it_won() {
        assertThat(compare("Slipped", "Kept").reason())
                .isEqualTo("turn is now kept further from the object's header and from other objects by padding");
    }

    @Test
    void the_padding_of_all_is_known() {
        assertThat(find("Slipped").layout().fields().stream()
                        .filter(Slot.Field::isPadding)
                        .count())
                .isEqualTo(14);
        assertThat(find("Plain").layout().paddingBytes()).isEqualTo(112);
        assertThat(find("Near").layout().paddingBytes()).isZero();
    }
}
