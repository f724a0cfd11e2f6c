package dev.faultline.source.dwarf;

import static dev.faultline.source.dwarf.DwarfNumbers.BASE;
import static dev.faultline.source.dwarf.DwarfNumbers.BYTE_SIZE;
import static dev.faultline.source.dwarf.DwarfNumbers.DATA1;
import static dev.faultline.source.dwarf.DwarfNumbers.FUNCTION_TYPE;
import static dev.faultline.source.dwarf.DwarfNumbers.MEMBER;
import static dev.faultline.source.dwarf.DwarfNumbers.MEMBER_POINTER;
import static dev.faultline.source.dwarf.DwarfNumbers.NAME;
import static dev.faultline.source.dwarf.DwarfNumbers.NAMESPACE;
import static dev.faultline.source.dwarf.DwarfNumbers.PARAMETER;
import static dev.faultline.source.dwarf.DwarfNumbers.REF4;
import static dev.faultline.source.dwarf.DwarfNumbers.STRING;
import static dev.faultline.source.dwarf.DwarfNumbers.STRP;
import static dev.faultline.source.dwarf.DwarfNumbers.STRUCT;
import static dev.faultline.source.dwarf.DwarfNumbers.TYPE;
import static dev.faultline.source.dwarf.DwarfNumbers.UDATA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.dwarf.DwarfBuilder.Leb;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Names that no compiler makes, long or of themselves, cost little time and memory. */
@Tag("slow")
class DwarfNameLimitsTest {

    /** A type of a member of a class that is itself, and a template whose argument is a constant of its own enum. */
    @Test
    void names_that_need_themselves_end() {
        LimitSample sample = new LimitSample(DwarfBuilder.CXX);
        DwarfBuilder dwarf = sample.dwarf;
        int member = dwarf.abbreviation(MEMBER_POINTER, false, TYPE, REF4, 0x1d, REF4);
        int template = dwarf.abbreviation(STRUCT, true, NAME, STRING, BYTE_SIZE, DATA1);
        int value = dwarf.abbreviation(0x30, false, TYPE, REF4, 0x1c, DATA1);
        int enumeration = dwarf.abbreviation(0x04, true, NAME, STRING, BYTE_SIZE, DATA1);
        int enumerator = dwarf.abbreviation(0x28, false, NAME, STRING, 0x1c, DATA1);
        int self = dwarf.entry(member, dwarf.next(), dwarf.next());
        dwarf.entry(sample.struct, "of_self", 16);
        dwarf.entry(sample.member, "m", self, 0);
        dwarf.end(1);
        dwarf.entry(template, "T", (byte) 4);
        int argument = dwarf.entry(value, 0, (byte) 1);
        int own = dwarf.entry(enumeration, "E", (byte) 4);
        dwarf.entry(enumerator, "one", (byte) 1);
        dwarf.end(1);
        dwarf.entry(sample.member, "m", own, 0);
        dwarf.end(1);
        dwarf.set(argument + 1, own);
        DwarfUse.Told told = sample.good("good").read();
        assertThat(told.entries()).contains("good", "of_self").hasSize(3);
    }

    @Test
    void long_names_are_cut_or_left_out() {
        DwarfBuilder dwarf = new DwarfBuilder();
        new LimitSample(dwarf, DwarfBuilder.C99).good("good");
        dwarf.end(1).endUnit().endAbbreviations();
        LimitSample sample = new LimitSample(dwarf, DwarfBuilder.CXX);
        int name = dwarf.string("n".repeat(1 << 20));
        int struct = dwarf.abbreviation(STRUCT, true, NAME, STRP, BYTE_SIZE, UDATA);
        int member = dwarf.abbreviation(MEMBER, false, NAME, STRP, TYPE, REF4);
        int number = dwarf.abbreviation(BASE, false, NAME, STRP, BYTE_SIZE, DATA1);
        int space = dwarf.abbreviation(NAMESPACE, true, NAME, STRP);
        for (int i = 0; i < 20_000; i++) {
            int type = dwarf.entry(number, name + 40 * i, (byte) 1);
            dwarf.entry(struct, name + 50 * i, new Leb(i));
            dwarf.entry(member, name + 30 * i, type);
            dwarf.end(1);
        }
        for (int i = 0; i < 500; i++) {
            dwarf.entry(space, name + i);
        }
        for (int i = 0; i < 20_000; i++) {
            dwarf.entry(struct, name + (1 << 20) - 4, new Leb(i));
            dwarf.end(1);
        }
        dwarf.end(500);
        DwarfUse.Told told = sample.read();
        assertThat(told.entries()).contains("good");
        assertThat(told.lines()).anyMatch(line -> line.contains("the names of types take"));
    }

