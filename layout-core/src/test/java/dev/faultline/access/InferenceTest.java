package dev.faultline.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import java.util.List;
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

    @Test
    void user_space_locks_and_semaphores_are_guessed_as_those_of_the_kernel_are() {
        AccessMap guessed = infer("""
                struct s1 {
                        int                        cfg;              /*     0     4 */

                        /* XXX 4 bytes hole, try to pack */

                        pthread_mutex_t            m;                /*     8    40 */
                        long int                   a;                /*    48     8 */
                        pthread_spinlock_t         sp;               /*    56     4 */
                        int                        b;                /*    60     4 */
                        /* --- cacheline 1 boundary (64 bytes) --- */
                        sem_t                      sem;              /*    64    32 */
                        pthread_once_t             once;             /*    96     4 */

                        /* size: 104, cachelines: 2, members: 7 */
                };
                """);

        assertThat(guessed.uses())
                .extracting(use -> use.field().path(), FieldUse::kind, FieldUse::basis)
                .containsExactly(
                        tuple("cfg", AccessKind.READ, "an ordinary field"),
                        tuple("m", AccessKind.RMW, "lock"),
                        tuple("a", AccessKind.READ, "an ordinary field"),
                        tuple("sp", AccessKind.RMW, "lock"),
                        tuple("b", AccessKind.READ, "an ordinary field"),
                        tuple("sem", AccessKind.RMW, "semaphore"),
                        tuple("once", AccessKind.READ, "read mostly"));
    }

    @Test
    void a_struct_that_is_only_initialised_once_tells_nothing() {
        assertThat(infer("""
                struct s {
                        pthread_once_t             once;             /*     0     4 */
                        int                        cfg;              /*     4     4 */

                        /* size: 8, cachelines: 1, members: 2 */
                };
                """).uses()).isEmpty();
    }

    @Test
    void a_type_that_holds_lock_and_data_takes_the_one_before_the_other() {
        StructLayout mutex = read("""
                struct Held {
                        struct Mutex               inner;            /*     0     4 */
                        struct AtomicBool          poison;           /*     4     1 */

                        /* XXX 3 bytes hole, try to pack */

                        u64                        data;             /*     8     8 */

                        /* size: 16, cachelines: 1, members: 3 */
                };
                """);
        StructLayout spin = read("""
                struct Held {
                        struct AtomicBool          lock;             /*     0     1 */

                        /* XXX 7 bytes hole, try to pack */

                        u64                        data;             /*     8     8 */

                        /* size: 16, cachelines: 1, members: 2 */
                };
                """);

        AccessMap guessed = Inference.infer(StructLayout.of(
                "Pool",
                AggregateKind.STRUCT,
                40,
                8,
                List.of(
                        Member.of("queue", new FieldType.Aggregate("struct Mutex<u64>", mutex), 0),
                        Member.of("spin", new FieldType.Aggregate("spin::mutex::SpinMutex<u64>", spin), 16),
                        Member.of("limit", FieldType.Scalar.natural("u64", 8), 32)),
                mutex.provenance()));

        assertThat(guessed.uses())
                .extracting(
                        use -> use.field().path(),
                        FieldUse::kind,
                        FieldUse::operation,
                        FieldUse::position,
                        FieldUse::basis)
                .containsExactly(
                        tuple("queue.inner", AccessKind.RMW, "lock queue", 0, "lock"),
                        tuple("queue.inner", AccessKind.WRITE, "lock queue", 2, "lock"),
                        tuple("queue.poison", AccessKind.READ, "lock queue", 0, "of a lock"),
                        tuple("queue.data", AccessKind.READ, "lock queue", 1, "guarded by queue"),
                        tuple("spin.lock", AccessKind.RMW, "lock spin", 0, "atomic"),
                        tuple("spin.lock", AccessKind.WRITE, "lock spin", 2, "atomic"),
                        tuple("spin.data", AccessKind.READ, "lock spin", 1, "guarded by spin"),
                        tuple("limit", AccessKind.READ, "read", 0, "an ordinary field"));
    }

    private static AccessMap infer(String text) {
        return Inference.infer(read(text));
    }

    private static StructLayout read(String text) {
        return NotationReader.read("s.txt", text).get(0);
    }
}
