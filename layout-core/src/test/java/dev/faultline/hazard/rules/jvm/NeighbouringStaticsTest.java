package dev.faultline.hazard.rules.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Access;
import dev.faultline.access.AccessKind;
import dev.faultline.access.Certainty;
import dev.faultline.access.StructProfile;
import dev.faultline.access.code.PlainStores;
import dev.faultline.access.file.AccessFileReader;
import dev.faultline.access.file.ObservedProfile;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.NeighbouringStatics;
import dev.faultline.layout.Member;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
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

    @Test
    void what_a_profile_says_of_static_fields_is_told_of_the_class_literal() {
        String text = """
                final class Statics {
                    static volatile boolean enabled;
                    static final Object LOCK = new Object();
                    static int requests;
                    static void count() { requests++; }
                    static void enable() { enabled = true; }
                }
                """;
        Subject statics = ExaminedClass.subject("17", "Statics.class", text);
        assertThat(statics.layout().members())
                .extracting(Member::name, Member::byteOffset)
                .containsExactly(
                        Tuple.tuple("(Class)", 0L),
                        Tuple.tuple("LOCK", 112L),
                        Tuple.tuple("requests", 116L),
                        Tuple.tuple("enabled", 120L));
        assertThat(statics.layout().spelling()).isEqualTo("section Statics.class");

        String row = "{\"role\":\"%s\",\"threads\":1,\"operation\":\"o\",\"type\":\"Statics.class\",\"field\":\"%s\","
                + "\"kind\":\"%s\",\"count\":1000000}\n";
        StructProfile profile =
                recorded(row.formatted("a", "requests", "write") + row.formatted("b", "enabled", "read"));

        assertThat(ExaminedClass.findings(new NeighbouringStatics(), statics.withProfile(Optional.of(profile))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.fields()).containsExactly("requests", "enabled");
                    assertThat(finding.certainty()).isEqualTo(Certainty.RECORDED);
                    assertThat(finding.advice()).startsWith("hold requests in an object of its own");
                });
        StructProfile enabling = recorded(row.formatted("a", "enabled", "write"));
        assertThat(PlainStores.asInCode(enabling, statics.code().orElseThrow())
                        .operations()
                        .get(0)
                        .accesses())
                .extracting(Access::kind)
                .containsExactly(AccessKind.VOLATILE_WRITE);
    }

    private static StructProfile recorded(String rows) {
        String head = "{\"format\":\"faultline-access 1\",\"certainty\":\"recorded\",\"identity\":{},\"tool\":\"t\","
                + "\"seconds\":1,\"unit\":\"accesses\"}\n";
        return ObservedProfile.of(AccessFileReader.read("a", head + rows), "a")
                .structs()
                .get(0);
    }
}
