package dev.faultline.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.layout.notation.NotationReader;
import org.junit.jupiter.api.Test;

class InferenceTest {

    @Test
    void a_guess_names_the_access_as_its_operation_and_says_apart_what_it_rests_on() {
        AccessMap guessed = Inference.infer(NotationReader.read("s.txt", """
                struct s {
                        refcount_t                 refs;             /*     0     4 */
                        seqcount_t                 seq;              /*     4     4 */
                        int                        plain;            /*     8     4 */

                        /* size: 12, cachelines: 1, members: 3 */
                };
                """).get(0));

        assertThat(guessed.uses())
                .extracting(use -> use.field().path(), FieldUse::operation, FieldUse::basis, FieldUse::certainty)
                .containsExactly(
                        tuple("refs", "rmw", "reference count", Certainty.INFERRED),
                        tuple("seq", "write", "sequence counter", Certainty.INFERRED),
                        tuple("plain", "read", "an ordinary field", Certainty.INFERRED));
    }

    @Test
    void a_declared_use_rests_on_its_operation() {
        AccessMap guessed = Inference.infer(NotationReader.read("s.txt", """
                struct s {
                        refcount_t                 refs;             /*     0     4 */

                        /* size: 4, cachelines: 1, members: 1 */
                };
                """).get(0));
        FieldUse guess = guessed.uses().get(0);
        FieldUse declared = new FieldUse(
                guess.field(), guess.kind(), guess.role(), "get", 0, 1e6, 0, Elements.WHOLE, Evidence.PROFILE);

        assertThat(declared.basis()).isEqualTo("get");
        assertThat(declared.withRate(5).ratePerSecond()).isEqualTo(5);
        assertThat(declared.withRate(5).evidence()).isEqualTo(Evidence.PROFILE);
    }
}
