package dev.faultline.input;

import dev.faultline.api.Internal;
import java.util.Map;
import java.util.Optional;

/** The entries of a mapping with known keys. What is unknown, missing or given twice is told elsewhere. */
@Internal
public final class YamlEntries {

    private final Map<String, YamlTree> entries;
    private final boolean hasUnknown;

    /**
     * @param entries the entries with known keys
     * @param hasUnknown whether the text has keys that are unknown or given twice, and are no misspelt
     *     required ones
     */
    YamlEntries(Map<String, YamlTree> entries, boolean hasUnknown) {
        this.entries = Map.copyOf(entries);
        this.hasUnknown = hasUnknown;
    }

    /** {@return the value of a key; empty when the text does not have it} */
    public Optional<YamlTree> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /**
     * {@return whether the text has keys that are unknown or given twice, so that it may mean something else; a misspelt
     * key that is required does not count}
     */
    public boolean hasUnknown() {
        return hasUnknown;
    }
}
