package dev.faultline.hazard.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.ProfileReader;
import dev.faultline.access.StructProfile;
import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.HazardPages;
import dev.faultline.hazard.HazardRule;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassMaker;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.testing.CompiledJava;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws every rule and its page obey, so that none can be forgotten. */
class CatalogTest {

    private static final List<String> HEADINGS =
            List.of("What it finds", "Why it costs", "Example", "Repaired", "When to leave it", "Sources");
    private static final Pattern JAVA_FIELD = Pattern.compile("(\\w+)(?: = [^;]*)?; // ! (\\w+)");
    private static final Pattern FIELD = Pattern.compile("(\\w+)(\\[\\d+])*;\\s+/\\*.*/\\* ! (\\w+) \\*/");

    static Stream<HazardRule> rules() {
        return Catalog.RULES.stream();
    }

    @Test
    void the_catalogue_is_sorted_without_duplicates_and_lists_every_rule_of_the_issue() {
        assertThat(Catalog.ids())
                .isSorted()
                .doesNotHaveDuplicates()
                .contains(
                        "WriterBesideReaders",
                        "WritersShareLine",
                        "EmbeddedStructSpill",
                        "ArrayNeighbours",
                        "StraddlingField",
                        "SplitAtomic",
                        "UncertainPlacement",
                        "AdjacentLinePair",
                        "ScatteredHotFields",
                        "WastedPadding",
                        "BrokenGroup",
                        "TrueSharing",
                        "CasLoopContention",
                        "LockBesideData",
                        "ExcessPadding");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_rule_is_final_and_its_summary_is_one_short_line(HazardRule rule) {
        assertThat(Modifier.isFinal(rule.getClass().getModifiers())).isTrue();
        assertThat(rule.hazard().summary())
                .hasSizeLessThanOrEqualTo(80)
                .doesNotEndWith(".")
                .matches("[^A-Z].*");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_page_has_the_six_headings_the_summary_of_the_code_and_a_source(HazardRule rule) {
        List<String> lines = HazardPages.read(rule.id()).lines().toList();

        assertThat(lines.get(0)).isEqualTo("# " + rule.id());
        assertThat(lines.get(2)).isEqualTo(rule.hazard().summary());
        assertThat(lines.stream()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring(3))
                        .toList())
                .isEqualTo(HEADINGS);
        assertThat(section(rule, "Sources")).startsWith("- ");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_example_fires_exactly_its_markers_and_the_repaired_form_is_silent(HazardRule rule) {
        List<Finding> fired = examine(rule, "Example");
        Set<String> named = new TreeSet<>();
        for (Finding finding : fired) {
            finding.fields()
                    .forEach(field -> named.add(field.contains(".") ? field.substring(0, field.indexOf('.')) : field));
        }
        Set<String> marked = marked(rule);
        assertThat(fired).as("the example fires").isNotEmpty();
        assertThat(section(rule, "Example")).contains("! " + rule.id());
        assertThat(named).as("every marked field is named").containsAll(marked);
        if (marked.size() > 1) {
            assertThat(named).isEqualTo(marked);
        }
        assertThat(examine(rule, "Repaired")).as("the repaired form").isEmpty();
    }

    private static Set<String> marked(HazardRule rule) {
        Set<String> marked = new TreeSet<>();
        Matcher marker = FIELD.matcher(section(rule, "Example"));
        while (marker.find()) {
            assertThat(marker.group(3)).isEqualTo(rule.id());
            marked.add(marker.group(1));
        }
        Matcher inJava = JAVA_FIELD.matcher(section(rule, "Example"));
        while (inJava.find()) {
            assertThat(inJava.group(2)).isEqualTo(rule.id());
            marked.add(inJava.group(1));
        }
        return marked;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_finding_has_numbers_a_repair_and_a_link_to_its_page(HazardRule rule) {
        for (Finding finding : examine(rule, "Example")) {
            assertThat(finding.rule()).isEqualTo(rule.id());
            assertThat(finding.message()).matches(".*\\d.*");
            assertThat(finding.advice()).matches(".*\\d.*");
            assertThat(finding.page()).isEqualTo("docs/hazards/" + rule.id() + ".md");
        }
    }

    @Test
    void findings_do_not_depend_on_the_order_of_the_rules() {
        List<HazardRule> reversed = new ArrayList<>(Catalog.RULES);
        Collections.reverse(reversed);
        for (HazardRule rule : Catalog.RULES) {
            Subject subject = subject(rule, "Example");
            Analysis one = new Analyzer(Machines.x86(), Catalog.RULES).analyze(subject);
            Analysis other = new Analyzer(Machines.x86(), reversed).analyze(subject);
            assertThat(other.findings()).isEqualTo(one.findings());
        }
    }

    private static List<Finding> examine(HazardRule rule, String heading) {
        return new Analyzer(Machines.x86(), List.of(rule))
                .analyze(subject(rule, heading))
                .findings();
    }

    private static Subject subject(HazardRule rule, String heading) {
        Matcher java = Pattern.compile("```java class=(\\w+) vm=(\\S+)\n(.*?)```", Pattern.DOTALL)
                .matcher(section(rule, heading));
        return java.find()
                ? compiled(java.group(1), VmMode.parse(java.group(2)), java.group(3))
                : declared(rule, heading);
    }

    /** A class of the block, as the tool reads it from a jar. */
    private static Subject compiled(String name, VmMode mode, String text) {
        Lookup found = ClassMaker.source(mode, CompiledJava.of(text)).find(name);
        assertThat(found).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) found).subjects().get(0);
    }

    /** The last struct of the block, with the section's own profile, else the example's, when there is one. */
    private static Subject declared(HazardRule rule, String heading) {
        Matcher block = Pattern.compile("```layout base=(\\d+)\n(.*?)```", Pattern.DOTALL)
                .matcher(section(rule, heading));
        assertThat(block.find()).as(rule.id() + ": a layout under " + heading).isTrue();
        List<StructLayout> layouts = NotationReader.read(rule.id() + ".md", block.group(2));
        StructLayout layout = layouts.get(layouts.size() - 1);
        Pattern yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
        Matcher own = yaml.matcher(section(rule, heading));
        Matcher profile = own.find() ? own.reset() : yaml.matcher(section(rule, "Example"));
        Optional<StructProfile> declared = profile.find()
                ? ProfileReader.read(rule.id() + ".md", profile.group(1)).forStruct(layout.name())
                : Optional.empty();
        return Subject.of(layout)
                .withPlacement(new Placement(Integer.parseInt(block.group(1)), "the page"))
                .withProfile(declared);
    }

    private static String section(HazardRule rule, String heading) {
        String page = HazardPages.read(rule.id());
        int start = page.indexOf("## " + heading) + heading.length() + 4;
        int end = page.indexOf("\n## ", start);
        return page.substring(start, end < 0 ? page.length() : end).strip();
    }
}
