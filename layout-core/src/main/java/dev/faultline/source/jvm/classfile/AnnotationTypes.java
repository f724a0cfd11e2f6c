package dev.faultline.source.jvm.classfile;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.List;

/** Which annotations an attribute of a class file holds, JVMS 4.7.16; their values are passed over. */
@Internal
public final class AnnotationTypes {

    /** Annotations in annotations, and arrays in these, deeper than this are refused. */
    private static final int DEEPEST = 64;

    private final byte[] bytes;
    private final int end;
    private int at;

    private AnnotationTypes(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = Math.min(end, bytes.length);
    }

    /**
     * Reads the contents of a {@code RuntimeVisibleAnnotations} attribute. Takes time linear in their length.
     *
     * @param bytes the class file
     * @param start where the contents start
     * @param end where they end
     * @return for each annotation the constant that has its type
     * @throws IllegalArgumentException when they are cut off, have a value of no known kind, or are nested too deeply
     */
    public static List<Integer> of(byte[] bytes, int start, int end) {
        AnnotationTypes attribute = new AnnotationTypes(bytes, start, end);
        List<Integer> types = new ArrayList<>();
        for (int count = attribute.u2(); count > 0; count--) {
            types.add(attribute.u2());
            attribute.skipPairs(0);
        }
        return types;
    }

    private void skipPairs(int depth) {
        for (int pairs = u2(); pairs > 0; pairs--) {
            u2();
            skipValue(depth);
        }
    }

    private void skipValue(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("annotations are nested more than " + DEEPEST + " deep");
        }
        int tag = u1();
        switch (tag) {
            case 'B', 'C', 'D', 'F', 'I', 'J', 'S', 'Z', 's', 'c' -> u2();
            case 'e' -> {
                u2();
                u2();
            }
            case '@' -> {
                u2();
                skipPairs(depth + 1);
            }
            case '[' -> {
                for (int values = u2(); values > 0; values--) {
                    skipValue(depth + 1);
                }
            }
            default -> throw new IllegalArgumentException("an annotation has a value of kind " + tag);
        }
    }

    private int u1() {
        if (at >= end) {
            throw new IllegalArgumentException("annotations are cut off");
        }
        return bytes[at++] & 0xFF;
    }

    private int u2() {
        return u1() << 8 | u1();
    }
}
