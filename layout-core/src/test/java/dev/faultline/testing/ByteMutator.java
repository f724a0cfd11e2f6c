package dev.faultline.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Makes bytes out of good ones: flipped, inserted, deleted, cut, joined, and with lying numbers where numbers stand.
 */
public final class ByteMutator implements Function<Random, byte[]> {

    /**
     * Where a number stands that a reader believes: an offset, a size, a count.
     *
     * @param offset its first byte
     * @param width 1, 2, 4 or 8 bytes
     */
    public record Place(int offset, int width) {}

    private final List<byte[]> samples;
    private final Function<byte[], List<Place>> places;
    private final ByteOrder order;

    /**
     * A mutator.
     *
     * @param samples good input
     * @param order of the bytes of numbers
     * @param places finds the numbers of a good input; may find none
     */
    public ByteMutator(List<byte[]> samples, ByteOrder order, Function<byte[], List<Place>> places) {
        this.samples = List.copyOf(samples);
        this.order = order;
        this.places = places;
    }

    @Override
    public byte[] apply(Random random) {
        byte[] bytes = samples.get(random.nextInt(samples.size())).clone();
        List<Place> numbers = places.apply(bytes);
        if (!numbers.isEmpty() && random.nextInt(3) > 0) {
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                lie(bytes, numbers.get(random.nextInt(numbers.size())), numbers, random);
            }
            if (random.nextInt(4) > 0) {
                return bytes;
            }
        }
        for (int changes = 1 + Integer.numberOfTrailingZeros(random.nextInt() | 8);
                changes > 0 && bytes.length > 0;
                changes--) {
            bytes = change(bytes, random);
        }
        return bytes;
    }

    private byte[] change(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextInt(4) == 0 ? 64 : 8));
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 3 -> bytes[at] = (byte) random.nextInt(256);
            case 4 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0);
            case 5, 6 -> {
                int width = 1 << random.nextInt(4);
                if (at + width <= bytes.length) {
                    write(bytes, new Place(at, width), interesting(bytes.length, random));
                }
            }
            case 7 -> System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
            case 8 -> {
                return FuzzInput.BYTES.without(bytes, at, at + length);
            }
            case 9 -> {
                return joined(bytes, at, Arrays.copyOfRange(bytes, at, at + length), at);
            }
            case 10 -> {
                byte[] other = samples.get(random.nextInt(samples.size()));
                return joined(bytes, at, other, at);
            }
            default -> {
                return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
            }
        }
        return bytes;
    }

    /** The first bytes of one, then all of the other, then the first's from {@code on}. */
    private static byte[] joined(byte[] bytes, int until, byte[] middle, int on) {
        byte[] joined = Arrays.copyOf(bytes, until + middle.length + bytes.length - on);
        System.arraycopy(middle, 0, joined, until, middle.length);
        System.arraycopy(bytes, on, joined, until + middle.length, bytes.length - on);
        return joined;
    }

    private void lie(byte[] bytes, Place place, List<Place> places, Random random) {
        long value = read(bytes, place);
        long lie = switch (random.nextInt(4)) {
            case 0 -> value + (random.nextBoolean() ? 1 : -1) * (1L << random.nextInt(9));
            case 1 -> read(bytes, places.get(random.nextInt(places.size())));
            default -> interesting(bytes.length, random);
        };
        write(bytes, place, lie);
    }

    /** {@return a number that a reader may stumble over} */
    public static long interesting(int size, Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt(4);
            case 1 -> -1 - random.nextInt(2);
            case 2 -> (1L << random.nextInt(64)) - random.nextInt(3) + 1;
            case 3 -> size + random.nextInt(3) - 1;
            case 4 -> random.nextInt(Math.max(1, size));
            case 5 -> Integer.MAX_VALUE - random.nextInt(64);
            case 6 -> Integer.MIN_VALUE + random.nextInt(2);
            default -> random.nextLong() >>> random.nextInt(64);
        };
    }

    private long read(byte[] bytes, Place place) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        return switch (place.width()) {
            case 1 -> buffer.get(place.offset());
            case 2 -> buffer.getShort(place.offset());
            case 4 -> buffer.getInt(place.offset());
            default -> buffer.getLong(place.offset());
        };
    }

    private void write(byte[] bytes, Place place, long value) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        switch (place.width()) {
            case 1 -> buffer.put(place.offset(), (byte) value);
            case 2 -> buffer.putShort(place.offset(), (short) value);
            case 4 -> buffer.putInt(place.offset(), (int) value);
            default -> buffer.putLong(place.offset(), value);
        }
    }
}
