package dev.faultline.source.detect;

import dev.faultline.source.btf.BtfBuilder;
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
        ByteMutator mutator = new ByteMutator(
                List.of(
                        BtfBuilder.everyKind(),
                        ClassMaker.named("a/A").with("I", "x").bytes(),
                        Files.readAllBytes(jar),
                        "struct a { int x; };".getBytes(StandardCharsets.UTF_8)),
                ByteOrder.LITTLE_ENDIAN,
                bytes -> List.of());
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
