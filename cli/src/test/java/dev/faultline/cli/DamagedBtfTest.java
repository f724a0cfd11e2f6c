package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A BTF file with a good struct, one whose name is outside the file, one with a member of a newer kind. */
class DamagedBtfTest {

    private static final int INT = 1 << 24;
    private static final int STRUCT = 4 << 24 | 1;
    private static final int NEWER = 25 << 24;
    private static final int[] TYPES = {
        1, INT, 4, 32, 5, STRUCT, 4, 10, 1, 0, 9999, STRUCT, 4, 10, 1, 0, 0, NEWER, 0, 12, STRUCT, 4, 10, 4, 0
    };
    private static final String LEFT_OUT =
            ": 3 structs, 2 left out: 1 with a damaged name (type 3); 1 that cannot be" + " read (bad)\n";

    @TempDir
    Path directory;

    private String file;

    @BeforeEach
    void write() throws IOException {
        byte[] strings = "\0int\0good\0x\0bad\0".getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer btf =
                ByteBuffer.allocate(24 + 4 * TYPES.length + strings.length).order(ByteOrder.LITTLE_ENDIAN);
        btf.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24);
        btf.putInt(0).putInt(4 * TYPES.length).putInt(4 * TYPES.length).putInt(strings.length);
        for (int word : TYPES) {
            btf.putInt(word);
        }
        file = Files.write(directory.resolve("damaged.btf"), btf.put(strings).array())
                .toString();
    }

    @Test
    void what_is_left_out_of_a_list_is_counted_and_named_and_is_status_3_when_strict() {
        Cli.Run list = Cli.run("list", file);

        assertThat(list.status()).isZero();
        assertThat(list.err())
                .isEqualTo("faultline: " + file + LEFT_OUT + "faultline: " + file
                        + ": 1 record of kind 25 is not read; this version of Faultline knows kinds up to 19\n");
        assertThat(list.out()).contains("good").doesNotContain("bad");
        assertThat(Cli.run("list", file, "--strict").status()).isEqualTo(3);
        assertThat(Cli.run("inspect", file, "--strict").status()).isEqualTo(3);
    }

    @Test
    void a_struct_named_is_refused_with_status_3() {
        Cli.Run named = Cli.run("inspect", "--from", file, "bad");

        assertThat(named.status()).isEqualTo(3);
        assertThat(named.err())
                .isEqualTo("faultline: " + file + ": type 4: a member of kind 25, whose size this version of Faultline"
                        + " does not know\n");
    }

    @Test
    void a_pattern_that_only_a_damaged_name_may_match_is_answered_with_what_is_damaged() {
        Cli.Run none = Cli.run("list", file, "--match", "zz*");

        assertThat(none.status()).isEqualTo(3);
        assertThat(none.err())
                .startsWith("faultline: " + file + ": 1 struct, all left out: 1 with a damaged name (type 3)\n")
                .endsWith("faultline: " + file + ": 'zz*' matches no struct of 2\n");
    }
}
