package dev.faultline.source.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.AccessKind;
import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeField;
import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.access.code.CodeReceiver;
import dev.faultline.access.code.CodeSignature;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.source.jvm.code.CompiledSources;
import dev.faultline.source.jvm.store.ClassStore;
import dev.faultline.source.jvm.store.DirectoryClasses;
import dev.faultline.source.jvm.store.ModuleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which code is read, and what is said of the rest. */
class CodeScopeTest {

    private static final String SOURCE = """
            package p;
            class Counter extends java.util.concurrent.atomic.AtomicLong { int own; void add() { getAndAdd(1); own++; } }
            class Beside { void touch(Counter c) { c.own = 1; } }
            """;

    @TempDir
    private Path scratch;

    private static Hierarchy hierarchy(ClassStore store, String name) {
        return new HierarchyReader(store, new ModuleImage()).of(store.find(name).orElseThrow(), name);
    }

    private Path directory(Map<String, byte[]> classes) throws IOException {
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            Path file = scratch.resolve(each.getKey() + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
        return scratch;
    }

    private static ClassStore all(Path directory) {
        return new DirectoryClasses("classes", directory, Optional.empty());
    }

    @Test
    void a_superclass_of_the_jdk_is_read_without_its_neighbours() throws IOException {
        ClassStore store = all(directory(CompiledSources.classes(SOURCE)));
        CodeIndex index = new CodeScope("classes", store, Optional.empty()).around(hierarchy(store, "p/Counter"));

        CodeClass atomic = index.of("java.util.concurrent.atomic.AtomicLong").orElseThrow();
        assertThat(atomic.is(CodeClass.Trait.ALONE)).isTrue();
        assertThat(index.of("p.Counter").orElseThrow().is(CodeClass.Trait.ALONE))
                .isFalse();
        assertThat(index.of("java.util.concurrent.atomic.LongAdder")).isEmpty();
        CodeMethod add = index.method("p.Counter", new CodeSignature("getAndAdd", "(J)J"))
                .orElseThrow();
        assertThat(add.effects()).anySatisfy(effect -> {
            assertThat(effect.field()).isEqualTo(new CodeField("java.util.concurrent.atomic.AtomicLong", "value"));
            assertThat(effect.kind()).isEqualTo(AccessKind.RMW);
            assertThat(effect.receiver()).isEqualTo(CodeReceiver.SELF);
        });
        assertThat(index.notes()).isEmpty();
    }

    @Test
    void classes_that_cannot_be_read_are_named() throws IOException {
        byte[] broken = CompiledSources.classes(SOURCE).get("p/Beside");
        broken[broken.length - 1]++;
        Path directory = directory(CompiledSources.classes(SOURCE));
        Files.write(directory.resolve("p/Beside.class"), Arrays.copyOf(broken, broken.length - 1));
        ClassStore store = all(directory);
        CodeIndex index = new CodeScope("classes", store, Optional.empty()).around(hierarchy(store, "p/Counter"));

        assertThat(index.unread()).extracting(each -> each.type()).containsExactly("p.Beside");
        assertThat(index.unread().get(0).reason()).contains("Beside.class").doesNotContain("\n");
        assertThat(index.notes()).singleElement().asString().startsWith("the code of 1 class that could not be read");
        assertThat(index.of("p.Counter")).isPresent();
    }

    @Test
    void of_a_single_class_file_the_package_is_read() throws IOException {
        Path directory = directory(CompiledSources.classes(SOURCE));
        ClassStore store = DirectoryClasses.ofFile("Counter.class", directory.resolve("p/Counter.class"));
        CodeIndex index = new CodeScope("classes", store, Optional.empty()).around(hierarchy(store, "p/Counter"));

        List<FieldEffect> effects = index.effectsOn(new CodeField("p.Counter", "own"));
        assertThat(effects).extracting(effect -> effect.place().function()).contains("touch", "add");
    }

    @Test
    void of_the_jdk_only_packages_of_single_classes_are_read() {
        ClassStore store = new ModuleImage();
        Hierarchy hierarchy = hierarchy(store, "java/util/concurrent/atomic/LongAdder");
        CodeScope scope = new CodeScope("classes", store, Optional.empty());
        CodeIndex index = scope.around(hierarchy);

        assertThat(index.of("java.util.concurrent.atomic.Striped64$Cell")).isPresent();
        assertThat(index.effectsOn(new CodeField("java.util.concurrent.atomic.Striped64", "base")))
                .extracting(FieldEffect::kind)
                .contains(AccessKind.READ, AccessKind.RMW);
        assertThat(index.notes()).singleElement().asString().startsWith("the code of the JDK outside of ");
        assertThat(scope.ofMany(hierarchy).classes()).isEmpty();
        assertThat(scope.ofMany(hierarchy).notes()).singleElement().asString().startsWith("the code of the JDK");
    }
}
