package dev.faultline.layout.debugger;

import dev.faultline.input.InputException;

/**
 * A struct that states its offsets in a way that is not read.
 *
 * @param name its keyword and tag
 * @param line the line it starts at, from 1
 * @param reason what is wrong with it and where
 */
public record UnreadableStruct(String name, int line, InputException reason) {}
