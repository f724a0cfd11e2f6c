package dev.faultline.cli;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The names of the product's classes, of all modules: nouns, each with one meaning; and the sizes of its packages. */
class VocabularyTest {

    private static final int MOST_CLASSES = 25;

    /** Last words of names that end like a gerund and are nouns of the field. */
    private static final Map<String, String> NOUNS = Map.of(
            "Finding", "what an analyser reports",
            "Packing", "the optimisation problem, as in bin packing",
            "Padding", "bytes without a field",
            "Ring", "a ring buffer",
            "Saving", "an amount that is saved",
            "Sharing", "the term of the literature for the hazard TrueSharing");

    private static JavaClasses classes;

    @BeforeAll
    static void importMainClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                // the agent's jar contains ASM under a name of its own
                .withImportOption(location -> !location.contains("/recorder/asm/"))
                .importPackages("dev.faultline");
    }

    @Test
    void no_class_is_named_by_a_gerund() {
        assertThat(topLevel())
                .extracting(JavaClass::getSimpleName)
                .filteredOn(name -> name.endsWith("ing") && !NOUNS.containsKey(lastWord(name)))
                .isEmpty();
    }

    @Test
    void no_two_classes_share_a_simple_name() {
        Map<String, TreeSet<String>> byName = topLevel().stream()
                .collect(groupingBy(
                        JavaClass::getSimpleName,
                        TreeMap::new,
                        mapping(JavaClass::getName, toCollection(TreeSet::new))));

        byName.values().removeIf(names -> names.size() == 1);

        assertThat(byName).isEmpty();
    }

    @Test
    void no_package_is_larger_than_a_reader_can_hold() {
        Map<String, Long> sizes =
                topLevel().stream().collect(groupingBy(JavaClass::getPackageName, TreeMap::new, counting()));
        assertThat(sizes).hasSizeGreaterThan(40).containsKeys("dev.faultline.suggest.packing", "dev.faultline.cli");

        sizes.values().removeIf(size -> size <= MOST_CLASSES);

        assertThat(sizes).isEmpty();
    }

    private static String lastWord(String name) {
        String[] words = name.split("(?=[A-Z])");
        return words[words.length - 1];
    }

    private static List<JavaClass> topLevel() {
        return classes.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .toList();
    }
}
