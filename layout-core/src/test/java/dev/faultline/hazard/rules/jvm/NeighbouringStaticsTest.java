package dev.faultline.hazard.rules.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.NeighbouringStatics;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeighbouringStaticsTest {

    private static List<Finding> examine(String mode, String text) {
        return ExaminedClass.by(new NeighbouringStatics(), mode, "Statics", text);
    }

    @Test
    void a_static_counter_beside_a_static_flag_is_told_with_offsets_in_the_class_object() {
        String text = """
                final class Statics {
                    static volatile boolean enabled;
                    static int requests;
                    static boolean isEnabled() { return enabled; }
                    static void count() { requests++; }
                }
                """;

        assertThat(examine("17", text)).singleElement().satisfies(finding -> {
            assertThat(finding.fields()).containsExactly("requests", "enabled");
            assertThat(finding.message())
                    .contains("requests (written at Statics.count:5) is at byte 112 of the Class object of Statics")
                    .contains("enabled (read at Statics.isEnabled:4) at byte 116");
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
        });
        assertThat(examine("25", text).get(0).message()).contains("byte 120 of the Class object");
    }

    @Test
    void two_static_counters_are_one_finding() {
        assertThat(examine("17", """
                        final class Statics {
                            static long in;
                            static long out;
                            static void received() { in++; }
                            static void sent() { out++; }
                        }
                        """)).hasSize(1);
    }

    @Test
    void what_is_set_once_or_used_by_the_same_method_is_no_hazard() {
        assertThat(examine("17", """
                        final class Statics {
                            private static Object instance;
                            private static boolean debug;
                            static final int LIMIT = 10;
                            static synchronized Object instance() {
                                if (instance == null) { instance = new Object(); }
                                return instance;
                            }
                            static boolean isDebug() { return debug; }
                        }
                        """)).isEmpty();
        assertThat(examine("17", """
                        final class Statics {
                            static long seed;
                            static long steps;
                            static synchronized long next() { steps++; seed = seed * 31 + steps; return seed; }
                        }
                        """)).isEmpty();
    }
}
