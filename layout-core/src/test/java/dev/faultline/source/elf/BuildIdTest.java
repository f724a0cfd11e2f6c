package dev.faultline.source.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.testing.Bounded;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The build-id of a binary is found among its notes. */
class BuildIdTest {

    private static final int SHT_NOTE = 7;

    private static byte[] note(ByteOrder order, String owner, int type, byte... content) {
        int nameBytes = (owner.length() + 1 + 3) / 4 * 4;
        ByteBuffer note = ByteBuffer.allocate(12 + nameBytes + (content.length + 3) / 4 * 4)
                .order(order);
        note.putInt(owner.length() + 1).putInt(content.length).putInt(type);
        for (int i = 0; i < owner.length(); i++) {
            note.put(12 + i, (byte) owner.charAt(i));
        }
        return note.put(12 + nameBytes, content).array();
    }

    private static Optional<BuildId> id(ByteOrder order, byte[] notes) {
        byte[] file =
                new ElfBuilder(true, order).section(".note", SHT_NOTE, 0, notes).build();
        return Bounded.read(() -> BuildId.of(ElfFile.of(FileBytes.of("a", ByteBuffer.wrap(file)))));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void it_is_the_note_of_gnu_with_its_number() {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            byte[] id = note(order, "GNU", 3, (byte) 0xab, (byte) 1, (byte) 0x23);
            byte[] others = joined(note(order, "GNU", 1, new byte[16]), note(order, "stapsdt", 3, new byte[5]));
            assertThat(id(order, id)).map(BuildId::digits).contains("ab0123");
            assertThat(id(order, joined(others, id))).map(BuildId::digits).contains("ab0123");
            assertThat(id(order, others)).isEmpty();
        }
        assertThat(new BuildId("ab0123").path(".debug")).isEqualTo("ab/0123.debug");
        assertThatThrownBy(() -> new BuildId("../x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void broken_notes_have_none() {
        byte[] note = note(ByteOrder.LITTLE_ENDIAN, "GNU", 3, new byte[20]);
        for (int length = 0; length < note.length; length++) {
            assertThat(id(ByteOrder.LITTLE_ENDIAN, Arrays.copyOf(note, length))).isEmpty();
        }
        assertThat(id(ByteOrder.LITTLE_ENDIAN, note(ByteOrder.LITTLE_ENDIAN, "GNU", 3, new byte[1])))
                .isEmpty();
        assertThat(id(ByteOrder.LITTLE_ENDIAN, note(ByteOrder.LITTLE_ENDIAN, "GNU", 3, new byte[65])))
                .isEmpty();
        byte[] huge = new byte[40];
        Arrays.fill(huge, (byte) 0xff);
        assertThat(id(ByteOrder.LITTLE_ENDIAN, huge)).isEmpty();
        assertThat(id(ByteOrder.LITTLE_ENDIAN, new byte[60_000])).isEmpty();
    }
}
