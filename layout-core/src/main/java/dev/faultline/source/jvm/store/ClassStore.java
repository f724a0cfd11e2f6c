package dev.faultline.source.jvm.store;

import dev.faultline.api.Internal;
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

    /**
     * {@return the class file of a class; empty when there is none}
     *
     * @throws dev.faultline.input.InputException when it cannot be read
     */
    Optional<Content> find(String internalName);

    /** Throws {@link dev.faultline.input.InputException} when more was read than the store allows. */
    default void checkBudget() {}

    /** {@return whether a VM treats these classes as its own, and so honours their {@code @Contended}} */
    boolean trusted();

    /** {@return a class loader for the classes of this store} */
    ClassLoader loader();
}
