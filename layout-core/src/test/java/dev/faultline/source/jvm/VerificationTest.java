package dev.faultline.source.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.faultline.input.InputException;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.jvm.classfile.ClassFile;
import dev.faultline.source.jvm.classfile.ClassFileReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the model with JOL in this VM. */
class VerificationTest {

    private static final VmMode OTHER = VmMode.parse("17-no-coops");

    @TempDir
    private Path scratch;

    /** A class that shows when it is initialised. */
    static class Telltale {
        static {
            System.setProperty("faultline.telltale", "initialised");
        }

        long sequence;
        volatile int state;
        Object next;
    }

    private static ClassSource testClasses() {
        try {
            Path here = Path.of(VerificationTest.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return ClassSource.open("test-classes", here, OTHER);
        } catch (java.net.URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_users_class_is_verified_without_running_its_code() {
        Verification verification = testClasses().verify(Telltale.class.getName());

        assertThat(verification.agrees()).isTrue();
        assertThat(verification.unchecked()).isEmpty();
        assertThat(verification.agreeing()).isEqualTo(3);
        assertThat(verification.mode()).as("the VM's, not the source's").isEqualTo(VmMode.running());
        assertThat(verification.summary())
                .isEqualTo(Telltale.class.getName() + ": 3 fields as in the running VM (" + VmMode.running() + ")");
        assertThat(System.getProperty("faultline.telltale")).isNull();
    }

    @Test
    void arrays_agree_with_JOL() {
        for (String name : List.of("byte[3]", "int[]", "long[8]", "java.lang.String[5]", "AtomicLongArray(8)")) {
            Verification verification = testClasses().verify(name);

            assertThat(verification.mismatches()).as(name).isEmpty();
            assertThat(verification.unchecked()).as(name).isEmpty();
            assertThat(verification.agreeing()).as(name).isEqualTo(1);
        }
    }

    @Tag("slow")
    @Test
    void every_fiftieth_class_of_the_JDK_agrees_with_JOL_and_nothing_is_printed() {
        ClassSource jdk = ClassSource.ofRunningVm(OTHER);
        List<String> mismatches = new ArrayList<>();
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        int verified = 0;
        try {
            List<LayoutSource.Entry> entries = jdk.entries();
            for (int i = 0; i < entries.size(); i += 50) {
                verified += verify(jdk, entries.get(i).name(), mismatches);
            }
        } finally {
            System.setOut(out);
        }
        assertThat(mismatches).isEmpty();
        assertThat(verified).isGreaterThan(200);
        assertThat(printed.size()).isZero();
    }

    /** Interfaces, and classes of modules this VM has not loaded, cannot be verified. */
    private static int verify(ClassSource jdk, String name, List<String> mismatches) {
        Verification verification;
        try {
            verification = jdk.verify(name);
        } catch (InputException e) {
            assertThat(e).hasMessageMatching(".*(no instances|cannot load it|has no fixed layout).*");
            return 0;
        }
        mismatches.addAll(verification.mismatches());
        return 1;
    }

    @Test
    void what_JOL_cannot_tell_is_listed_as_unchecked() {
        ClassSource jdk = ClassSource.ofRunningVm(OTHER);
        Verification contended = jdk.verify("java.util.concurrent.atomic.Striped64$Cell");
        assertThat(contended.agrees()).isTrue();
        assertThat(contended.unchecked()).containsExactly("size: JOL omits the padding after @Contended fields");

        Verification filtered = jdk.verify("java.lang.reflect.Field");
        assertThat(filtered.agrees()).isTrue();
        assertThat(filtered.unchecked()).contains("java.lang.reflect.Field.slot: hidden from reflection");
    }

    @Test
    void a_field_elsewhere_is_a_mismatch_in_words() {
        // A class file other than the loaded one: a further field moves the others.
        String name = Telltale.class.getName().replace('.', '/');
        byte[] other = ClassMaker.named(name)
                .with("J", "sequence", "extra")
                .with("I", "before", "state")
                .bytes();
        ClassFile file = ClassFileReader.read("other", other);
        Hierarchy hierarchy = new Hierarchy(List.of(new Hierarchy.Level(file, false)));

        Verification verification = RunningVm.verify(hierarchy, VerificationTest.class.getClassLoader());

        assertThat(verification.unchecked()).contains(name.replace('/', '.') + ".extra: hidden from reflection");
        assertThat(verification.agrees()).isFalse();
        assertThat(verification.mismatches())
                .singleElement()
                .asString()
                .matches(".*Telltale\\.state: at byte [0-9]+ by the model, [0-9]+ in the running VM");
        assertThat(verification.summary()).contains(", 1 not, ");
    }

    @Test
    void a_superclass_that_the_VM_does_not_have_is_a_mismatch() {
        String name = Telltale.class.getName().replace('.', '/');
        Hierarchy hierarchy = new Hierarchy(List.of(
                new Hierarchy.Level(
                        ClassFileReader.read(
                                "ghost",
                                ClassMaker.named("com/acme/Ghost")
                                        .with("B", "b")
                                        .bytes()),
                        false),
                new Hierarchy.Level(
                        ClassFileReader.read(
                                "x",
                                ClassMaker.named(name).with("J", "sequence").bytes()),
                        false)));

        Verification verification = RunningVm.verify(hierarchy, VerificationTest.class.getClassLoader());

        assertThat(verification.mismatches())
                .containsExactly("superclass com.acme.Ghost: in this source, but not in the running VM");
    }

    @Test
    void a_class_the_VM_does_not_load_is_refused_with_its_reason() {
        Path jar = ClassMaker.jar(
                scratch.resolve("a.jar"),
                Map.of(
                        "com/acme/Future.class", newer(),
                        "java/lang/Mine.class",
                                ClassMaker.named("java/lang/Mine").bytes()));
        ClassSource source = ClassSource.open("a.jar", jar, OTHER);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> source.verify("com.acme.Future"))
                .withMessageStartingWith(
                        "com.acme.Future: the running VM cannot load it: UnsupportedClassVersionError");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> source.verify("java.lang.Mine"))
                .withMessageStartingWith("java.lang.Mine: the running VM cannot load it: ");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> source.verify("com.acme.Futrue"))
                .withMessage("a.jar: no class com.acme.Futrue (did you mean com.acme.Future?)");
    }

    private static byte[] newer() {
        byte[] bytes = ClassMaker.named("com/acme/Future").with("J", "x").bytes();
        bytes[7] = 120;
        return bytes;
    }
}
