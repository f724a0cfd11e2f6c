package dev.faultline.source.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.Inventory;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Omissions;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.classfile.ClassLimits;
import dev.faultline.source.jvm.store.ClassStores;
import dev.faultline.testing.Bounded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.Opcodes;

/** Where classes come from: class paths, directories of jars, archives with libraries, multi-release jars. */
class ClassPathTest {

    private static final VmMode MODE = VmMode.parse("17");
    private static final byte[] BASE =
            ClassMaker.named("lib/Base").with("J", "put", "take").bytes();
    private static final byte[] QUEUE = ClassMaker.named("app/Queue")
            .extending("lib/Base")
            .with("I", "depth")
            .bytes();
    private static final byte[] SHAPE = ClassMaker.named("app/Shape")
            .access(Opcodes.ACC_PUBLIC | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT)
            .bytes();
    private static final byte[] MULTI_RELEASE =
            "Manifest-Version: 1.0\nMulti-Release: true\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path scratch;

    private static Map<String, byte[]> entries(Object... namesAndBytes) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < namesAndBytes.length; i += 2) {
            entries.put((String) namesAndBytes[i], (byte[]) namesAndBytes[i + 1]);
        }
        return entries;
    }

    private static byte[] zip(int method, Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(1);
            for (Map.Entry<String, byte[]> one : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(one.getKey());
                entry.setMethod(method);
                if (method == ZipEntry.STORED) {
                    CRC32 sum = new CRC32();
                    sum.update(one.getValue());
                    entry.setSize(one.getValue().length);
                    entry.setCrc(sum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(one.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] jar(Object... namesAndBytes) {
        return zip(ZipEntry.DEFLATED, entries(namesAndBytes));
    }

    private String write(String name, byte[] bytes) {
        return ClassMaker.file(scratch.resolve(name), bytes).toString();
    }

    private static ClassSource open(String... entries) {
        return ClassSource.open("path", List.of(entries), MODE);
    }

    private static Subject found(LayoutSource source, String name) {
        Lookup lookup = source.find(name);
        assertThat(lookup).as("%s", lookup).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) lookup).subjects().get(0);
    }

    private static List<String> names(LayoutSource source) {
        return source.entries().stream().map(LayoutSource.Entry::name).toList();
    }

    private static String line(LayoutSource source) {
        return Omissions.of(source.description(), source.inventory()).line();
    }

    @Test
    void superclasses_are_found_in_any_entry_and_every_entry_is_listed() {
        String app = write("app.jar", jar("app/Queue.class", QUEUE));
        String lib = write("lib.jar", jar("lib/Base.class", BASE));
        ClassMaker.file(
                scratch.resolve("classes/app/Deque.class"),
                ClassMaker.named("app/Deque").extending("app/Queue").bytes());
        ClassSource source = open(app, lib, scratch.resolve("classes").toString());

        assertThat(names(source)).containsExactly("app.Queue", "lib.Base", "app.Deque");
        assertThat(found(source, "Queue").layout().byteSize()).isEqualTo(32);
        assertThat(found(source, "Deque").layout().byteSize()).isEqualTo(32);
        assertThat(source.inventory().isComplete()).isTrue();
        assertThat(found(source, "Queue").layout().provenance().source())
                .as("the entry that holds the class")
                .isEqualTo(app);
        assertThat(source.notes()).isEmpty();
    }

    @Test
    void the_first_of_two_classes_of_a_name_counts_and_that_is_said() {
        String old = write("old.jar", jar("lib/Base.class", BASE));
        String young = write(
                "new.jar", jar("lib/Base.class", ClassMaker.named("lib/Base").bytes()));

        assertThat(found(open(old, young), "Base").layout().byteSize()).isEqualTo(32);
        assertThat(found(open(young, old), "Base").layout().byteSize()).isEqualTo(16);
        assertThat(open(old, young).notes())
                .containsExactly("1 class occurs more than once on the class path, and the first counts: lib.Base of "
                        + old + ", not of " + young);
    }

    @Test
    void a_directory_of_jars_and_a_wildcard_are_all_its_jars() {
        write("lib/app.jar", jar("app/Queue.class", QUEUE));
        write("lib/base.JAR", jar("lib/Base.class", BASE));
        write("lib/readme.txt", new byte[3]);
        String lib = scratch.resolve("lib").toString();

        for (String entry : List.of(lib, lib + "/*")) {
            ClassSource source = open(entry);
            assertThat(names(source)).as(entry).containsExactly("app.Queue", "lib.Base");
            assertThat(source.all()).hasSize(2);
        }
        write(
                "lib/app/Loose.class",
                ClassMaker.named("app/Loose").extending("lib/Base").bytes());
        assertThat(names(open(lib))).as("class files beside").containsExactly("app.Loose", "app.Queue", "lib.Base");
        assertThat(names(open(lib + "/*"))).containsExactly("app.Queue", "lib.Base");
    }

    @Test
    void a_broken_jar_of_a_directory_is_named_and_the_others_are_read() {
        write("lib/a.jar", "no zip file".getBytes(StandardCharsets.UTF_8));
        write("lib/b.jar", jar("lib/Base.class", BASE));
        ClassSource source = open(scratch.resolve("lib").toString());

        Inventory inventory = source.inventory();
        assertThat(inventory.subjects()).hasSize(1);
        assertThat(inventory.isComplete()).isFalse();
        assertThat(inventory.unread())
                .containsExactly(scratch.resolve("lib/a.jar") + ": not a jar that can be read: it has no central"
                        + " directory");
    }

    @Test
    void an_entry_that_is_missing_empty_or_broken_is_named() {
        String lib = write("lib.jar", jar("lib/Base.class", BASE));
        String text = write("notes.txt", "hello".getBytes(StandardCharsets.UTF_8));

        assertThat(Bounded.refusal(() -> open(lib, "nowhere.jar")))
                .isEqualTo("path: entry 2 of the class path, nowhere.jar: no such file or directory");
        assertThat(Bounded.refusal(() -> open("", lib)))
                .isEqualTo("path: entry 1 of the class path, '': is empty; write . for the current directory");
        assertThat(Bounded.refusal(() -> open(lib, scratch + "/*x/*"))).contains("there is no directory");
        assertThat(Bounded.refusal(() -> open(lib, text)))
                .isEqualTo(text + ": not a jar that can be read: it has no central directory");
        assertThat(Bounded.refusal(() -> open(lib, lib + "!/lib/x.jar")))
                .isEqualTo(lib + "!/lib/x.jar: there is no lib/x.jar in " + lib + ", nor any other jar");
        assertThat(Bounded.refusal(() -> open(lib, lib + "!/a.jar!/b.jar!/c.jar")))
                .contains("more than 2 jars");
    }

    private byte[] boot(int method, byte[] library) {
        return zip(
                method,
                entries(
                        "META-INF/MANIFEST.MF",
                        "Manifest-Version: 1.0\n".getBytes(StandardCharsets.UTF_8),
                        "org/springframework/boot/loader/Launcher.class",
                        ClassMaker.named("org/springframework/boot/loader/Launcher")
                                .bytes(),
                        "BOOT-INF/classes/app/Queue.class",
                        QUEUE,
                        "BOOT-INF/lib/broken.jar",
                        new byte[10],
                        "BOOT-INF/lib/base.jar",
                        library));
    }

    @Test
    void an_application_archive_lists_its_own_classes_and_searches_its_libraries() {
        for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
            String file = write("boot" + method + ".jar", boot(method, jar("lib/Base.class", BASE)));
            ClassSource source = open(file);

            assertThat(names(source)).containsExactly("app.Queue");
            assertThat(found(source, "app.Queue").layout().byteSize()).isEqualTo(32);
            assertThat(source.inventory().unread())
                    .singleElement()
                    .asString()
                    .startsWith("path!/BOOT-INF/lib/broken.jar: not a jar that can be read");
            assertThat(source.notes())
                    .containsExactly("path: 2 jars in BOOT-INF/lib are read for superclasses only; name one to see its"
                            + " classes: path!/BOOT-INF/lib/broken.jar");
            assertThat(names(open(file + "!/BOOT-INF/lib/base.jar"))).containsExactly("lib.Base");
            assertThat(source.verify("app.Queue").agrees())
                    .as("loaded from both")
                    .isTrue();
        }
    }

    @Test
    void a_web_archive_has_its_classes_and_libraries_elsewhere() {
        byte[] war = jar(
                "WEB-INF/classes/app/Queue.class",
                QUEUE,
                "WEB-INF/lib/base.jar",
                jar("lib/Base.class", BASE),
                "index.html",
                new byte[1]);
        String file = write("app.war", war);

        assertThat(names(open(file))).containsExactly("app.Queue");
        assertThat(open(file).all()).hasSize(1);
        String ear = write("app.ear", jar("app.war", war));
        assertThat(names(open(ear + "!/app.war!/WEB-INF/lib/base.jar"))).containsExactly("lib.Base");
        assertThat(open(ear).notes())
                .containsExactly("path: holds no classes of its own, but 1 jar; name one: path!/app.war");
    }

    @Test
    void the_code_of_libraries_is_read_where_they_hold_a_superclass() {
        byte[] other = ClassMaker.named("other/Other").bytes();
        byte[] helper = ClassMaker.named("lib/Helper").bytes();
        String file = write(
                "boot.jar",
                zip(
                        ZipEntry.STORED,
                        entries(
                                "BOOT-INF/classes/app/Queue.class",
                                QUEUE,
                                "BOOT-INF/lib/other.jar",
                                jar("other/Other.class", other),
                                "BOOT-INF/lib/base.jar",
                                jar("lib/Base.class", BASE, "lib/Helper.class", helper))));

        assertThat(ClassStores.open("boot.jar", List.of(file), 17).codeNames())
                .containsExactly("app/Queue", "lib/Base", "lib/Helper");
    }

    @Test
    void a_multi_release_jar_has_the_classes_of_the_mode() {
        byte[] wide = ClassMaker.named("app/Ring").with("J", "a", "b", "c").bytes();
        byte[] usual = ClassMaker.named("app/Ring").with("J", "a").bytes();
        Object[] content = {
            "META-INF/MANIFEST.MF",
            MULTI_RELEASE,
            "app/Ring.class",
            usual,
            "META-INF/versions/21/app/Ring.class",
            wide,
            "META-INF/versions/21/app/Ring$Only.class",
            ClassMaker.named("app/Ring$Only").bytes(),
            "META-INF/versions/x/app/Odd.class",
            wide,
            "META-INF/versions/8/app/Ring.class",
            wide
        };
        ClassSource at17 = open(write("multi.jar", jar(content)));
        ClassSource at21 = at17.in(VmMode.parse("21"));

        assertThat(found(at17, "app.Ring").layout().byteSize()).isEqualTo(24);
        assertThat(found(at21, "app.Ring").layout().byteSize()).isEqualTo(40);
        assertThat(names(at17)).containsExactly("app.Ring");
        assertThat(names(at21)).containsExactly("app.Ring", "app.Ring$Only");
        assertThat(at17.verify("app.Ring").mismatches())
                .as("the running VM takes its own version")
                .isEmpty();
        content[1] = "Manifest-Version: 1.0\n".getBytes(StandardCharsets.UTF_8);
        assertThat(found(open(write("plain.jar", jar(content))).in(VmMode.parse("21")), "app.Ring")
                        .layout()
                        .byteSize())
                .as("a jar that is not declared as one")
                .isEqualTo(24);
    }

    @Test
    void relocated_classes_of_a_shaded_jar_are_classes_like_others() {
        String file = write(
                "shaded.jar",
                jar(
                        "app/Queue.class",
                        ClassMaker.named("app/Queue")
                                .extending("shaded/lib/Base")
                                .bytes(),
                        "shaded/lib/Base.class",
                        ClassMaker.named("shaded/lib/Base").with("J", "put").bytes()));

        assertThat(open(file).all()).hasSize(2);
    }

    @Test
    void what_cannot_be_laid_out_is_grouped_by_its_cause_and_interfaces_are_not_missed() {
        Map<String, byte[]> content = new LinkedHashMap<>();
        content.put("app/Shape.class", SHAPE);
        for (int i = 0; i < 5; i++) {
            content.put(
                    "app/Q" + i + ".class",
                    ClassMaker.named("app/Q" + i).extending("lib/Base").bytes());
        }
        content.put(
                "app/Deep.class",
                ClassMaker.named("app/Deep").extending("app/Q0").bytes());
        content.put("app/Broken.class", new byte[] {1, 2, 3, 4});
        content.put("app/Moved.class", ClassMaker.named("elsewhere/Moved").bytes());
        content.put(
                "app/Circle.class",
                ClassMaker.named("app/Circle").extending("app/Circle").bytes());
        content.put(
                "app/Odd.class",
                ClassMaker.named("app/Odd").extending("app/Shape").bytes());
        content.put("app/Good.class", ClassMaker.named("app/Good").bytes());
        ClassSource source = open(write("app.jar", zip(ZipEntry.DEFLATED, content)));

        Inventory inventory = source.inventory();
        assertThat(inventory.subjects()).hasSize(1);
        assertThat(inventory.withoutInstances()).isEqualTo(1);
        assertThat(inventory.leftOut())
                .hasSize(10)
                .extracting(Inventory.LeftOut::cause)
                .contains(
                        "without superclass lib.Base",
                        "that cannot be read",
                        "outside of the directory of their package",
                        "whose superclasses are a circle, or too many",
                        "whose superclass app.Shape is an interface");
        assertThat(line(source))
                .startsWith("path: 11 classes, 10 left out: 6 without superclass lib.Base (app.Q0, app.Q1, app.Q2,"
                        + " ...); 1 that cannot be read (app.Broken); ")
                .endsWith("; a class path can name the jars that have them: a.jar:b.jar");
        assertThat(source.missing(any -> true).leftOut())
                .as("known without laying anything out")
                .isEqualTo(inventory.leftOut());
        assertThat(source.inventory(entry -> entry.name().startsWith("app.Q")).leftOut())
                .hasSize(5);
    }

    @Test
    void a_directory_without_classes_tells_where_jars_are() {
        write("dist/lib/base.jar", jar("lib/Base.class", BASE));
        Path dist = scratch.resolve("dist");
        ClassSource source = open(dist.toString());

        assertThat(names(source)).isEmpty();
        assertThat(source.notes())
                .containsExactly("path: has no class files, but there are jars below it; name path/lib");
    }

    @Test
    @Tag("slow")
    void jars_in_jars_are_bounded() {
        byte[] bomb = jar("x", new byte[1 << 20]);
        List<Object> many = new ArrayList<>(List.of("BOOT-INF/classes/app/Queue.class", QUEUE));
        byte[] large = new byte[(int) (ClassLimits.MOST_INNER_JAR_BYTES / 4)];
        for (int i = 0; i < 5; i++) {
            many.add("BOOT-INF/lib/x" + i + ".jar");
            many.add(large);
        }
        many.add("BOOT-INF/lib/y.jar");
        many.add(bomb);
        ClassSource source = open(write("bombs.jar", jar(many.toArray())));

        Inventory inventory = source.inventory();
        assertThat(inventory.leftOut()).hasSize(1);
        assertThat(inventory.unread()).hasSize(6);
        assertThat(inventory.unread().get(5))
                .contains("the jars inside path unpack to more than " + ClassLimits.MOST_INNER_JAR_BYTES + " bytes");
    }

    @Test
    void a_jar_in_itself_is_not_followed() {
        byte[] inner = jar("lib/Base.class", BASE);
        for (int i = 0; i < 6; i++) {
            inner = jar("BOOT-INF/lib/base.jar", inner);
        }
        ClassSource source =
                open(write("deep.jar", jar("BOOT-INF/classes/app/Queue.class", QUEUE, "BOOT-INF/lib/d.jar", inner)));

        assertThat(source.inventory().leftOut()).hasSize(1);
    }

    @Test
    void a_module_file_of_a_jdk_is_read() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(new byte[] {'J', 'M', 1, 0});
        file.write(jar("classes/module-info.class", new byte[1], "classes/lib/Base.class", BASE, "bin/x", new byte[1]));
        ClassSource source = open(write("m.jmod", file.toByteArray()));

        assertThat(names(source)).containsExactly("lib.Base");
        assertThat(source.all()).hasSize(1);
    }
}
