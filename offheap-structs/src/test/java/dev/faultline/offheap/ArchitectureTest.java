package dev.faultline.offheap;

import static com.tngtech.archunit.base.DescribedPredicate.not;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the packages of offheap-structs, and what the module needs. They never turn back. */
class ArchitectureTest {

    private static final String BASE = "dev.faultline.offheap.";
    private static final int MOST_CLASSES = 25;

    /** For each package, the packages of this module it may use besides itself. */
    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("declare", List.of()),
            Map.entry("kernel", List.of("declare")),
            Map.entry("memory", List.of()),
            Map.entry("rcu", List.of("memory")),
            Map.entry("refcount", List.of("memory", "rcu", "kernel")),
            Map.entry("queue", List.of("memory", "kernel")),
            Map.entry("pool", List.of("memory", "queue", "kernel"))));

    private static JavaClasses classes;

    @BeforeAll
    static void importMainClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
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
    void a_user_of_the_structures_needs_the_core_and_chronicle_only() {
        noClasses()
                .that(not(resideInAPackage(BASE + "memory")))
                .should()
                .dependOnClassesThat(resideInAPackage("net.openhft.."))
                .because("Chronicle Bytes is known to one package")
                .check(classes);
        noClasses()
                .should()
                .dependOnClassesThat(
                        not(resideInAnyPackage("java..", "dev.faultline..", "net.openhft..", "com.sun.management..")))
                .check(classes);
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.faultline.bench.."))
                .check(classes);
    }
}
