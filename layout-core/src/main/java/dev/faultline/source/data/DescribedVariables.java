package dev.faultline.source.data;

import dev.faultline.layout.Provenance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** The global variables that debug information describes: with types, at addresses. They are read on first use. */
public final class DescribedVariables {

    private final Provenance.Origin origin;
    private final Supplier<List<GlobalVariable>> read;
    private Map<Long, List<GlobalVariable>> byAddress;

    /**
     * @param origin how their types were obtained
     * @param read reads them; called once
     */
    public DescribedVariables(Provenance.Origin origin, Supplier<List<GlobalVariable>> read) {
        this.origin = Objects.requireNonNull(origin);
        this.read = Objects.requireNonNull(read);
    }

    /** {@return no variables} */
    public static DescribedVariables none() {
        return new DescribedVariables(Provenance.Origin.SYMBOLS, List::of);
    }

    /** {@return how their types were obtained} */
    Provenance.Origin origin() {
        return origin;
    }

    /**
     * Adds types to symbols.
     *
     * @param symbols the variables that symbols name, of one run
     * @param run the sections they are in
     * @return the same with their types where these are known, and those that no symbol names
     */
    List<GlobalVariable> joined(List<GlobalVariable> symbols, DataRun run) {
        List<GlobalVariable> joined = new ArrayList<>(symbols.size());
        Set<Long> named = new HashSet<>();
        for (GlobalVariable symbol : symbols) {
            GlobalVariable match = byAddress().getOrDefault(symbol.byteAddress(), List.of()).stream()
                    .filter(one -> fits(one, symbol, run))
                    .findFirst()
                    .orElse(null);
            joined.add(match == null ? symbol : match.ofSize(symbol.byteSize()));
            named.add(symbol.byteAddress());
        }
        if (run.isLinked() && run.copies() == DataSection.Copies.SHARED) {
            byAddress().forEach((address, all) -> {
                if (!named.contains(address)) {
                    joined.addAll(all);
                }
            });
        }
        return joined;
    }

    /**
     * {@return whether a symbol names a variable; in object files addresses are offsets in sections, so names decide}
     */
    private static boolean fits(GlobalVariable described, GlobalVariable symbol, DataRun run) {
        String simple = described.name().substring(described.name().lastIndexOf(':') + 1);
        boolean isIt = run.isLinked() && run.copies() == DataSection.Copies.SHARED
                || described.name().equals(symbol.name())
                || symbol.name().equals(simple)
                || symbol.name().startsWith(simple + "."); // a static one of a function
        return isIt && described.type().byteSize() <= symbol.byteSize();
    }

    private Map<Long, List<GlobalVariable>> byAddress() {
        if (byAddress == null) {
            byAddress = new HashMap<>();
            for (GlobalVariable one : read.get()) {
                byAddress
                        .computeIfAbsent(one.byteAddress(), any -> new ArrayList<>(1))
                        .add(one);
            }
        }
        return byAddress;
    }
}
