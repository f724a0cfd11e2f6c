package dev.faultline.source.btf;

import dev.faultline.testing.ByteMutator;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import dev.faultline.testing.LayoutUse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken BTF and ELF give one clear line, in 256 MB. */
class BtfFuzzTest {

    private static final int HEADER_BYTES = 24;

    @TempDir
    Path directory;

    @Test
    void broken_btf_ends_with_one_line_or_is_read() {
        Fuzz.bytes(FuzzShare.BTF, new BtfMutator(List.of(BtfBuilder.everyKind(), structs())))
                .cutting(List.of(BtfBuilder.everyKind()))
                .run(BtfFuzzTest::readAll);
    }

    @Test
    void broken_elf_ends_with_one_line_or_is_read() {
        byte[] little = elf(structs(), true, false);
        byte[] packed = elf(structs(), true, true);
        byte[] narrow = elf(structs(), false, false);
        Function<Random, byte[]> broken =
                new ByteMutator(List.of(little, packed, narrow), ByteOrder.LITTLE_ENDIAN, BtfFuzzTest::elfNumbers);
        Function<Random, byte[]> btf = new BtfMutator(List.of(structs()));
        Fuzz.bytes(
                        FuzzShare.ELF,
                        random -> random.nextInt(4) == 0
                                ? elf(btf.apply(random), random.nextBoolean(), random.nextBoolean())
                                : broken.apply(random))
                .cutting(List.of(little, packed, narrow))
                .run(this::openFile);
    }

    private void openFile(byte[] content) throws IOException {
        Path file = directory.resolve("broken.o");
        Files.write(file, content);
        LayoutUse.all(BtfSource.open("broken.o", file, Optional.empty()));
    }

    private static void readAll(byte[] blob) {
        LayoutUse.all(BtfSource.of("broken", ByteBuffer.wrap(blob), Optional.empty()));
    }

    /** Small samples with embedded structs, arrays and bit-fields. */
    private static byte[] structs() {
        BtfBuilder b = new BtfBuilder();
        int u32 = b.number("unsigned int", 4);
        int pointer = b.pointer(3);
        int list = b.struct("list_head", 16, false, b.string("next"), pointer, 0, b.string("prev"), pointer, 64);
        int alias = b.type("list_t", BtfKind.TYPEDEF, 0, false, list);
        int many = b.array(alias, 3, u32);
        b.struct(
                "node",
                56,
                true,
                b.string("many"),
                many,
                0,
                b.string("bits"),
                u32,
                5 << 24 | 384,
                b.string("rest"),
                u32,
                416);
        return b.build();
    }

    /** The fields of the header, of the section headers and of the header of a compressed section. */
    private static List<ByteMutator.Place> elfNumbers(byte[] elf) {
        boolean wide = elf[4] == 2;
        ByteBuffer bytes = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
        int table = (int) (wide ? bytes.getLong(40) : bytes.getInt(32));
        int word = wide ? 8 : 4;
        List<ByteMutator.Place> places = new ArrayList<>();
        places.add(new ByteMutator.Place(wide ? 40 : 32, word));
        for (int offset = wide ? 52 : 40; offset < (wide ? 64 : 52); offset += 2) {
            places.add(new ByteMutator.Place(offset, 2));
        }
        for (int header = table; header < elf.length; header += wide ? 64 : 40) {
            places.add(new ByteMutator.Place(header, 4));
            places.add(new ByteMutator.Place(header + 4, 4));
            for (int field = 0; field < 4; field++) {
                places.add(new ByteMutator.Place(header + 8 + field * word, word));
            }
        }
        int content = (int) (wide ? bytes.getLong(table + 128 + 24) : bytes.getInt(table + 80 + 16));
        places.add(new ByteMutator.Place(content, 4));
        places.add(new ByteMutator.Place(content + word, word));
        return places;
    }

