package dev.faultline.access.hooks;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the files of a program say about addresses of a run. */
public interface HookedProgram {

    /**
     * A function that an address is in.
     *
     * @param function its name
     * @param file the source file that declares it, else the one that was compiled; empty when unknown
     * @param line the line of the code, or of the call of the function within; 0 when unknown
     * @param pointers types of its variables, parameters and result
     */
    record Frame(String function, String file, int line, List<Pointer> pointers) {
        public Frame {
            Objects.requireNonNull(function);
            Objects.requireNonNull(file);
            pointers = List.copyOf(pointers);
        }

        /** {@return whether it is of C++'s library, or of the compiler} */
        boolean isOfLibrary() {
            return function.startsWith("std::") || function.startsWith("__") || function.startsWith("operator new");
        }
    }

    /**
     * The type of a variable, parameter or result.
     *
     * @param type as it is spelled: {@code "struct ring *"}
     * @param line where it is declared; 0 for a result, -1 for what has no line, such as {@code this}
     */
    record Pointer(String type, int line) {
        public Pointer {
            Objects.requireNonNull(type);
        }
    }

    /**
     * A global variable.
     *
     * @param name its name
     * @param byteAddress its address in the run
     * @param byteSize its size in bytes
     * @param type its type
     * @param section the section it is in, as a struct of that name
     * @param sectionAddress the address of that in the run
     * @param isOnly whether no other variable of the section has its name
     */
    record Variable(
            String name,
            long byteAddress,
            long byteSize,
            FieldType type,
            String section,
            long sectionAddress,
            boolean isOnly) {
        public Variable {
            Objects.requireNonNull(name);
            Objects.requireNonNull(type);
            Objects.requireNonNull(section);
        }
    }

    /** {@return the functions that an address is in, the innermost first; empty when that is not known} */
    List<Frame> codeAt(long address);

    /** {@return the global variable at an address} */
    Optional<Variable> variableAt(long address);

    /** {@return the types of global variables, as they are spelled} */
    List<String> globalTypes();

    /** {@return the struct, union or class of a name, with or without its keyword} */
    Optional<StructLayout> struct(String name);
}
