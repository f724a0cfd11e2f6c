package dev.faultline.source.llvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.detect.SourceDetector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layouts from the metadata of a text are those of the DWARF that the same compiler, or gcc, makes of the source. */
@Tag("slow")
@Tag("native")
class LlvmLayoutsTest {

    /** Types of libraries, and the layouts of global variables, which a text has no addresses of. */
    private static final Pattern LIBRARY = Pattern.compile("std::|__|\\.");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "functions.c, clang",
        "functions.c, gcc",
        "route.c, gcc",
        "types.c, clang",
        "types.c, gcc",
        "functions.cc, clang++",
        "types.cc, clang++",
        "types.cc, g++"
    })
    void layouts_are_those_of_dwarf(String sample, String compiler) {
        LlvmWorkshop workshop = new LlvmWorkshop(directory);
        compare(
                LlvmSource.open(sample, workshop.text(sample, "-O1", "-fstandalone-debug")),
                new SourceDetector(directory.resolve("none"), Optional.empty(), Optional.empty())
                        .open(workshop.object(sample, compiler).toString()),
                compiler.startsWith("g"));
    }

    @Test
    void layouts_of_rust_are_those_of_its_dwarf() {
        if (LlvmWorkshop.hasRust()) {
            LlvmWorkshop workshop = new LlvmWorkshop(directory);
            compare(
                    LlvmSource.open("types.rs", workshop.text("types.rs")),
                    new SourceDetector(directory.resolve("none"), Optional.empty(), Optional.empty())
                            .open(workshop.object("types.rs", "rustc").toString()),
                    false);
        }
    }

    private static void compare(LayoutSource text, LayoutSource object, boolean isOtherCompiler) {
        Map<String, StructLayout> expected = own(object);
        assertThat(expected).hasSizeGreaterThan(2);
        expected.forEach((name, layout) -> {
            Lookup lookup = text.find(name);
            if (isOtherCompiler && lookup instanceof Lookup.Missing) {
                return; // each leaves out what it does not need
            }
            assertThat(lookup).as(name).isInstanceOf(Lookup.Found.class);
            StructLayout found = ((Lookup.Found) lookup).subjects().get(0).layout();
            assertThat(bytes(found)).as(name).isEqualTo(bytes(layout));
            assertThat(found.byteAlignment()).as(name).isEqualTo(layout.byteAlignment());
        });
    }

    private static Map<String, StructLayout> own(LayoutSource source) {
        Map<String, StructLayout> own = new TreeMap<>();
        for (Subject subject : source.all()) {
            if (!LIBRARY.matcher(subject.layout().name()).lookingAt()) {
                own.put(subject.layout().name(), subject.layout());
            }
        }
        return own;
    }

    private static List<String> bytes(StructLayout layout) {
        return layout.slots().stream().map(LlvmLayoutsTest::words).toList();
    }

    private static String words(Slot slot) {
        String place = slot.byteOffset() + "+" + slot.byteSize() + " "
                + slot.bits().map(Object::toString).orElse("");
        return slot instanceof Slot.Field field
                ? place + spelled(field.path()) + (field.overlaps() ? " overlaps" : "")
                : place + slot.getClass().getSimpleName();
    }

    /** {@return a path without what compilers spell in their own ways} */
    private static String spelled(String path) {
        return path.replace("long int", "long").replaceAll("_vptr[.$]", "_vptr ");
    }

    @Test
    void declarations_have_their_places() {
        LlvmSource source = LlvmSource.open("route.c", new LlvmWorkshop(directory).text("route.c", "-O1"));
        Subject rtable = ((Lookup.Found) source.find("rtable")).subjects().get(0);
        assertThat(rtable.origins().locationOf("rt_genid").orElseThrow().words())
                .isEqualTo("route.c:51");
        assertThat(rtable.origins().locationOf("dst.__refcnt").orElseThrow().words())
                .isEqualTo("route.c:32");
    }
}
