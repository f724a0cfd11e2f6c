package dev.faultline.source.llvm.code;

import dev.faultline.source.llvm.debug.StructPlace;
import java.util.List;

/**
 * A place for the address of a function: a member of a struct, in whichever object, or a global variable.
 *
 * @param owner the struct, or the variable behind {@code @}
 * @param byteOffset of a member, bytes from the start of the struct; of a variable 0, whose elements are one
 */
record CodePointer(String owner, long byteOffset) {

    /** {@return the innermost member that some bytes are} */
    static CodePointer member(List<StructPlace> places) {
        StructPlace inner = places.get(places.size() - 1);
        return new CodePointer(inner.struct(), inner.byteOffset());
    }

    static CodePointer variable(String name) {
        return new CodePointer("@" + name, 0);
    }

    /** {@return whether only one module knows it by this name} */
    boolean isVariable() {
        return owner.startsWith("@");
    }
}
