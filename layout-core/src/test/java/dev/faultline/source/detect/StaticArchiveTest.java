package dev.faultline.source.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.btf.BtfBuilder;
import dev.faultline.source.elf.ArchiveFile;
import dev.faultline.source.elf.ElfBuilder;
import dev.faultline.source.elf.FileBytes;
import dev.faultline.testing.Bounded;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Static libraries as GNU and BSD write them, thin ones, and Debian packages, which are the same container. */
class StaticArchiveTest {

    private static final byte[] WITHOUT_TYPES = ElfBuilder.withSections(".text");
    private static final byte[] WITH_DWARF = ElfBuilder.withSections(".debug_info");
    private static final byte[] WITH_BTF = new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
            .section(".BTF", BtfBuilder.everyKind())
            .build();

    /** The bytes of an archive, member by member. */
    static final class Archive {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Archive(String magic) {
            bytes.writeBytes(magic.getBytes(StandardCharsets.US_ASCII));
        }

        Archive member(String name, byte[] content) {
            header(name, content.length);
            bytes.writeBytes(content);
            if (content.length % 2 == 1) {
                bytes.write('\n');
            }
            return this;
        }

        Archive header(String name, int byteSize) {
            bytes.writeBytes(String.format("%-16s%-12d%-6d%-6d%-8s%-10d`\n", name, 0, 0, 0, "100644", byteSize)
                    .getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        byte[] build() {
            return bytes.toByteArray();
        }
    }

    private static Archive gnu() {
        return new Archive(ArchiveFile.MAGIC);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String message(byte[] archive) {
        return Bounded.read(
                () -> StaticArchive.message(ArchiveFile.of(FileBytes.of("lib.a", ByteBuffer.wrap(archive)))));
    }

    @Test
    void members_with_debug_information_are_named_with_the_command_that_takes_one_out() {
        byte[] archive = gnu().member("/", new byte[5])
                .member("//", ascii("a_name_of_more_than_15_letters.o/\n"))
                .member("none.o/", WITHOUT_TYPES)
                .member("/0", WITH_BTF)
                .member("ring.o/", WITH_DWARF)
                .build();
        assertThat(message(archive))
                .isEqualTo("a static library of 3 members, 2 with debug information (a_name_of_more_than_15_letters.o,"
                        + " ring.o), which is not read: take one out and name it:"
                        + " `ar x lib.a a_name_of_more_than_15_letters.o`");
    }

    @Test
    void without_debug_information_the_first_binary_is_named() {
        byte[] archive = gnu().member("notes.txt/", ascii("hello"))
                .member("a.o/", WITHOUT_TYPES)
                .member("b.o/", WITHOUT_TYPES)
                .build();
        assertThat(message(archive))
                .isEqualTo(
                        "a static library of 3 members, none with debug information (a.o, b.o), which is not read: take"
                                + " one out and name it: `ar x lib.a a.o`");
        assertThat(message(gnu().build())).isEqualTo("a static library without members");
    }

    @Test
    void names_of_bsd_stand_before_the_content() {
        byte[] index = ascii("__.SYMDEF SORTED\0\0\0\0");
        byte[] name = Arrays.copyOf(ascii("ring buffer.o"), 20);
        byte[] member = Arrays.copyOf(name, 20 + WITH_BTF.length);
        System.arraycopy(WITH_BTF, 0, member, 20, WITH_BTF.length);
        byte[] archive = gnu().member("#1/20", index).member("#1/20", member).build();
        assertThat(message(archive))
                .isEqualTo(
                        "a static library of 1 member, 1 with debug information (ring buffer.o), which is not read: take"
                                + " one out and name it: `ar x lib.a`");
    }

    @Test
    void the_members_of_a_thin_library_are_files_beside_it() {
        byte[] archive = new Archive(ArchiveFile.THIN_MAGIC)
                .member("//", ascii("src/a.o/\nsrc/b.o/\n"))
                .header("/0", 4000)
                .header("/9", 4000)
                .build();
        assertThat(message(archive))
                .isEqualTo("a thin static library of 2 members, which are files beside it; name one of these: src/a.o,"
                        + " src/b.o");
    }

    @Test
    void a_debian_package_is_known() {
        byte[] archive = gnu().member("debian-binary", ascii("2.0\n"))
                .member("control.tar.xz", new byte[4])
                .build();
        assertThat(message(archive))
                .isEqualTo("a Debian package, which is not read: unpack it and name a file in it: `dpkg-deb -x lib.a"
                        + " DIRECTORY`");
    }

    @Test
    void a_broken_library_is_refused_with_the_byte() {
        byte[] archive = gnu().member("a.o/", WITHOUT_TYPES).build();
        assertThat(Bounded.refusal(() -> message(Arrays.copyOf(archive, archive.length - 10))))
                .isEqualTo("lib.a: byte 0x8: a member of " + WITHOUT_TYPES.length + " bytes lies outside a file of "
                        + (archive.length - 10) + "; was it cut off?");
        archive[8 + 58] = 'x';
        assertThat(Bounded.refusal(() -> message(archive)))
                .isEqualTo("lib.a: byte 0x8: expected the header of a member of a static library; is it damaged?");
    }
}
