package dev.faultline.access.hooks;

import dev.faultline.access.hooks.HookRun.Call;
import dev.faultline.access.hooks.HookRun.Counter;
import dev.faultline.access.hooks.HookRun.HookThread;
import dev.faultline.access.hooks.HookRun.Kind;
import dev.faultline.access.hooks.HookRun.MappedFile;
import dev.faultline.access.hooks.HookRun.Site;
import dev.faultline.input.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the file that the hooks write. A process that is killed leaves the file as it is, so each chunk is read up to
 * the records that are counted in its head.
 *
 * <p>The file is a head of 4,096 bytes and chunks behind one another, in the byte order of x86-64 and AArch64. A chunk
 * has a head of 32 bytes: kind, number of the thread, size in bytes, bytes of a record, number of records.
 */
public final class HookRunReader {

    private static final byte[] MAGIC = "FLTHOOKS".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int HEAD_BYTES = 4096;
    private static final int CHUNK_HEAD_BYTES = 32;
    private static final int MOST_RECORDS = 1 << 25;
    private static final long MOST_COUNT = 1L << 60;
    private static final long ANYWHERE = -1;
    private static final double NANOS_PER_SECOND = 1e9;

    private static final int MAPS = 1;
    private static final int THREADS = 2;
    private static final int NODES = 3;
    private static final int SITES = 4;
    private static final int COUNTERS = 5;

    /** The least bytes of a record of each kind, by its number. */
    private static final int[] RECORD_BYTES = {0, 512, 128, 24, 56, 40};

    private static final int PATH_BYTES = 480;
    private static final int NAME_BYTES = 32;

    private final String source;
    private final ByteBuffer bytes;
    private final List<MappedFile> maps = new ArrayList<>();
    private final List<HookThread> threads = new ArrayList<>();
    private final Map<Integer, Map<Integer, Call>> calls = new HashMap<>();
    private final List<Site> sites = new ArrayList<>();
    private final List<Counter> counters = new ArrayList<>();
    private int records;
    private long lost;

