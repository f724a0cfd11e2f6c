package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.entry.Abbreviation;
import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.DwarfTag;
import dev.faultline.source.dwarf.entry.Unit;
import dev.faultline.source.dwarf.record.SourceLanguage;

/** The language of a unit that does not say it, as those that dwz makes, told by entries that other compilers lack. */
final class UnstatedLanguage {

    private final Unit unit;
    private boolean hasCxx;

    UnstatedLanguage(Unit unit) {
        this.unit = unit;
    }

    /** {@return Rust, C++ or C} */
    SourceLanguage guess() {
        int end = unit.bytes().byteSize();
        int depth = 0;
        for (int at = unit.root(); at < end; ) {
            Abbreviation abbreviation = unit.abbreviation(at);
            at = unit.bytes().next();
            if (abbreviation == null) {
                depth--;
            } else {
                at = unit.behind(abbreviation, at);
                if (isRust(abbreviation)) {
                    return SourceLanguage.RUST;
                }
                hasCxx |= isCxx(abbreviation.tag());
                depth += abbreviation.hasChildren() ? 1 : 0;
            }
            if (depth <= 0) {
                break;
            }
        }
        return hasCxx ? SourceLanguage.CXX : SourceLanguage.C;
    }

    /** Rustc names pointers, and states the alignment of every type and member, but not where it is declared. */
    private static boolean isRust(Abbreviation abbreviation) {
        int tag = abbreviation.tag();
        boolean isLaidOut = DwarfTag.isAggregate(tag) || tag == DwarfTag.MEMBER || tag == DwarfTag.ENUMERATION_TYPE;
        return tag == DwarfTag.VARIANT_PART
                || tag == DwarfTag.POINTER_TYPE && abbreviation.has(DwarfAttribute.NAME)
                || isLaidOut
                        && abbreviation.has(DwarfAttribute.ALIGNMENT)
                        && !abbreviation.has(DwarfAttribute.DECL_LINE);
    }

    private static boolean isCxx(int tag) {
        return tag == DwarfTag.NAMESPACE || tag == DwarfTag.CLASS_TYPE || tag == DwarfTag.REFERENCE_TYPE;
    }
}