    /** The smallest ELF file with a .BTF section and a table of names, of 64 or 32 bits. */
    private static byte[] elf(byte[] btf, boolean wide, boolean packed) {
        byte[] content = packed ? packed(btf, wide) : btf;
        byte[] names = "\0.shstrtab\0.BTF\0".getBytes(StandardCharsets.ISO_8859_1);
        int namesAt = wide ? 64 : 52;
        int contentAt = namesAt + names.length;
        int table = (contentAt + content.length + 7) / 8 * 8;
        int entryBytes = wide ? 64 : 40;
        ByteBuffer elf = ByteBuffer.allocate(table + 3 * entryBytes).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), 1, 1});
        if (wide) {
            elf.putLong(40, table);
        } else {
            elf.putInt(32, table);
        }
        elf.putShort(wide ? 58 : 46, (short) entryBytes)
                .putShort(wide ? 60 : 48, (short) 3)
                .putShort(wide ? 62 : 50, (short) 1);
        elf.position(namesAt);
        elf.put(names).put(content);
        section(elf, table + entryBytes, wide, 1, 3, 0, namesAt, names.length);
        section(elf, table + 2 * entryBytes, wide, 11, 1, packed ? 0x800 : 0, contentAt, content.length);
        return elf.array();
    }

    private static void section(
            ByteBuffer elf, int at, boolean wide, int name, int type, int flags, int offset, int byteSize) {
        elf.putInt(at, name).putInt(at + 4, type);
        if (wide) {
            elf.putLong(at + 8, flags).putLong(at + 24, offset).putLong(at + 32, byteSize);
        } else {
            elf.putInt(at + 8, flags).putInt(at + 16, offset).putInt(at + 20, byteSize);
        }
    }

    private static byte[] packed(byte[] bytes, boolean wide) {
        ByteBuffer packed = ByteBuffer.allocate(bytes.length + 100).order(ByteOrder.LITTLE_ENDIAN);
        packed.putInt(1);
        if (wide) {
            packed.putInt(0).putLong(bytes.length).putLong(1);
        } else {
            packed.putInt(bytes.length).putInt(1);
        }
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        deflater.deflate(packed);
        deflater.end();
        return java.util.Arrays.copyOf(packed.array(), packed.position());
    }

    /**
     * Changes records of types word by word, with a header that fits what came out, so that what lies behind the first
     * look at
     * the lengths is reached; sometimes any byte, or the header.
     */
    private static final class BtfMutator implements Function<Random, byte[]> {

        private final List<byte[]> samples;
        private final ByteMutator bytes;

        BtfMutator(List<byte[]> samples) {
            this.samples = samples;
            this.bytes = new ByteMutator(
                    samples,
                    ByteOrder.LITTLE_ENDIAN,
                    any -> List.of(
                            new ByteMutator.Place(4, 4),
                            new ByteMutator.Place(8, 4),
                            new ByteMutator.Place(12, 4),
                            new ByteMutator.Place(16, 4),
                            new ByteMutator.Place(20, 4)));
        }

        @Override
        public byte[] apply(Random random) {
            if (random.nextInt(4) == 0) {
                return bytes.apply(random);
            }
            ByteBuffer sample =
                    ByteBuffer.wrap(samples.get(random.nextInt(samples.size()))).order(ByteOrder.LITTLE_ENDIAN);
            int count = sample.getInt(12) / 4;
            List<Integer> words = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                words.add(sample.getInt(HEADER_BYTES + 4 * i));
            }
            byte[] strings = new byte[sample.getInt(20)];
            sample.get(HEADER_BYTES + 4 * count, strings);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                change(words, strings, random);
            }
            return blob(words, strings);
        }

        private static void change(List<Integer> words, byte[] strings, Random random) {
            int at = random.nextInt(words.size());
            int length = Math.min(words.size() - at, 1 + random.nextInt(6));
            switch (random.nextInt(8)) {
                case 0 -> words.set(at, random.nextInt(40)); // the id of a type, or a small number
                case 1 -> words.set(at, random.nextInt(20) << 24 | random.nextInt(4) | random.nextInt(2) << 31); // kind
                case 2 -> words.set(at, (int) ByteMutator.interesting(strings.length, random));
                case 3 -> words.set(at, words.get(random.nextInt(words.size())));
                case 4 -> words.set(at, words.get(at) ^ 1 << random.nextInt(32));
                case 5 -> words.addAll(at, List.copyOf(words.subList(at, at + length)));
                case 6 -> {
                    if (words.size() > length) {
                        words.subList(at, at + length).clear();
                    }
                }
                default -> strings[random.nextInt(strings.length)] = (byte) random.nextInt(256);
            }
        }

        private static byte[] blob(List<Integer> words, byte[] strings) {
            ByteBuffer blob = ByteBuffer.allocate(HEADER_BYTES + 4 * words.size() + strings.length)
                    .order(ByteOrder.LITTLE_ENDIAN);
            blob.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(HEADER_BYTES);
            blob.putInt(0).putInt(4 * words.size()).putInt(4 * words.size()).putInt(strings.length);
            words.forEach(blob::putInt);
            return blob.put(strings).array();
        }
    }
}
