package dev.faultline.source.llvm.debug;

/**
 * A place in a struct.
 *
 * @param struct the name of the struct
 * @param byteSize the size of the struct
 * @param byteOffset bytes from its start
 */
public record StructPlace(String struct, long byteSize, long byteOffset) {}
