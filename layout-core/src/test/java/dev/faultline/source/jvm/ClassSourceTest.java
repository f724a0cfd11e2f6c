package dev.faultline.source.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.faultline.input.InputException;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

class ClassSourceTest {

    private static final VmMode MODE = VmMode.parse("17");

    private static final byte[] RING =
            ClassMaker.named("com/acme/Ring").with("J", "head", "tail").bytes();
    private static final byte[] CELL =
            ClassMaker.named("com/acme/Ring$Cell").with("I", "n").bytes();
    private static final byte[] WIDE_RING =
            ClassMaker.named("com/acme/Ring").with("J", "a", "b", "c", "d").bytes();

    @TempDir
    private Path scratch;

    private static Subject found(LayoutSource source, String name) {
        assertThat(source.find(name)).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) source.find(name)).subjects().get(0);
    }

    private static String reason(LayoutSource source, String name) {
        assertThat(source.find(name)).isInstanceOf(Lookup.Missing.class);
        return ((Lookup.Missing) source.find(name)).reason();
    }

    private static Map<String, byte[]> entries(Object... namesAndBytes) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < namesAndBytes.length; i += 2) {
            entries.put((String) namesAndBytes[i], (byte[]) namesAndBytes[i + 1]);
        }
        return entries;
    }

    private ClassSource jar(Object... namesAndBytes) {
        Path file = ClassMaker.jar(scratch.resolve("app.jar"), entries(namesAndBytes));
        return ClassSource.open("app.jar", file, MODE);
    }

    @Test
    void a_jar_lists_its_classes_in_their_order_without_opening_them() {
        ClassSource source = jar(
                "META-INF/MANIFEST.MF",
                "Multi-Release: true\n".getBytes(StandardCharsets.UTF_8),
                "module-info.class",
                new byte[1],
                "com/acme/package-info.class",
                new byte[1],
                "com/acme/Ring.class",
                RING,
                "com/acme/Ring$Cell.class",
                new byte[1],
                "notes.txt",
                new byte[1],
                "META-INF/versions/21/com/acme/Ring.class",
                WIDE_RING);

        assertThat(source.description()).isEqualTo("app.jar");
        assertThat(source.entries())
                .containsExactly(
                        new LayoutSource.Entry("com.acme.Ring", "", -1, "class com.acme.Ring"),
                        new LayoutSource.Entry("com.acme.Ring$Cell", "", -1, "class com.acme.Ring$Cell"));
        assertThat(found(source, "com.acme.Ring").layout().byteSize())
                .as("the base entry of a multi-release jar")
                .isEqualTo(32);
        assertThat(source.all()).as("what is broken is left out").hasSize(1);
    }

    @Test
    void a_class_answers_to_the_names_people_give_it() {
        ClassSource source = jar("com/acme/Ring.class", RING, "com/acme/Ring$Cell.class", CELL);

        for (String name : List.of("com.acme.Ring", "com/acme/Ring", "Ring", " com.acme.Ring ")) {
            assertThat(found(source, name).layout().name()).as(name).isEqualTo("com.acme.Ring");
        }
        for (String name : List.of("com.acme.Ring$Cell", "com.acme.Ring.Cell", "Ring$Cell", "Cell")) {
            assertThat(found(source, name).layout().name()).as(name).isEqualTo("com.acme.Ring$Cell");
        }
    }

    @Test
    void a_name_that_is_not_there_is_answered_with_the_nearest() {
        ClassSource source = jar("com/acme/Ring.class", RING, "com/acme/Ring$Cell.class", CELL);

        assertThat(reason(source, "com.acme.Rign"))
                .isEqualTo("app.jar: no class com.acme.Rign (did you mean com.acme.Ring?)");
        assertThat(reason(source, "Rign")).startsWith("app.jar: no class Rign (did you mean Ring");
        assertThat(reason(source, "java.lang.String")).isEqualTo("app.jar: no class java.lang.String");
    }

    @Test
    void a_simple_name_of_several_classes_is_answered_with_them() {
        ClassSource source = jar(
                "a/Ring.class",
                ClassMaker.named("a/Ring").bytes(),
                "b/Ring.class",
                ClassMaker.named("b/Ring").bytes());
        assertThat(reason(source, "Ring"))
                .isEqualTo("app.jar: Ring may be one of 2 classes; give the full name: a.Ring, b.Ring");
    }

    @Test
    void what_has_no_layout_is_missing_with_the_reason() {
        int isInterface = Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT;
        ClassSource source = jar(
                "I.class", ClassMaker.named("I").access(isInterface).bytes(),
                "A.class",
                        ClassMaker.named("A")
                                .access(isInterface | Opcodes.ACC_ANNOTATION)
                                .bytes());

        assertThat(reason(source, "I")).isEqualTo("I: an interface has no instances and so no layout");
        assertThat(reason(source, "A")).startsWith("A: an annotation type has no instances");
        assertThat(reason(source, "int"))
                .isEqualTo("app.jar: int is a primitive type; only classes and arrays have a layout");
        assertThat(reason(source, "long[x]"))
                .isEqualTo("app.jar: 'long[x]' names no class and no array; arrays are named such as long[8], "
                        + "com.acme.Cell[16] or AtomicLongArray(8)");
        assertThat(reason(source, "a;b\n")).isEqualTo("app.jar: 'a;b\\u000a' cannot be the name of a class");
        assertThat(reason(source, "")).isEqualTo("app.jar: '' cannot be the name of a class");
        assertThat(reason(ClassSource.ofRunningVm(MODE), "java.lang.Class"))
                .contains("java.lang.Class has no fixed layout");
    }

    @Test
    void a_hierarchy_that_cannot_be_is_missing_with_the_reason() {
        int isInterface = Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT;
        ClassSource source = ClassMaker.source(
                MODE,
                ClassMaker.named("A").extending("B"),
                ClassMaker.named("B").extending("A"),
                ClassMaker.named("Own").extending("Own"),
                ClassMaker.named("Orphan").extending("com/absent/Parent"),
                ClassMaker.named("Confused").extending("Interface"),
                ClassMaker.named("Interface").access(isInterface),
                ClassMaker.named("Rootless").extending(null));

        assertThat(reason(source, "A")).isEqualTo("A: A is its own superclass");
        assertThat(reason(source, "Own")).isEqualTo("Own: Own is its own superclass");
        assertThat(reason(source, "Orphan"))
                .isEqualTo("Orphan: its superclass com.absent.Parent is neither in the same source nor in the running"
                        + " JDK; name a class path with both, such as app.jar:lib.jar");
        assertThat(reason(source, "Confused")).isEqualTo("Confused: its superclass Interface is an interface");
        assertThat(reason(source, "Rootless"))
                .isEqualTo("Rootless.class: broken class file: Rootless names no superclass");
        assertThat(source.all()).isEmpty();
    }

    @Test
    void a_hierarchy_of_thousands_of_levels_is_refused_not_followed() {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (int i = 0; i < 2_000; i++) {
            classes.put(
                    "C" + i, ClassMaker.named("C" + i).extending("C" + (i + 1)).bytes());
        }
        assertThat(reason(ClassMaker.source(MODE, classes), "C0")).isEqualTo("C0: has more than 256 superclasses");
    }

    @Test
    void more_fields_than_any_object_has_are_refused_as_soon_as_they_are_counted() {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (int i = 0; i < 3; i++) {
            ClassMaker maker = ClassMaker.named("C" + i).extending(i == 2 ? "java/lang/Object" : "C" + (i + 1));
            for (int field = 0; field < 40_000; field++) {
                maker.with("B", "f" + field);
            }
            classes.put("C" + i, maker.bytes());
        }
        ClassSource source = ClassMaker.source(MODE, classes);
        assertThat(reason(source, "C0")).isEqualTo("C0: has more than 100000 fields");
        assertThat(found(source, "C1").layout().byteSize()).isEqualTo(12 + 80_000 + 4);
    }

    @Test
    void a_field_declared_twice_is_refused() {
        ClassSource source = ClassMaker.source(MODE, ClassMaker.named("Twice").with("J", "x", "x"));
        assertThat(reason(source, "Twice")).isEqualTo("Twice.class: broken class file: declares a field twice");
    }

    @Test
    void a_directory_is_read_from_where_packages_start() {
        ClassMaker.file(scratch.resolve("classes/com/acme/Ring.class"), RING);
        ClassMaker.file(scratch.resolve("classes/com/acme/notes.txt"), RING);
        ClassSource source = ClassSource.open("classes", scratch.resolve("classes"), MODE);
        assertThat(source.entries()).extracting(LayoutSource.Entry::name).containsExactly("com.acme.Ring");
        assertThat(found(source, "Ring").layout().byteSize()).isEqualTo(32);

        assertThat(reason(ClassSource.open("up", scratch, MODE), "classes.com.acme.Ring"))
                .endsWith("classes/com/acme/Ring.class: declares com.acme.Ring, not classes.com.acme.Ring; open the"
                        + " directory or jar in which its package starts");
    }

    @Test
    void a_class_file_whose_name_no_file_can_have_is_read_by_itself() {
        byte[] hostile = ClassMaker.named("a/b\0c").with("J", "x").bytes();
        Path file = ClassMaker.file(scratch.resolve("a/A.class"), hostile);

        ClassSource source = ClassSource.open("A.class", file, MODE);

        assertThat(source.entries()).hasSize(1);
        assertThat(source.find("a.b\0c")).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void a_class_file_is_read_by_itself_and_finds_its_superclass_beside_it() {
        byte[] leaf =
                ClassMaker.named("com/acme/Leaf").extending("com/acme/Ring").bytes();
        ClassMaker.file(scratch.resolve("com/acme/Ring.class"), RING);
        Path file = ClassMaker.file(scratch.resolve("com/acme/Leaf.class"), leaf);
        ClassSource source = ClassSource.open("Leaf.class", file, MODE);
        assertThat(source.entries()).extracting(LayoutSource.Entry::name).containsExactly("com.acme.Leaf");
        assertThat(found(source, "Leaf").layout().paths()).containsExactly("(header)", "head", "tail");

        Path loose = ClassMaker.file(scratch.resolve("elsewhere/x.bin"), RING);
        assertThat(found(ClassSource.open("x.bin", loose, MODE), "com.acme.Ring")
                        .layout()
                        .byteSize())
                .isEqualTo(32);
    }

    @Test
    void the_classes_of_a_boot_archive_are_found_without_its_folders() {
        assertThat(found(jar("BOOT-INF/classes/com/acme/Ring.class", RING), "com.acme.Ring")
                        .layout()
                        .byteSize())
                .isEqualTo(32);
    }

    @Test
    void class_files_of_JDKs_to_come_are_read() {
        byte[] future = RING.clone();
        future[7] = 120;
        assertThat(found(jar("com/acme/Ring.class", future), "Ring").layout().byteSize())
                .isEqualTo(32);
    }

    @Test
    void what_is_none_of_the_three_is_refused_with_one_line() {
        Path text = ClassMaker.file(scratch.resolve("notes.txt"), "hello".getBytes(StandardCharsets.UTF_8));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> ClassSource.open("notes.txt", text, MODE))
                .withMessageStartingWith("notes.txt: not a jar that can be read: ");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> ClassSource.open("absent.jar", scratch.resolve("absent.jar"), MODE))
                .withMessage("absent.jar: no such file or directory");
        Path broken = ClassMaker.file(scratch.resolve("x.class"), java.util.Arrays.copyOf(RING, 60));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> ClassSource.open("x.class", broken, MODE))
                .withMessageMatching("x.class: byte 0x[0-9a-f]+: broken class file: .* are left");
    }

    @Test
    void an_entry_larger_than_any_class_file_is_not_unpacked_to_the_end() {
        byte[] zeros = new byte[(16 << 20) + 1];
        assertThat(reason(jar("Bomb.class", zeros), "Bomb"))
                .isEqualTo("app.jar!/Bomb.class: larger than any class file: more than 16777216 bytes");
    }

    /** Runs with a small stack, because the limit of nesting depends on it. */
    @Test
    void annotations_nested_thousands_deep_are_refused() throws InterruptedException {
        ClassSource source = ClassMaker.source(MODE, Map.of("Deep", deep(300_000)));
        AtomicReference<Lookup> lookup = new AtomicReference<>();
        Thread thread = new Thread(null, () -> lookup.set(source.find("Deep")), "small stack", 160 << 10);
        thread.start();
        thread.join();
        assertThat(lookup.get())
                .isEqualTo(new Lookup.Missing("Deep.class: broken class file: annotations are nested thousands deep"));
    }

    /** A class whose only annotation has an array of an array of an array ... as value. */
    private static byte[] deep(int levels) {
        org.objectweb.asm.ClassWriter writer = new org.objectweb.asm.ClassWriter(0);
        writer.visit(Opcodes.V17, 0, "Deep", null, "java/lang/Object", null);
        byte[] content = new byte[8 + levels * 3 + 3];
        content[1] = 1;
        content[3] = (byte) writer.newUTF8("LDeep;");
        content[5] = 1;
        content[7] = (byte) writer.newUTF8("value");
        for (int i = 0; i < levels; i++) {
            content[8 + i * 3] = '[';
            content[8 + i * 3 + 2] = 1;
        }
        content[content.length - 3] = 'I';
        content[content.length - 1] = content[7];
        writer.visitAttribute(new org.objectweb.asm.Attribute("RuntimeVisibleAnnotations") {
            @Override
            protected org.objectweb.asm.ByteVector write(
                    org.objectweb.asm.ClassWriter w, byte[] code, int length, int maxStack, int maxLocals) {
                return new org.objectweb.asm.ByteVector().putByteArray(content, 0, content.length);
            }
        });
        return writer.toByteArray();
    }

    @Test
    void the_running_JDK_is_a_source() {
        ClassSource jdk = ClassSource.ofRunningVm(MODE);
        assertThat(jdk.entries()).hasSizeGreaterThan(5_000);
        assertThat(found(jdk, "java.util.concurrent.atomic.AtomicLong").layout().resolve("value"))
                .isPresent();
        assertThat(found(jdk, "ConcurrentHashMap$CounterCell").layout().byteSize())
                .as("the JDK's own @Contended is heeded")
                .isEqualTo(280);
    }

    /** Reading class files must work without JOL on the class path. */
    @Test
    void inspection_works_without_JOL() throws Exception {
        URL here = ClassSource.class.getProtectionDomain().getCodeSource().getLocation();
        URL asm = ClassReader.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {here, asm}, ClassLoader.getPlatformClassLoader())) {
            Class<?> mode = loader.loadClass(VmMode.class.getName());
            Class<?> source = loader.loadClass(ClassSource.class.getName());
            Object running = mode.getMethod("running").invoke(null);
            Object jdk = source.getMethod("ofRunningVm", mode).invoke(null, running);
            Object lookup = source.getMethod("find", String.class).invoke(jdk, "java.util.ArrayList");
            assertThat(lookup.getClass().getSimpleName()).isEqualTo("Found");
        }
    }
}
