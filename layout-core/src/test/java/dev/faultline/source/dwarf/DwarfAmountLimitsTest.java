package dev.faultline.source.dwarf;

import static dev.faultline.source.dwarf.DwarfNumbers.ARRAY;
import static dev.faultline.source.dwarf.DwarfNumbers.BASE;
import static dev.faultline.source.dwarf.DwarfNumbers.FUNCTION;
import static dev.faultline.source.dwarf.DwarfNumbers.MEMBER;
import static dev.faultline.source.dwarf.DwarfNumbers.NAME;
import static dev.faultline.source.dwarf.DwarfNumbers.NAMESPACE;
import static dev.faultline.source.dwarf.DwarfNumbers.POINTER;
import static dev.faultline.source.dwarf.DwarfNumbers.REF4;
import static dev.faultline.source.dwarf.DwarfNumbers.SIBLING;
import static dev.faultline.source.dwarf.DwarfNumbers.STRING;
import static dev.faultline.source.dwarf.DwarfNumbers.STRUCT;
import static dev.faultline.source.dwarf.DwarfNumbers.TYPEDEF;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Entries, units and members in numbers that no compiler makes cost little time and memory. */
@Tag("slow")
class DwarfAmountLimitsTest {

    /** A sibling that leads into a list that many structs have in common gives none of them its members. */
    @Test
    void lists_of_members_in_common_are_read_once() {
        LimitSample sample = new LimitSample(DwarfBuilder.C99);
        DwarfBuilder dwarf = sample.dwarf;
        int inner = dwarf.abbreviation(STRUCT, true, SIBLING, REF4);
        int type = dwarf.entry(sample.number, "char", (byte) 1);
        int count = 8_000;
        int[] siblings = new int[count];
        for (int i = 0; i < count; i++) {
            dwarf.entry(sample.struct, "s" + i, count);
            siblings[i] = dwarf.entry(inner, 0);
            dwarf.end(2);
        }
        dwarf.entry(sample.struct, "list", count);
        int list = dwarf.next();
        for (int i = 0; i < count; i++) {
            dwarf.entry(sample.member, "m", type, i);
        }
        dwarf.end(1);
        for (int at : siblings) {
            dwarf.set(at + 1, list);
        }
        assertThat(sample.read().entries()).hasSize(count + 1);
    }

    @Test
    void a_million_tiny_entries_are_passed_over() {
        LimitSample sample = new LimitSample(DwarfBuilder.CXX);
        for (int tag : new int[] {TYPEDEF, STRUCT, NAMESPACE, FUNCTION, MEMBER, ARRAY, 0x34, 0x28, POINTER, BASE}) {
            for (boolean hasChildren : new boolean[] {false, true}) {
                int tiny = sample.dwarf.abbreviation(tag, hasChildren);
                for (int i = 0; i < 50_000; i++) {
                    sample.dwarf.entry(tiny);
                    if (hasChildren) {
                        sample.dwarf.end(1);
                    }
                }
            }
        }
        assertThat(sample.good("good").read().entries()).contains("good");
    }

    @Test
    void types_in_many_functions_inside_one_another_are_named_in_time() {
        LimitSample sample = new LimitSample(DwarfBuilder.CXX);
        int function = sample.dwarf.abbreviation(FUNCTION, true);
        int typedef = sample.dwarf.abbreviation(TYPEDEF, false);
        for (int i = 0; i < 1000; i++) {
            sample.dwarf.entry(function);
        }
        for (int i = 0; i < 300_000; i++) {
            sample.dwarf.entry(typedef);
        }
        sample.dwarf.end(1000);
        assertThat(sample.good("good").read().entries()).contains("good");
    }

    @Test
    void much_inside_structs_inside_one_another_is_passed_over_in_time() {
        LimitSample sample = new LimitSample(DwarfBuilder.CXX);
        int tiny = sample.dwarf.abbreviation(0x34, false);
        for (int i = 0; i < 1000; i++) {
            sample.dwarf.entry(sample.struct, "s" + i, 1);
        }
        for (int i = 0; i < 500_000; i++) {
            sample.dwarf.entry(tiny);
        }
        sample.dwarf.end(1000);
        assertThat(sample.good("good").read().entries()).contains("good");
    }

