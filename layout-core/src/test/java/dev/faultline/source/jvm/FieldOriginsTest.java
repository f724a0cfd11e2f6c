package dev.faultline.source.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.FieldOrigins;
import dev.faultline.source.Lookup;
import dev.faultline.source.SourceLocation;
import dev.faultline.testing.CompiledJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FieldOriginsTest {

    @TempDir
    private Path directory;

    private FieldOrigins of(String name, String text) throws IOException {
        for (Map.Entry<String, byte[]> file : CompiledJava.of(text).entrySet()) {
            Path target = directory.resolve(file.getKey() + ".class");
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
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

    @Test
    void a_field_is_declared_at_the_line_of_its_initialiser_in_the_file_of_its_class() throws IOException {
        FieldOrigins made = of("Made", """
                class Made {
                    volatile long head =
                        Math.max(3,
                            4);
                    long plain;
                    final Object lock = new Object();
                    static long shared = 7;
                }
                """);

        assertThat(made.location()).contains(new SourceLocation("Example.java", 0));
        assertThat(made.locationOf("head")).contains(new SourceLocation("Example.java", 2));
        assertThat(made.locationOf("lock")).contains(new SourceLocation("Example.java", 6));
        assertThat(made.locationOf("plain")).contains(new SourceLocation("Example.java", 0));
        assertThat(made.locationOf("(header)")).isEmpty();
    }

    /** The return of such a constructor has the line of the static initialiser with javac 25, seen. */
    @Test
    void the_line_of_a_static_initialiser_closes_no_constructor() throws IOException {
        FieldOrigins made = of("Made", """
                class Made {
                    long head = 1;
                    static long shared = 7;
                    long tail = 2;
                }
                """);
        FieldOrigins written = of("Written", """
                class Written {
                    long head = 1;
                    static long shared = 7;
                    long tail;
                    Written() {
                        tail = 2;
                    }
                }
                """);

        assertThat(lines(made, "head", "tail")).containsExactly(2, 4);
        assertThat(lines(written, "head", "tail")).containsExactly(2, 0);
    }

    @Test
    void what_a_constructor_assigns_in_its_body_has_no_line() throws IOException {
        FieldOrigins written = of("Written", """
                class Written {
                    volatile long head = 3;

                    Written(long tail) {
                        super();
                        this.tail = tail;
                        last = 7;
                    }

                    Written() {
                        this(8);
                        again = 9;
                    }

                    Written(int more) { tail = more; again = 4; }

                    long tail;
                    long last = 5;
                    long again;
                }
                """);

        assertThat(lines(written, "head", "tail", "last", "again")).containsExactly(2, 0, 18, 0);
    }

    @Test
    void a_constructor_on_one_line_hides_no_initialiser_and_is_none() throws IOException {
        FieldOrigins short1 = of("Short", """
                class Short {
                    long head = 1;
                    long tail;
                    Short() { tail = 2; }
                }
                """);
        FieldOrigins closed = of("Closed", """
                class Closed {
                    long head = 1;
                    long tail;
                    Closed(int by) {
                        tail = by; }
                    long more = 3;
                }
                """);

        assertThat(lines(short1, "head", "tail")).containsExactly(2, 0);
        assertThat(lines(closed, "head", "tail", "more")).containsExactly(2, 0, 0);
    }

    @Test
    void inherited_fields_nested_classes_enums_and_records_are_in_the_file_of_their_own_class() throws IOException {
        String text = """
                package com.acme;
                class Base { volatile long head; long tail = 0x10; }
                enum Kind { A, B;
                    long uses = 5;
                }
                record Pair(long one,
                            long two) {}
                class Leaf extends Base {
                    long own = 3;
                    class Inner {
                        long mine = 4;
                    }
                }
                """;

        FieldOrigins leaf = of("com.acme.Leaf", text);
        assertThat(leaf.locationOf("own")).contains(new SourceLocation("com/acme/Example.java", 9));
        assertThat(lines(leaf, "head", "tail")).containsExactly(0, 0);
        assertThat(lines(of("com.acme.Leaf$Inner", text), "mine")).containsExactly(11);
        assertThat(lines(of("com.acme.Kind", text), "uses")).containsExactly(4);
        assertThat(lines(of("com.acme.Pair", text), "one", "two")).containsExactly(0, 0);
    }

    @Test
    void a_class_of_the_jdk_is_in_the_file_of_its_package() {
        ClassSource jdk = ClassSource.ofRunningVm(VmMode.parse("17"));
        FieldOrigins map = ((Lookup.Found) jdk.find("java.util.HashMap$Node"))
                .subjects()
                .get(0)
                .origins();

        assertThat(map.location()).contains(new SourceLocation("java/util/HashMap.java", 0));
        assertThat(map.locationOf("hash").map(SourceLocation::file)).contains("java/util/HashMap.java");
    }

    private static List<Integer> lines(FieldOrigins origins, String... fields) {
        return Stream.of(fields)
                .map(field -> origins.locationOf(field).orElseThrow().line())
                .toList();
    }
}
