package dev.faultline.source.compression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.testing.Bounded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is compressed comes out whole, or is refused with a line that says what to do. */
class CompressionTest {

    private static byte[] content() {
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        Arrays.fill(content, 0, 200_000, (byte) 'x');
        return content;
    }

    @ParameterizedTest
    @EnumSource
    void a_packed_file_is_recognised_and_unpacked(Compression format) throws IOException {
        byte[] packed = Packer.packed(format, content());

        assertThat(Compression.of(packed)).contains(format);
        assertThat(format.unpack("a.ko", packed)).isEqualTo(content());
    }

    @ParameterizedTest
    @EnumSource
    void files_one_after_the_other_are_one_file(Compression format) throws IOException {
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.writeBytes(Packer.packed(format, content()));
        two.writeBytes(Packer.packed(format, new byte[] {1, 2, 3}));

        byte[] unpacked = format.unpack("a.ko", two.toByteArray());

        assertThat(unpacked).hasSize(300_003).endsWith(1, 2, 3);
    }

    @ParameterizedTest
    @EnumSource
    void what_ends_too_early_is_refused_wherever_it_ends(Compression format) throws IOException {
        byte[] packed = Packer.packed(format, content());
        for (int length : new int[] {6, 20, packed.length / 2, packed.length - 1}) {
            assertThat(Bounded.refusal(() -> format.unpack("a.ko", Arrays.copyOf(packed, length))))
                    .as("%d bytes", length)
                    .startsWith("a.ko: broken " + format.word() + " data: ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_changed_byte_is_refused(Compression format) throws IOException {
        byte[] packed = Packer.packed(format, content());
        packed[packed.length / 2] ^= 1;

        assertThat(Bounded.refusal(() -> format.unpack("a.ko", packed)))
                .startsWith("a.ko: broken " + format.word() + " data: ");
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void a_small_file_that_unpacks_to_a_huge_one_is_refused_with_the_command_that_unpacks_it(Compression format)
            throws IOException {
        byte[] bomb = Packer.packedZeros(format, 67 << 20);

        assertThat(bomb.length).isLessThan(100_000);
        assertThat(Bounded.refusal(() -> format.unpack("a.ko", bomb)))
                .matches("a.ko: unpacks to more than 6[45] MiB; unpack it first: `" + format.word()
                        + " -dc FILE > unpacked`");
    }

    @Test
    void a_dictionary_that_needs_much_memory_is_refused() throws IOException {
        byte[] packed = Packer.packed(Compression.XZ, content());
        int block = 12;
        int headerBytes = 4 * (packed[block] + 1);
        packed[block + 4] = 36; // a dictionary of 1 GiB
        CRC32 check = new CRC32();
        check.update(packed, block, headerBytes - Integer.BYTES);
        ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).putInt(block + headerBytes - Integer.BYTES, (int)
                check.getValue());

        assertThat(Bounded.refusal(() -> Compression.XZ.unpack("a.ko", packed)))
                .matches("a.ko: needs 1024 MiB to be unpacked; unpack it first: `xz -dc FILE > unpacked`");
    }
}
