package dev.faultline.source.debugfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.elf.ElfBuilder;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.elf.FileBytes;
import dev.faultline.testing.Bounded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The debug information of a stripped binary is found where distributions and build systems put it. */
class DebugFilesTest {

    private static final String ID = "abcdef0123";
    private static final String OTHER_ID = "00112233";

    @TempDir
    Path temporary;

    private Path root;
    private Path cache;
    private Path binary;
    private DebugFiles files;

    @BeforeEach
    void directories() throws IOException {
        Path real = temporary.toRealPath();
        root = real.resolve("debug");
        cache = real.resolve("cache");
        binary = Files.createDirectories(real.resolve("bin")).resolve("app");
        files = new DebugFiles(new DebugRoots(List.of(root), List.of(cache)));
    }

    private static ElfBuilder elf() {
        return new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN);
    }

    private static ElfBuilder withId(ElfBuilder elf, String digits) {
        byte[] id = HexFormat.of().parseHex(digits);
        ByteBuffer note = ByteBuffer.allocate(16 + id.length).order(ByteOrder.LITTLE_ENDIAN);
        note.putInt(4)
                .putInt(id.length)
                .putInt(3)
                .put(new byte[] {'G', 'N', 'U', 0})
                .put(id);
        return elf.section(".note.gnu.build-id", 7, 0, note.array());
    }

    private static byte[] debug(String id) {
        return withId(elf().section(".debug_info", new byte[] {1, 2, 3}), id).build();
    }

    private static byte[] link(String name, byte[] debugFile) {
        CRC32 checksum = new CRC32();
        checksum.update(debugFile);
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int length = (text.length + 4) / 4 * 4;
        return ByteBuffer.allocate(length + 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(text)
                .putInt(length, (int) checksum.getValue())
                .array();
    }

    private static byte[] alternateLink(String name, String id) {
        ByteArrayOutputStream link = new ByteArrayOutputStream();
        link.writeBytes((name + "\0").getBytes(StandardCharsets.UTF_8));
        link.writeBytes(HexFormat.of().parseHex(id));
        return link.toByteArray();
    }

    private Path write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private DebugFile separate(ElfBuilder elf) throws IOException {
        write(binary, elf.build());
        try (ElfFile opened = ElfFile.open("app", binary)) {
            return Bounded.read(() -> files.separate(opened, Optional.of(binary)));
        }
    }

    private DebugFile alternate(String name) throws IOException {
        write(
                binary,
                elf().section(".gnu_debugaltlink", alternateLink(name, ID)).build());
        try (ElfFile opened = ElfFile.open("app", binary)) {
            return Bounded.read(() -> files.alternate(opened, Optional.of(binary)));
        }
    }

    @Test
    void it_is_found_by_the_build_id() throws IOException {
        Path cached = write(cache.resolve(ID).resolve("debuginfo"), debug(ID));
        assertThat(separate(withId(elf(), ID)).path()).contains(cached);
        Path installed = write(root.resolve(".build-id/ab/cdef0123.debug"), debug(ID));
        assertThat(separate(withId(elf(), ID)).path()).contains(installed);
        ElfFile stream =
                ElfFile.of(FileBytes.of("-", ByteBuffer.wrap(withId(elf(), ID).build())));
        assertThat(files.separate(stream, Optional.empty()).path()).contains(installed);
    }

    @Test
    void it_is_found_by_the_link_beside_below_and_in_the_tree_of_debug_files() throws IOException {
        byte[] debug = debug(ID);
        ElfBuilder linked = elf().section(".gnu_debuglink", link("app.dbg", debug));
        Path tree =
                write(root.resolve(binary.getParent().toString().substring(1)).resolve("app.dbg"), debug);
        assertThat(separate(linked).path()).contains(tree);
        Path below = write(binary.resolveSibling(".debug").resolve("app.dbg"), debug);
        assertThat(separate(linked).path()).contains(below);
        Path beside = write(binary.resolveSibling("app.dbg"), debug);
        assertThat(separate(linked).path()).contains(beside);
        Path alias = Files.createSymbolicLink(temporary.toRealPath().resolve("alias"), binary);
        try (ElfFile opened = ElfFile.open("alias", alias)) {
            assertThat(files.separate(opened, Optional.of(alias)).path()).contains(beside);
        }
    }

    @Test
    void a_kernel_has_its_debug_file_at_its_own_path_in_the_tree() throws IOException {
        Path twin = write(root.resolve(binary.toString().substring(1)), debug(ID));
        assertThat(separate(withId(elf(), ID)).path()).contains(twin);
        Path ending = write(twin.resolveSibling("app.debug"), debug(ID));
        assertThat(separate(withId(elf(), ID)).path()).contains(ending);
    }

    @Test
    void a_file_of_another_build_is_not_taken_and_named() throws IOException {
        byte[] debug = debug(ID);
        Path beside = write(binary.resolveSibling("app.dbg"), debug(OTHER_ID));
        Path below = write(binary.resolveSibling(".debug").resolve("app.dbg"), debug);
        ElfBuilder linked = elf().section(".gnu_debuglink", link("app.dbg", debug));
        DebugFile found = separate(linked);
        assertThat(found.path()).contains(below);
        Files.delete(below);
        DebugFile missing = separate(linked);
        assertThat(missing.path()).isEmpty();
        assertThat(missing.words())
                .startsWith("it is not at " + beside + " (its CRC-32 is ")
                .contains(", but ", " is expected; is it of another build?), " + below + ", " + root);
        write(root.resolve(".build-id/ab/cdef0123.debug"), debug(OTHER_ID));
        write(
                cache.resolve(ID).resolve("debuginfo"),
                elf().section(".debug_line", new byte[1]).build());
        assertThat(separate(withId(elf(), ID)).words())
                .startsWith("it is not at " + root.resolve(".build-id/ab/cdef0123.debug")
                        + " (of another build, 00112233), " + cache.resolve(ID).resolve("debuginfo")
                        + " (has no section .debug_info), ");
    }

    @Test
    void empty_and_foreign_files_and_the_binary_itself_are_passed_over() throws IOException {
        byte[] self = elf().section(".gnu_debuglink", link("app", new byte[0])).build();
        assertThat(separate(elf().section(".gnu_debuglink", link("app", self))).path())
                .isEmpty();
        write(cache.resolve(ID).resolve("debuginfo"), new byte[0]); // debuginfod remembers so what is not there
        assertThat(separate(withId(elf(), ID)).words()).contains("debuginfo (is no ELF file, or cannot be read)");
        Files.createDirectories(root.resolve(".build-id/ab/cdef0123.debug"));
        assertThat(separate(withId(elf(), ID)).path()).isEmpty();
        assertThat(separate(elf()).words()).isEqualTo("the file names no other file with it");
    }

    @Test
    void hostile_links_lead_nowhere() throws IOException {
        byte[] debug = debug(ID);
        write(temporary.resolve("outside"), debug);
        for (byte[] link : new byte[][] {
            link("../outside", debug),
            link("..", debug),
            link("", debug),
            link("a\0b", debug),
            new byte[0],
            new byte[3],
            {'a', 'b', 'c', 'd', 'e'},
            "x".repeat(5000).getBytes(StandardCharsets.UTF_8)
        }) {
            assertThat(separate(elf().section(".gnu_debuglink", link)).path()).isEmpty();
        }
        assertThat(alternate("").path()).isEmpty();
        assertThat(alternate("\u0001/\u0002").path()).isEmpty();
    }

    @Test
    void the_alternate_file_of_dwz_is_found_and_its_identity_checked() throws IOException {
        Path byId = write(root.resolve(".build-id/ab/cdef0123.debug"), debug(ID));
        assertThat(alternate("../../.dwz/x86_64/app.debug").path()).contains(byId);
        Path installed = write(root.resolve(".dwz/x86_64/app.debug"), debug(ID));
        assertThat(alternate("../../.dwz/x86_64/app.debug").path()).contains(installed);
        assertThat(alternate("/nowhere/.dwz/x86_64/app.debug").path()).contains(installed);
        Path relative = write(binary.getParent().resolve("../dwz/common").normalize(), debug(ID));
        assertThat(alternate("../dwz/common").path()).contains(relative);
        assertThat(alternate(relative.toString()).path()).contains(relative);
        write(relative, debug(OTHER_ID));
        Files.delete(byId);
        assertThat(alternate("../dwz/common").words())
                .startsWith("it is not at " + relative + " (of another build, 00112233), ");
    }

    @Test
    void split_units_are_found_where_they_were_compiled_or_beside_the_binary() throws IOException {
        byte[] split = elf().section(".debug_info.dwo", new byte[1]).build();
        Path built = temporary.toRealPath().resolve("build");
        Optional<Path> path = Optional.of(write(binary, elf().build()));
        assertThat(files.split("obj/a.dwo", built.toString(), path).path()).isEmpty();
        Path moved = write(binary.resolveSibling("a.dwo"), split);
        assertThat(files.split("obj/a.dwo", built.toString(), path).path()).contains(moved);
        Path compiled = write(built.resolve("obj/a.dwo"), split);
        assertThat(files.split("obj/a.dwo", built.toString(), path).path()).contains(compiled);
        assertThat(files.split("obj/a.dwo", built.toString(), Optional.empty()).path())
                .contains(compiled);
        assertThat(files.split("obj/a.dwo", "../build", path).path()).contains(compiled);
        assertThat(files.split(compiled.toString(), "", path).path()).contains(compiled);
        assertThat(files.split("a\0b", "\0", path).path()).isEmpty();
        assertThat(files.split("", "", path).path()).isEmpty();
    }

    @Test
    void a_package_of_split_units_is_found_beside_the_binary_or_its_debug_file() throws IOException {
        byte[] split = elf().section(".debug_info.dwo", new byte[1]).build();
        write(binary, withId(elf(), ID).build());
        Path debug = write(binary.resolveSibling("app.debug"), debug(ID));
        try (ElfFile elf = ElfFile.open("app", binary)) {
            assertThat(files.splitPackage(elf, Optional.of(binary)).words())
                    .startsWith("it is not at " + binary + ".dwp, ");
            Path byId = write(root.resolve(".build-id/ab/cdef0123.dwp"), split);
            assertThat(files.splitPackage(elf, Optional.of(binary)).path()).contains(byId);
            Path beside = write(binary.resolveSibling("app.dwp"), split);
            assertThat(files.splitPackage(elf, Optional.of(binary)).path()).contains(beside);
            assertThat(files.splitPackage(elf, Optional.of(debug)).path()).contains(beside);
        }
    }

    @Test
    void the_directories_of_a_machine_are_those_of_its_environment() {
        Path usual = Path.of("/usr/lib/debug");
        assertThat(DebugRoots.of(Map.of())).isEqualTo(new DebugRoots(List.of(usual), List.of()));
        assertThat(DebugRoots.of(Map.of("HOME", "/home/me")).caches())
                .containsExactly(
                        Path.of("/home/me/.cache/debuginfod_client"), Path.of("/home/me/.debuginfod_client_cache"));
        assertThat(DebugRoots.of(Map.of("HOME", "/home/me", "XDG_CACHE_HOME", "/x"))
                        .caches())
                .startsWith(Path.of("/x/debuginfod_client"));
        assertThat(DebugRoots.of(Map.of("HOME", "/home/me", "DEBUGINFOD_CACHE_PATH", "/d"))
                        .caches())
                .containsExactly(Path.of("/d"));
        assertThat(DebugRoots.of(Map.of("HOME", "", "DEBUGINFOD_CACHE_PATH", "\0"))
                        .caches())
                .isEmpty();
    }
}
