package dev.faultline.bench.layout.loop;

import java.util.ArrayList;
import java.util.List;

/** Memory of nothing but what was done to it; what is read is the number of the access. Generated code calls it. */
public final class TracedMemory {

    static final List<String> TRACE = new ArrayList<>();

    private TracedMemory() {}

    private static long note(String access, long address) {
        TRACE.add(access + "@" + address);
        return TRACE.size();
    }

    /** {@return the number of the access} */
    public static long read1(long address) {
        return note("read1", address);
    }

    /** {@return the number of the access} */
    public static long read2(long address) {
        return note("read2", address);
    }

    /** {@return the number of the access} */
    public static long read4(long address) {
        return note("read4", address);
    }

    /** {@return the number of the access} */
    public static long read8(long address) {
        return note("read8", address);
    }

    /** {@return the number of the access} */
    public static long rmw4(long address) {
        return note("rmw4", address);
    }

    /** {@return the number of the access} */
    public static long rmw8(long address) {
        return note("rmw8", address);
    }

    /** {@return the number of the access} */
    public static long loop4(long address) {
        return note("loop4", address);
    }

    /** {@return the number of the access} */
    public static long loop8(long address) {
        return note("loop8", address);
    }

    /** Notes it. */
    public static void write1(long address, long value) {
        note("write1", address);
    }

    /** Notes it. */
    public static void write2(long address, long value) {
        note("write2", address);
    }

    /** Notes it. */
    public static void write4(long address, long value) {
        note("write4", address);
    }

    /** Notes it. */
    public static void write8(long address, long value) {
        note("write8", address);
    }
}
