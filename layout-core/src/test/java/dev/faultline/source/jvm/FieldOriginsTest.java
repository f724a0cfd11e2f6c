package dev.faultline.source.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.FieldOrigins;
import dev.faultline.source.Lookup;
import dev.faultline.testing.CompiledJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FieldOriginsTest {

    @TempDir
    private Path directory;

    private FieldOrigins of(String name, String text) throws IOException {
        for (Map.Entry<String, byte[]> file : CompiledJava.of(text).entrySet()) {
            Files.write(directory.resolve(file.getKey() + ".class"), file.getValue());
        }
        ClassSource source = ClassSource.open("classes", directory, VmMode.parse("17"));
        return ((Lookup.Found) source.find(name)).subjects().get(0).origins();
    }

    private static final String HIERARCHY = """
            import java.lang.annotation.*;
            class Outer {
                @Retention(RetentionPolicy.CLASS) @interface SuppressFalseSharing { String[] value() default {}; }
                @Retention(RetentionPolicy.RUNTIME) @interface SuppressWarning { }
            }
            class Base {
                @Outer.SuppressFalseSharing("WritersShareLine") volatile long head;
                @Outer.SuppressWarning volatile long tail;
            }
            @Outer.SuppressFalseSharing({"StraddlingField", "WriterBesideReaders"})
            class Middle extends Base { long sum; }
            class Leaf extends Middle { @Outer.SuppressFalseSharing long all; long none; }
            """;

    @Test
    void an_annotation_of_that_simple_name_silences_rules_for_a_field_wherever_it_is_inherited() throws IOException {
        FieldOrigins leaf = of("Leaf", HIERARCHY);

        assertThat(leaf.silence("WritersShareLine", List.of("head", "none"))).isTrue();
        assertThat(leaf.silence("WritersShareLine", List.of("none", "head"))).isTrue();
        assertThat(leaf.silence("WritersShareLine", List.of("tail", "head", "none")))
                .as("a victim is left")
                .isFalse();
        assertThat(leaf.silence("WriterBesideReaders", List.of("head", "none"))).isFalse();
        assertThat(leaf.silence("Anything", List.of("all", "none")))
                .as("without names, every rule")
                .isTrue();
        assertThat(leaf.silence("Anything", List.of("tail", "none")))
                .as("another annotation")
                .isFalse();
    }

    @Test
    void on_a_class_it_silences_its_own_fields_in_subclasses_and_all_of_the_class_itself() throws IOException {
        FieldOrigins middle = of("Middle", HIERARCHY);
        FieldOrigins leaf = of("Leaf", HIERARCHY);

        assertThat(middle.silence("StraddlingField", List.of("tail"))).isTrue();
        assertThat(leaf.silence("StraddlingField", List.of("sum"))).isTrue();
        assertThat(leaf.silence("StraddlingField", List.of("tail"))).isFalse();
    }

    @Test
    void the_class_that_declares_all_the_fields_is_known() throws IOException {
        FieldOrigins leaf = of("Leaf", HIERARCHY);

        assertThat(leaf.superclassOf(List.of("head", "tail"))).contains("Base");
        assertThat(leaf.superclassOf(List.of("head", "sum"))).contains("Middle");
        assertThat(leaf.superclassOf(List.of("head", "all"))).isEmpty();
    }
}
