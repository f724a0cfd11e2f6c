package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.LayoutSource;
import dev.faultline.source.dwarf.DwarfBuilder.Leb;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which types of several units are one: those that say the same, in whatever way their compilers write it. */
class EqualTypesTest {

    private static final int BASE_TYPE = 0x24;
    private static final int STRUCTURE = 0x13;
    private static final int MEMBER = 0x0d;
    private static final int NAME = 0x03;
    private static final int BYTE_SIZE = 0x0b;
    private static final int DECL_LINE = 0x3b;
    private static final int ENCODING = 0x3e;
    private static final int TYPE = 0x49;
    private static final int LOCATION = 0x38;
    private static final int EXTERNAL = 0x3f;
    private static final int DECLARATION = 0x3c;
    private static final int BLOCK1 = 0x0a;
    private static final int DATA1 = 0x0b;
    private static final int DATA2 = 0x05;
    private static final int DATA4 = 0x06;
    private static final int STRING = 0x08;
    private static final int FLAG = 0x0c;
    private static final int STRP = 0x0e;
    private static final int UDATA = 0x0f;
    private static final int REF4 = 0x13;
    private static final int INDIRECT = 0x16;
    private static final int FLAG_PRESENT = 0x19;
    private static final byte SIGNED = 5;

    private static int number(DwarfBuilder dwarf, int byteSize) {
        int base = dwarf.abbreviation(BASE_TYPE, false, BYTE_SIZE, DATA1, ENCODING, DATA1, NAME, STRING);
        return dwarf.entry(base, (byte) byteSize, SIGNED, "int");
    }

    /** A struct with a static member, short forms, and its names inside the entries. */
    private static void plain(DwarfBuilder dwarf, int location, int intBytes) {
        dwarf.endAbbreviations().unit(DwarfBuilder.CXX);
        int number = number(dwarf, intBytes);
        int struct = dwarf.abbreviation(STRUCTURE, true, NAME, STRING, BYTE_SIZE, DATA1);
        int member = dwarf.abbreviation(MEMBER, false, NAME, STRING, DECL_LINE, DATA1, TYPE, REF4, LOCATION, DATA1);
        int constant = dwarf.abbreviation(
                MEMBER, false, NAME, STRING, TYPE, REF4, EXTERNAL, FLAG_PRESENT, DECLARATION, FLAG_PRESENT);
        dwarf.entry(struct, "Pair", (byte) 16);
        dwarf.entry(member, "first", (byte) 7, number, (byte) 0);
        dwarf.entry(constant, "most", number);
        dwarf.entry(member, "second", (byte) 8, number, (byte) location);
        dwarf.end(2).endUnit();
    }

    /** The same with other forms in another order, and flags that are stated. */
    private static void otherwise(DwarfBuilder dwarf) {
        dwarf.endAbbreviations().unit(DwarfBuilder.CXX);
        int member = dwarf.abbreviation(MEMBER, false, LOCATION, UDATA, TYPE, REF4, DECL_LINE, DATA2, NAME, STRP);
        int first = dwarf.abbreviation(MEMBER, false, LOCATION, INDIRECT, TYPE, REF4, DECL_LINE, DATA2, NAME, STRP);
        int constant = dwarf.abbreviation(MEMBER, false, DECLARATION, FLAG, EXTERNAL, FLAG, TYPE, REF4, NAME, STRP);
        int struct = dwarf.abbreviation(STRUCTURE, true, DECLARATION, FLAG, BYTE_SIZE, DATA4, NAME, STRP);
        int number = number(dwarf, 4);
        dwarf.entry(struct, (byte) 0, 16, dwarf.string("Pair"));
        dwarf.entry(first, (byte) DATA2, (short) 0, number, (short) 7, dwarf.string("first"));
        dwarf.entry(constant, (byte) 1, (byte) 1, number, dwarf.string("most"));
        dwarf.entry(member, new Leb(8), number, (short) 8, dwarf.string("second"));
        dwarf.end(2).endUnit();
    }

    private static List<String> names(DwarfBuilder dwarf) {
        return DwarfSource.of(DwarfUse.elf(dwarf.elf().build()), CompanionFiles.NONE).entries().stream()
                .map(LayoutSource.Entry::name)
                .toList();
    }

    @Test
    void a_struct_that_compilers_write_differently_is_one() {
        DwarfBuilder dwarf = new DwarfBuilder();
        plain(dwarf, 8, 4);
        otherwise(dwarf);
        plain(dwarf, 8, 4);
        assertThat(names(dwarf)).containsExactly("Pair");
    }

    @Test
    void structs_that_differ_in_a_place_or_a_type_of_a_member_are_several() {
        DwarfBuilder dwarf = new DwarfBuilder();
        plain(dwarf, 8, 4);
        plain(dwarf, 12, 4);
        plain(dwarf, 8, 8);
        otherwise(dwarf);
        assertThat(names(dwarf)).containsExactly("Pair", "Pair", "Pair");
    }

    /** Before DWARF 3 the place of a member is an expression. */
    @Test
    void places_that_are_expressions_count() {
        DwarfBuilder dwarf = new DwarfBuilder(2);
        for (byte location : new byte[] {8, 12, 8}) {
            dwarf.endAbbreviations().unit(DwarfBuilder.C99);
            int struct = dwarf.abbreviation(STRUCTURE, true, NAME, STRING, BYTE_SIZE, DATA1);
            int member = dwarf.abbreviation(MEMBER, false, NAME, STRING, TYPE, REF4, LOCATION, BLOCK1);
            int number = number(dwarf, 4);
            dwarf.entry(struct, "Pair", (byte) 16);
            dwarf.entry(member, "second", number, new byte[] {2, 0x23, location});
            dwarf.end(2).endUnit();
        }
        assertThat(names(dwarf)).containsExactly("Pair", "Pair");
    }
}
