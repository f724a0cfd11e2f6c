package dev.faultline.offheap.declare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Declarations are read from class files without running them, and are what the program itself declares. */
class DeclarationsInClassFilesTest {

    private static final VmMode MODE = VmMode.parse("25");
    private static final Path OWN_CLASSES = Path.of("target", "classes");
    private static final Path CORE_CLASSES = Path.of("..", "layout-core", "target", "classes");

    private static final String FORMS = """
            package off;
            import static dev.faultline.offheap.declare.Declaration.*;
            import dev.faultline.layout.*;
            import dev.faultline.offheap.declare.Declaration;
            public final class Forms {
              static final String[] NAMES = {"a", "b", "c"};
              static final int LINE = 64;
              static final StructLayout CELL = Declaration.struct("cell").field("at", int64(), 0)
                  .field("count", int32(), 8).hole(12, 4).ofSize(16, 8);
              static final StructLayout SAME = CELL;
              static final StructLayout LOOP;
              static final StructLayout ALL = Declaration.struct("all")
                  .field("cells", array(embedded("cell_t", CELL), 4), 0)
                  .field("one", CELL, 4 * CELL.byteSize())
                  .field("p", pointer("void *"), 80).field("q", pointer32("void *"), 88)
                  .bits(int32(), 92, "x:3", "y:29")
                  .bit("z", int16(), 96, 0, 9).unusedBits(7)
                  .field("s", int16(), 98).field("t", number("odd", 4, 2), 100).hole(104, 24)
                  .field("o", opaque("thing", 5, 1), LINE * 2).field("b", int8(), 133).undeclared(134, 2)
                  .field("end", marker(), 136)
                  .ofSize(136, 8);
              static final StructLayout EITHER = union("either").field("n", int64(), 0).field("f", int32(), 0)
                  .ofSize(8, 8);
              static final StructLayout FIRST = Declaration.struct("first").field("n", int64(), 0).upTo(8, 8);
              static {
                Declaration loop = Declaration.struct("loop");
                for (int i = 0; i < NAMES.length; i++) {
                  loop.field(NAMES[i], int64(), 64L * i).hole(64L * i + 8, 56);
                }
                LOOP = loop.ofSize(64 * 3, 64);
              }
            }
            """;

    private static final String UNKNOWN = """
            package off;
            import static dev.faultline.offheap.declare.Declaration.*;
            import dev.faultline.layout.*;
            import dev.faultline.offheap.declare.Declaration;
            public final class Unknown {
              static StructLayout CHANGES = Declaration.struct("c").field("n", int64(), 0).ofSize(8, 8);
              static final StructLayout PERHAPS;
              static final StructLayout BY_LAMBDA;
              static final StructLayout KNOWN = Declaration.struct("k").field("n", int64(), 0).ofSize(8, 8);
              static {
                Declaration perhaps = Declaration.struct("p");
                if (Boolean.getBoolean("wide")) { perhaps.field("n", int64(), 0); }
                perhaps.field("m", int64(), 0);
                PERHAPS = perhaps.ofSize(8, 8);
                Declaration shared = Declaration.struct("s");
                java.util.List.of("n").forEach(name -> shared.field(name, int64(), 0));
                BY_LAMBDA = shared.ofSize(8, 8);
              }
            }
            """;

    private static final String HOSTILE = """
            package off;
            import static dev.faultline.offheap.declare.Declaration.*;
            import dev.faultline.layout.*;
            import dev.faultline.offheap.declare.Declaration;
            public final class Hostile {
              static final StructLayout KNOWN = Declaration.struct("k").field("n", int64(), 0).ofSize(8, 8);
              static final StructLayout DOUBLED;
              static final StructLayout ENDLESS;
              static {
                StructLayout one = KNOWN;
                for (int i = 0; i < 1_000; i++) {
                  one = Declaration.struct("d").field("a", one, 0).field("b", one, one.byteSize())
                      .ofSize(2 * one.byteSize(), 8);
                }
                DOUBLED = one;
                Declaration endless = Declaration.struct("e");
                long at = 0;
                while (at >= 0) { endless.hole(at, 8); at += 8; }
                ENDLESS = endless.ofSize(at, 8);
              }
            }
            """;

    private static final String REFUSED = """
            package off;
            import static dev.faultline.offheap.declare.Declaration.*;
            import dev.faultline.layout.*;
            import dev.faultline.offheap.declare.Declaration;
            import dev.faultline.offheap.memory.*;
            public final class Refused {
              static final StructLayout LAYOUT = Declaration.struct("gap").field("a", int32(), 0)
                  .field("b", int64(), 8).ofSize(16, 8);
              private StructView view;
            }
            """;

