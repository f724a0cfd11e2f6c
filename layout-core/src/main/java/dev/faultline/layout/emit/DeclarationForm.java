package dev.faultline.layout.emit;

import dev.faultline.layout.StructLayout;

/**
 * The way in which a source declares a struct that is neither a class nor C: a layout of {@code java.lang.foreign},
 * constants, a schema. It knows the names of that declaration, and writes other layouts of the struct the same way.
 */
public interface DeclarationForm {

    /** {@return what the source has, in words: {@code "layout of java.lang.foreign"}} */
    String title();

    /**
     * Declares a layout.
     *
     * @param before today's layout
     * @param after the layout to declare: the same fields, perhaps elsewhere; today's when there is no better one
     * @param byteAlignment what the address of every such struct must be a multiple of, in bytes; a power of two
     * @return the declaration, to be put in place of today's, with notes of what else must change
     * @throws dev.faultline.input.InputException when this form cannot express the layout
     */
    EmittedDeclaration declare(StructLayout before, StructLayout after, long byteAlignment);
}
