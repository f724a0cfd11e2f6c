package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.EntryReader;
import dev.faultline.source.dwarf.entry.UnitHeader;
import java.util.Optional;

/**
 * A unit whose types are in another file, {@code .dwo}.
 *
 * @param file the name of that file, as the compiler was given it
 * @param directory where the compiler ran; empty when unknown
 * @param id the identity of the unit in both files
 * @param lineTable where the table of its source files is in the section of line tables of this file, in bytes; -1 when
 *     it has none
 */
public record SplitUnit(String file, String directory, long id, long lineTable) {

    /**
     * {@return where the types of a unit are when they are in another file; a reader stands on the unit's own entry}
     */
    static Optional<SplitUnit> of(EntryReader root) {
        long name = root.text(DwarfAttribute.DWO_NAME);
        long file = name >= 0 ? name : root.text(DwarfAttribute.GNU_DWO_NAME);
        UnitHeader header = root.unit().header();
        boolean isSplit = header.kind() == UnitHeader.Kind.SPLIT_COMPILE || root.hasChildren();
        if (file < 0 || isSplit) {
            return Optional.empty();
        }
        long directory = root.text(DwarfAttribute.COMP_DIR);
        long table = root.number(DwarfAttribute.STMT_LIST, -1);
        return Optional.of(new SplitUnit(
                root.unit().text(file),
                directory < 0 ? "" : root.unit().text(directory),
                id(root),
                table < 0 ? -1 : root.unit().linesBase() + table));
    }

    /** {@return the identity that a unit shares with its other part; 0 when it has no other part} */
    static long id(EntryReader root) {
        UnitHeader header = root.unit().header();
        if (header.version() < 5) {
            return root.number(DwarfAttribute.GNU_DWO_ID, 0);
        }
        boolean isPart = header.kind() == UnitHeader.Kind.SPLIT_COMPILE || header.kind() == UnitHeader.Kind.SKELETON;
        return isPart ? header.signature() : 0;
    }
}
