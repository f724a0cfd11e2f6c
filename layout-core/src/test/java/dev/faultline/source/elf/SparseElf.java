package dev.faultline.source.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes ELF files with a section that is longer than what the file takes on the disk. */
public final class SparseElf {

    private static final int HEADER_BYTES = 64;

    private SparseElf() {}

    /** {@return the file, whose only section has zeros and ends in some bytes} */
    public static Path withSection(Path file, String name, long byteSize, byte[] end) throws IOException {
        byte[] names = ("\0" + name + "\0").getBytes(StandardCharsets.ISO_8859_1);
        long contentOffset = 4L * HEADER_BYTES + names.length;
        ByteBuffer start = ByteBuffer.allocate((int) contentOffset).order(ByteOrder.LITTLE_ENDIAN);
        start.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1).putShort(16, (short) 2);
        start.putLong(40, HEADER_BYTES).putShort(58, (short) HEADER_BYTES).putShort(60, (short) 3);
        start.putShort(62, (short) 2);
        start.position(2 * HEADER_BYTES);
        start.putInt(1).putInt(1).position(2 * HEADER_BYTES + 24);
        start.putLong(contentOffset).putLong(byteSize).position(3 * HEADER_BYTES);
        start.putInt(0).putInt(3).position(3 * HEADER_BYTES + 24);
        start.putLong(4 * HEADER_BYTES).putLong(names.length).position(4 * HEADER_BYTES);
        start.put(names).flip();
        StandardOpenOption[] how = {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE};
        try (FileChannel out = FileChannel.open(file, how)) {
            out.write(start);
            out.write(ByteBuffer.wrap(end), contentOffset + byteSize - end.length);
        }
        return file;
    }
}
