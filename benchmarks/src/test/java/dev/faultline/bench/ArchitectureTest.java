package dev.faultline.bench;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the packages of benchmarks. They never turn back. */
class ArchitectureTest {

    private static final String BASE = "dev.faultline.bench.";
    private static final int MOST_CLASSES = 25;

    private static final List<String> CONTESTANTS =
            List.of("contestants.refcount", "contestants.queue", "contestants.pool", "contestants.rpc");

    /** For each package, the packages of this module it may use besides itself. */
    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("cores", List.of()),
            Map.entry("grid", List.of("cores", "layout.loop", "harness")),
            Map.entry("calibrate", List.of("cores", "grid", "harness")),
            Map.entry("plan", List.of()),
            Map.entry("harness", List.of("plan", "cores")),
            Map.entry("contestants.refcount", List.of("harness", "cores")),
            Map.entry("contestants.queue", List.of("harness")),
            Map.entry("contestants.pool", List.of("harness")),
            Map.entry("contestants.rpc", List.of("harness")),
            Map.entry("peers", plus(CONTESTANTS, "harness")),
            Map.entry("suites", plus(CONTESTANTS, "plan", "peers")),
            Map.entry("layout.loop", List.of("cores")),
            Map.entry("layout", List.of("layout.loop", "plan", "harness"))));

    private static JavaClasses classes;

    private static List<String> plus(List<String> names, String... more) {
        return Stream.concat(names.stream(), Stream.of(more)).toList();
    }

    @BeforeAll
    static void importMainClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("jmh_generated"))
                .importPackages(BASE);
    }

    @Test
    void every_package_has_its_row_in_the_table_and_few_classes() {
        Map<String, Long> sizes = classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(one -> !one.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        one -> one.getPackageName().substring(BASE.length()), TreeMap::new, Collectors.counting()));

        assertThat(MAY_USE.keySet()).isEqualTo(new TreeSet<>(sizes.keySet()));
        assertThat(sizes.values()).as(sizes.toString()).allMatch(size -> size <= MOST_CLASSES);
    }

    @Test
    void arrows_between_packages_never_turn_back() {
        MAY_USE.forEach((name, allowed) -> {
            String[] forbidden = MAY_USE.keySet().stream()
                    .filter(other -> !other.equals(name) && !allowed.contains(other))
                    .map(other -> BASE + other)
                    .toArray(String[]::new);
            noClasses()
                    .that(resideInAPackage(BASE + name))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(forbidden))
                    .because(name + " may use only " + allowed)
                    .check(classes);
        });
    }

    @Test
    void each_library_is_known_to_few_packages() {
        only("org.objectweb.asm..", "layout.loop");
        only("org.openjdk.jmh..", "harness", "contestants.*", "layout");
        for (String peer : List.of("org.jctools..", "org.agrona..", "org.apache.commons.pool2..", "io.netty..")) {
            only(peer, "peers");
        }
        only("net.openhft..");
    }

    private static void only(String library, String... packages) {
        String[] homes = Stream.of(packages).map(one -> BASE + one).toArray(String[]::new);
        noClasses()
                .that(resideInAPackage(BASE + ".")
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(resideInAnyPackage(homes))))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .check(classes);
    }
}
