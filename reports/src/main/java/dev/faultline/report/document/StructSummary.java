package dev.faultline.report.document;

/**
 * The figures of a struct, for a row in a table of many structs.
 *
 * @param kind {@code "struct"}, {@code "union"}, {@code "class"}
 * @param byteSize its size
 * @param lines how many lines it fills when it starts on one
 * @param lineBytes the size of a line
 * @param unusedBytes bytes of holes and padding
 * @param cpusLost CPU time that its users lose, in CPUs; -1 when it is not known
 * @param costWords the same in words
 */
public record StructSummary(
        String kind, long byteSize, long lines, int lineBytes, long unusedBytes, double cpusLost, String costWords) {}
