package dev.faultline;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the packages of layout-core. They never turn back; an exception would stand here with its reason. */
class ArchitectureTest {

    private static final String BASE = "dev.faultline";

    /** For each package, the packages of this module it may use besides itself. */
    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("input", List.of()),
            Map.entry("layout", List.of()),
            Map.entry("layout.abi", List.of("layout", "input")),
            Map.entry("layout.emit", List.of("layout", "layout.abi", "layout.notation", "input")),
            Map.entry("layout.notation", List.of("layout", "layout.abi", "input")),
            Map.entry("machine", List.of("layout", "input")),
            Map.entry("measure", List.of()),
            Map.entry("access", List.of("layout", "input")),
            Map.entry("access.imports", List.of("access", "layout", "input")),
            Map.entry("source", List.of("layout", "machine", "access", "input")),
            Map.entry("source.elf", List.of("input")),
            Map.entry("source.btf", List.of("source", "source.elf", "layout", "machine", "input")),
            Map.entry("source.jvm", List.of("source", "layout", "machine", "input")),
            Map.entry("source.notation", List.of("source", "layout", "layout.notation", "machine", "input")),
            Map.entry(
                    "source.detect",
                    List.of(
                            "source",
                            "source.elf",
                            "source.btf",
                            "source.jvm",
                            "source.notation",
                            "layout",
                            "machine",
                            "input")),
            Map.entry("coherence", List.of("layout", "access", "machine")),
            Map.entry("hazard", List.of("layout", "access", "machine", "coherence", "input")),
            Map.entry("hazard.rules", List.of("hazard", "layout", "access", "machine", "coherence")),
            Map.entry(
                    "contract",
                    List.of("", "source", "hazard", "hazard.rules", "access", "machine", "layout", "input")),
            Map.entry(
                    "assertion",
                    List.of(
                            "contract",
                            "source",
                            "source.jvm",
                            "source.notation",
                            "hazard",
                            "access",
                            "machine",
                            "layout",
                            "layout.notation",
                            "input")),
            Map.entry(
                    "compare",
                    List.of(
                            "",
                            "source",
                            "layout",
                            "machine",
                            "access",
                            "coherence",
                            "hazard",
                            "hazard.rules",
                            "input")),
            Map.entry(
                    "reorder",
                    List.of("", "source", "source.jvm", "layout", "access", "machine", "coherence", "hazard", "input")),
            Map.entry("", List.of("source", "layout", "machine", "access", "coherence", "hazard"))));

    private static JavaClasses classes;

    @BeforeAll
    static void importMainClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(BASE);
    }

    @Test
    void every_package_has_its_row_in_the_table() {
        TreeSet<String> packages = new TreeSet<>();
        collect(classes.getPackage(BASE), packages);

        assertThat(MAY_USE.keySet()).containsExactlyElementsOf(packages);
    }

    @Test
    void arrows_between_packages_never_turn_back() {
        MAY_USE.forEach((name, allowed) -> {
            List<String> forbidden = MAY_USE.keySet().stream()
                    .filter(other -> !other.equals(name) && !allowed.contains(other))
                    .map(ArchitectureTest::full)
                    .toList();
            ArchRule rule = noClasses()
                    .that(resideInAPackage(full(name)))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(forbidden.toArray(String[]::new)))
                    .because(name + " may use only " + allowed);
            rule.check(classes);
        });
    }

    @Test
    void each_library_is_known_to_one_package() {
        only("source.jvm", "org.openjdk.jol..", "JOL's interface changes with every version");
        only("source.jvm", "org.objectweb.asm..", "byte code is one source among several");
        only("layout.emit", "com.github.difflib..", "a diff is how a source is told to change");
        only("input", "org.snakeyaml..", "YAML is the form of what people write: profiles and machines");
    }

    @Test
    void analysis_knows_no_clock_no_property_and_no_printing() {
        noClasses()
                .that(resideInAnyPackage(
                        full(""),
                        full("layout"),
                        full("layout.notation"),
                        full("layout.abi"),
                        full("machine"),
                        full("access"),
                        full("access.imports"),
                        full("hazard"),
                        full("hazard.rules"),
                        full("contract"),
                        full("compare"),
                        full("reorder"),
                        full("measure")))
                .should()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Runtime.class, "availableProcessors")
                .because("every result must be computable for a machine that is not at hand")
                .check(classes);
        classes()
                .that(resideInAPackage(BASE + "..")
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(resideInAPackage(full("source.jvm")))))
                .should(com.tngtech.archunit.lang.conditions.ArchConditions.not(
                        GeneralCodingRules.ACCESS_STANDARD_STREAMS))
                .because("only the JOL adapter touches System.out, to keep JOL's chatter off it")
                .check(classes);
    }

    private static void only(String packageName, String library, String reason) {
        noClasses()
                .that(com.tngtech.archunit.base.DescribedPredicate.not(resideInAPackage(full(packageName))))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .because(reason)
                .check(classes);
    }

    private static String full(String name) {
        return name.isEmpty() ? BASE : BASE + "." + name;
    }

    private static void collect(JavaPackage javaPackage, TreeSet<String> names) {
        if (!javaPackage.getClasses().isEmpty()) {
            String name = javaPackage.getName();
            names.add(name.equals(BASE) ? "" : name.substring(BASE.length() + 1));
        }
        javaPackage.getSubpackages().forEach(inner -> collect(inner, names));
    }
}
