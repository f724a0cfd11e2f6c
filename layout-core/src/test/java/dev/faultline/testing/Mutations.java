package dev.faultline.testing;

import static org.assertj.core.api.Assertions.fail;

import dev.faultline.input.InputException;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Throws broken input at a reader; nothing but an {@link InputException} of one line may come out. */
public final class Mutations {

    private Mutations() {}

    /** Runs the reader over {@code count} mutations of a sample, each made from its own seed, which a failure names. */
    public static void bytes(byte[] sample, int count, long firstSeed, Consumer<byte[]> reader) {
        for (int i = 0; i < count; i++) {
            long seed = firstSeed + i;
            byte[] broken = sample.clone();
            Random random = new Random(seed);
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                int at = random.nextInt(broken.length);
                broken[at] = random.nextBoolean()
                        ? (byte) (broken[at] ^ 1 << random.nextInt(8))
                        : (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
            }
            expectOneLine("seed " + seed, () -> reader.accept(broken));
        }
    }

    /** Runs the reader over every beginning of a sample. */
    public static void truncations(byte[] sample, Consumer<byte[]> reader) {
        for (int length = 0; length < sample.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(sample, length);
            expectOneLine("first " + length + " bytes", () -> reader.accept(cut));
        }
    }

    /** As {@link #bytes}, for text: letters, signs and lines are swapped, dropped and doubled. */
    public static void text(String sample, int count, long firstSeed, Consumer<String> reader) {
        for (int i = 0; i < count; i++) {
            long seed = firstSeed + i;
            Random random = new Random(seed);
            String broken = sample;
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                broken = mutate(random).apply(broken);
            }
            String last = broken;
            expectOneLine("seed " + seed, () -> reader.accept(last));
        }
        for (int length = 0; length < sample.length(); length++) {
            String cut = sample.substring(0, length);
            expectOneLine("first " + length + " characters", () -> reader.accept(cut));
        }
    }

    private static UnaryOperator<String> mutate(Random random) {
        String signs = "{}[]()<>;:,*&|-+!#%@`'\"/\\ \n\t0123456789eE.~_\u0000\u2028\ud800";
        return text -> {
            if (text.isEmpty()) {
                return "{";
            }
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 3));
            String head = text.substring(0, from);
            String tail = text.substring(to);
            return switch (random.nextInt(4)) {
                case 0 -> head + tail;
                case 1 -> head + signs.charAt(random.nextInt(signs.length())) + tail;
                case 2 -> head + text.substring(from, to) + text.substring(from, to) + tail;
                default -> head + Long.toString(random.nextLong() >>> random.nextInt(64)) + tail;
            };
        };
    }

    private static void expectOneLine(String label, Runnable reading) {
        try {
            reading.run();
        } catch (InputException expected) {
            if (expected.getMessage().lines().count() != 1) {
                fail("%s: a complaint of several lines: %s", label, expected.getMessage());
            }
        } catch (RuntimeException | Error other) {
            throw new AssertionError(label + ": " + other, other);
        }
    }
}
