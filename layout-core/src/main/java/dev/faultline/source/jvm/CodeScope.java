package dev.faultline.source.jvm;

import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeIndex;
import dev.faultline.input.InputException;
import dev.faultline.source.jvm.code.ClassCodeReader;
import dev.faultline.source.jvm.store.ClassStore;
import dev.faultline.source.jvm.store.ModuleImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The code that is read to learn who uses the fields of a class: all classes of its source; of the JDK, whose code is
 * large, only those of the packages of the class and its superclasses.
 */
final class CodeScope {

    private static final String WHOLE = "";

    private final ClassStore store;
    private final Map<String, CodeIndex> indices = new ConcurrentHashMap<>();

    CodeScope(ClassStore store) {
        this.store = store;
    }

    /** {@return the code that may use the fields of a class} */
    CodeIndex around(Hierarchy hierarchy) {
        if (store instanceof ModuleImage) {
            return CodeIndex.EMPTY;
        }
        return indices.computeIfAbsent(WHOLE, any -> read(store.codeNames()));
    }

    private CodeIndex read(List<String> names) {
        List<CodeClass> classes = new ArrayList<>(names.size());
        for (String name : names) {
            try {
                store.find(name)
                        .ifPresent(
                                content -> classes.add(ClassCodeReader.read(content.source(), name, content.bytes())));
            } catch (InputException broken) {
                // The class itself is reported where it is laid out.
                continue;
            }
        }
        return new CodeIndex(classes);
    }
}
