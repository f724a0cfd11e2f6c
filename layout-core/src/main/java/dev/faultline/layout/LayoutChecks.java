package dev.faultline.layout;

/** Argument checks shared by the records of this package. */
final class LayoutChecks {

    private LayoutChecks() {}

    static void type(String spelling, long byteSize, long leastByteSize, long byteAlignment) {
        if (spelling.isEmpty()) {
            throw new IllegalArgumentException("the spelling of a type is empty");
        }
        if (byteSize < leastByteSize) {
            throw new IllegalArgumentException(spelling + ": byteSize=" + byteSize);
        }
        powerOfTwo(spelling, byteAlignment);
    }

    static void atMostBytes(String what, long byteSize) {
        if (byteSize > StructLayout.MOST_BYTES) {
            throw new IllegalArgumentException(
                    what + ": " + byteSize + " bytes; the limit is " + StructLayout.MOST_BYTES);
        }
    }

    static void powerOfTwo(String what, long byteAlignment) {
        if (Long.bitCount(byteAlignment) != 1 || byteAlignment < 0) {
            throw new IllegalArgumentException(what + ": byteAlignment=" + byteAlignment + " is no power of two");
        }
    }
}
