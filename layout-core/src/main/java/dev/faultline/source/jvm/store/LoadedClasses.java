package dev.faultline.source.jvm.store;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.ClassLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Optional;

/**
 * The class files of a class loader, without the JDK's own. Superclasses in other directories and jars are found as the
 * VM found them.
 *
 * @param name the internal name of a class
 * @param loader its class loader
 */
@Internal
public record LoadedClasses(String name, ClassLoader loader) implements ClassStore {

    /** Protocol of the URLs of the JDK's own classes. */
    private static final String IMAGE = "jrt";

    @Override
    public List<String> names() {
        return List.of(name);
    }

    @Override
    public boolean isWhole() {
        return false;
    }

    @Override
    public Optional<Content> find(String internalName) {
        URL file = loader.getResource(internalName + ".class");
        if (file == null || file.getProtocol().equals(IMAGE)) {
            return Optional.empty(); // ModuleImage finds the JDK's own classes
        }
        try (InputStream in = file.openStream()) {
            return Optional.of(new Content(file.toString(), ClassLimits.read(file.toString(), in)));
        } catch (IOException e) {
            throw new InputException(file.toString(), "", "cannot be read: " + ReadErrors.of(e));
        }
    }

    @Override
    public boolean trusted() {
        return false;
    }
}
