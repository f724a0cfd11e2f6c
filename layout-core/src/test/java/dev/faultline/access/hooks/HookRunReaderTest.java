package dev.faultline.access.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.hooks.HookRun.Counter;
import dev.faultline.access.hooks.HookRun.Kind;
import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files as the page on native recordings describes them are read; broken ones are refused with a place. */
class HookRunReaderTest {

    private static final int HEAD = 4096;
    private static final int CHUNK = 4096;
    private static final int SEED = 7;

    /** A program whose files tell nothing. */
    private static final HookedProgram NOTHING = new HookedProgram() {
        @Override
        public List<Frame> codeAt(long address) {
            return List.of();
        }

        @Override
        public Optional<Variable> variableAt(long address) {
            return Optional.empty();
        }

        @Override
        public List<String> globalTypes() {
            return List.of();
        }

        @Override
        public Optional<StructLayout> struct(String name) {
            return Optional.empty();
        }
    };

    /** One thread named io-1 with one counter: 5 writes of 8 bytes at offset 16 of block 2 of a place. */
    private static ByteBuffer file() {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + 4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("FLTHOOKS".getBytes(StandardCharsets.US_ASCII)).putInt(1).putInt(4711);
        bytes.putLong(1_000_000_000L).putLong(3_500_000_000L).putInt(1).putInt(HEAD);
        bytes.putLong(HEAD + 4 * CHUNK).putLong(9);
        chunk(bytes, 0, 2, 128);
        bytes.putInt(4712).putInt(1).putLong(0x1000).putLong(0x7000).putLong(0x8000);
        bytes.putLong(3).putLong(4).putLong(0).putLong(2).put("io-1".getBytes(StandardCharsets.US_ASCII));
        chunk(bytes, 1, 3, 24);
        bytes.putInt(1).putInt(0).putLong(0x1100).putLong(0x1200);
        chunk(bytes, 2, 4, 56);
        bytes.putInt(0)
                .putInt(1)
                .putLong(0x1300)
                .putLong(64)
                .putLong(0)
                .putInt(1)
                .putInt(0);
        chunk(bytes, 3, 5, 40);
        bytes.putLong(0x1400).putLong(16).putInt(0).putInt(1).putInt(8);
        bytes.putShort((short) 2).putShort((short) 2).putLong(5);
        return bytes.rewind();
    }

    private static void chunk(ByteBuffer bytes, int number, int kind, int recordBytes) {
        bytes.position(HEAD + number * CHUNK);
        bytes.putInt(kind)
                .putInt(0)
                .putLong(CHUNK)
                .putInt(recordBytes)
                .putInt(1)
                .putLong(0);
    }

    @Test
    void a_file_is_read() {
        HookRun run = HookRunReader.read("run.raw", file());

        assertThat(run.pid()).isEqualTo(4711);
        assertThat(run.seconds()).isEqualTo(2.5);
        assertThat(run.isEnded()).isTrue();
        assertThat(run.lost()).isEqualTo(9 + 4);
        assertThat(run.threads()).singleElement().satisfies(thread -> {
            assertThat(thread.name()).isEqualTo("io-1");
            assertThat(thread.ownStack()).isEqualTo(3);
            assertThat(thread.folded()).isEqualTo(2);
            assertThat(thread.calls()).containsEntry(1, new HookRun.Call(0, 0x1100, 0x1200));
        });
        assertThat(run.sites()).containsExactly(new HookRun.Site(0, 1, 0x1300, 64, 0, false));
        assertThat(run.counters())
                .containsExactly(new Counter(0, 1, 0x1400, Optional.of(0), Optional.of(16L), 2, 8, Kind.WRITE, 5));
    }

    @Test
    void a_file_of_another_kind_or_version_is_refused() {
        assertThatThrownBy(() -> HookRunReader.read("run.raw", ByteBuffer.allocate(HEAD)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("run.raw: is not what Faultline's hooks write");
        ByteBuffer later = file();
        later.putInt(8, 2);
        assertThatThrownBy(() -> HookRunReader.read("run.raw", later))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("byte 8")
                .hasMessageContaining("version 2; this Faultline reads version 1");
    }

    @Test
    void records_beyond_their_chunk_are_refused() {
        ByteBuffer many = file();
        many.putInt(HEAD + 3 * CHUNK + 20, 1000);
        assertThatThrownBy(() -> HookRunReader.read("run.raw", many))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("byte " + (HEAD + 3 * CHUNK))
                .hasMessageContaining("1000 records of 40 bytes in 4096 bytes");
    }

    @Test
    void whatever_is_broken_is_read_or_refused() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            ByteBuffer broken = file();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                int chunk = random.nextInt(5);
                int at = chunk == 0 ? random.nextInt(64) : HEAD + (chunk - 1) * CHUNK + random.nextInt(180);
                broken.put(at, (byte) random.nextInt(256));
            }
            broken.limit(random.nextInt(4) == 0 ? random.nextInt(broken.limit()) : broken.limit());
            try {
                HookRun run = HookRunReader.read("run.raw", broken);
                assertThat(HookRows.file(run, NOTHING, HookOptions.none()).rows())
                        .hasSizeLessThan(3);
            } catch (InputException refused) {
                assertThat(refused.getMessage()).startsWith("run.raw");
            }
        }
    }
}
