package dev.faultline.source.elf;

import java.util.Objects;

/**
 * A symbol of an ELF file.
 *
 * @param name its name, as the linker knows it; empty for sections
 * @param value its address; in object files the offset in its section; of {@link Type#TLS} in linked files the offset
 *     in the thread's block; of common symbols the alignment
 * @param byteSize its size in bytes; 0 when it is not known. An unsigned number
 * @param sectionIndex the number of its section, {@link #UNDEFINED}, or negative: {@link #ABSOLUTE}, {@link #COMMON} or
 *     another that the file's machine defines
 * @param type what it names
 * @param binding who may see it
 */
public record Symbol(String name, long value, long byteSize, int sectionIndex, Type type, Binding binding) {

    /** The section of what another file defines. */
    public static final int UNDEFINED = 0;

    /** The section of what has an address that does not change, or is a plain number. */
    public static final int ABSOLUTE = (short) 0xfff1;

    /** The section of what the linker allocates: C's tentative definitions. */
    public static final int COMMON = (short) 0xfff2;

    /** What a symbol names. */
    public enum Type {
        /** A label whose type is not stated. */
        NONE,
        /** A variable. */
        OBJECT,
        /** A function. */
        FUNCTION,
        /** A section. */
        SECTION,
        /** A source file. */
        FILE,
        /** A variable that the linker allocates. */
        COMMON,
        /** A variable of each thread. */
        TLS,
        /** A function that chooses another. */
        INDIRECT_FUNCTION,
        /** A type that only some machines have. */
        OTHER;

        static Type of(int number) {
            return number <= TLS.ordinal() ? values()[number] : number == 10 ? INDIRECT_FUNCTION : OTHER;
        }
    }

    /** Who may see a symbol. */
    public enum Binding {
        /** The file alone. */
        LOCAL,
        /** All files. */
        GLOBAL,
        /** All files, unless another defines the name too. */
        WEAK,
        /** All files of the process, once. */
        UNIQUE,
        /** A binding that only some machines have. */
        OTHER;

        static Binding of(int number) {
            return number <= WEAK.ordinal() ? values()[number] : number == 10 ? UNIQUE : OTHER;
        }
    }

    public Symbol {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        Objects.requireNonNull(binding);
    }

    /** {@return whether this file defines it} */
    public boolean isDefined() {
        return sectionIndex != UNDEFINED;
    }

    /** {@return whether it is a variable that this file defines, of all threads or of each} */
    public boolean isData() {
        return isDefined() && (type == Type.OBJECT || type == Type.COMMON || type == Type.TLS);
    }
}
