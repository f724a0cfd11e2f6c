package dev.faultline.source.jvm;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The layout of an array: header, length, elements.
 *
 * <p>The length takes 4 bytes directly behind the header. Before JDK 23 the elements start at the next multiple of 8;
 * from 23 on (JDK-8139457) at the next multiple of their size, so of 12 with compact headers or of 20 with wide class
 * pointers for elements of up to 4 bytes. Tested against the VM on 17 and 25.
 */
final class ArrayLayout {

    /** Name of the member that holds the number of elements. */
    static final String LENGTH = "length";
    /** Name of the member that holds the elements. */
    static final String ELEMENTS = "elements";

    private static final int LENGTH_BYTES = 4;
    private static final int ALIGNED_TO_ELEMENTS = 23;
    private static final int WORD_BYTES = 8;

    private ArrayLayout() {}

    /** {@return the size of an element in bytes} */
    static int elementBytes(ArrayName name, VmMode mode) {
        return name.isPrimitive() ? ClassNames.primitiveBytes(name.element()) : mode.referenceBytes();
    }

    /** {@return the offset of the first element in bytes} */
    static long baseBytes(int elementBytes, VmMode mode) {
        boolean byElement = mode.feature() >= ALIGNED_TO_ELEMENTS || mode.compactHeaders();
        return ByteRange.roundUp(
                (long) mode.headerBytes() + LENGTH_BYTES,
                byElement ? Math.max(LENGTH_BYTES, elementBytes) : WORD_BYTES);
    }

    /** {@return the size of an array in bytes} */
    static long byteSize(ArrayName name, VmMode mode) {
        int element = elementBytes(name, mode);
        return ByteRange.roundUp(
                baseBytes(element, mode) + name.lengthOrAssumed() * element, mode.objectByteAlignment());
    }

    /**
     * Lays out an array.
     *
     * @throws InputException when it is larger than a layout may be
     */
    static StructLayout of(ArrayName name, VmMode mode, String source) {
        long length = name.lengthOrAssumed();
        if (length > Integer.MAX_VALUE || byteSize(name, mode) > StructLayout.MOST_BYTES) {
            throw new InputException(
                    source,
                    "",
                    name.spelling() + " has " + length + " elements; an array may have " + Integer.MAX_VALUE
                            + " elements and, here, " + StructLayout.MOST_BYTES + " bytes");
        }
        int bytes = elementBytes(name, mode);
        // The elements of an atomic array are used as volatile ones.
        String type = (name.holder().isPresent() ? "volatile " : "") + simple(name.elementSpelling());
        List<Member> members = new ArrayList<>();
        members.add(Member.of(ObjectLayout.HEADER, new FieldType.Scalar("header", mode.headerBytes(), 8), 0));
        members.add(Member.of(LENGTH, FieldType.Scalar.natural("int", LENGTH_BYTES), mode.headerBytes()));
        members.add(Member.of(
                ELEMENTS, new FieldType.Array(FieldType.Scalar.natural(type, bytes), length), baseBytes(bytes, mode)));
        return StructLayout.of(
                name.spelling(),
                AggregateKind.ARRAY,
                byteSize(name, mode),
                mode.objectByteAlignment(),
                members,
                new Provenance(
                        Provenance.Origin.VM_MODEL,
                        source,
                        "VM mode " + mode.name()
                                + name.holder()
                                        .map(held -> ", the array inside " + held)
                                        .orElse("")
                                + (name.length().isPresent() ? "" : ", " + length + " elements assumed"),
                        OptionalInt.empty()));
    }

    private static String simple(String spelling) {
        return spelling.substring(spelling.lastIndexOf('.') + 1);
    }
}
