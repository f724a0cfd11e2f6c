package dev.faultline.source.jvm.store;

import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.ClassLimits;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What a jar and the jars inside it may unpack to, in total. */
final class UnpackingBudget {

    private final String source;
    private final long mostBytes;
    private final Set<String> unpacked = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong jarBytes = new AtomicLong();

    UnpackingBudget(String source, long mostBytes) {
        this.source = source;
        this.mostBytes = mostBytes;
    }

    /** Counts what a class was unpacked to; a class that is unpacked twice counts once. */
    void count(String place, long unpackedBytes) {
        if (unpacked.add(place)) {
            bytes.addAndGet(unpackedBytes);
        }
    }

    void check() {
        if (bytes.get() > mostBytes) {
            throw new InputException(source, "", "its classes unpack to more than " + mostBytes + " bytes in total");
        }
    }

    /** {@return how many bytes of compressed jars may still be held in memory} */
    long jarBytesLeft() {
        return ClassLimits.MOST_INNER_JAR_BYTES - jarBytes.get();
    }

    void countJar(long unpackedBytes) {
        jarBytes.addAndGet(unpackedBytes);
    }
}
