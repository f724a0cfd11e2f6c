package dev.faultline.hazard.rules.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Certainty;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeighbouringAtomicsTest {

    private static final String IMPORT = "import java.util.concurrent.atomic.*;\n";

    private static List<Finding> examine(String className, String text) {
        return examine("17", className, text);
    }

    private static List<Finding> examine(String mode, String className, String text) {
        return ExaminedClass.by(new NeighbouringAtomics(), mode, className, IMPORT + text);
    }

    @Test
    void two_counters_made_together_lie_together_whoever_writes_them() {
        String text = "final class Twins { final AtomicLong hits = new AtomicLong();"
                + " final AtomicLong misses = new AtomicLong(); }";

        assertThat(examine("Twins", text)).singleElement().satisfies(finding -> {
            assertThat(finding.message())
                    .contains(
                            "hits and misses refer to AtomicLong objects that Twins.<init>:2 makes one after the other")
                    .contains("24 bytes apart on the heap and share a 64-byte line in 5 of 8 placements")
                    .contains("who writes them is not known");
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.certainty()).isEqualTo(Certainty.DECLARED_BY_TYPE);
        });
        assertThat(examine("25-coh", "Twins", text).get(0).message()).contains("16 bytes apart");
    }

    @Test
    void a_producer_and_a_consumer_that_step_one_each_are_named_with_their_places() {
        String text = """
                final class Ring {
                    private final AtomicLong put = new AtomicLong();
                    private final AtomicLong take = new AtomicLong();
                    private final Object[] slots = new Object[64];
                    boolean offer(Object one) {
                        long at = put.get();
                        slots[(int) at & 63] = one;
                        put.lazySet(at + 1);
                        return true;
                    }
                    Object poll() {
                        long at = take.get();
                        Object one = slots[(int) at & 63];
                        take.lazySet(at + 1);
                        return one;
                    }
                }
                """;

        assertThat(examine("Ring", text)).singleElement().satisfies(finding -> {
            assertThat(finding.message())
                    .contains("offer writes put (Ring.offer:9)")
                    .contains("poll writes take (Ring.poll:15)");
            assertThat(finding.certainty()).isEqualTo(Certainty.FROM_CODE);
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.saving()).isEmpty();
        });
    }

    @Test
    void counters_of_different_operations_whose_threads_are_unknown_are_a_suspicion() {
        assertThat(examine("Meter", """
                        final class Meter {
                            final AtomicLong in = new AtomicLong();
                            final AtomicLong out = new AtomicLong();
                            void received() { in.incrementAndGet(); }
                            void sent() { out.incrementAndGet(); }
                        }
                        """)).singleElement().satisfies(finding -> {
            assertThat(finding.certainty()).isEqualTo(Certainty.INFERRED);
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
        });
    }

    @Test
    void counters_that_one_operation_writes_are_contended_alike() {
        assertThat(examine("Both", """
                        final class Both {
                            final AtomicLong requests = new AtomicLong();
                            final AtomicLong bytes = new AtomicLong();
                            void add(int length) { requests.incrementAndGet(); bytes.addAndGet(length); }
                        }
                        """)).isEmpty();
    }

    @Test
    void flags_and_references_that_are_set_once_are_no_contended_words() {
        assertThat(examine("Once", """
                        final class Once {
                            final AtomicBoolean closed = new AtomicBoolean();
                            final AtomicReference<Throwable> failure = new AtomicReference<>();
                            void close() { closed.set(true); }
                            void fail(Throwable why) { failure.compareAndSet(null, why); }
                        }
                        """)).isEmpty();
    }

    @Test
    void an_object_of_another_kind_between_them_makes_the_distance_unknown() {
        assertThat(examine("Apart", """
                        final class Apart {
                            final AtomicLong hits = new AtomicLong();
                            final java.util.HashMap<String, String> map = new java.util.HashMap<>();
                            final AtomicLong misses = new AtomicLong();
                        }
                        """)).isEmpty();
    }

    @Test
    void static_atomics_are_made_by_the_static_initialiser() {
        assertThat(examine("Ids", """
                        final class Ids {
                            static final AtomicInteger POOLS = new AtomicInteger();
                            static final AtomicInteger THREADS = new AtomicInteger();
                            static int pool() { return POOLS.incrementAndGet(); }
                            static int thread() { return THREADS.incrementAndGet(); }
                        }
                        """)).singleElement().satisfies(finding -> {
            assertThat(finding.fields()).containsExactly("POOLS", "THREADS");
            assertThat(finding.message())
                    .contains("Ids.<clinit>:3 makes one after the other")
                    .contains("Ids.pool writes POOLS (Ids.pool:5)");
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
        });
    }

    @Test
    void atomics_that_callers_pass_in_may_be_anywhere() {
        assertThat(examine("Given", """
                        final class Given {
                            final AtomicLong hits;
                            final AtomicLong misses;
                            Given(AtomicLong hits, AtomicLong misses) { this.hits = hits; this.misses = misses; }
                        }
                        """)).isEmpty();
    }

    @Test
    void atomics_that_a_loop_makes_into_an_array_lie_together() {
        assertThat(examine("Slots", """
                        final class Slots {
                            final AtomicLong[] slots = new AtomicLong[8];
                            Slots() { for (int i = 0; i < slots.length; i++) { slots[i] = new AtomicLong(); } }
                        }
                        """)).singleElement().satisfies(finding -> {
            assertThat(finding.fields()).containsExactly("slots");
            assertThat(finding.message()).contains("a loop at Slots.<init>:4").contains("24 bytes apart");
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
        });
    }
}