    @Test
    void names_of_brackets_are_names() {
        for (String part :
                new String[] {"<", "(", "<(", "::", "*", "&", "[", "{", "{lambda(", "a<b,", "\"", "operator<"}) {
            LimitSample sample = new LimitSample(DwarfBuilder.CXX);
            DwarfBuilder dwarf = sample.dwarf;
            String name = part.repeat(16_000 / part.length());
            int type = dwarf.entry(sample.number, name, (byte) 4);
            for (int i = 0; i < 4; i++) {
                dwarf.entry(sample.struct, name, 8 + i);
                dwarf.entry(sample.member, name, type, i);
                dwarf.end(1);
            }
            assertThat(sample.good("good").read().entries()).contains("good");
        }
    }

    @Test
    void a_template_of_many_parameters_is_named() {
        LimitSample sample = new LimitSample(DwarfBuilder.CXX);
        DwarfBuilder dwarf = sample.dwarf;
        int parameter = dwarf.abbreviation(0x2f, false, TYPE, REF4);
        int type = dwarf.entry(sample.number, "int", (byte) 4);
        dwarf.entry(sample.struct, "T", 4);
        for (int i = 0; i < 100_000; i++) {
            dwarf.entry(parameter, type);
        }
        dwarf.entry(sample.member, "m", type, 0);
        dwarf.end(1);
        assertThat(sample.good("good").read().entries()).hasSize(2);
    }

    /** Each of these is the argument of the next, so that the names double. */
    @Test
    void names_that_double_are_cut() {
        LimitSample sample = new LimitSample(DwarfBuilder.CXX);
        DwarfBuilder dwarf = sample.dwarf;
        int parameter = dwarf.abbreviation(0x2f, false, TYPE, REF4);
        int function = dwarf.abbreviation(FUNCTION_TYPE, true, TYPE, REF4);
        int member = dwarf.abbreviation(MEMBER_POINTER, false, TYPE, REF4, 0x1d, REF4);
        int own = dwarf.abbreviation(PARAMETER, false, TYPE, REF4);
        int template = dwarf.entry(sample.number, "int", (byte) 4);
        int signature = template;
        int pointer = template;
        for (int i = 0; i < 200; i++) {
            int next = dwarf.entry(sample.struct, "T", 8);
            dwarf.entry(parameter, template);
            dwarf.entry(parameter, template);
            dwarf.entry(sample.member, "m", pointer, 0);
            dwarf.end(1);
            int type = dwarf.entry(function, signature);
            dwarf.entry(own, signature);
            dwarf.entry(own, signature);
            dwarf.end(1);
            pointer = dwarf.entry(member, pointer, pointer);
            dwarf.entry(sample.struct, "of" + i, 8);
            dwarf.entry(sample.member, "m", pointer, 0);
            dwarf.end(1);
            int toFunction = dwarf.entry(sample.pointer, type);
            dwarf.entry(sample.struct, "calls" + i, 8);
            dwarf.entry(sample.member, "m", toFunction, 0);
            dwarf.end(1);
            template = next;
            signature = type;
        }
        assertThat(sample.good("good").read().entries()).contains("good");
    }

    @Test
    void many_functions_of_many_parameters_are_cut() {
        LimitSample sample = new LimitSample(DwarfBuilder.CXX);
        DwarfBuilder dwarf = sample.dwarf;
        int function = dwarf.abbreviation(FUNCTION_TYPE, true);
        int own = dwarf.abbreviation(PARAMETER, false, TYPE, REF4);
        int type = dwarf.entry(sample.number, "n".repeat(16_000), (byte) 4);
        for (int i = 0; i < 1000; i++) {
            int one = dwarf.entry(function);
            for (int j = 0; j < 256; j++) {
                dwarf.entry(own, type);
            }
            dwarf.end(1);
            int pointer = dwarf.entry(sample.pointer, one);
            dwarf.entry(sample.struct, "of" + i, 8);
            dwarf.entry(sample.member, "m", pointer, 0);
            dwarf.end(1);
        }
        assertThat(sample.good("good").read().entries()).contains("good");
    }

    @Test
    void many_structs_of_one_name_are_told_apart_in_time() {
        for (boolean areAlike : new boolean[] {false, true}) {
            LimitSample sample = new LimitSample(DwarfBuilder.C99);
            DwarfBuilder dwarf = sample.dwarf;
            for (int i = 0; i < 10_000; i++) {
                int type = dwarf.entry(sample.number, "t" + (areAlike ? i : 0), (byte) 1);
                dwarf.entry(sample.struct, "same", areAlike ? 4 : 4 + i);
                dwarf.entry(sample.member, "m", type, 0);
                dwarf.end(1);
            }
            assertThat(sample.good("good").read().entries()).hasSize(10_001);
        }
    }
}
