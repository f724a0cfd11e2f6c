package dev.faultline.source.dwarf.record;

/**
 * A global variable as a unit describes it, without the bytes of the unit.
 *
 * @param name its name with its scopes: {@code "app::requests"}, {@code "tick::n"} for a static one of a function
 * @param address where it is
 * @param type its type
 * @param place where it is declared
 */
public record VariableRecord(String name, VariableAddress address, TypeRecord type, DeclarationPlace place) {}
