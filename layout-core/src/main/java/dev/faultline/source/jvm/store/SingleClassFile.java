package dev.faultline.source.jvm.store;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Optional;

/**
 * A class file outside of a directory for its package.
 *
 * @param source its name in messages
 * @param name the internal name of the class
 * @param bytes its content
 */
@Internal
public record SingleClassFile(String source, String name, byte[] bytes) implements ClassStore {

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
        return name.equals(internalName) ? Optional.of(new Content(source, bytes)) : Optional.empty();
    }

    @Override
    public boolean trusted() {
        return false;
    }

    @Override
    public ClassLoader loader() {
        return new StoreClassLoader(this);
    }
}
