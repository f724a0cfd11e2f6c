package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.jvm.ClassMaker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.Opcodes;

/** Class paths on the command line, and what is said about classes that could not be laid out. */
class ClassSourcesTest {

    private static final String COLON = File.pathSeparator;
    private static final int INTERFACE = Opcodes.ACC_PUBLIC | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT;

    @TempDir
    Path directory;

    private String app;
    private String lib;

    @BeforeEach
    void writeJars() {
        byte[] base = ClassMaker.named("lib/Base").with("J", "put", "take").bytes();
        app = jar("app.jar", ClassMaker.named("app/Queue").extending("lib/Base").with("I", "depth"), "app/Queue");
        lib = ClassMaker.jar(directory.resolve("lib.jar"), Map.of("lib/Base.class", base))
                .toString();
    }

    private String jar(String file, ClassMaker maker, String name) {
        return ClassMaker.jar(directory.resolve(file), Map.of(name + ".class", maker.bytes()))
                .toString();
    }

    /** Three classes of which one can be laid out, and an interface. */
    private String partly(String file) {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        classes.put(
                "app/Shape.class",
                ClassMaker.named("app/Shape").access(INTERFACE).bytes());
        classes.put(
                "app/Good.class",
                ClassMaker.named("app/Good").with("J", "count").bytes());
        classes.put(
                "app/A.class", ClassMaker.named("app/A").extending("lib/Base").bytes());
        classes.put(
                "app/B.class", ClassMaker.named("app/B").extending("lib/Base").bytes());
        return ClassMaker.jar(directory.resolve(file), classes).toString();
    }

    @Test
    void a_class_path_is_a_source_as_an_argument_an_option_and_before_a_name() {
        String path = app + COLON + lib;
        for (String[] words : List.of(
                new String[] {"list", path},
                new String[] {"list", "--from", path},
                new String[] {"list", directory.toString()},
                new String[] {"list", directory + "/*"})) {
            Cli.Run run = Cli.run(words);
            assertThat(run.err()).isEmpty();
            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("app.Queue").contains("lib.Base");
        }
        Cli.Run named = Cli.run("inspect", path + "#app.Queue", "--verify");
        assertThat(named.status()).isZero();
        assertThat(named.err()).startsWith("faultline: verified app.Queue: 3 fields");
        assertThat(named.out()).contains("class of 32 bytes").contains("layout     " + app + ", VM mode");
        assertThat(Cli.run("inspect", "--from", path, "Queue").out()).contains("class of 32 bytes");
    }