    private HookRunReader(String source, ByteBuffer bytes) {
        this.source = source;
        this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** {@return whether a file begins as the hooks write it} */
    public static boolean isHookRun(ByteBuffer start) {
        if (start.remaining() < MAGIC.length) {
            return false;
        }
        byte[] first = new byte[MAGIC.length];
        start.duplicate().get(first);
        return java.util.Arrays.equals(first, MAGIC);
    }

    /**
     * Reads a file.
     *
     * @param source its name in messages
     * @param bytes its content
     * @return what was counted
     * @throws InputException when it is no such file, or one of another version
     */
    public static HookRun read(String source, ByteBuffer bytes) {
        return new HookRunReader(source, bytes).run();
    }

    private HookRun run() {
        if (!isHookRun(bytes) || bytes.remaining() < HEAD_BYTES) {
            throw new InputException(source, "", "is not what Faultline's hooks write; expected FLTHOOKS at byte 0");
        }
        int version = bytes.getInt(8);
        if (version != VERSION) {
            throw new InputException(
                    source, "byte 8", "version " + version + "; this Faultline reads version " + VERSION);
        }
        long used = Math.min(bytes.getLong(40), bytes.limit());
        for (long at = HEAD_BYTES; at + CHUNK_HEAD_BYTES <= used; ) {
            long size = bytes.getLong((int) at + 8);
            if (size < CHUNK_HEAD_BYTES || size > used - at) {
                throw new InputException(
                        source, "byte " + at, "a chunk of " + size + " bytes, of which " + (used - at) + " are there");
            }
            chunk((int) at, (int) size);
            at += size;
        }
        check();
        long nanos = Math.max(0, bytes.getLong(24) - bytes.getLong(16));
        return new HookRun(
                bytes.getInt(12) & 0xffffffffL,
                nanos / NANOS_PER_SECOND,
                bytes.getInt(32) != 0,
                lost + bytes.getLong(48),
                maps,
                joined(),
                sites,
                counters);
    }

    /** Refuses numbers of threads and places that the file does not have. */
    private void check() {
        for (Site one : sites) {
            if (one.thread() < 0 || one.thread() >= threads.size()) {
                throw new InputException(source, "", "a place of thread " + one.thread() + " of " + threads.size());
            }
        }
        for (Counter one : counters) {
            int site = one.site().orElse(0);
            boolean hasSite = one.site().isEmpty() || site >= 0 && site < sites.size();
            boolean isBehind = one.site().isPresent() && one.place().orElse(0L) < 0;
            if (one.thread() < 0 || one.thread() >= threads.size() || !hasSite || isBehind) {
                throw new InputException(
                        source,
                        "",
                        "a counter of thread " + one.thread() + " of " + threads.size() + " and place " + site + " of "
                                + sites.size() + ", offset " + one.place().orElse(0L));
            }
        }
    }

    private List<HookThread> joined() {
        List<HookThread> all = new ArrayList<>();
        for (HookThread one : threads) {
            all.add(new HookThread(
                    one.name(),
                    one.isMain(),
                    one.start(),
                    one.stackLow(),
                    one.stackHigh(),
                    one.lives(),
                    one.ownStack(),
                    one.folded(),
                    calls.getOrDefault(all.size(), Map.of())));
        }
        return all;
    }

    private void chunk(int start, int byteSize) {
        int kind = bytes.getInt(start);
        int thread = bytes.getInt(start + 4);
        int recordBytes = bytes.getInt(start + 16);
        long count = bytes.getInt(start + 20) & 0xffffffffL;
        if (kind < MAPS || kind > COUNTERS) {
            return; // of a later version
        }
        if (recordBytes < RECORD_BYTES[kind]
                || count * recordBytes > byteSize - CHUNK_HEAD_BYTES
                || (records += (int) count) > MOST_RECORDS) {
            throw new InputException(
                    source, "byte " + start, count + " records of " + recordBytes + " bytes in " + byteSize + " bytes");
        }
        for (int i = 0; i < count; i++) {
            record(kind, thread, start + CHUNK_HEAD_BYTES + i * recordBytes);
        }
    }

    private void record(int kind, int thread, int at) {
        switch (kind) {
            case MAPS ->
                maps.add(new MappedFile(
                        bytes.getLong(at),
                        bytes.getLong(at + 8),
                        bytes.getLong(at + 16),
                        bytes.getLong(at + 24) != 0,
                        text(at + 32, PATH_BYTES)));
            case THREADS -> {
                lost += bytes.getLong(at + 40);
                threads.add(new HookThread(
                        text(at + 64, NAME_BYTES),
                        bytes.getLong(at + 48) != 0,
                        bytes.getLong(at + 8),
                        bytes.getLong(at + 16),
                        bytes.getLong(at + 24),
                        bytes.getInt(at + 4) & 0xffffffffL,
                        bytes.getLong(at + 32),
                        bytes.getLong(at + 56),
                        Map.of()));
            }
            case NODES ->
                calls.computeIfAbsent(thread, any -> new HashMap<>())
                        .put(
                                bytes.getInt(at),
                                new Call(bytes.getInt(at + 4), bytes.getLong(at + 8), bytes.getLong(at + 16)));
            case SITES ->
                sites.add(new Site(
                        bytes.getInt(at),
                        bytes.getInt(at + 4),
                        bytes.getLong(at + 8),
                        bytes.getLong(at + 16),
                        bytes.getLong(at + 24),
                        bytes.getInt(at + 36) != 0));
            default -> counter(thread, at);
        }
    }

    private void counter(int thread, int at) {
        int site = bytes.getInt(at + 16);
        long place = bytes.getLong(at + 8);
        int kind = bytes.getShort(at + 28);
        long count = bytes.getLong(at + 32);
        if (kind < 1 || kind > Kind.values().length || count < 0 || count > MOST_COUNT) {
            throw new InputException(source, "byte " + at, "a counter of kind " + kind + ", count " + count);
        }
        if (count > 0) {
            counters.add(new Counter(
                    thread,
                    bytes.getInt(at + 20),
                    bytes.getLong(at),
                    site == -1 ? Optional.empty() : Optional.of(site),
                    place == ANYWHERE ? Optional.empty() : Optional.of(place),
                    bytes.getShort(at + 30) & 0xffff,
                    bytes.getInt(at + 24) & 0xffffffffL,
                    Kind.values()[kind - 1],
                    count));
        }
    }

    private String text(int at, int most) {
        int length = 0;
        while (length < most && bytes.get(at + length) != 0) {
            length++;
        }
        byte[] text = new byte[length];
        bytes.duplicate().position(at).get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
