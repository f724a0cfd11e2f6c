package dev.faultline.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sections of an ELF file of either class and byte order, for tests that do not trust the product's reader. */
final class NativeSections {

    private final ByteBuffer file;
    private final boolean is64;

    NativeSections(Path path) throws IOException {
        file = ByteBuffer.wrap(Files.readAllBytes(path));
        is64 = file.get(4) == 2;
        file.order(file.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    /** {@return the bytes of a section, in the byte order of the file} */
    ByteBuffer content(String name) {
        int table = (int) word(is64 ? 40 : 32);
        int entrySize = file.getShort(is64 ? 58 : 46);
        int count = file.getShort(is64 ? 60 : 48);
        int names = offset(table + file.getShort(is64 ? 62 : 50) * entrySize);
        for (int i = 0; i < count; i++) {
            int header = table + i * entrySize;
            if (name.equals(string(names + file.getInt(header)))) {
                int size = (int) word(header + (is64 ? 32 : 20));
                return file.slice(offset(header), size).order(file.order());
            }
        }
        throw new AssertionError("no section " + name);
    }

    private int offset(int header) {
        return (int) word(header + (is64 ? 24 : 16));
    }

    private long word(int at) {
        return is64 ? file.getLong(at) : Integer.toUnsignedLong(file.getInt(at));
    }

    private String string(int at) {
        int end = at;
        while (file.get(end) != 0) {
            end++;
        }
        return new String(file.array(), at, end - at, StandardCharsets.UTF_8);
    }
}
