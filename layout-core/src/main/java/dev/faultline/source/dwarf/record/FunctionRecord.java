package dev.faultline.source.dwarf.record;

import dev.faultline.source.dwarf.entry.CodeRanges;
import java.util.List;
import java.util.Objects;

/**
 * The code of a function: one with code of its own, or a copy in another function.
 *
 * @param name its name with its scopes
 * @param unit the source file that was compiled
 * @param ranges where its code is
 * @param callLine of a copy, the line of the call; else 0
 * @param declarationFile the file that declares it; empty when unknown
 * @param variables its variables, parameters and result
 * @param inlined copies of other functions in it
 */
public record FunctionRecord(
        String name,
        String unit,
        List<CodeRanges.Range> ranges,
        int callLine,
        String declarationFile,
        List<PointerRecord> variables,
        List<FunctionRecord> inlined) {
    public FunctionRecord {
        Objects.requireNonNull(name);
        Objects.requireNonNull(unit);
        Objects.requireNonNull(declarationFile);
        ranges = List.copyOf(ranges);
        variables = List.copyOf(variables);
        inlined = List.copyOf(inlined);
    }

    /** {@return whether an address is in its code} */
    public boolean has(long address) {
        return ranges.stream().anyMatch(range -> range.has(address));
    }
}
