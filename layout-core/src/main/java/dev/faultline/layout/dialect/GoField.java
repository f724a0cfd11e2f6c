package dev.faultline.layout.dialect;

import java.util.List;

/**
 * A field or padding that Go's structlayout printed.
 *
 * @param path the name of the struct, then those of the fields; empty for padding
 * @param type its type in Go's words
 * @param start its first byte
 * @param end one past its last byte
 * @param byteAlignment its alignment; 0 for padding
 * @param line the line of the text
 */
record GoField(List<String> path, String type, long start, long end, long byteAlignment, int line) {

    boolean isPadding() {
        return path.isEmpty();
    }

    long byteSize() {
        return end - start;
    }
}
