package dev.faultline.source.jvm;

import dev.faultline.input.InputException;
import java.io.IOException;
import java.io.InputStream;

/** How much is read before it is refused. */
final class Limits {

    /** Superclasses of a class; the JDK's deepest class has about a dozen. */
    static final int DEEPEST_HIERARCHY = 256;

    /** Fields of an object; a class file can declare 65,535. */
    static final int MOST_FIELDS = 100_000;

    /** Size of a class file; real ones end far below. */
    static final int MOST_CLASS_BYTES = 16 << 20;

    private Limits() {}

    static byte[] read(String source, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_CLASS_BYTES + 1);
        if (bytes.length > MOST_CLASS_BYTES) {
            throw new InputException(
                    source, "", "larger than any class file: more than " + MOST_CLASS_BYTES + " bytes");
        }
        return bytes;
    }
}
