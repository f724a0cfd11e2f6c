package dev.faultline.layout.syntax;

import dev.faultline.input.InputException;

/**
 * A declaration of a text that could not be read; the others were.
 *
 * @param name its keyword and tag, such as {@code "struct foo"}; its first words when it has no tag
 * @param line the line it starts at, from 1
 * @param reason what is wrong with it and where
 */
public record SkippedDeclaration(String name, int line, InputException reason) {}
