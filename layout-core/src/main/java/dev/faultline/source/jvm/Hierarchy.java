package dev.faultline.source.jvm;

import dev.faultline.source.jvm.classfile.ClassFile;
import java.util.List;
import java.util.Optional;

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

    /**
     * {@return the first class whose fields are those that the JDK at hand declares, when the mode is of another
     *     version, which may declare others}
     */
    Optional<ClassFile> borrowed(VmMode mode) {
        return mode.feature() == Runtime.version().feature()
                ? Optional.empty()
                : levels.stream()
                        .filter(level ->
                                level.trusted() && !level.file().fields().isEmpty())
                        .map(Level::file)
                        .findFirst();
    }

    ClassFile leaf() {
        return levels.get(levels.size() - 1).file();
    }
}
