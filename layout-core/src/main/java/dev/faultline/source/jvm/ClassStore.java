package dev.faultline.source.jvm;

import java.util.List;
import java.util.Optional;

/** A place with class files, known by internal names. */
interface ClassStore {

    /**
     * The content of a class file.
     *
     * @param source what a person calls the file
     * @param bytes its content
     */
    record Content(String source, byte[] bytes) {}

    /** {@return the internal names of all classes, in the order of the store; nothing is opened for it} */
    List<String> names();

    /**
     * {@return the class file of that name, if there is one}
     *
     * @throws dev.faultline.input.InputException when it is there but cannot be read
     */
    Optional<Content> find(String internalName);

    /** Throws {@link dev.faultline.input.InputException} when so much was read that this is refused as a whole. */
    default void checkBudget() {}

    /** {@return whether a VM would load these classes as its own, and so heed their {@code @Contended}} */
    boolean trusted();

    /** {@return a loader that has the classes of this store} */
    ClassLoader loader();
}
