package dev.faultline.source.btf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.input.InputException;
import dev.faultline.source.elf.ElfBuilder;
import dev.faultline.testing.ByteMutator;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import dev.faultline.testing.LayoutUse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** The method of a section compressed by zlib. */
    private static final int ZLIB = 1;

    @TempDir
    Path directory;

    @Test
    void broken_btf_ends_with_one_line_or_is_read() {
        List<byte[]> samples = List.of(
                BtfBuilder.everyKind(),
                structs(new BtfBuilder()),
                structs(new BtfBuilder().bigEndian()),
                SplitBtf.module().build(),
                newerKinds());
        Function<Random, byte[]> broken = new BtfMutator(samples);
        Fuzz.bytes(FuzzShare.BTF, broken)
                .cutting(List.of(BtfBuilder.everyKind(), SplitBtf.module().build()))
                .run(BtfFuzzTest::readAll);
    }

    @Test
    void broken_elf_ends_with_one_line_or_is_read() {
        byte[] little = elf(structs(new BtfBuilder()), ByteOrder.LITTLE_ENDIAN, true, false);
        byte[] packed = elf(structs(new BtfBuilder()), ByteOrder.LITTLE_ENDIAN, true, true);
        byte[] narrow = elf(structs(new BtfBuilder()), ByteOrder.LITTLE_ENDIAN, false, false);
        byte[] module =
                moduleFile(SplitBtf.moduleOnSizes().build(), SplitBtf.sizes().build());
        Function<Random, byte[]> broken = new ByteMutator(
                List.of(little, packed, narrow, module), ByteOrder.LITTLE_ENDIAN, BtfFuzzTest::elfNumbers);
        Function<Random, byte[]> big = new ByteMutator(
                List.of(
                        elf(structs(new BtfBuilder().bigEndian()), ByteOrder.BIG_ENDIAN, true, false),
                        elf(structs(new BtfBuilder().bigEndian()), ByteOrder.BIG_ENDIAN, false, true)),
                ByteOrder.BIG_ENDIAN,
                any -> List.of());
        Function<Random, byte[]> btf = new BtfMutator(List.of(structs(new BtfBuilder())));
        Function<Random, byte[]> split =
                new BtfMutator(List.of(SplitBtf.moduleOnSizes().build()));
        Function<Random, byte[]> sizes = new BtfMutator(List.of(SplitBtf.sizes().build()));
        Fuzz.bytes(FuzzShare.ELF, random -> switch (random.nextInt(8)) {
                    case 0, 1 ->
                        elf(btf.apply(random), ByteOrder.LITTLE_ENDIAN, random.nextBoolean(), random.nextBoolean());
                    case 2 -> big.apply(random);
                    case 3 -> moduleFile(split.apply(random), SplitBtf.sizes().build());
                    case 4 -> moduleFile(SplitBtf.moduleOnSizes().build(), sizes.apply(random));
                    default -> broken.apply(random);
                })
                .cutting(List.of(little, packed, narrow, module))
                .run(this::openFile);
    }

    private void openFile(byte[] content) throws IOException {
        Path file = directory.resolve("broken.o");
        Files.write(file, content);
        LayoutUse.all(BtfSource.open("broken.o", file, Optional.empty()));
        LayoutUse.all(BtfSource.open("broken.o", file, Optional.of(kernel())));
    }

    /** Reads BTF alone, else on a kernel. What can be read alone is also tried as the base of a module. */
    private static void readAll(byte[] blob) {
        BtfSource source;
        try {
            source = BtfSource.of("broken", ByteBuffer.wrap(blob), Optional.empty());
        } catch (InputException refused) {
            LayoutUse.all(BtfSource.of("broken", ByteBuffer.wrap(blob), Optional.of(kernel())));
            return;
        }
        LayoutUse.all(source);
        source.missing(any -> true);
        try {
            BtfSource.of("module", ByteBuffer.wrap(SplitBtf.module().build()), Optional.of(source));
        } catch (InputException refused) {
            assertThat(refused).hasMessageStartingWith("module: ");
        }
    }

    private static BtfSource kernel() {
        return BtfSource.of("kernel", ByteBuffer.wrap(SplitBtf.kernel().build()), Optional.empty());
    }

    private static byte[] newerKinds() {
        BtfBuilder b = new BtfBuilder();
        int u32 = b.number("unsigned int", 4);
        int newer = b.type("a", 20, 1, false, 0, 1, 2);
        b.struct("after", 8, false, b.string("x"), u32, 0, b.string("y"), newer, 32);
        int[] lengths = new int[2 * 21];
        lengths[2 * 20 + 1] = 8;
        return b.buildWithLengths(lengths);
    }

    /** Small samples with embedded structs, arrays and bit-fields. */
    private static byte[] structs(BtfBuilder b) {
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
        int content = (int) (wide ? bytes.getLong(table + 64 + 24) : bytes.getInt(table + 40 + 16));
        places.add(new ByteMutator.Place(content, 4));
        places.add(new ByteMutator.Place(content + word, word));
        return places;
    }

    private static byte[] elf(byte[] btf, ByteOrder order, boolean wide, boolean packed) {
        ElfBuilder elf = new ElfBuilder(wide, order);
        return (packed ? elf.compressed(".BTF", ZLIB, btf.length, deflated(btf)) : elf.section(".BTF", btf)).build();
    }

    private static byte[] deflated(byte[] content) {
        byte[] packed = new byte[content.length + 100];
        Deflater deflater = new Deflater();
        deflater.setInput(content);
        deflater.finish();
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    private static byte[] moduleFile(byte[] btf, byte[] sizes) {
        return new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .section(".BTF", btf)
                .section(".BTF.base", sizes)
                .build();
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
            ByteBuffer sample = ByteBuffer.wrap(samples.get(random.nextInt(samples.size())));
            sample.order(sample.get(0) == (byte) 0xeb ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            int headerBytes = sample.getInt(4);
            int count = sample.getInt(12) / 4;
            List<Integer> words = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                words.add(sample.getInt(headerBytes + 4 * i));
            }
            byte[] strings = new byte[sample.getInt(20)];
            sample.get(headerBytes + sample.getInt(16), strings);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                change(words, strings, random);
            }
            return blob(words, strings, sample.order());
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

        private static byte[] blob(List<Integer> words, byte[] strings, ByteOrder order) {
            ByteBuffer blob = ByteBuffer.allocate(HEADER_BYTES + 4 * words.size() + strings.length)
                    .order(order);
            blob.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(HEADER_BYTES);
            blob.putInt(0).putInt(4 * words.size()).putInt(4 * words.size()).putInt(strings.length);
            words.forEach(blob::putInt);
            return blob.put(strings).array();
        }
    }
}
