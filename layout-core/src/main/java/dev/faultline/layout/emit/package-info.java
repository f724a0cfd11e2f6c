/**
 * Writes a layout as a declaration: C, Java, notation, or a diff of the source that declares it. What a language cannot
 * express is refused or noted.
 */
package dev.faultline.layout.emit;
