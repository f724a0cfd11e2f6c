package dev.faultline.machine;

import java.util.Objects;

/**
 * What an analysis needs to know of the hardware.
 *
 * @param name what a person calls it
 * @param lineBytes size of a cache line in bytes, a power of two from 16 to 1024
 * @param pairBytes bytes the prefetcher fetches together, a power of two, at least a line; equal to the line when it
 *     fetches no pairs
 * @param pageBytes size of a page in bytes, a power of two
 * @param cpus logical CPUs, at least 1
 * @param sockets sockets, at least 1
 */
public record Machine(
        String name,
        Sourced<Integer> lineBytes,
        Sourced<Integer> pairBytes,
        Sourced<Integer> pageBytes,
        Sourced<Integer> cpus,
        Sourced<Integer> sockets) {

    /** Refuses what no machine is: {@code IllegalArgumentException} naming the value. */
    public Machine {
        Objects.requireNonNull(name);
        powerOfTwo("line size", lineBytes.value(), 16, 1024);
        powerOfTwo("pair size", pairBytes.value(), lineBytes.value(), 4096);
        powerOfTwo("page size", pageBytes.value(), 1024, 1 << 30);
        if (cpus.value() < 1 || sockets.value() < 1 || sockets.value() > cpus.value()) {
            throw new IllegalArgumentException("cpus=" + cpus.value() + ", sockets=" + sockets.value());
        }
    }

    private static void powerOfTwo(String what, int bytes, int least, int most) {
        if (Integer.bitCount(bytes) != 1 || bytes < least || bytes > most) {
            throw new IllegalArgumentException(
                    what + " must be a power of two from " + least + " to " + most + ", got " + bytes);
        }
    }

    /** {@return this machine with another line size; the pair grows with it when it would be smaller} */
    public Machine withLineBytes(int bytes, String source) {
        Sourced<Integer> pair = pairBytes.value() < bytes || bytes > lineBytes.value()
                ? new Sourced<>(Math.max(bytes, pairBytes.value()), source)
                : pairBytes;
        return new Machine(name, new Sourced<>(bytes, source), pair, pageBytes, cpus, sockets);
    }
}
