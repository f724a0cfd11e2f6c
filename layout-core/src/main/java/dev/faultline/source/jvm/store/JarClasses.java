package dev.faultline.source.jvm.store;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.ClassLimits;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The classes of a jar; for a multi-release jar those of the base version. The jar's directory is read once; the file
 * stays open until this object is garbage-collected. The total unpacked size is limited to {@link
 * ClassLimits#mostUnpacked}.
 */
@Internal
public final class JarClasses implements ClassStore {

    /** Where web and Spring Boot archives keep the classes of the application. */
    private static final List<String> APPLICATION_ROOTS = List.of("BOOT-INF/classes/", "WEB-INF/classes/");

    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final String source;
    private final Path file;
    private final FileChannel channel;
    private final Map<String, JarDirectory.Entry> entries = new LinkedHashMap<>();
    private final Set<String> unpacked = ConcurrentHashMap.newKeySet();
    private final AtomicLong unpackedBytes = new AtomicLong();

    private final long mostBytes;

    private JarClasses(String source, Path file, FileChannel channel) throws IOException {
        this.mostBytes = ClassLimits.mostUnpacked(channel.size());
        this.source = source;
        this.file = file;
        this.channel = channel;
        for (JarDirectory.Entry entry : JarDirectory.read(source, channel)) {
            ClassNames.ofResource(withoutRoot(entry.name())).ifPresent(name -> entries.putIfAbsent(name, entry));
        }
    }

    /** Opens a jar; throws {@link InputException} when it is not a valid one. */
    public static JarClasses open(String source, Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            return new JarClasses(source, file, channel);
        } catch (IOException | RuntimeException e) {
            close(channel);
            throw e instanceof InputException known
                    ? known
                    : new InputException(source, "", "not a jar that can be read: " + ReadErrors.of(e));
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

    private static String withoutRoot(String entryName) {
        for (String root : APPLICATION_ROOTS) {
            if (entryName.startsWith(root)) {
                return entryName.substring(root.length());
            }
        }
        return entryName;
    }

    @Override
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    @Override
    public Optional<Content> find(String internalName) {
        JarDirectory.Entry entry = entries.get(internalName);
        if (entry == null) {
            return Optional.empty();
        }
        checkBudget();
        String place = source + "!/" + entry.name();
        try {
            return Optional.of(new Content(place, unpack(internalName, place, entry)));
        } catch (IOException | RuntimeException e) {
            throw e instanceof InputException known
                    ? known
                    : new InputException(place, "", "cannot be unpacked: " + ReadErrors.of(e));
        }
    }

    private byte[] unpack(String internalName, String place, JarDirectory.Entry entry) throws IOException {
        ByteBuffer header = JarDirectory.bytes(channel, entry.at(), LOCAL_BYTES);
        boolean encrypted = (entry.flags() & 1) != 0;
        boolean known = entry.method() == STORED || entry.method() == DEFLATED;
        if (header.getInt(0) != LOCAL_SIGNATURE || encrypted || !known) {
            throw new InputException(
                    place,
                    "",
                    "cannot be unpacked: "
                            + (encrypted
                                    ? "it is encrypted"
                                    : known
                                            ? "there is no entry where it should be"
                                            : "unknown method " + entry.method()));
        }
        ClassLimits.checkPacked(place, entry.packedBytes());
        long at = entry.at() + LOCAL_BYTES + (header.getShort(26) & 0xffff) + (header.getShort(28) & 0xffff);
        byte[] packed =
                JarDirectory.bytes(channel, at, (int) entry.packedBytes()).array();
        Inflater inflater = new Inflater(true);
        try (InputStream raw = new ByteArrayInputStream(packed);
                InputStream in = entry.method() == STORED ? raw : new InflaterInputStream(raw, inflater)) {
            return ClassLimits.read(place, in);
        } finally {
            count(internalName, entry.method() == STORED ? packed.length : inflater.getBytesWritten());
            inflater.end();
        }
    }

    /** Counts unpacked bytes; a class that is unpacked twice counts once. */
    private void count(String internalName, long bytes) {
        if (unpacked.add(internalName)) {
            unpackedBytes.addAndGet(bytes);
        }
    }

    @Override
    public void checkBudget() {
        if (unpackedBytes.get() > mostBytes) {
            throw new InputException(source, "", "its classes unpack to more than " + mostBytes + " bytes in total");
        }
    }

    @Override
    public boolean trusted() {
        return false;
    }

    @Override
    public ClassLoader loader() {
        try {
            return new URLClassLoader(new URL[] {file.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        } catch (MalformedURLException e) {
            throw new InputException(source, "", "cannot be used as a class path: " + ReadErrors.of(e));
        }
    }
}
