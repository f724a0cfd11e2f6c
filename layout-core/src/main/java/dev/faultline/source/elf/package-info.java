/**
 * Finds one section of an ELF file by name, within bounds.
 *
 * <p>Written here because the library at hand (jelf 0.12) allocates what a section header claims before it looks whether
 * the file has as much: one flipped bit costs 2 GB. What is needed is a screenful: header, section headers, one name.
 */
package dev.faultline.source.elf;
