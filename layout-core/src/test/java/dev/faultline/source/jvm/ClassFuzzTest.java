package dev.faultline.source.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.input.InputException;
import dev.faultline.source.Lookup;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** Broken class files and jars end with one line, whatever is broken. */
class ClassFuzzTest {

    private static final long SEED = 20_261_121L;

    private static final List<VmMode> MODES =
            VmMode.NAMES.stream().map(VmMode::parse).toList();

    @TempDir
    private Path scratch;

    private static List<byte[]> samples() throws Exception {
        List<byte[]> samples = new ArrayList<>();
        for (long seed = 0; seed < 4; seed++) {
            samples.add(new ClassGenerator(SEED + seed).classFile("a/A", "a/B", true));
        }
        samples.add(ClassMaker.named("a/A")
                .extending("java/lang/Thread")
                .contended()
                .withContended("g", "J", "x")
                .bytes());
        for (String name : List.of("java/lang/Thread", "java/util/concurrent/Exchanger", "java/util/Map$Entry")) {
            try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
                samples.add(in.readAllBytes());
            }
        }
        return samples;
    }

    @Test
    void a_class_file_cut_off_anywhere_is_refused_at_a_byte() throws Exception {
        for (byte[] sample : samples()) {
            int step = sample.length > 2_000 ? 7 : 1;
            for (int length = 0; length < sample.length; length += step) {
                byte[] cut = Arrays.copyOf(sample, length);
                assertThat(look(cut, "length " + length))
                        .as("length %d", length)
                        .isFalse();
            }
        }
    }

    @Test
    void a_mutated_class_file_is_laid_out_or_refused() throws Exception {
        List<byte[]> samples = samples();
        Random random = new Random(SEED);
        int laidOut = 0;
        int refused = 0;
        for (int round = 0; round < 15_000; round++) {
            byte[] mutated = mutate(samples.get(round % samples.size()), random);
            if (look(mutated, "seed " + SEED + ", round " + round)) {
                laidOut++;
            } else {
                refused++;
            }
        }
        assertThat(laidOut).as("seed %d", SEED).isPositive();
        assertThat(refused).as("seed %d", SEED).isPositive();
    }

    @Test
    void a_mutated_jar_is_opened_or_refused() throws Exception {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a/A.class", samples().get(0));
        entries.put("a/B.class", ClassMaker.named("a/B").with("J", "b").bytes());
        byte[] jar = java.nio.file.Files.readAllBytes(ClassMaker.jar(scratch.resolve("good.jar"), entries));
        Random random = new Random(SEED);
        Path file = scratch.resolve("bad.jar");
        for (int round = 0; round < 2_000; round++) {
            String place = "seed " + SEED + ", round " + round;
            byte[] bad = round < jar.length ? Arrays.copyOf(jar, round) : mutate(jar, random);
            java.nio.file.Files.write(file, bad);
            try {
                ClassSource source = ClassSource.open("bad.jar", file, MODES.get(0));
                source.all();
                source.entries().forEach(entry -> oneLine(source.find(entry.name()), place));
            } catch (InputException e) {
                oneLine(e.getMessage(), place);
            } catch (RuntimeException | Error e) {
                throw new AssertionFailedError(place, e);
            }
        }
    }

    /** {@return whether there was a layout} */
    private static boolean look(byte[] bytes, String place) {
        String name;
        try {
            name = ClassFileReader.read("bad.class", bytes).name();
        } catch (InputException e) {
            oneLine(e.getMessage(), place);
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionFailedError(place, e);
        }
        try {
            Map<String, byte[]> classes = new LinkedHashMap<>();
            classes.put("a/B", ClassMaker.named("a/B").with("I", "b").bytes());
            classes.put(name, bytes);
            VmMode mode = MODES.get(Math.floorMod(place.hashCode(), MODES.size()));
            Lookup lookup = ClassMaker.source(mode, classes).find(name);
            oneLine(lookup, place);
            return lookup instanceof Lookup.Found;
        } catch (RuntimeException | Error e) {
            throw new AssertionFailedError(place, e);
        }
    }

    private static void oneLine(Lookup lookup, String place) {
        if (lookup instanceof Lookup.Missing missing) {
            oneLine(missing.reason(), place);
        }
    }

    private static void oneLine(String message, String place) {
        assertThat(message).as(place).isNotBlank().doesNotContain("\n", "\r");
    }

    private static byte[] mutate(byte[] sample, Random random) {
        byte[] mutated = sample.clone();
        int changes = 1 + random.nextInt(4);
        for (int change = 0; change < changes; change++) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(4)) {
                case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutated[at] = (byte) random.nextInt(256);
                case 2 -> mutated[at] = (byte) 0xFF;
                default -> {
                    int length = Math.min(4, mutated.length - at);
                    System.arraycopy(sample, random.nextInt(sample.length - length), mutated, at, length);
                }
            }
        }
        return mutated;
    }
}
