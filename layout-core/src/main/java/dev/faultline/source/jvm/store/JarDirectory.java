package dev.faultline.source.jvm.store;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.ClassLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The central directory of a zip file (APPNOTE 6.3, with 64-bit sizes). It is read and checked before anything is
 * unpacked: entries are inside the file and do not overlap, so that their total size is bounded by the file's.
 */
@Internal
public final class JarDirectory {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int END64_SIGNATURE = 0x06064b50;
    private static final int END64_BYTES = 56;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int LOCAL_BYTES = 30;
    private static final int EXTRA_64 = 1;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final long IN_EXTRA = 0xffffffffL;

    /**
     * An entry.
     *
     * @param name its name with directories
     * @param flags general purpose bits
     * @param method compression method: 0 stored, 8 deflated
     * @param packedBytes its compressed size in bytes
     * @param at offset of its local header
     * @param end smallest possible end offset; the local header may be longer
     */
    public record Entry(String name, int flags, int method, long packedBytes, long at, long end) {}

    private final String source;
    private final JarBytes jar;
    private final long fileBytes;
    private final List<Entry> entries = new ArrayList<>();
    private long start;
    private long end;
    private long shift;

    private JarDirectory(String source, JarBytes jar) {
        this.source = source;
        this.jar = jar;
        this.fileBytes = jar.byteSize();
    }

    /**
     * {@return the entries of a zip file in the order of its directory}
     *
     * @throws InputException when it is not a zip file, its entries overlap, or it has more than {@link
     *     ClassLimits#MOST_JAR_ENTRIES}
     */
    public static List<Entry> read(String source, JarBytes jar) throws IOException {
        JarDirectory directory = new JarDirectory(source, jar);
        directory.findEnd();
        directory.readEntries();
        directory.checkOverlaps();
        return directory.entries;
    }

    private void findEnd() throws IOException {
        int tailBytes = (int) Math.min(fileBytes, END_BYTES + LONGEST_COMMENT);
        ByteBuffer tail = jar.read(fileBytes - tailBytes, tailBytes);
        for (int i = tailBytes - END_BYTES; i >= 0; i--) {
            if (tail.getInt(i) == END_SIGNATURE && END_BYTES + (tail.getShort(i + 20) & 0xffff) <= tailBytes - i) {
                end = fileBytes - tailBytes + i;
                span(tail.getInt(i + 12) & 0xffffffffL, tail.getInt(i + 16) & 0xffffffffL);
                return;
            }
        }
        throw refused("it has no central directory");
    }

    /** Finds the directory. A file may be put before a jar; then all offsets are shifted by its length. */
    private void span(long byteSize, long offset) throws IOException {
        long size = byteSize;
        long stated = offset;
        if (size == IN_EXTRA || stated == IN_EXTRA) {
            ByteBuffer locator = jar.read(end - LOCATOR_BYTES, LOCATOR_BYTES);
            long end64 = locator.getLong(8);
            if (locator.getInt(0) == LOCATOR_SIGNATURE) {
                ByteBuffer wide = jar.read(end64, END64_BYTES);
                if (wide.getInt(0) == END64_SIGNATURE) {
                    end = end64;
                    size = wide.getLong(40);
                    stated = wide.getLong(48);
                }
            }
        }
        if (size < 0 || size > end || stated < 0 || stated > end - size) {
            throw refused("its directory is outside the file");
        }
        if (size > ClassLimits.MOST_JAR_DIRECTORY_BYTES) {
            throw refused("its directory has " + size + " bytes; the limit is " + ClassLimits.MOST_JAR_DIRECTORY_BYTES);
        }
        start = end - size;
        shift = start - stated;
    }

    private void readEntries() throws IOException {
        ByteBuffer directory = jar.read(start, (int) (end - start));
        int at = 0;
        while (at < directory.limit()) {
            boolean fits = directory.limit() - at >= ENTRY_BYTES && directory.getInt(at) == ENTRY_SIGNATURE;
            int nameBytes = fits ? directory.getShort(at + 28) & 0xffff : 0;
            int extraBytes = fits ? directory.getShort(at + 30) & 0xffff : 0;
            int commentBytes = fits ? directory.getShort(at + 32) & 0xffff : 0;
            int next = at + ENTRY_BYTES + nameBytes + extraBytes + commentBytes;
            if (!fits || next > directory.limit()) {
                throw refused("entry " + (entries.size() + 1) + " of its directory is broken");
            }
            if (entries.size() == ClassLimits.MOST_JAR_ENTRIES) {
                throw refused("more than " + ClassLimits.MOST_JAR_ENTRIES + " entries");
            }
            entries.add(entry(directory, at, nameBytes, extraBytes));
            at = next;
        }
    }

    private Entry entry(ByteBuffer directory, int at, int nameBytes, int extraBytes) {
        long packedBytes = directory.getInt(at + 20) & 0xffffffffL;
        long byteSize = directory.getInt(at + 24) & 0xffffffffL;
        long offset = directory.getInt(at + 42) & 0xffffffffL;
        int name = at + ENTRY_BYTES;
        int wide = packedBytes == IN_EXTRA || byteSize == IN_EXTRA || offset == IN_EXTRA
                ? extra64(directory, name + nameBytes, name + nameBytes + extraBytes)
                : -1;
        if (wide >= 0) { // in this order, and only values that do not fit above
            int end = wide + (directory.getShort(wide - 2) & 0xffff);
            wide += byteSize == IN_EXTRA ? 8 : 0;
            if (packedBytes == IN_EXTRA && wide + 8 <= end) {
                packedBytes = directory.getLong(wide);
                wide += 8;
            }
            if (offset == IN_EXTRA && wide + 8 <= end) {
                offset = directory.getLong(wide);
            }
        }
        if (packedBytes < 0 || offset < 0 || offset > start - shift || packedBytes > start) {
            throw refused("entry " + (entries.size() + 1) + " of its directory is outside the file");
        }
        byte[] letters = new byte[nameBytes];
        directory.get(name, letters);
        return new Entry(
                new String(letters, StandardCharsets.UTF_8),
                directory.getShort(at + 8) & 0xffff,
                directory.getShort(at + 10) & 0xffff,
                packedBytes,
                offset + shift,
                offset + shift + LOCAL_BYTES + nameBytes + packedBytes);
    }

    /** {@return the offset of the extra field with 64-bit sizes; -1 when there is none} */
    private static int extra64(ByteBuffer directory, int from, int to) {
        int at = from;
        while (at + 4 <= to) {
            int bytes = directory.getShort(at + 2) & 0xffff;
            if (directory.getShort(at) == EXTRA_64 && at + 4 + bytes <= to) {
                return at + 4;
            }
            at += 4 + bytes;
        }
        return -1;
    }

    private void checkOverlaps() {
        List<Entry> byPlace = new ArrayList<>(entries);
        byPlace.sort(Comparator.comparingLong(Entry::at));
        for (int i = 0; i < byPlace.size(); i++) {
            Entry entry = byPlace.get(i);
            boolean last = i + 1 == byPlace.size();
            if (entry.end() > (last ? start : byPlace.get(i + 1).at())) {
                throw refused("its entries overlap: " + entry.name() + " and "
                        + (last ? "the directory" : byPlace.get(i + 1).name()) + " share bytes of the file");
            }
        }
    }

    private InputException refused(String why) {
        return new InputException(source, "", "not a jar that can be read: " + why);
    }
}