    @Test
    void a_missing_entry_is_named() {
        Cli.Run run = Cli.run("list", app + COLON + "nowhere.jar");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err())
                .isEqualTo("faultline: " + app + COLON + "nowhere.jar: entry 2 of the class path, nowhere.jar: no such"
                        + " file or directory\n");
    }

    @Test
    void a_source_of_which_nothing_can_be_laid_out_is_a_failure_that_says_why() {
        for (String command : List.of("list", "inspect")) {
            Cli.Run run = Cli.run(command, app);
            assertThat(run.status()).isEqualTo(3);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .isEqualTo("faultline: app.Queue: its superclass lib.Base is neither in the same source nor in the"
                            + " running JDK; name a class path with both, such as app.jar:lib.jar\n");
        }
        assertThat(Cli.run("inspect", app + "#Queue").status()).isEqualTo(3);
    }

    @Test
    void what_was_left_out_is_counted_and_named_in_every_format() {
        String file = partly("part.jar");
        String line = "faultline: " + file + ": 3 classes, 2 left out: 2 without superclass lib.Base (app.A, app.B);"
                + " a class path can name the jars that have them: a.jar:b.jar\n";

        Cli.Run text = Cli.run("inspect", file);
        assertThat(text.status()).isZero();
        assertThat(text.err()).isEqualTo(line);
        assertThat(text.out()).containsIgnoringCase("2 of 3 classes left out");
        for (String format : List.of("markdown", "html")) {
            assertThat(Cli.run("inspect", file, "--format", format).out())
                    .as(format)
                    .contains("2 of 3 classes left out")
                    .contains("2 without superclass lib.Base (app.A, app.B)");
        }
        assertThat(Cli.run("inspect", file, "--format", "json").out().replaceAll("\\s", ""))
                .contains("\"laidOut\":1,\"leftOut\":2,\"causes\":[{\"cause\":\"withoutsuperclasslib.Base\"")
                .contains("\"names\":[\"app.A\",\"app.B\"]}],\"unread\":[]}]");
        Cli.Run list = Cli.run("list", file);
        assertThat(list.status()).isZero();
        assertThat(list.err()).isEqualTo(line);
    }

    @Test
    void strict_commands_fail_when_something_was_left_out() throws IOException {
        String file = partly("part.jar");
        String whole = jar("whole.jar", ClassMaker.named("app/Good").with("J", "count"), "app/Good");
        Path contract = Files.writeString(
                directory.resolve("c.contract.yaml"),
                "contract: c\nsource: part.jar\nstructs:\n  app.Good:\n    promises: [{max-size: 64}]\n");

        assertThat(Cli.run("inspect", file, "--strict").status()).isEqualTo(3);
        assertThat(Cli.run("inspect", whole, "--strict").status()).isZero();
        assertThat(Cli.run("list", file, "--strict").status()).isEqualTo(3);
        assertThat(Cli.run("list", whole, "--strict").status()).isZero();
        assertThat(Cli.run(
                                "report",
                                file,
                                "--strict",
                                "-o",
                                directory.resolve("r.html").toString())
                        .status())
                .isEqualTo(3);
        assertThat(Cli.run("diff", file, file, "--strict").status()).isEqualTo(3);
        assertThat(Cli.run("diff", whole, whole, "--strict").status()).isZero();
        assertThat(Cli.run("check", contract.toString(), "--strict").status()).isZero();
    }

    @Test
    void a_class_that_one_side_of_a_comparison_left_out_is_not_removed() {
        Cli.Run run = Cli.run("diff", partly("old.jar") + COLON + lib, partly("new.jar"));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("3 classes, 2 left out");
        assertThat(run.out()).contains("lib.Base").doesNotContain("app.A").doesNotContain("app.B");
    }

    @Test
    void a_contract_names_a_class_path_from_its_directory_and_cannot_judge_what_was_left_out() throws IOException {
        String text = "contract: c\nsource: SOURCE\nstructs:\n  'app.*':\n    promises: [{max-size: 64}]\n";
        Path path = Files.writeString(
                directory.resolve("p.contract.yaml"), text.replace("SOURCE", "\"app.jar" + COLON + "lib.jar\""));
        partly("part.jar");
        Path part = Files.writeString(directory.resolve("q.contract.yaml"), text.replace("SOURCE", "part.jar"));

        assertThat(Cli.run("check", path.toString()).status()).isZero();
        Cli.Run run = Cli.run("check", part.toString());
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("3 classes, 2 left out: 2 without superclass lib.Base");
    }

    @Test
    void interfaces_are_not_missed_and_no_classes_are_called_that() {
        String shape = jar("shape.jar", ClassMaker.named("app/Shape").access(INTERFACE), "app/Shape");
        assertThat(Cli.run("list", shape).err())
                .isEqualTo("faultline: " + shape + ": its one class is an interface or annotation type; it has no"
                        + " instances and so no layout\n");
        String none = ClassMaker.jar(directory.resolve("none.jar"), Map.of("x.txt", new byte[1]))
                .toString();
        for (String command : List.of("list", "inspect")) {
            Cli.Run run = Cli.run(command, none);
            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err()).isEqualTo("faultline: " + none + ": holds no classes\n");
        }
    }

    @Test
    void a_jar_with_libraries_says_which_classes_it_lists() throws IOException {
        String boot = ClassMaker.jar(
                        directory.resolve("boot.jar"),
                        Map.of(
                                "BOOT-INF/classes/app/Queue.class",
                                ClassMaker.named("app/Queue")
                                        .extending("lib/Base")
                                        .bytes(),
                                "BOOT-INF/lib/lib.jar",
                                Files.readAllBytes(Path.of(lib))))
                .toString();

        Cli.Run run = Cli.run("list", boot);
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("app.Queue").doesNotContain("lib.Base");
        assertThat(run.err())
                .isEqualTo(
                        "faultline: " + boot + ": 1 jar in BOOT-INF/lib is read for superclasses only; name it to see"
                                + " its classes: " + boot + "!/BOOT-INF/lib/lib.jar\n");
        assertThat(Cli.run("list", boot + "!/BOOT-INF/lib/lib.jar").out()).contains("lib.Base");
    }

    @Test
    void an_output_does_not_replace_a_jar_of_a_class_path() throws IOException {
        byte[] before = Files.readAllBytes(Path.of(lib));
        for (String source : List.of(
                app + COLON + lib, directory.toString(), directory + "/*", lib + "!/x.jar", app + COLON + directory)) {
            for (String[] words : List.of(
                    new String[] {"report", source, "--format", "html", "-o", lib},
                    new String[] {"inspect", "--from", source, "lib.Base", "-o", lib},
                    new String[] {"diff", source, app, "--format", "html", "-o", lib})) {
                Cli.Run run = Cli.run(words);
                assertThat(run.status()).as(String.join(" ", words) + run.err()).isEqualTo(2);
                assertThat(run.err()).contains("would replace");
            }
        }
        assertThat(Files.readAllBytes(Path.of(lib))).isEqualTo(before);
    }

    @Test
    void the_text_of_jol_is_a_source() {
        Cli.Run run = Cli.withInput("""
                > demo.Ring object internals:
                > OFF  SZ   TYPE DESCRIPTION               VALUE
                >   0   8        (object header: mark)     N/A
                >   8   4        (object header: class)    N/A
                >  12   4    int Ring.tail                 N/A
                >  16   8   long Ring.head                 N/A
                > Instance size: 24 bytes
                """, "inspect", "-");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("demo.Ring")
                .contains("class of 24 bytes")
                .contains("printed by JOL")
                .contains("HotSpot object")
                .contains("/*    16     8 */");
    }
}
