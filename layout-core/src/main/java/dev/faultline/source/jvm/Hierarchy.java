package dev.faultline.source.jvm;

import dev.faultline.source.jvm.classfile.ClassFile;
import java.util.List;

/**
 * A class and its superclasses.
 *
 * @param levels the classes from {@code java/lang/Object} down to the class itself
 */
record Hierarchy(List<Level> levels) {

    /**
     * One class of a hierarchy.
     *
     * @param file its class file
     * @param trusted whether the VM treats it as its own
     */
    record Level(ClassFile file, boolean trusted) {}

    Hierarchy {
        levels = List.copyOf(levels);
    }

    ClassFile leaf() {
        return levels.get(levels.size() - 1).file();
    }
}
