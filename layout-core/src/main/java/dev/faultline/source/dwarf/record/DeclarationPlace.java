package dev.faultline.source.dwarf.record;

/**
 * Where a type is declared.
 *
 * @param unit the unit that describes it first, as the compiler was given its name: {@code "net/ipv4/route.c"}
 * @param directory where the compiler ran, which a relative file counts from; empty when unknown
 * @param file the file that declares it; empty when unknown
 * @param line the line in that file; 0 when unknown
 */
public record DeclarationPlace(String unit, String directory, String file, int line) {}
