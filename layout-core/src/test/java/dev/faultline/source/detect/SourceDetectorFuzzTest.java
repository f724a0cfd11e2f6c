package dev.faultline.source.detect;

import dev.faultline.source.btf.BtfBuilder;
import dev.faultline.source.compression.Compression;
import dev.faultline.source.compression.Packer;
import dev.faultline.source.elf.ArchiveFile;
import dev.faultline.source.elf.ElfBuilder;
import dev.faultline.source.jvm.ClassMaker;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.testing.ByteMutator;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import dev.faultline.testing.LayoutUse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and streams with any content give a source or one clear line. */
class SourceDetectorFuzzTest {

    private static final List<byte[]> HEADS = List.of(
            new byte[] {(byte) 0x9f, (byte) 0xeb, 1, 0},
            new byte[] {(byte) 0xeb, (byte) 0x9f, 1, 0},
            new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0},
            new byte[] {0x7f, 'E', 'L', 'F', 1, 2, 1, 0},
            new byte[] {'P', 'K', 3, 4},
            new byte[] {'P', 'K', 5, 6},
            new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe},
            new byte[] {0x1f, (byte) 0x8b, 8, 0},
            new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 0, 4},
            new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x24},
            "!<arch>\n".getBytes(StandardCharsets.UTF_8),
            "!<thin>\n".getBytes(StandardCharsets.UTF_8),
            new byte[] {'M', 'Z'},
            new byte[] {'d', (byte) 0x86},
            "Microsoft C/C++ MSF 7.00".getBytes(StandardCharsets.UTF_8),
            new byte[] {'B', 'C', (byte) 0xc0, (byte) 0xde},
            new byte[] {(byte) 0xff, (byte) 0xfe, 's', 0},
            new byte[] {(byte) 0xfe, (byte) 0xff, 0, 's'},
            "struct a { ".getBytes(StandardCharsets.UTF_8),
            new byte[0]);

    @TempDir
    Path directory;

    @Test
    void any_bytes_are_a_source_or_refused_with_one_line() throws IOException {
        Path jar = ClassMaker.jar(
                directory.resolve("good.jar"),
                java.util.Map.of(
                        "a/A.class", ClassMaker.named("a/A").with("J", "x").bytes()));
        List<byte[]> samples = new ArrayList<>(binaries());
        samples.add(ClassMaker.named("a/A").with("I", "x").bytes());
        samples.add(Files.readAllBytes(jar));
        ByteMutator mutator = new ByteMutator(samples, ByteOrder.LITTLE_ENDIAN, bytes -> List.of());
        SourceDetector detector =
                new SourceDetector(Path.of("/sys/kernel/btf"), Optional.empty(), Optional.of(VmMode.parse("17")));
        Fuzz.bytes(FuzzShare.DETECT, random -> random.nextInt(3) == 0 ? garbage(random) : mutator.apply(random))
                .run(bytes -> {
                    Path file = Files.write(directory.resolve("given"), bytes);
                    if (bytes.length % 2 == 0) {
                        LayoutUse.all(detector.open(file.toString()));
                    } else {
                        LayoutUse.all(detector.read("standard input", new ByteArrayInputStream(bytes)));
                    }
                });
    }

    /** Files of which each is also there in each compressed form, and binaries that are not read. */
    private static List<byte[]> binaries() throws IOException {
        byte[] text = "struct a { int x; };".getBytes(StandardCharsets.UTF_8);
        byte[] elf = new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .section(".BTF", BtfBuilder.everyKind())
                .build();
        List<byte[]> all = new ArrayList<>();
        for (byte[] content : List.of(text, BtfBuilder.everyKind(), elf)) {
            all.add(content);
            for (Compression format : Compression.values()) {
                all.add(Packer.packed(format, content));
            }
        }
        all.add("struct a { int x; };".getBytes(StandardCharsets.UTF_16LE));
        all.add(ElfBuilder.withSections(".debug_info", ".gnu_debuglink", ".note.gnu.build-id"));
        all.add(new StaticArchiveTest.Archive(ArchiveFile.MAGIC)
                .member("//", "a_name_of_more_than_15_letters.o/\n".getBytes(StandardCharsets.US_ASCII))
                .member("/0", elf)
                .member("#1/4", elf)
                .build());
        return all;
    }

    private static byte[] garbage(Random random) {
        byte[] head = HEADS.get(random.nextInt(HEADS.size()));
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (' ' + (bytes[i] & 0x3f)); // text
            }
        }
        System.arraycopy(head, 0, bytes, 0, Math.min(head.length, bytes.length));
        return bytes;
    }
}
