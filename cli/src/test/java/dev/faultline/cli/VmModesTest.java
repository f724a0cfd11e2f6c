package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.cli.Cli.Run;
import dev.faultline.testing.CompiledJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classes as other Java VMs lay them out: one, two beside each other, all of them. */
class VmModesTest {

    /** A word between padding of longs, which slips on some VMs; one between bytes; a class with fields of the JDK. */
    private static final String SOURCES = """
            package demo;
            class FrontPad { long a0, a1, a2, a3, a4, a5, a6; }
            class FrontVal extends FrontPad { volatile int turn; void next() { turn++; } }
            class FrontEnd extends FrontVal { long z0, z1, z2, z3, z4, z5, z6; }
            final class SlippedTurn extends FrontEnd {}
            class Names extends java.util.ArrayList<String> { int hits; }
            class Plain { int x; long y; }
            """;

    @TempDir
    private static Path classes;

    @BeforeAll
    static void compile() throws IOException {
        for (Map.Entry<String, byte[]> file : CompiledJava.of(SOURCES).entrySet()) {
            Path path = classes.resolve(file.getKey() + ".class");
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private static String struct(String name) {
        return classes + "#demo." + name;
    }

    @ParameterizedTest
    @CsvSource({
        "8,         72, 136",
        "11,        72, 136",
        "17,        12, 128",
        "25-coh,    64, 128",
        "27,        64, 128",
        "27-no-coh, 12, 128",
    })
    void padding_of_longs_slips_on_some_VMs(String mode, long turn, long bytes) {
        Run run = Cli.run("inspect", struct("SlippedTurn"), "--vm", mode);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("class of " + bytes + " bytes")
                .contains("VM mode " + mode)
                .containsPattern("turn; +/\\* +" + turn + " +4 \\*/");
    }

    @Test
    void a_mode_without_a_VM_to_compare_with_says_so() {
        assertThat(Cli.run("inspect", struct("Plain"), "--vm", "11", "--width", "300")
                        .out())
                .contains("VM mode 11 (rules of 8 to 14, compared with JOL, not with a VM)");
        assertThat(Cli.run("inspect", struct("Plain"), "--vm", "25", "--width", "300")
                        .out())
                .contains("VM mode 25\n");
    }

    @Test
    void all_VMs_are_one_table_with_the_VMs_that_agree_on_one_row() {
        Run run = Cli.run("inspect", struct("SlippedTurn"), "--vm", "all");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("8, 11 +136 +12 +72 \\(60, 60\\)")
                .containsPattern("17, 21, 25, 27-no-coh +128 +12 +12 \\(0, 112\\)")
                .containsPattern("25-coh, 27 +128 +8 +64 \\(56, 60\\)")
                .contains("a cache line for itself  turn on 8, 11, 25-coh, 27, not on 17, 21, 25, 27-no-coh")
                .startsWith("demo.SlippedTurn: 3 layouts on 8 VMs\n");
    }

    @Test
    void all_VMs_of_a_source_are_summed_up_and_the_classes_named_that_depend_on_the_VM() {
        Run run = Cli.run("inspect", classes.toString(), "--vm", "all");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("One instance of each class")
                .containsSubsequence("\n  8  ", "\n  11 ", "\n  17 ", "\n  25-coh ", "\n  27 ", "\n  27-no-coh ")
                .contains("SlippedTurn")
                .contains("turn on 8, 11, 25-coh, 27, not on 17, 21, 25,")
                .contains("depend on the VM in what shares a line");
        assertThat(run.err()).contains("fields of the JDK as JDK ").contains("demo.Names");
    }

    @Test
    void a_class_is_compared_with_itself_on_two_VMs() {
        Run run = Cli.run("diff", struct("SlippedTurn"), "--vm", "17", "--vm", "25-coh");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("demo.SlippedTurn")
                .contains("VM mode 17")
                .contains("VM mode 25-coh");
        assertThat(run.out()).containsPattern("turn +12 -> 64");
        Run worse = Cli.run("diff", struct("SlippedTurn"), "--vm", "11", "--vm", "17", "--fail-on", "mixed");
        assertThat(worse.status()).as(worse.out()).isEqualTo(1);
    }

    @Test
    void a_class_that_two_VMs_lay_out_alike_does_not_differ() {
        Run run = Cli.run("diff", struct("Plain"), "--vm", "17", "--vm", "21");
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("nothing differs between ").contains(" on VM 17 and 21 (1 struct)");
    }

    @Test
    void a_source_is_compared_with_itself_on_two_VMs_and_summed_up() {
        Run run = Cli.run("diff", classes.toString(), "--vm", "25", "--vm", "25-coh", "--width", "300");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith(classes + ", VM 25 -> 25-coh: 0 worse, ")
                .containsPattern("[0-9]+ of 6 classes are smaller \\(-[0-9]+ bytes, one instance of each\\), 0 larger")
                .contains("one in full: faultline diff '" + classes + "#NAME' --vm 25 --vm 25-coh");
        Run json = Cli.run("diff", classes.toString(), "--vm", "25", "--vm", "25-coh", "--format", "json");
        assertThat(json.out()).contains("\"vm\":{\"before\":\"25\",\"after\":\"25-coh\"}");
    }

    @Test
    void two_sources_may_have_a_VM_each() {
        Run run = Cli.run("diff", struct("FrontVal"), struct("SlippedTurn"), "--vm", "11", "--vm", "17");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("VM mode 11").contains("VM mode 17");
    }

    @Test
    void fields_of_another_JDK_are_told() {
        Run run = Cli.run("inspect", "--from", classes.toString(), "--match", "*", "--vm", "27");
        assertThat(run.status()).isZero();
        assertThat(run.err())
                .contains("1 class inherits fields of the JDK as JDK ")
                .contains("other versions may declare others: demo.Names");
        assertThat(Cli.run("inspect", "--from", "jvm", "java.util.ArrayList", "--vm", "27")
                        .out())
                .contains("java.util.AbstractList as in");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "diff rtable --vm 17 --vm 25 | --vm is about Java classes, and rtable holds none",
                "diff CLASS --vm 17 --vm 17 | 17 twice is one VM; name two",
                "diff CLASS --vm 27 --vm 27-coh | 27 twice is one VM; name two",
                "diff CLASS --vm 17 | or one of them and --vm twice; got 1 and --vm once",
                "diff CLASS | got 1 and --vm never",
                "diff CLASS --vm 8 --vm 11 --vm 17 | diff compares two VMs, got 3",
                "diff CLASS --vm 17 --vm all | all is for inspect",
                "inspect CLASS --vm 17 --vm 25 | one VM, got 2; 'faultline diff NAME --vm A --vm B' compares two",
                "inspect CLASS --vm all --vm 17 | all stands alone",
                "inspect CLASS --vm all --verify | --verify is not for --vm all",
                "inspect CLASS --vm all --format sarif | sarif holds findings of structs",
                "inspect CLASS --vm all --format svg | svg holds the lines of one struct",
                "inspect rtable --vm all | --vm all is about Java classes, and struct rtable is none",
                "inspect CLASS --vm 7 | no layout rules for JDK 7: they are known from JDK 8 on",
                "inspect CLASS --vm 27-no-cho | did you mean 27-no-coh",
                "list jvm --vm all | all is for inspect",
                "suggest CLASS --vm 8 --vm 11 | one VM, got 2",
            })
    void wrong_usage_is_told_in_a_line(String words, String told) {
        Run run = Cli.run(words.replace("CLASS", struct("SlippedTurn")).split(" "));
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(told).doesNotContain("\tat ");
    }
}
