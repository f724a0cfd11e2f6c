package dev.faultline.source.jvm;

import dev.faultline.input.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Optional;

/**
 * The class files that a loader has beside the JDK's, wherever they are: superclasses in other directories and jars are
 * found as the VM found them.
 *
 * @param name the internal name of the class meant
 * @param loader the loader that has it
 */
record LoadedClasses(String name, ClassLoader loader) implements ClassStore {

    /** What the URLs of the running JDK's own classes begin with. */
    private static final String IMAGE = "jrt";

    @Override
    public List<String> names() {
        return List.of(name);
    }

    @Override
    public Optional<Content> find(String internalName) {
        URL file = loader.getResource(internalName + ".class");
        if (file == null || file.getProtocol().equals(IMAGE)) {
            return Optional.empty(); // the JDK's own are found, and trusted, elsewhere
        }
        try (InputStream in = file.openStream()) {
            return Optional.of(new Content(file.toString(), Limits.read(file.toString(), in)));
        } catch (IOException e) {
            throw new InputException(file.toString(), "", "cannot be read: " + Problems.of(e));
        }
    }

    @Override
    public boolean trusted() {
        return false;
    }
}