    @Test
    void many_tables_of_abbreviations_and_many_units_take_little() {
        DwarfBuilder dwarf = new DwarfBuilder();
        for (int i = 0; i < 10_000; i++) {
            dwarf.abbreviation(0x11, false);
            dwarf.unit().entry(1);
            dwarf.endUnit().endAbbreviations();
        }
        new LimitSample(dwarf, DwarfBuilder.C99).good("good");
        dwarf.end(1).endUnit();
        assertThat(LimitSample.read(dwarf.build()).entries()).containsExactly("good");
    }

    @Test
    void a_hundred_thousand_units_of_a_few_bytes_take_little() {
        DwarfBuilder dwarf = new DwarfBuilder();
        dwarf.abbreviation(0x11, false);
        for (int i = 0; i < 70_000; i++) {
            dwarf.unit().entry(1);
            dwarf.endUnit();
        }
        dwarf.endAbbreviations();
        new LimitSample(dwarf, DwarfBuilder.C99).good("good");
        dwarf.end(1).endUnit();
        assertThat(LimitSample.read(dwarf.build()).entries()).containsExactly("good");
    }

    @Test
    void an_abbreviation_of_a_million_attributes_refuses_its_units_only() {
        DwarfBuilder dwarf = new DwarfBuilder();
        new LimitSample(dwarf, DwarfBuilder.C99).good("good");
        dwarf.end(1).endUnit().endAbbreviations();
        int[] attributes = new int[2_000_000];
        Arrays.fill(attributes, 0x19);
        dwarf.unit(DwarfBuilder.C99);
        dwarf.entry(dwarf.abbreviation(STRUCT, false, attributes));
        dwarf.endUnit();
        DwarfUse.Told told = LimitSample.read(dwarf.build());
        assertThat(told.entries()).containsExactly("good");
        assertThat(told.lines()).anyMatch(line -> line.contains("attributes"));
    }

    @Test
    void structs_that_double_stop_at_the_limit_of_members() {
        for (int language : new int[] {DwarfBuilder.C99, DwarfBuilder.CXX, DwarfBuilder.RUST}) {
            LimitSample sample = new LimitSample(language);
            DwarfBuilder dwarf = sample.dwarf;
            int last = dwarf.entry(sample.number, "char", (byte) 1);
            int large = 0;
            for (int i = 0; i < 64; i++) {
                int next = dwarf.entry(sample.struct, "d" + i, i < 31 ? 1 << i + 1 : Integer.MAX_VALUE);
                dwarf.entry(sample.member, "x", last, 0);
                dwarf.entry(sample.member, "y", last, i < 31 ? 1 << i : Integer.MAX_VALUE);
                dwarf.end(1);
                last = next;
                large = i == 14 ? next : large;
            }
            for (int i = 0; i < 60; i++) {
                dwarf.entry(sample.struct, "w" + i, 1 << 15);
                dwarf.entry(sample.member, "m", large, 0);
                dwarf.end(1);
            }
            assertThat(sample.good("good").read().entries()).contains("good");
        }
    }

    @Test
    void a_struct_of_many_members_that_are_only_declared_is_read_in_time() {
        LimitSample sample = new LimitSample(DwarfBuilder.CXX);
        DwarfBuilder dwarf = sample.dwarf;
        int declared = dwarf.abbreviation(STRUCT, false, NAME, STRING, 0x3c, 0x19);
        int type = dwarf.entry(declared, "elsewhere");
        dwarf.entry(sample.struct, "many", 50_000);
        for (int i = 0; i < 50_000; i++) {
            dwarf.entry(sample.member, "m", type, i);
        }
        dwarf.end(1);
        assertThat(sample.good("good").read().entries()).contains("good", "many");
    }
}
