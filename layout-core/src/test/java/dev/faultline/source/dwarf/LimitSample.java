package dev.faultline.source.dwarf;

import static dev.faultline.source.dwarf.DwarfNumbers.ARRAY;
import static dev.faultline.source.dwarf.DwarfNumbers.BASE;
import static dev.faultline.source.dwarf.DwarfNumbers.BYTE_SIZE;
import static dev.faultline.source.dwarf.DwarfNumbers.CONST;
import static dev.faultline.source.dwarf.DwarfNumbers.DATA1;
import static dev.faultline.source.dwarf.DwarfNumbers.DATA4;
import static dev.faultline.source.dwarf.DwarfNumbers.INHERITANCE;
import static dev.faultline.source.dwarf.DwarfNumbers.LOCATION;
import static dev.faultline.source.dwarf.DwarfNumbers.MEMBER;
import static dev.faultline.source.dwarf.DwarfNumbers.NAME;
import static dev.faultline.source.dwarf.DwarfNumbers.POINTER;
import static dev.faultline.source.dwarf.DwarfNumbers.REF4;
import static dev.faultline.source.dwarf.DwarfNumbers.STRING;
import static dev.faultline.source.dwarf.DwarfNumbers.STRUCT;
import static dev.faultline.source.dwarf.DwarfNumbers.SUBRANGE;
import static dev.faultline.source.dwarf.DwarfNumbers.TYPE;
import static dev.faultline.source.dwarf.DwarfNumbers.TYPEDEF;

import dev.faultline.testing.Bounded;

/** A unit of odd debug information: the abbreviations that most tests of limits need, in one table. */
final class LimitSample {

    final DwarfBuilder dwarf;
    final int struct;
    final int empty;
    final int member;
    final int number;
    final int typedef;
    final int array;
    final int subrange;
    final int base;
    final int constant;
    final int pointer;

    LimitSample(int language) {
        this(new DwarfBuilder(), language);
    }

    LimitSample(DwarfBuilder dwarf, int language) {
        this.dwarf = dwarf;
        dwarf.unit(language);
        struct = dwarf.abbreviation(STRUCT, true, NAME, STRING, BYTE_SIZE, DATA4);
        empty = dwarf.abbreviation(STRUCT, false, NAME, STRING, BYTE_SIZE, DATA4);
        member = dwarf.abbreviation(MEMBER, false, NAME, STRING, TYPE, REF4, LOCATION, DATA4);
        number = dwarf.abbreviation(BASE, false, NAME, STRING, BYTE_SIZE, DATA1);
        typedef = dwarf.abbreviation(TYPEDEF, false, NAME, STRING, TYPE, REF4);
        array = dwarf.abbreviation(ARRAY, true, TYPE, REF4);
        subrange = dwarf.abbreviation(SUBRANGE, false, 0x37, 0x07);
        base = dwarf.abbreviation(INHERITANCE, false, TYPE, REF4, LOCATION, DATA1);
        constant = dwarf.abbreviation(CONST, false, TYPE, REF4);
        pointer = dwarf.abbreviation(POINTER, false, TYPE, REF4);
    }

    /** Adds a good struct with one number. */
    LimitSample good(String name) {
        int type = dwarf.entry(number, "int", (byte) 4);
        dwarf.entry(struct, name, 4);
        dwarf.entry(member, "value", type, 0);
        dwarf.end(1);
        return this;
    }

    DwarfUse.Told read() {
        dwarf.end(1).endUnit();
        return read(dwarf.build());
    }

    /** {@return what a file tells} It must be read in the time that a small file may take. */
    static DwarfUse.Told read(byte[] content) {
        return Bounded.read(() -> DwarfUse.of(content, CompanionFiles.NONE));
    }
}
