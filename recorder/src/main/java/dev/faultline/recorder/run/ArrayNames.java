package dev.faultline.recorder.run;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What arrays and their elements are called in an access file. */
public final class ArrayNames {

    /** How many elements of arrays of one name, at one place, are told apart. */
    static final int MOST_TOLD_APART = 64;
    /** The field of an element that is not told apart. */
    static final String ANY = "[any]";

    private ArrayNames() {}

    /**
     * {@return the name of an array, or of an object of the JDK that is one:
     * {@code "com.acme.Counters.slots (long[])"} when it was noted to be stored in that field, else {@code "long[]"}}
     */
    public static String of(Object array) {
        Class<?> type = array.getClass();
        FieldNames.Name name = FieldNames.of(array);
        String spelling = type.isArray() ? type.getTypeName() : type.getName();
        if (name == null) {
            return spelling;
        }
        int dot = spelling.lastIndexOf('.') + 1;
        return name.type + "." + name.field + " (" + spelling.substring(dot) + ")";
    }

    /** {@return the field of an element: {@code "[3]"}} */
    public static String element(long index) {
        return "[" + index + "]";
    }

    /** {@return whether an object is an atomic array of the JDK} */
    static boolean isAtomicArray(Object object) {
        Class<?> type = object.getClass();
        return type == AtomicLongArray.class || type == AtomicIntegerArray.class || type == AtomicReferenceArray.class;
    }
}
