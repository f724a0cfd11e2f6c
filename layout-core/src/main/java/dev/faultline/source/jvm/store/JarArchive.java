package dev.faultline.source.jvm.store;

import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.ClassLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * A jar, unpacked one entry at a time: a file that stays open until this object is garbage-collected, or an entry of
 * another jar.
 *
 * @param source its name in messages, {@code app.jar} or {@code app.jar!/BOOT-INF/lib/x.jar}
 * @param bytes its content
 * @param budget what it and the jars around it may unpack to
 */
record JarArchive(String source, JarBytes bytes, UnpackingBudget budget) {

    /** Between the name of a jar and that of an entry. */
    static final String INSIDE = "!/";

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    /** What is done with an entry. */
    private interface Reading<T> {
        T read(InputStream in) throws IOException;
    }

    /** {@return the jar in a file} */
    static JarArchive open(String source, Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            JarBytes bytes = JarBytes.of(channel);
            return new JarArchive(
                    source, bytes, new UnpackingBudget(source, ClassLimits.mostUnpacked(bytes.byteSize())));
        } catch (IOException e) {
            close(channel);
            throw broken(source, e);
        }
    }

    private static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Only read from; the reason for closing is already being reported.
            return;
        }
    }

    private static InputException broken(String source, Exception e) {
        return e instanceof InputException known
                ? known
                : new InputException(source, "", "not a jar that can be read: " + ReadErrors.of(e));
    }

    /** {@return its entries, in the order of its directory} */
    List<JarDirectory.Entry> entries() {
        try {
            return JarDirectory.read(source, bytes);
        } catch (IOException | RuntimeException e) {
            throw broken(source, e);
        }
    }

    /** {@return the name of an entry in messages} */
    String place(JarDirectory.Entry entry) {
        return source + INSIDE + entry.name();
    }

    /** {@return a class file} */
    byte[] unpack(JarDirectory.Entry entry) {
        budget.check();
        ClassLimits.checkPacked(place(entry), entry.packedBytes());
        Inflater inflater = new Inflater(true);
        try {
            return unpack(entry, inflater, in -> ClassLimits.read(place(entry), in));
        } finally {
            long stored = entry.method() == STORED ? entry.packedBytes() : 0;
            budget.count(place(entry), stored + inflater.getBytesWritten());
            inflater.end();
        }
    }

    /**
     * {@return the jar in an entry} One that is stored is read where it is, one that is compressed is held in memory.
     */
    JarArchive inner(JarDirectory.Entry entry) {
        String place = place(entry);
        try {
            if (entry.method() == STORED) {
                return new JarArchive(place, bytes.part(content(entry), entry.packedBytes()), budget);
            }
        } catch (IOException e) {
            throw broken(place, e);
        }
        long most = budget.jarBytesLeft();
        Inflater inflater = new Inflater(true);
        byte[] jar;
        try {
            jar = unpack(entry, inflater, in -> in.readNBytes((int) Math.max(0, most) + 1));
        } finally {
            inflater.end();
        }
        budget.countJar(jar.length);
        if (jar.length > most) {
            throw new InputException(
                    place,
                    "",
                    "the jars inside " + outermost() + " unpack to more than " + ClassLimits.MOST_INNER_JAR_BYTES
                            + " bytes in total; unpack it, and name the jar you need");
        }
        return new JarArchive(place, JarBytes.of(jar), budget);
    }

    private String outermost() {
        int inside = source.indexOf(INSIDE);
        return inside < 0 ? source : source.substring(0, inside);
    }

    /** {@return the first attributes of its manifest; none when there is no manifest that can be read} */
    Attributes manifest(List<JarDirectory.Entry> entries) {
        Optional<JarDirectory.Entry> entry =
                entries.stream().filter(one -> one.name().equals(MANIFEST)).findFirst();
        if (entry.isPresent()) {
            try {
                return new Manifest(new ByteArrayInputStream(unpack(entry.get()))).getMainAttributes();
            } catch (IOException | InputException broken) {
                return new Attributes(); // as the VM does, which then takes it for an ordinary jar
            }
        }
        return new Attributes();
    }

    private <T> T unpack(JarDirectory.Entry entry, Inflater inflater, Reading<T> reading) {
        String place = place(entry);
        try {
            long at = content(entry);
            byte[] packed = bytes.read(at, (int) Math.min(entry.packedBytes(), Integer.MAX_VALUE - 8))
                    .array();
            try (InputStream raw = new ByteArrayInputStream(packed);
                    InputStream in = entry.method() == STORED ? raw : new InflaterInputStream(raw, inflater)) {
                return reading.read(in);
            }
        } catch (IOException | RuntimeException e) {
            throw e instanceof InputException known
                    ? known
                    : new InputException(place, "", "cannot be unpacked: " + ReadErrors.of(e));
        }
    }

    /** {@return where the content of an entry starts} */
    private long content(JarDirectory.Entry entry) throws IOException {
        ByteBuffer header = bytes.read(entry.at(), LOCAL_BYTES);
        boolean encrypted = (entry.flags() & 1) != 0;
        boolean known = entry.method() == STORED || entry.method() == DEFLATED;
        if (header.getInt(0) != LOCAL_SIGNATURE || encrypted || !known) {
            throw new InputException(
                    place(entry),
                    "",
                    "cannot be unpacked: "
                            + (encrypted
                                    ? "it is encrypted"
                                    : known
                                            ? "there is no entry where it should be"
                                            : "unknown method " + entry.method()));
        }
        return entry.at() + LOCAL_BYTES + (header.getShort(26) & 0xffff) + (header.getShort(28) & 0xffff);
    }
}
