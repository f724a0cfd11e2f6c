package dev.faultline.source.jvm.classfile;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import java.io.IOException;
import java.io.InputStream;

/** Limits on what is read; larger input is refused. */
@Internal
public final class ClassLimits {

    /** Most superclasses of a class; the JDK has a dozen. */
    public static final int DEEPEST_HIERARCHY = 256;

    /** Most fields of an object; a class file can declare 65,535. */
    public static final int MOST_FIELDS = 100_000;

    /** Largest class file, in bytes. */
    public static final int MOST_CLASS_BYTES = 16 << 20;

    /** Most fields of all classes of a source; the JDK's 30,000 classes have a tenth. */
    public static final long MOST_SOURCE_FIELDS = 1L << 21;

    /** Most accesses and calls in the code of a class; those of the JDK have a few thousand. */
    public static final int MOST_CODE_EFFECTS = 1 << 18;

    /** Most accesses and calls in the code of a source; the code of further classes is not read. */
    public static final int MOST_SOURCE_EFFECTS = 1 << 21;

    /** Most entries of a jar; the JDK has 30,000 classes. */
    public static final int MOST_JAR_ENTRIES = 1 << 18;

    /** Largest central directory of a jar, in bytes. */
    public static final long MOST_JAR_DIRECTORY_BYTES = 64 << 20;

    /** Largest total size of the compressed jars inside a jar, which are held in memory, in bytes. */
    public static final long MOST_INNER_JAR_BYTES = 256 << 20;

    /** Largest total size of the class files of libraries whose code is read for an application, in bytes. */
    public static final long MOST_LIBRARY_CODE = 32 << 20;

    /** Most entries of a class path, those of its wildcards included. */
    public static final int MOST_PATH_ENTRIES = 1 << 13;

    /** Most files in a directory tree, of any kind. */
    public static final int MOST_FILES = 1 << 20;

    /** Largest total size of the class files in a directory tree, in bytes, links followed. */
    public static final long MOST_DIRECTORY_BYTES = 1L << 30;

    private static final long MOST_JAR_BYTES = 1L << 30;
    private static final long SMALL_JAR_BYTES = 64 << 20;
    private static final long MOST_UNPACKING = 20;

    /** Bytes that compression may add to data that cannot be compressed. */
    private static final int MOST_OVERHEAD = 64 << 10;

    private ClassLimits() {}

    /**
     * {@return the largest total unpacked size in bytes of a jar's classes: 64 MiB and 20 times the jar, at most 1 GiB;
     * class files unpack to two or three times their size}
     */
    public static long mostUnpacked(long jarBytes) {
        return Math.min(MOST_JAR_BYTES, SMALL_JAR_BYTES + MOST_UNPACKING * jarBytes);
    }

    /** Refuses a compressed class file that is too large even if compression added to it. */
    public static void checkPacked(String source, long packedBytes) {
        if (packedBytes > MOST_CLASS_BYTES + MOST_OVERHEAD) {
            throw tooLarge(source);
        }
    }

    public static byte[] read(String source, InputStream in) throws IOException {
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
