package dev.faultline.source.elf;

import dev.faultline.input.InputException;
import dev.faultline.source.compression.Compression;
import dev.faultline.source.compression.Packer;
import dev.faultline.testing.ByteMutator;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** Broken sections, relocations, symbols and archives give one clear line, in 256 MB. */
class ElfFuzzTest {

    private static final int X86_64 = 62;
    private static final int RISCV = 243;
    private static final int MIPS = 8;

    private static byte[] content() {
        byte[] content = new byte[600];
        Random random = new Random(1);
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (random.nextInt(4) + 0x80 * random.nextInt(2));
        }
        return content;
    }

    private static byte[] zlib(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    private static byte[] gnu(byte[] content) throws IOException {
        byte[] packed = zlib(content);
        return ByteBuffer.allocate(12 + packed.length)
                .put("ZLIB".getBytes(StandardCharsets.US_ASCII))
                .putLong(content.length)
                .put(packed)
                .array();
    }

    /** {@return a file whose section is already there, with its relocations, symbols, names and a note} */
    private static byte[] file(ElfBuilder elf, boolean hasAddends, long[]... relocations) {
        byte[] note = new byte[20];
        note[0] = 4;
        return elf.relocations(hasAddends, 3, relocations)
                .symbols(4, new long[] {1, 0x1000, 8, 1, 0x11}, new long[] {3, 8, 8, 0xfff2, 0x15})
                .section(".strtab", 3, 0, "\0a\0bcd\0".getBytes(StandardCharsets.US_ASCII))
                .section(".note.gnu.build-id", 7, 0, note)
                .section(".symtab_shndx", 18, 0, 0, 3, 0, 4, new byte[12])
                .build();
    }

    private static List<byte[]> little() throws IOException {
        byte[] content = content();
        long[][] x86 = {{4, 1, 10, 7}, {100, 1, 1, 8}, {92, 2, 2, 9}, {592, 0, 1, 1}};
        long[][] riscv = {{4, 1, 35, 7}, {4, 1, 39, 8}, {100, 1, 60, 9}, {100, 1, 61, 1}, {9, 1, 52, 3}};
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        return List.of(
                file(new ElfBuilder(true, order).machine(X86_64).section(".debug_info", content), true, x86),
                file(
                        new ElfBuilder(true, order)
                                .machine(X86_64)
                                .compressed(".debug_info", 1, content.length, zlib(content)),
                        true,
                        x86),
                file(
                        new ElfBuilder(true, order)
                                .machine(X86_64)
                                .compressed(".debug_info", 2, content.length, Packer.packed(Compression.ZSTD, content)),
                        true,
                        x86),
                file(new ElfBuilder(true, order).machine(X86_64).section(".zdebug_info", gnu(content)), false, x86),
                file(new ElfBuilder(true, order).machine(RISCV).section(".debug_info", content), true, riscv),
                archive(new ElfBuilder(true, order)
                        .section(".debug_info", content)
                        .build()));
    }

    private static byte[] archive(byte[] member) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.writeBytes(ArchiveFile.MAGIC.getBytes(StandardCharsets.US_ASCII));
        for (String name : List.of("//", "/0", "#1/4", "short.o/")) {
            byte[] content = name.equals("//") ? "a long name.o/\n ".getBytes(StandardCharsets.US_ASCII) : member;
            archive.writeBytes(String.format("%-16s%-32s%-10d`\n", name, "0", content.length)
                    .getBytes(StandardCharsets.US_ASCII));
            archive.writeBytes(content);
            archive.writeBytes(new byte[content.length & 1]);
        }
        return archive.toByteArray();
    }

    private static List<byte[]> big() {
        ByteOrder order = ByteOrder.BIG_ENDIAN;
        long[][] mips = {{4, 1, 2}, {100, 2, 2}, {96, 1, 2}};
        return List.of(
                file(new ElfBuilder(false, order).machine(MIPS).section(".debug_info", content()), false, mips),
                file(new ElfBuilder(true, order).machine(MIPS).section(".debug_info", content()), true, new long[][] {
                    {4, 1, 18, 3}, {100, 2, 2, 4}
                }));
    }

    /** {@return the numbers of the headers of sections, and those of relocations and symbols, which are 8 bytes} */
    private static List<ByteMutator.Place> numbers(byte[] elf) {
        List<ByteMutator.Place> places = new ArrayList<>();
        if (!ElfFile.isElf(ByteBuffer.wrap(elf))) {
            return places;
        }
        boolean wide = elf[4] == 2;
        ByteBuffer bytes = ByteBuffer.wrap(elf).order(elf[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int table = (int) (wide ? bytes.getLong(40) : bytes.getInt(32));
        int entryBytes = wide ? 64 : 40;
        for (int at = table + entryBytes; at + entryBytes <= elf.length; at += entryBytes) {
            for (int field = 0; field < entryBytes; field += Integer.BYTES) {
                places.add(new ByteMutator.Place(at + field, Integer.BYTES));
            }
            int type = bytes.getInt(at + 4);
            int start = (int) (wide ? bytes.getLong(at + 24) : bytes.getInt(at + 16));
            int end = start + (int) (wide ? bytes.getLong(at + 32) : bytes.getInt(at + 20));
            boolean isPacked = type == 1 && bytes.getInt(at + 8 + (wide && elf[5] == 2 ? 4 : 0)) != 0;
            for (int number = start; number + 8 <= end && (type != 1 || isPacked && number < start + 24); number += 4) {
                places.add(new ByteMutator.Place(number, Integer.BYTES));
            }
        }
        return places;
    }

    @Test
    void broken_sections_end_with_one_line_or_are_read() throws IOException {
        Function<Random, byte[]> little = new ByteMutator(little(), ByteOrder.LITTLE_ENDIAN, ElfFuzzTest::numbers);
        Function<Random, byte[]> big = new ByteMutator(big(), ByteOrder.BIG_ENDIAN, ElfFuzzTest::numbers);
        Fuzz.bytes(FuzzShare.SECTION, random -> random.nextInt(4) == 0 ? big.apply(random) : little.apply(random))
                .cutting(little().subList(4, 6))
                .run(ElfFuzzTest::readFile);
    }

    private static void readFile(byte[] content) {
        FileBytes bytes = FileBytes.of("broken", ByteBuffer.wrap(content));
        if (!ArchiveFile.isArchive(content)) {
            readAll(ElfFile.of(bytes));
            return;
        }
        try (ArchiveFile archive = ArchiveFile.of(bytes)) {
            for (ArchiveFile.Member member : archive.members()) {
                if (archive.isElf(member)) {
                    readAll(ElfFile.of(archive.open(member)));
                }
            }
        }
    }

    /** Reads all of a file, also what comes after a part that is refused; the first that is refused is thrown. */
    private static void readAll(ElfFile elf) {
        List<InputException> refused = new ArrayList<>();
        BuildId.of(elf);
        elf.findAll(".debug_info");
        attempt(
                refused,
                () -> SymbolTable.of(elf).ifPresent(table -> table.symbols().forEach(any -> {})));
        for (Section section : elf.sections()) {
            if (section.hasContent()) {
                attempt(refused, section::byteSize);
                attempt(refused, section::content);
                attempt(refused, () -> section.read(1, 2, "two bytes"));
                attempt(refused, () -> stream(section));
            }
        }
        if (!refused.isEmpty()) {
            throw refused.get(0);
        }
    }

    private static void attempt(List<InputException> refused, Runnable reader) {
        try {
            reader.run();
        } catch (InputException broken) {
            refused.add(broken);
        }
    }

    private static void stream(Section section) {
        try (SectionStream stream = section.open()) {
            byte[] some = new byte[100];
            int count = 1;
            while (count > 0) {
                count = stream.read(some, 0, some.length);
            }
        }
    }
}
