package dev.faultline.source.dwarf;

import dev.faultline.input.InputException;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;
import dev.faultline.testing.ByteMutator;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Broken DWARF gives one clear line, or layouts of what is left, in 256 MB and 2 seconds. */
class DwarfFuzzTest {

    private static final List<String> NAMES = List.of(
            "gcc-2.o",
            "gcc-3.o",
            "gcc-4.o",
            "gcc-5.o",
            "gcc-5-32.o",
            "gcc-5-wide.o",
            "clang-3-big.o",
            "clang-4-big.o",
            "csplit.dwo",
            "split4.dwo",
            "csplit.o");

    /** Samples with many types, which take several times as long. */
    private static final List<String> LARGE = List.of("gcc-4-types.o", "gxx-5.o", "clangxx-5.o");

    /** A program, and the file that has a part of its debug information. */
    private static final List<List<String>> PAIRS = List.of(
            List.of("csplit.o", "csplit.dwo"),
            List.of("csplit.o", "csplit.dwp"),
            List.of("split4.o", "split4.dwo"),
            List.of("split4.o", "split4.dwp"),
            List.of("dwz-main.debug", "dwz-common.debug"),
            List.of("dwz-common.debug", "dwz-main.debug"));

    private static final int PROGBITS = 1;
    private static final int ALLOCATED = 2;

    /** What opening a file may allocate beside four times its size: buffers of a fixed size, all garbage included. */
    private static final long BUFFER_BYTES = 16 << 20;

    private static final int MOST_KEPT = 1_009;
    private static final int MOST_KEPT_SLOTS = 100;

    /** The bytes of a sample, and where the sections are that a reader of types believes. */
    private record Sample(byte[] content, List<int[]> sections) {}

    private final Map<String, Sample> samples = new HashMap<>();
    private final Map<String, FuzzedDwarf> apart = new HashMap<>();

    /** Some of the layouts that were analysed, each at a place that depends on its hash. */
    private final StructLayout[] used = new StructLayout[MOST_KEPT];

    @Test
    void broken_dwarf_ends_with_one_line_or_is_read() {
        List<String> names = Stream.of(NAMES, LARGE).flatMap(List::stream).toList();
        names.forEach(name -> samples.put(name, sample(name)));
        List<byte[]> all = names.stream().map(DwarfSamples::bytes).toList();
        ByteMutator anywhere = new ByteMutator(all, ByteOrder.LITTLE_ENDIAN, any -> List.of());
        Fuzz.bytes(FuzzShare.DWARF, random -> input(random, anywhere))
                .cutting(List.of(DwarfSamples.bytes("gcc-5.o"), DwarfSamples.bytes("csplit.dwo")))
                .run(content -> checked(FuzzedDwarf.read(content, this::use, BUFFER_BYTES + 4L * content.length)));
    }

    /** Changed files have most structs of the good ones: each is analysed and written once in a while. */
    private void use(Subject subject) {
        StructLayout layout = subject.layout();
        if (layout.slots().size() > MOST_KEPT_SLOTS) {
            DwarfUse.analyse(subject);
            return;
        }
        int hash = layout.hashCode();
        for (Slot slot : layout.slots()) {
            hash = 31 * hash + (int) slot.byteOffset();
        }
        int place = Math.floorMod(hash, used.length);
        if (!layout.equals(used[place])) {
            DwarfUse.analyse(subject);
            used[place] = layout;
        }
    }

    /** A file of which nothing was read counts as refused. */
    private static void checked(DwarfUse.Told told) {
        if (told.entries().isEmpty() && !told.lines().isEmpty()) {
            throw new InputException("broken", "", "nothing is read");
        }
    }

    private byte[] input(Random random, ByteMutator anywhere) {
        return switch (random.nextInt(16)) {
            case 0, 1 -> anywhere.apply(random);
            case 2 -> FuzzedDwarf.archive(List.of(apart(random), apart(random)));
            case 3, 4, 5 -> {
                List<String> pair = PAIRS.get(random.nextInt(PAIRS.size()));
                boolean isFirst = random.nextBoolean();
                yield FuzzedDwarf.pair(
                        isFirst ? apart(pair.get(0), random) : DwarfSamples.bytes(pair.get(0)),
                        isFirst && random.nextInt(4) > 0
                                ? DwarfSamples.bytes(pair.get(1))
                                : apart(pair.get(1), random));
            }
            case 6, 7, 8, 9, 10 -> apart(random);
            default -> inside(random);
        };
    }

    private byte[] apart(Random random) {
        return apart(name(random), random);
    }

    private static String name(Random random) {
        List<String> names = random.nextInt(8) == 0 ? LARGE : NAMES;
        return names.get(random.nextInt(names.size()));
    }

    private byte[] apart(String name, Random random) {
        return apart.computeIfAbsent(name, any -> new FuzzedDwarf(DwarfSamples.bytes(name)))
                .changed(random);
    }

    /** Changes bytes of the sections that describe types, so that most inputs get past the headers of the file. */
    private byte[] inside(Random random) {
        Sample sample = samples.get(name(random));
        byte[] content = sample.content().clone();
        for (int changes = 1 + Integer.numberOfTrailingZeros(random.nextInt() | 16); changes > 0; changes--) {
            int[] section =
                    sample.sections().get(random.nextInt(sample.sections().size()));
            change(content, section[0], section[1], random);
        }
        return content;
    }

    static void change(byte[] content, int start, int byteSize, Random random) {
        int at = start + random.nextInt(byteSize);
        int left = start + byteSize - at;
        switch (random.nextInt(8)) {
            case 0, 1 -> content[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> content[at] = (byte) random.nextInt(0x90); // tags, attributes, forms and codes are small
            case 3 -> Arrays.fill(content, at, at + Math.min(left, 1 + random.nextInt(12)), (byte) 0x80); // long LEB128
            case 4 -> Arrays.fill(content, at, at + Math.min(left, 1 + random.nextInt(8)), (byte) 0xff);
            case 5 -> { // an offset of 4 bytes to somewhere in the section, as references and siblings are
                if (left >= Integer.BYTES) {
                    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(at, random.nextInt(byteSize));
                }
            }
            case 6 -> {
                int some = Math.min(left, 1 + random.nextInt(32));
                int from = start + random.nextInt(byteSize - some + 1);
                System.arraycopy(content, from, content, at, some);
            }
            default -> {
                long number = ByteMutator.interesting(byteSize, random);
                for (int i = 0; i < Math.min(left, 1 << random.nextInt(4)); i++) {
                    content[at + i] = (byte) (number >>> 8 * i);
                }
            }
        }
    }

    private static Sample sample(String name) {
        byte[] content = DwarfSamples.bytes(name);
        ByteBuffer elf =
                ByteBuffer.wrap(content).order(content[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        boolean wide = content[4] == 2;
        int table = wide ? (int) elf.getLong(40) : elf.getInt(32);
        int count = elf.getShort(wide ? 60 : 48);
        List<int[]> sections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = table + i * (wide ? 64 : 40);
            long flags = wide ? elf.getLong(at + 8) : elf.getInt(at + 8);
            int offset = wide ? (int) elf.getLong(at + 24) : elf.getInt(at + 16);
            int size = wide ? (int) elf.getLong(at + 32) : elf.getInt(at + 20);
            boolean isDebug = elf.getInt(at + 4) == PROGBITS && (flags & ALLOCATED) == 0;
            if (isDebug && size > 0) {
                sections.add(new int[] {offset, size});
            }
        }
        return new Sample(content, sections);
    }
}
