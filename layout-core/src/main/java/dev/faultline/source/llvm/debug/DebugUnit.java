package dev.faultline.source.llvm.debug;

/**
 * The types of a module as one unit of DWARF.
 *
 * @param entries the unit with its header; it refers to the start of its abbreviations and of its line table
 * @param abbreviations its abbreviations
 * @param lines the header of its line table, which names its files
 */
public record DebugUnit(byte[] entries, byte[] abbreviations, byte[] lines) {}
