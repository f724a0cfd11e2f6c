package dev.faultline.source.jvm.store;

import dev.faultline.api.Internal;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.util.List;
import java.util.Optional;

/** A collection of class files by internal name. */
@Internal
public interface ClassStore {

    /**
     * A class file.
     *
     * @param source its name in messages
     * @param bytes its content
     */
    record Content(String source, byte[] bytes) {}

    /** {@return the internal names of all classes, in the order of the store; opens no class file} */
    List<String> names();

    /** {@return whether the listed classes are all that belong together: not when the store is a single class file} */
    default boolean isWhole() {
        return true;
    }

    /**
     * {@return the class file of a class; empty when there is none}
     *
     * @throws dev.faultline.input.InputException when it cannot be read
     */
    Optional<Content> find(String internalName);

    /**
     * {@return the internal names of the classes whose code may use the fields of the listed ones: these, and classes
     * that are only searched} Code of more than {@link
     * dev.faultline.source.jvm.classfile.ClassLimits#MOST_LIBRARY_CODE} bytes is left out, and {@link #notes} says so.
     */
    default List<String> codeNames() {
        return names();
    }

    /**
     * {@return the internal names of the classes in the package of a class, as far as the store knows them; more than
     * {@link #names()} where that lists only one class}
     */
    default List<String> packageOf(String internalName) {
        String packageName = ClassNames.packageOf(internalName);
        return names().stream()
                .filter(name -> ClassNames.packageOf(name).equals(packageName))
                .toList();
    }

    /** {@return the classes as a VM of another version sees them, or this store when they are the same} */
    default ClassStore at(int release) {
        return this;
    }

    /** {@return the name in messages of the jar or directory of a listed class; empty when the store is one} */
    default Optional<String> home(String internalName) {
        return Optional.empty();
    }

    /** {@return what users should know about this store, a line each} */
    default List<String> notes() {
        return List.of();
    }

    /** {@return a line for each part of the store that could not be read} */
    default List<String> unread() {
        return List.of();
    }

    /** Throws {@link dev.faultline.input.InputException} when more was read than the store allows. */
    default void checkBudget() {}

    /** {@return whether a VM treats these classes as its own, and so honours their {@code @Contended}} */
    boolean trusted();

    /** {@return a class loader for the classes of this store} */
    ClassLoader loader();
}
