package dev.faultline.source.data;

import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.elf.Symbol;
import dev.faultline.source.elf.SymbolTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds where a program was loaded, by addresses of code and the functions they are in: a loader moves a file by whole
 * pages.
 */
public final class LoadAddress {

    private static final long PAGE_BYTES = 4096;
    private static final long MOST_PAGES = 256;

    private LoadAddress() {}

    /**
     * {@return what was added to the addresses of a file; empty when functions do not tell it, or tell several}
     *
     * @param elf the file
     * @param functions for addresses of code, the names of the functions they are in
     */
    public static OptionalLong of(ElfFile elf, Map<Long, String> functions) {
        Set<String> wanted = new HashSet<>(functions.values());
        Map<String, List<Symbol>> byName = new HashMap<>();
        SymbolTable.of(elf)
                .ifPresent(table -> table.symbols()
                        .filter(symbol -> symbol.type() == Symbol.Type.FUNCTION && symbol.isDefined())
                        .forEach(symbol -> {
                            for (String name : new HashSet<>(List.of(symbol.name(), SymbolName.shown(symbol.name())))) {
                                if (wanted.contains(name)) {
                                    byName.computeIfAbsent(name, any -> new ArrayList<>())
                                            .add(symbol);
                                }
                            }
                        }));
        Map<Long, Integer> votes = new HashMap<>();
        functions.forEach((address, name) -> {
            Set<Long> possible = new HashSet<>();
            byName.getOrDefault(name, List.of()).forEach(symbol -> addPossible(address, symbol, possible));
            possible.forEach(one -> votes.merge(one, 1, Integer::sum));
        });
        int most = votes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<Long> best = votes.entrySet().stream()
                .filter(one -> one.getValue() == most)
                .map(Map.Entry::getKey)
                .toList();
        return best.size() == 1 ? OptionalLong.of(best.get(0)) : OptionalLong.empty();
    }

    /** Adds every whole number of pages by which a function may have been moved so that it has an address. */
    private static void addPossible(long address, Symbol symbol, Set<Long> possible) {
        long size = Math.max(1, symbol.byteSize());
        long largest = address - symbol.value() & -PAGE_BYTES;
        for (long page = 0; page < MOST_PAGES; page++) {
            long moved = largest - page * PAGE_BYTES;
            if (Long.compareUnsigned(address - moved - symbol.value(), size) >= 0) {
                return;
            }
            possible.add(moved);
        }
    }
}
