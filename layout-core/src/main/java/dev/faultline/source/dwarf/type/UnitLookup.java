package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.entry.LineFiles;
import dev.faultline.source.dwarf.entry.TextHashes;
import dev.faultline.source.dwarf.record.ListedKeys;
import java.util.Optional;

/** Finds entries of other units. */
public interface UnitLookup {

    /** {@return the entry at an offset in the section of the unit that asks; empty when no unit has it} */
    Optional<EntryPlace> inSection(long byteOffset);

    /** {@return the source files of the unit with a line table at an offset in the section of line tables} */
    LineFiles lineFiles(long byteOffset);

    /** {@return the source files of a split unit by its identity, which the file with its skeleton names} */
    LineFiles splitLineFiles(long id);

    /** {@return the hashes of texts that the thread has made} */
    TextHashes textHashes();

    /** {@return the named types that the thread has found in the store} */
    ListedKeys listed();

    /** {@return which named types are looked for} */
    WantedNames wanted();

    /** {@return the entry at an offset in the alternate file of dwz; empty when there is none} */
    Optional<EntryPlace> inAlternate(long byteOffset);
}
