package dev.faultline.source.jvm;

import dev.faultline.input.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The classes of a jar. Of a multi-release jar the base entries are read, those every VM can use. The jar's directory
 * is read once; the file stays open until this is garbage, as {@link ZipFile} closes itself.
 */
final class JarClasses implements ClassStore {

    /** Where web and boot archives keep the classes of the application; the loader they bring looks there. */
    private static final List<String> APPLICATION_ROOTS = List.of("BOOT-INF/classes/", "WEB-INF/classes/");

    private final String source;
    private final Path file;
    private final ZipFile zip;
    private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

    private JarClasses(String source, Path file, ZipFile zip) {
        this.source = source;
        this.file = file;
        this.zip = zip;
        Enumeration<? extends ZipEntry> all = zip.entries();
        while (all.hasMoreElements()) {
            ZipEntry entry = all.nextElement();
            Names.ofResource(withoutRoot(entry.getName())).ifPresent(name -> entries.putIfAbsent(name, entry));
        }
    }

    /** Opens a jar; throws {@link InputException} when it is none. */
    static JarClasses open(String source, Path file) {
        ZipFile zip = null;
        try {
            zip = new ZipFile(file.toFile());
            return new JarClasses(source, file, zip);
        } catch (IOException | RuntimeException e) {
            close(zip);
            throw new InputException(source, "", "not a jar that can be read: " + Problems.of(e));
        }
    }

    private static void close(ZipFile zip) {
        try {
            if (zip != null) {
                zip.close();
            }
        } catch (IOException e) {
            // Nothing was written; that the jar cannot be opened is being said already.
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
        ZipEntry entry = entries.get(internalName);
        if (entry == null) {
            return Optional.empty();
        }
        String place = source + "!/" + entry.getName();
        try (InputStream in = zip.getInputStream(entry)) {
            return Optional.of(new Content(place, Limits.read(place, in)));
        } catch (IOException | RuntimeException e) {
            throw e instanceof InputException known
                    ? known
                    : new InputException(place, "", "cannot be unpacked: " + Problems.of(e));
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
            throw new InputException(source, "", "cannot be a class path: " + Problems.of(e));
        }
    }
}
