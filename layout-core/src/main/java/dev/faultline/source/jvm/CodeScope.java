package dev.faultline.source.jvm;

import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.UnreadCode;
import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.ClassNames;
import dev.faultline.source.jvm.code.ClassCode;
import dev.faultline.source.jvm.code.ClassCodeReader;
import dev.faultline.source.jvm.code.CodeLinker;
import dev.faultline.source.jvm.store.ClassStore;
import dev.faultline.source.jvm.store.ModuleImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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
        List<UnreadCode> unread = Collections.synchronizedList(new ArrayList<>());
        List<ClassCode> classes = names.parallelStream()
                .flatMap(name -> read(name, unread).stream())
                .toList();
        unread.sort(Comparator.comparing(UnreadCode::type));
        return CodeLinker.link(classes, unread);
    }

    private List<ClassCode> read(String name, List<UnreadCode> unread) {
        try {
            return store.find(name).map(content -> ClassCodeReader.read(content.source(), content.bytes())).stream()
                    .toList();
        } catch (InputException broken) {
            unread.add(new UnreadCode(ClassNames.external(name), broken.getMessage()));
            return List.of();
        }
    }
}
