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

    /** Fields of all classes of a source; those of the JDK's 30,000 classes are a tenth. */
    static final long MOST_SOURCE_FIELDS = 1L << 21;

    /** Entries of a jar; the JDK has 30,000 classes. */
    static final int MOST_JAR_ENTRIES = 1 << 18;

    /** Size of a jar's directory. */
    static final long MOST_JAR_DIRECTORY_BYTES = 64 << 20;

    /** Files of a directory, of whatever kind. */
    static final int MOST_FILES = 1 << 20;

    /** Class files of a directory together, links counted as what they lead to. */
    static final long MOST_DIRECTORY_BYTES = 1L << 30;

    private static final long MOST_JAR_BYTES = 1L << 30;
    private static final long SMALL_JAR_BYTES = 64 << 20;
    private static final long MOST_UNPACKING = 20;

    /** What packing may add to data that it cannot make smaller. */
    private static final int MOST_OVERHEAD = 64 << 10;

    private Limits() {}

    /**
     * {@return to how many bytes all classes of a jar may unpack: 64 MiB and 20 times the jar, and no more than 1 GiB.
     * Class files unpack to two or three times their size}
     */
    static long mostUnpacked(long jarBytes) {
        return Math.min(MOST_JAR_BYTES, SMALL_JAR_BYTES + MOST_UNPACKING * jarBytes);
    }

    /** Refuses a class file that is too large even when it was packed in vain. */
    static void checkPacked(String source, long packedBytes) {
        if (packedBytes > MOST_CLASS_BYTES + MOST_OVERHEAD) {
            throw tooLarge(source);
        }
    }

    static byte[] read(String source, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_CLASS_BYTES + 1);
        if (bytes.length > MOST_CLASS_BYTES) {
            throw tooLarge(source);
        }
        return bytes;
    }

    private static InputException tooLarge(String source) {
        return new InputException(source, "", "larger than any class file: more than " + MOST_CLASS_BYTES + " bytes");
    }
}
