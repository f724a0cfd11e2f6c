package dev.faultline;

import static com.tngtech.archunit.base.DescribedPredicate.not;
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
import com.tngtech.archunit.lang.conditions.ArchConditions;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The arrows between the packages of layout-core. They never turn back; an exception would stand here with its reason.
 */
class ArchitectureTest {

    private static final String BASE = "dev.faultline";

    /** For each package, the packages of this module it may use besides itself and {@code api}. */
    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "",
                    List.of(
                            "access",
                            "analysis",
                            "assertion",
                            "compare",
                            "hazard",
                            "hazard.rules",
                            "input",
                            "layout",
                            "layout.notation",
                            "machine",
                            "source",
                            "source.detect",
                            "source.jvm",
                            "suggest",
                            "suggest.packing",
                            "suggest.struct")),
            Map.entry("api", List.of()),
            Map.entry(
                    "analysis",
                    List.of(
                            "access",
                            "access.code",
                            "cost",
                            "cost.closedform",
                            "cost.simulate",
                            "hazard",
                            "layout",
                            "machine",
                            "source")),
            Map.entry("access", List.of("input", "input.name", "layout")),
            Map.entry("access.code", List.of("access", "input", "layout")),
            Map.entry("access.object", List.of("access.code", "layout")),
            Map.entry("access.code.operation", List.of("access", "access.code")),
            Map.entry("access.file", List.of("access", "input", "layout")),
            Map.entry("access.hooks", List.of("access", "access.file", "input", "layout")),
            Map.entry("access.perf", List.of("access", "access.file", "input", "layout")),
            Map.entry("access.imports", List.of("access", "input", "layout")),
            Map.entry(
                    "assertion",
                    List.of(
                            "access",
                            "access.file",
                            "contract",
                            "contract.promise",
                            "hazard",
                            "input",
                            "layout",
                            "layout.notation",
                            "machine",
                            "source",
                            "source.jvm")),
            Map.entry(
                    "compare",
                    List.of("analysis", "access", "cost", "hazard", "hazard.rules", "layout", "machine", "source")),
            Map.entry(
                    "contract",
                    List.of(
                            "analysis",
                            "access",
                            "access.file",
                            "contract.promise",
                            "hazard",
                            "hazard.rules",
                            "input",
                            "input.name",
                            "layout",
                            "machine",
                            "source")),
            Map.entry(
                    "contract.promise",
                    List.of("analysis", "access", "hazard", "hazard.rules", "input", "layout", "machine", "source")),
            Map.entry("cost", List.of("access", "layout", "machine")),
            Map.entry("cost.chain", List.of()),
            Map.entry("cost.closedform", List.of("access", "cost", "cost.chain", "machine")),
            Map.entry("cost.simulate", List.of("cost", "layout", "machine")),
            Map.entry(
                    "hazard",
                    List.of(
                            "access",
                            "access.code",
                            "access.object",
                            "cost",
                            "cost.closedform",
                            "input",
                            "layout",
                            "machine")),
            Map.entry(
                    "hazard.rules",
                    List.of(
                            "access",
                            "access.code",
                            "access.object",
                            "cost",
                            "hazard",
                            "hazard.rules.jvm",
                            "layout",
                            "machine")),
            Map.entry(
                    "hazard.rules.jvm",
                    List.of("access", "access.code", "access.object", "hazard", "layout", "machine")),
            Map.entry("input", List.of()),
            Map.entry("input.name", List.of("input")),
            Map.entry("layout", List.of("layout.ctype")),
            Map.entry("layout.abi", List.of("layout")),
            Map.entry("layout.ctype", List.of()),
            Map.entry("layout.debugger", List.of("input", "layout", "layout.abi")),
            Map.entry("layout.emit", List.of("input", "layout", "layout.abi", "layout.ctype", "layout.notation")),
            Map.entry(
                    "layout.notation",
                    List.of(
                            "input",
                            "layout",
                            "layout.abi",
                            "layout.ctype",
                            "layout.debugger",
                            "layout.paste",
                            "layout.syntax",
                            "layout.token")),
            Map.entry("layout.paste", List.of()),
            Map.entry("layout.explicit", List.of("layout")),
            Map.entry("layout.object", List.of("input", "layout")),
            Map.entry(
                    "layout.dialect",
                    List.of(
                            "input",
                            "layout",
                            "layout.dialect.clang",
                            "layout.notation",
                            "layout.paste",
                            "layout.syntax")),
            Map.entry(
                    "layout.dialect.clang",
                    List.of(
                            "input",
                            "layout",
                            "layout.abi",
                            "layout.ctype",
                            "layout.notation",
                            "layout.paste",
                            "layout.syntax")),
            Map.entry("layout.syntax", List.of("input", "layout", "layout.abi", "layout.ctype", "layout.token")),
            Map.entry("layout.token", List.of("input", "layout", "layout.abi", "layout.paste")),
            Map.entry("machine", List.of("input", "layout")),
            Map.entry("measure", List.of("machine")),
            Map.entry(
                    "source",
                    List.of("access", "access.code", "access.object", "input", "layout", "layout.emit", "machine")),
            Map.entry("source.compression", List.of("input")),
            Map.entry("source.btf", List.of("input", "layout", "layout.ctype", "source", "source.elf")),
            Map.entry(
                    "source.detect",
                    List.of(
                            "input",
                            "source",
                            "source.btf",
                            "source.compression",
                            "source.data",
                            "source.debugfile",
                            "source.dwarf",
                            "source.elf",
                            "source.jvm",
                            "source.jvm.child",
                            "source.jvm.store",
                            "source.llvm",
                            "source.llvm.text",
                            "source.notation",
                            "source.recording",
                            "source.sbe")),
            Map.entry("source.sbe", List.of("input", "layout", "layout.emit", "machine", "source")),
            Map.entry("source.recording", List.of("access", "access.file", "input", "layout", "machine", "source")),
            Map.entry("source.data", List.of("input", "layout", "machine", "source", "source.elf")),
            Map.entry(
                    "source.dwarf",
                    List.of(
                            "input",
                            "input.name",
                            "layout",
                            "source",
                            "source.data",
                            "source.dwarf.entry",
                            "source.dwarf.function",
                            "source.dwarf.record",
                            "source.dwarf.type",
                            "source.elf")),
            Map.entry("source.dwarf.entry", List.of()),
            Map.entry(
                    "source.dwarf.function", List.of("source.dwarf.entry", "source.dwarf.record", "source.dwarf.type")),
            Map.entry("source.dwarf.record", List.of("layout", "source.dwarf.entry")),
            Map.entry(
                    "source.dwarf.type",
                    List.of("input.name", "layout", "layout.ctype", "source.dwarf.entry", "source.dwarf.record")),
            Map.entry("source.debugfile", List.of("input", "source.dwarf", "source.dwarf.type", "source.elf")),
            Map.entry("source.elf", List.of("input", "source.compression")),
            Map.entry(
                    "source.jvm",
                    List.of(
                            "access",
                            "access.code",
                            "access.code.operation",
                            "access.object",
                            "input",
                            "layout",
                            "machine",
                            "source",
                            "source.jvm.child",
                            "source.jvm.classfile",
                            "source.jvm.code",
                            "source.jvm.declared",
                            "source.jvm.store")),
            Map.entry("source.jvm.child", List.of("input", "source.jvm.declared")),
            Map.entry(
                    "source.jvm.declared",
                    List.of(
                            "access.code",
                            "input",
                            "layout",
                            "layout.emit",
                            "layout.explicit",
                            "layout.object",
                            "source.jvm.classfile",
                            "source.jvm.code",
                            "source.jvm.values")),
            Map.entry("source.jvm.values", List.of("layout", "source.jvm.classfile")),
            Map.entry("source.jvm.classfile", List.of("input")),
            Map.entry(
                    "source.jvm.code",
                    List.of("access", "access.code", "input", "source.jvm.classfile", "source.jvm.code.call")),
            Map.entry("source.jvm.code.call", List.of("access", "access.code")),
            Map.entry("source.jvm.store", List.of("input", "source.jvm.classfile")),
            Map.entry(
                    "source.llvm",
                    List.of(
                            "input",
                            "source",
                            "source.dwarf",
                            "source.elf",
                            "source.llvm.code",
                            "source.llvm.debug",
                            "source.llvm.text")),
            Map.entry(
                    "source.llvm.code",
                    List.of(
                            "access",
                            "access.code",
                            "access.code.operation",
                            "input",
                            "layout",
                            "source.llvm.debug",
                            "source.llvm.text")),
            Map.entry("source.llvm.debug", List.of("source.elf", "source.llvm.text")),
            Map.entry("source.llvm.text", List.of("access.code", "input")),
            Map.entry(
                    "source.notation",
                    List.of(
                            "input",
                            "layout",
                            "layout.dialect",
                            "layout.notation",
                            "layout.object",
                            "layout.syntax",
                            "machine",
                            "source")),
            Map.entry("suggest", List.of("analysis", "hazard", "layout", "source")),
            Map.entry(
                    "suggest.cost",
                    List.of("access", "cost", "cost.closedform", "layout", "machine", "suggest", "suggest.packing")),
            Map.entry(
                    "suggest.java",
                    List.of(
                            "access",
                            "analysis",
                            "cost",
                            "cost.closedform",
                            "input",
                            "layout",
                            "machine",
                            "source",
                            "source.jvm",
                            "suggest",
                            "suggest.cost",
                            "suggest.packing")),
            Map.entry("suggest.packing", List.of("layout")),
            Map.entry(
                    "suggest.struct",
                    List.of(
                            "analysis",
                            "access",
                            "cost",
                            "cost.closedform",
                            "hazard",
                            "input",
                            "layout",
                            "machine",
                            "source",
                            "suggest",
                            "suggest.cost",
                            "suggest.packing")),
            Map.entry(
                    "suggest.verify",
                    List.of(
                            "access",
                            "analysis",
                            "cost",
                            "cost.closedform",
                            "layout",
                            "machine",
                            "source",
                            "suggest",
                            "suggest.cost",
                            "suggest.packing"))));

    /** Packages that ask the machine at hand, each with the reason. */
    private static final Map<String, String> ASKS_THE_MACHINE = Map.of(
            "source.jvm", "the classes and the flags of the running JDK are a source",
            "source.jvm.child", "the VM that runs initialisers has a time limit",
            "source.detect", "where this machine keeps its kernel and debug files",
            "source.dwarf", "a thread for each processor walks units; the result does not depend on it",
            "source.llvm", "llvm-dis, which turns bitcode into text, is looked for on the path");

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
                    .filter(other -> !other.equals(name) && !other.equals("api") && !allowed.contains(other))
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
        only("source.jvm..", "org.objectweb.asm..", "byte code is one source among several");
        only("layout.emit", "com.github.difflib..", "a diff is how a source is told to change");
        only(
                "source.compression",
                "org.tukaani..",
                "formats of compressed files are unpacked with limits in one place");
        only("source.compression", "io.airlift..", "formats of compressed files are unpacked with limits in one place");
        only("input", "com.fasterxml..", "JSON is the form of what recorders write");
        only("input", "org.snakeyaml..", "YAML is the form of what people write: profiles and machines");
    }

    @Test
    void analysis_knows_no_clock_no_property_and_no_printing() {
        String[] pure = MAY_USE.keySet().stream()
                .filter(name -> !ASKS_THE_MACHINE.containsKey(name))
                .map(ArchitectureTest::full)
                .toArray(String[]::new);
        noClasses()
                .that(resideInAnyPackage(pure))
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
                .that(resideInAPackage(BASE + "..").and(not(resideInAPackage(full("source.jvm")))))
                .should(ArchConditions.not(GeneralCodingRules.ACCESS_STANDARD_STREAMS))
                .because("only the JOL adapter touches System.out, to keep JOL's chatter off it")
                .check(classes);
    }

    private static void only(String packageName, String library, String reason) {
        noClasses()
                .that(not(resideInAPackage(full(packageName))))
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
