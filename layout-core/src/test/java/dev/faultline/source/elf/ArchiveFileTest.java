package dev.faultline.source.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.testing.Bounded;
import dev.faultline.testing.NativeCompiler;
import dev.faultline.testing.NativeTypes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The members of archives are listed and opened, those in them and those beside them. */
class ArchiveFileTest {

    private static final String LONG = "a_name_of_more_than_15_letters.o";

    @TempDir
    Path directory;

    private static String header(String name, int byteSize) {
        return String.format("%-16s%-12d%-6d%-6d%-8s%-10d`\n", name, 0, 0, 0, "100644", byteSize);
    }

    private static ArchiveFile archive(String content) {
        return ArchiveFile.of(FileBytes.of("lib.a", ByteBuffer.wrap(content.getBytes(StandardCharsets.ISO_8859_1))));
    }

    private static String text(FileBytes bytes) {
        return StandardCharsets.ISO_8859_1
                .decode(bytes.read(0, (int) bytes.byteSize(), "all"))
                .toString();
    }

    @Test
    void members_have_names_and_content() {
        ArchiveFile archive = archive(ArchiveFile.MAGIC + header("/", 4) + "0000" + header("//", 20)
                + "a long name.o/\n    \n"
                + header("a.o/", 3) + "abc\n" + header("/0", 4) + "\177ELF" + header("a.o/", 0) + header("#1/4", 6)
                + "b.o\0xy");
        assertThat(archive.members())
                .extracting(ArchiveFile.Member::name)
                .containsExactly("a.o", "a long name.o", "a.o", "b.o");
        assertThat(archive.members().stream().map(member -> text(archive.open(member))))
                .containsExactly("abc", "\177ELF", "", "xy");
        assertThat(archive.members().stream().map(archive::isElf)).containsExactly(false, true, false, false);
        assertThat(archive.open(archive.members().get(1)).source()).isEqualTo("lib.a(a long name.o)");
        assertThat(archive.isThin()).isFalse();
        assertThat(archive.isDebianPackage()).isFalse();
    }

    @Test
    void a_member_is_named_as_linkers_do() {
        assertThat(MemberName.parse("out/lib.a(foo.o)")).contains(new MemberName("out/lib.a", "foo.o"));
        assertThat(MemberName.parse("lib.a(a (1).o)")).contains(new MemberName("lib.a", "a (1).o"));
        assertThat(new MemberName("lib.a", "foo.o")).hasToString("lib.a(foo.o)");
        for (String other : List.of("lib.a", "lib.a()", "(foo.o)", "lib.a(foo.o", "lib.a(foo.o)x", "")) {
            assertThat(MemberName.parse(other)).as(other).isEmpty();
        }
    }

    @Test
    void members_of_one_name_are_an_archive_of_their_own() {
        ArchiveFile archive =
                archive(ArchiveFile.MAGIC + header("a.o/", 2) + "ab" + header("b.o/", 0) + header("a.o/", 2) + "cd");
        ArchiveFile only = archive.only("a.o");
        assertThat(only.source()).isEqualTo("lib.a(a.o)");
        assertThat(only.members().stream().map(member -> text(only.open(member))))
                .containsExactly("ab", "cd");
        assertThat(only.title(only.members().get(0))).isEqualTo("lib.a(a.o)");
        assertThat(Bounded.refusal(() -> archive.only("c.o"))).startsWith("lib.a(c.o): the library has no such member");
        assertThat(Bounded.refusal(() -> archive("no archive"))).isEqualTo("lib.a: is no static library");
    }

    @Test
    void names_that_are_repeated_until_they_fill_the_memory_are_refused() {
        StringBuilder content = new StringBuilder(ArchiveFile.MAGIC + header("//", 5000) + "x".repeat(5000));
        content.append(header("/0", 0).repeat(20_000));
        assertThat(Bounded.refusal(() -> archive(content.toString())))
                .endsWith("more than 1048576 members, or 67108864 characters of their names, which are the limits");
    }

    @Test
    void members_beside_a_thin_archive_need_its_path() throws Exception {
        String content = ArchiveFile.THIN_MAGIC + header("//", 8) + "src/a/\n\n" + header("/0", 3) + header("/0:77", 3);
        assertThat(Bounded.refusal(
                        () -> archive(content).open(archive(content).members().get(0))))
                .isEqualTo("lib.a: a thin static library, whose members are files beside it; name it as a file");
        Files.createDirectories(directory.resolve("src"));
        Path file = Files.writeString(directory.resolve("lib.a"), content);
        try (ArchiveFile archive = ArchiveFile.open("lib.a", file)) {
            assertThat(archive.members())
                    .extracting(ArchiveFile.Member::nestedOffset)
                    .containsExactly(0L, 77L);
            assertThat(Bounded.refusal(() -> archive.open(archive.members().get(0))))
                    .startsWith("lib.a(src/a): cannot be read: ");
            Files.writeString(directory.resolve("src/a"), "abc");
            try (FileBytes bytes = archive.open(archive.members().get(0))) {
                assertThat(text(bytes)).isEqualTo("abc");
            }
            assertThat(Bounded.refusal(() -> archive.open(archive.members().get(1))))
                    .startsWith("lib.a(src/a): ");
        }
    }

    @Test
    @Tag("slow")
    @Tag("native")
    void archives_that_ar_makes_have_the_members_that_it_was_given() throws Exception {
        assumeTrue(NativeCompiler.has("gcc", "ar"), "gcc and ar are not installed");
        NativeCompiler compiler = new NativeCompiler(NativeTypes.of(false, ""), directory);
        for (String name : List.of("a", LONG.substring(0, LONG.length() - 2), "b")) {
            Path source = Files.writeString(directory.resolve(name + ".c"), "int " + name + "_variable = 1;");
            compiler.run(List.of("gcc", "-g", "-c", "-o", path(name + ".o"), source.toString()));
        }
        compiler.run(List.of("ar", "qc", path("whole.a"), path("a.o"), path(LONG), path("b.o"), path("a.o")));
        compiler.run(List.of("ar", "qcT", path("thin.a"), path("a.o"), path(LONG)));
        compiler.run(List.of("ar", "qcT", path("nested.a"), path("thin.a"), path("whole.a"), path("b.o")));
        assertThat(members("whole.a")).containsExactly("a.o", LONG, "b.o", "a.o");
        assertThat(members("thin.a")).containsExactly("a.o", LONG);
        assertThat(members("nested.a")).containsExactly("a.o", LONG, "whole.a", "whole.a", "whole.a", "whole.a", "b.o");
    }

    /** {@return the names of members, each of which must define the variable of its source} */
    private List<String> members(String name) {
        try (ArchiveFile archive = ArchiveFile.open(name, directory.resolve(name))) {
            return archive.members().stream()
                    .map(member -> {
                        try (ElfFile elf = ElfFile.of(archive.open(member))) {
                            Optional<Symbol> variable =
                                    SymbolTable.of(elf).orElseThrow().data().findFirst();
                            assertThat(variable.orElseThrow().name()).endsWith("_variable");
                            assertThat(elf.section(".debug_info").orElseThrow().remaining())
                                    .isPositive();
                            return Path.of(member.name()).getFileName().toString();
                        }
                    })
                    .toList();
        }
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }
}
