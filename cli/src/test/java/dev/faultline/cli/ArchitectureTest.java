package dev.faultline.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.faultline.offheap.memory.ObjectMemory;
import dev.faultline.offheap.memory.RawMemory;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the modules, seen from where all of them meet, and those inside {@code cli}. */
class ArchitectureTest {

    private static final String CLI = "dev.faultline.cli..";
    private static final String OFFHEAP = "dev.faultline.offheap..";
    private static final String BENCH = "dev.faultline.bench..";
    private static final String REPORT = "dev.faultline.report..";

    private static JavaClasses classes;

    @BeforeAll
    static void importMainClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("dev.faultline");
        for (String module : new String[] {
            "dev.faultline",
            "dev.faultline.offheap.kernel",
            "dev.faultline.bench.harness",
            "dev.faultline.report",
            "dev.faultline.cli"
        }) {
            assertThat(classes.containPackage(module)).as(module).isTrue();
        }
    }

    private static void mayNotUse(String user, String used) {
        noClasses()
                .that(resideInAPackage(user))
                .should()
                .dependOnClassesThat(resideInAPackage(used))
                .check(classes);
    }

    /**
     * A closed block's memory is given back when no thread is inside one of these; another class would not be looked
     * for.
     */
    @Test
    void only_the_accessors_of_memory_go_to_an_address() {
        noClasses()
                .that(resideInAPackage("dev.faultline.offheap.memory"))
                .and(not(simpleName("OffHeapInt")))
                .and(not(simpleName("OffHeapInts")))
                .and(not(simpleName("OffHeapLong")))
                .and(not(simpleName("OffHeapLongs")))
                .and(not(simpleName("OffHeapKeyedSlots")))
                .and(not(simpleName("OffHeapLongStack")))
                .and(not(simpleName("NumberField")))
                .and(not(simpleName("BytesField")))
                .and(not(simpleName("OffHeapWindow"))) // memory is kept while the class of its user has a frame
                .and(not(simpleName("RawMemory"))) // says that it is not protected
                .and(not(simpleName("ObjectMemory"))) // as well
                .and(not(simpleName("Block"))) // clears what no other thread has yet
                .should()
                .dependOnClassesThat(equivalentTo(net.openhft.chronicle.core.Memory.class))
                .check(classes);
    }

    @Test
    void nothing_uses_the_command_line() {
        noClasses()
                .that(not(resideInAPackage(CLI)))
                .should()
                .dependOnClassesThat(resideInAPackage(CLI))
                .check(classes);
    }

    @Test
    void structs_and_reports_do_not_know_each_other_and_the_core_knows_neither() {
        mayNotUse(OFFHEAP, REPORT);
        mayNotUse(REPORT, OFFHEAP);
        mayNotUse(BENCH, REPORT);
        noClasses()
                .that(not(resideInAnyPackage(CLI, OFFHEAP, BENCH, REPORT)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(CLI, OFFHEAP, BENCH, REPORT))
                .check(classes);
    }

    @Test
    void inside_the_command_line_arrows_point_one_way() {
        List<String> fromTheTop = List.of(
                "cli",
                "cli.command",
                "cli.access",
                "cli.record",
                "cli.hooks",
                "cli.run",
                "cli.measure",
                "cli.output",
                "cli.option");
        for (int lower = 1; lower < fromTheTop.size(); lower++) {
            for (String upper : fromTheTop.subList(0, lower)) {
                mayNotUse("dev.faultline." + fromTheTop.get(lower), "dev.faultline." + upper);
            }
        }
        mayNotUse("dev.faultline.cli.output", "dev.faultline.cli.option");
    }

    @Test
    void formats_for_people_render_documents_and_know_no_results() {
        String report = "dev.faultline.report.";
        classes()
                .that(resideInAnyPackage(report + "text", report + "markdown", report + "svg", report + "html"))
                .and(not(simpleName("RulePages")))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.faultline.report",
                        report + "document",
                        report + "text",
                        report + "markdown",
                        report + "svg",
                        report + "html",
                        "dev.faultline.input",
                        "dev.faultline.layout",
                        "org.commonmark..",
                        "java.."))
                .check(classes);
        mayNotUse(report + "json", report + "document");
        mayNotUse(report + "sarif", report + "document");
    }

    @Test
    void each_library_is_known_to_one_place() {
        onlyIn("picocli..", CLI);
        onlyIn("com.fasterxml..", "dev.faultline.report.json", "dev.faultline.report.sarif", "dev.faultline.input");
        onlyIn("org.commonmark..", "dev.faultline.report.html");
        onlyIn("net.openhft..", "dev.faultline.offheap.memory");
        onlyIn("org.openjdk.jmh..", BENCH);
        onlyIn(
                "org.objectweb.asm..",
                "dev.faultline.source.jvm..",
                "dev.faultline.bench.layout.loop",
                "dev.faultline.recorder..");
    }

    @Test
    void benchmarks_use_the_structures_and_nothing_uses_benchmarks_but_the_commands() {
        noClasses()
                .that(not(resideInAnyPackage(
                        BENCH, "dev.faultline.cli.command", "dev.faultline.cli.run", "dev.faultline.cli.measure")))
                .should()
                .dependOnClassesThat(resideInAPackage(BENCH))
                .check(classes);
        noClasses()
                .that(not(resideInAPackage("dev.faultline.bench.layout.loop"))
                        .and(not(equivalentTo(RawMemory.class)))
                        .and(not(equivalentTo(ObjectMemory.class))))
                .should()
                .dependOnClassesThat(equivalentTo(RawMemory.class).or(equivalentTo(ObjectMemory.class)))
                .because("addresses that nothing checks are for generated loops, whose scripts are checked")
                .check(classes);
    }

    private static void onlyIn(String library, String... homes) {
        noClasses()
                .that(not(resideInAnyPackage(homes)).and(not(resideInAPackage(library))))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .check(classes);
    }

    @Test
    void the_world_comes_in_through_main() {
        noClasses()
                .that(resideInAnyPackage(
                        "dev.faultline.cli.command",
                        "dev.faultline.cli.run",
                        "dev.faultline.cli.measure",
                        "dev.faultline.cli.output",
                        "dev.faultline.cli.option"))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .because("tests run whole commands in their own VM")
                .check(classes);
    }
}