    private static final String RING = """
            package off;
            import static dev.faultline.offheap.declare.Declaration.*;
            import dev.faultline.layout.StructLayout;
            import dev.faultline.offheap.declare.Declaration;
            import dev.faultline.offheap.memory.*;
            public final class Ring {
              public static final StructLayout LAYOUT = Declaration.struct("ring")
                  .field("head", int64(), 0).field("tail", int64(), 8).field("flags", int32(), 16)
                  .field("size", int32(), 20).field("slots", array(int64(), 8), 24).ofSize(88, 8);
              private final Block block = Block.allocate(LAYOUT.byteSize(), 64);
              private final StructView view = StructView.bind(LAYOUT, block, 0);
              private final LongWord head = view.int64("head");
              private final LongWord tail;
              private final LongWords slots = view.int64s("slots");
              public Ring() { tail = view().int64("tail"); }
              private StructView view() { return view; }
              private IntWord flags() { return view.int32("flags"); }
              public boolean offer(long n) {
                long at = tail.get();
                if (at - head.getVolatile() == 8) { return false; }
                slots.set((int) at & 7, n);
                tail.setOrdered(at + 1);
                return true;
              }
              public long poll() {
                long at = head.get();
                if (at == tail.getVolatile()) { return 0; }
                head.setOrdered(at + 1);
                return slots.get((int) at & 7);
              }
              public boolean mark() { return flags().compareAndSet(0, 1); }
              public static int size(StructView any) { return (int) any.number("size").get(); }
              static void stop(Ring ring) { while (ring.tail.getVolatile() == 0) { Thread.onSpinWait(); } }
            }
            """;

    @TempDir
    private Path directory;

