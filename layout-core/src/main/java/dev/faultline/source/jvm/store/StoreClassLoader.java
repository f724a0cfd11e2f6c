package dev.faultline.source.jvm.store;

import dev.faultline.source.jvm.classfile.ClassNames;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Loads the classes of a store, so that the running VM can be asked about them. Their initialisers do not run. */
final class StoreClassLoader extends ClassLoader {

    private final ClassStore store;

    StoreClassLoader(ClassStore store) {
        super(getPlatformClassLoader());
        this.store = store;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String internalName = name.replace('.', '/');
        if (!ClassNames.isClass(internalName)) {
            throw new ClassNotFoundException(name);
        }
        byte[] bytes = store.find(internalName)
                .orElseThrow(() -> new ClassNotFoundException(name))
                .bytes();
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** Finds class files too; other resources of the store are not served. */
    @Override
    public InputStream getResourceAsStream(String name) {
        InputStream known = super.getResourceAsStream(name);
        if (known != null) {
            return known;
        }
        return ClassNames.ofResource(name)
                .flatMap(store::find)
                .map(content -> new ByteArrayInputStream(content.bytes()))
                .orElse(null);
    }
}
