package dev.faultline.source.dwarf;

import dev.faultline.source.dwarf.entry.LineFiles;
import dev.faultline.source.dwarf.entry.TextHashes;
import dev.faultline.source.dwarf.record.ListedKeys;
import dev.faultline.source.dwarf.record.TypeStore;
import dev.faultline.source.dwarf.type.EntryPlace;
import dev.faultline.source.dwarf.type.UnitLookup;
import dev.faultline.source.dwarf.type.UnitTypes;
import dev.faultline.source.dwarf.type.WantedNames;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the units that others refer to by an offset in their section. Used by one thread. */
final class SectionLookup implements UnitLookup {

    /** Most bytes of units that are kept, unless a few have more. */
    private static final long MOST_KEPT_BYTES = 4 << 20;

    private static final int LEAST_KEPT = 4;

    /**
     * Most bytes of units that are walked a second time because they were not kept: these, or a multiple of the
     * section, whichever is more.
     */
    private static final long LEAST_WALKED_BYTES = 128L << 20;

    private static final int MOST_REPEATS = 64;

    private final UnitSection section;
    private final Optional<SectionLookup> alternate;
    private final TypeStore store;

    /** The units that were referred to last, the eldest first. */
    private final Map<Long, UnitTypes> loaded = new LinkedHashMap<>(16, 0.75f, true);

    private final TextHashes textHashes = new TextHashes();
    private final ListedKeys listed = new ListedKeys();
    private final WantedNames wanted;
    private long loadedBytes;
    private long walkedBytes;

    /**
     * Makes a lookup that has loaded nothing.
     *
     * @param section the section of the units that ask
     * @param alternate the lookup in the alternate file of dwz, when there is one
     * @param store keeps the types of all units
     */
    SectionLookup(UnitSection section, Optional<SectionLookup> alternate, TypeStore store) {
        this.section = section;
        this.alternate = alternate;
        this.store = store;
        this.wanted = new WantedNames(store.wantedWord());
    }

    @Override
    public Optional<EntryPlace> inSection(long byteOffset) {
        long start = section.start(byteOffset);
        return start < 0
                ? Optional.empty()
                : unit(start).map(types -> new EntryPlace(types, (int) (byteOffset - start)));
    }

    @Override
    public Optional<EntryPlace> inAlternate(long byteOffset) {
        return alternate.flatMap(lookup -> lookup.inSection(byteOffset));
    }

    @Override
    public TextHashes textHashes() {
        return textHashes;
    }

    @Override
    public ListedKeys listed() {
        return listed;
    }

    @Override
    public WantedNames wanted() {
        return wanted;
    }

    @Override
    public LineFiles splitLineFiles(long id) {
        return section.splitLineFiles(id);
    }

    @Override
    public LineFiles lineFiles(long byteOffset) {
        return section.lineFiles(byteOffset);
    }

    /** {@return the unit that starts at an offset} */
    Optional<UnitTypes> unit(long start) {
        UnitTypes known = loaded.get(start);
        if (known != null) {
            return Optional.of(known);
        }
        if (walkedBytes > LEAST_WALKED_BYTES + MOST_REPEATS * section.section().byteSize()) {
            throw new IllegalArgumentException("units refer to others more than " + MOST_REPEATS + " times a byte");
        }
        Optional<UnitTypes> types = section.at(start).map(unit -> new UnitTypes(unit, this, store));
        types.ifPresent(found -> keep(start, found));
        return types;
    }

    private void keep(long start, UnitTypes unit) {
        loaded.put(start, unit);
        loadedBytes += unit.byteSize();
        walkedBytes += unit.byteSize();
        Iterator<UnitTypes> eldest = loaded.values().iterator();
        while (loadedBytes > MOST_KEPT_BYTES && loaded.size() > LEAST_KEPT) {
            loadedBytes -= eldest.next().byteSize();
            eldest.remove();
        }
    }
}