    private ClassSource compiled(String... sources) throws IOException {
        StringWriter problems = new StringWriter();
        Path classes = Files.createDirectories(directory.resolve("classes"));
        List<Path> files = new java.util.ArrayList<>();
        for (String source : sources) {
            String type = source.replaceFirst("(?s).*?\\bclass (\\w+).*", "$1");
            files.add(Files.writeString(directory.resolve(type + ".java"), source));
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of(
                "-g",
                "-proc:none",
                "-d",
                classes.toString(),
                "-classpath",
                OWN_CLASSES + System.getProperty("path.separator") + CORE_CLASSES);
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            boolean isCompiled = compiler.getTask(
                            problems, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(isCompiled).as(problems.toString()).isTrue();
        }
        return ClassSource.open("program", classes, MODE);
    }

    private static Subject find(ClassSource source, String name) {
        Lookup found = source.find(name);
        assertThat(found).as(String.valueOf(found)).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) found).subjects().get(0);
    }

    private static List<String> structs(ClassSource source) {
        return source.entries().stream()
                .map(LayoutSource.Entry::name)
                .filter(name -> name.matches(".*\\.[A-Z_0-9]+"))
                .toList();
    }

    /** {@return all layouts that static fields of the module's own classes hold, by the names they are found by} */
    private static Map<String, StructLayout> ownLayouts() throws Exception {
        Map<String, StructLayout> layouts = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(OWN_CLASSES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                String name = OWN_CLASSES
                        .relativize(file)
                        .toString()
                        .replace(".class", "")
                        .replace('\\', '/')
                        .replace('/', '.');
                if (name.endsWith("-info")) {
                    continue;
                }
                Class<?> type = Class.forName(name, false, DeclarationsInClassFilesTest.class.getClassLoader());
                for (Field field : type.getDeclaredFields()) {
                    if (Modifier.isStatic(field.getModifiers()) && field.getType() == StructLayout.class) {
                        field.setAccessible(true);
                        layouts.put(name + "." + field.getName(), (StructLayout) field.get(null));
                    }
                }
            }
        }
        return layouts;
    }

    private static void isSame(StructLayout read, StructLayout declared) {
        assertThat(read.members()).isEqualTo(declared.members());
        assertThat(read.byteSize()).isEqualTo(declared.byteSize());
        assertThat(read.byteAlignment()).isEqualTo(declared.byteAlignment());
        assertThat(read.kind()).isEqualTo(declared.kind());
    }

    @Test
    void every_declaration_of_the_modules_own_classes_is_found_as_the_program_declares_it() throws Exception {
        ClassSource source = ClassSource.open("classes", OWN_CLASSES, MODE);
        Map<String, StructLayout> own = ownLayouts();
        assertThat(own).hasSizeGreaterThan(20).containsKey("dev.faultline.offheap.kernel.Rtable.BEFORE");
        for (Map.Entry<String, StructLayout> each : own.entrySet()) {
            isSame(find(source, each.getKey()).layout(), each.getValue());
        }
    }

    @Test
    void each_form_of_a_declaration_is_what_the_class_has_when_it_is_loaded() throws Exception {
        ClassSource source = compiled(FORMS);
        assertThat(structs(source))
                .containsExactlyInAnyOrder(
                        "off.Forms.CELL", "off.Forms.LOOP", "off.Forms.ALL", "off.Forms.EITHER", "off.Forms.FIRST");
        try (var loader = new java.net.URLClassLoader(
                new java.net.URL[] {directory.resolve("classes").toUri().toURL()},
                getClass().getClassLoader())) {
            for (String name : List.of("CELL", "LOOP", "ALL", "EITHER", "FIRST")) {
                Field field = loader.loadClass("off.Forms").getDeclaredField(name);
                field.setAccessible(true);
                isSame(find(source, "off.Forms." + name).layout(), (StructLayout) field.get(null));
            }
        }
        Subject all = find(source, "Forms.ALL");
        assertThat(all.layout().resolve("cells[3].count").orElseThrow().bytes().start())
                .isEqualTo(56);
        assertThat(all.placement().baseAlignment()).isEqualTo(8);
        assertThat(all.layout().provenance().describe()).contains("Declaration").contains("in part");
        assertThat(all.layout().slots())
                .filteredOn(slot -> !(slot instanceof Slot.Field) && slot.byteSize() == 24)
                .singleElement()
                .satisfies(hole -> assertThat(hole.byteOffset()).isEqualTo(104));
        assertThat(find(source, "Forms.FIRST").layout().provenance().describe()).contains("its first 8 bytes");
    }

    @Test
    void what_is_emitted_compiles_and_is_the_same_struct() throws Exception {
        ClassSource source = compiled(FORMS);
        for (String name : List.of("CELL", "LOOP", "ALL", "EITHER", "FIRST")) {
            Subject subject = find(source, "off.Forms." + name);
            String text = subject.form()
                    .orElseThrow()
                    .declare(subject.layout(), subject.layout(), 8)
                    .text();
            assertThat(text).contains("static final StructLayout " + name + " = Declaration.");
            ClassSource back = compiled("package off; import dev.faultline.layout.*;"
                    + " import dev.faultline.offheap.declare.Declaration; public class Back" + name + " {\n" + text
                    + "}");
            isSame(find(back, "off.Back" + name + "." + name).layout(), subject.layout());
        }
        Subject cell = find(source, "off.Forms.CELL");
        assertThat(cell.form()
                        .orElseThrow()
                        .declare(cell.layout(), cell.layout(), 64)
                        .text())
                .isEqualTo("""
                        static final StructLayout CELL = Declaration.struct("cell")
                                .field("at", Declaration.int64(), 0)
                                .field("count", Declaration.int32(), 8)
                                .hole(12, 52)
                                .ofSize(64, 64);
                        """);
    }

    @Test
    void what_is_not_known_is_no_struct() throws Exception {
        assertThat(structs(compiled(UNKNOWN))).containsExactly("off.Unknown.KNOWN");
    }

    @Test
    void declarations_without_end_cost_little_and_are_no_structs() throws Exception {
        ClassSource source = compiled(HOSTILE);
        assertThat(structs(source)).containsExactly("off.Hostile.KNOWN");
        assertThat(((Lookup.Missing) source.find("off.Hostile.ENDLESS")).reason())
                .contains("ENDLESS is not known from its static initialiser", "instructions");
    }

    @Test
    void a_declaration_that_throws_is_told_where_its_struct_is_asked_for() throws Exception {
        ClassSource source = compiled(REFUSED);
        String reason =
                "LAYOUT is not known from its static initialiser (Declaration refuses gap: b declared at byte 8, "
                        + "but the declaration before it ends at 4; declare the hole)";
        assertThat(find(source, "off.Refused").code().orElseThrow().unseen())
                .anySatisfy(words -> assertThat(words).contains("view (StructView)"))
                .anySatisfy(words -> assertThat(words).isEqualTo(reason));
        assertThat(((Lookup.Missing) source.find("off.Refused.LAYOUT")).reason())
                .contains(reason);
    }

    @Test
    void accesses_through_views_are_operations_on_the_fields() throws Exception {
        assertThat(find(compiled(RING), "off.Ring.LAYOUT").code().orElseThrow().operations().stream()
                        .flatMap(operation -> operation.effects().stream()
                                .map(reached -> operation.name() + " "
                                        + operation.role().name() + " "
                                        + reached.effect().kind() + " "
                                        + reached.effect().order() + " "
                                        + reached.path() + (reached.effect().polled() ? " polled" : ""))))
                .containsExactlyInAnyOrder(
                        "Ring.offer producer READ PLAIN tail",
                        "Ring.offer producer READ VOLATILE head",
                        "Ring.offer producer WRITE PLAIN slots",
                        "Ring.offer producer WRITE ORDERED tail",
                        "Ring.poll consumer READ PLAIN head",
                        "Ring.poll consumer READ VOLATILE tail",
                        "Ring.poll consumer WRITE ORDERED head",
                        "Ring.poll consumer READ PLAIN slots",
                        "Ring.mark unknown RMW VOLATILE flags",
                        "Ring.size unknown READ PLAIN size",
                        "Ring.stop unknown READ VOLATILE tail polled");
    }
}
