package dev.faultline.source.jvm.classfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AnnotationTypesTest {

    /** Two annotations, of the constants 7 and 9; the first has a value of each kind. */
    private static final byte[] TWO = bytes(
            0, 2, 0, 7, 0, 4, 0, 1, 's', 0, 2, 0, 1, 'e', 0, 2, 0, 3, 0, 1, '@', 0, 5, 0, 1, 0, 1, 'I', 0, 2, 0, 1, '[',
            0, 2, 'c', 0, 1, 'Z', 0, 1, 0, 9, 0, 0);

    private static byte[] bytes(int... values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Arrays.stream(values).forEach(out::write);
        return out.toByteArray();
    }

    @Test
    void values_are_passed_over() {
        assertThat(AnnotationTypes.of(TWO, 0, TWO.length)).containsExactly(7, 9);
    }

    @Test
    void what_is_cut_off_anywhere_is_refused() {
        for (int end = 0; end < TWO.length; end++) {
            int cut = end;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AnnotationTypes.of(TWO, 0, cut))
                    .withMessage("annotations are cut off");
        }
    }

    @Test
    void unknown_kinds_and_deep_nests_are_refused() {
        byte[] unknown = bytes(0, 1, 0, 7, 0, 1, 0, 1, '?', 0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnnotationTypes.of(unknown, 0, unknown.length))
                .withMessage("an annotation has a value of kind 63");

        ByteArrayOutputStream deep = new ByteArrayOutputStream();
        deep.writeBytes(bytes(0, 1, 0, 7, 0, 1, 0, 1));
        for (int i = 0; i < 1_000; i++) {
            deep.writeBytes(bytes('[', 0, 1));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnnotationTypes.of(deep.toByteArray(), 0, deep.size()))
                .withMessage("annotations are nested more than 64 deep");
    }
}
