package dev.faultline.source.jvm;

import dev.faultline.source.jvm.store.ClassStore;
import dev.faultline.source.jvm.store.DirectoryClasses;
import dev.faultline.source.jvm.store.JarClasses;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several stores as one, as a class path is.
 *
 * @param stores in order of search
 */
record JoinedStore(List<ClassStore> stores) implements ClassStore {

    /** {@return the class path of this VM} */
    static JoinedStore ofClassPath() {
        List<ClassStore> stores = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                stores.add(new DirectoryClasses(entry, path, Optional.empty()));
            } else if (Files.isRegularFile(path)) {
                stores.add(JarClasses.open(entry, path, Runtime.version().feature()));
            }
        }
        return new JoinedStore(stores);
    }

    @Override
    public List<String> names() {
        return stores.stream()
                .flatMap(store -> store.names().stream())
                .distinct()
                .toList();
    }

    @Override
    public Optional<Content> find(String internalName) {
        return stores.stream()
                .flatMap(store -> store.find(internalName).stream())
                .findFirst();
    }

    @Override
    public boolean trusted() {
        return false;
    }

    @Override
    public ClassLoader loader() {
        return ClassLoader.getSystemClassLoader();
    }
}
