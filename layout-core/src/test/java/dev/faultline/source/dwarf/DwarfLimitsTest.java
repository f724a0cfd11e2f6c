package dev.faultline.source.dwarf;

import static dev.faultline.source.dwarf.DwarfNumbers.ARRAY;
import static dev.faultline.source.dwarf.DwarfNumbers.BASE;
import static dev.faultline.source.dwarf.DwarfNumbers.BYTE_SIZE;
import static dev.faultline.source.dwarf.DwarfNumbers.CONST;
import static dev.faultline.source.dwarf.DwarfNumbers.DATA1;
import static dev.faultline.source.dwarf.DwarfNumbers.FUNCTION;
import static dev.faultline.source.dwarf.DwarfNumbers.FUNCTION_TYPE;
import static dev.faultline.source.dwarf.DwarfNumbers.LOCATION;
import static dev.faultline.source.dwarf.DwarfNumbers.MEMBER;
import static dev.faultline.source.dwarf.DwarfNumbers.MEMBER_POINTER;
import static dev.faultline.source.dwarf.DwarfNumbers.NAME;
import static dev.faultline.source.dwarf.DwarfNumbers.NAMESPACE;
import static dev.faultline.source.dwarf.DwarfNumbers.PARAMETER;
import static dev.faultline.source.dwarf.DwarfNumbers.POINTER;
import static dev.faultline.source.dwarf.DwarfNumbers.REF4;
import static dev.faultline.source.dwarf.DwarfNumbers.SIBLING;
import static dev.faultline.source.dwarf.DwarfNumbers.STRING;
import static dev.faultline.source.dwarf.DwarfNumbers.STRUCT;
import static dev.faultline.source.dwarf.DwarfNumbers.SUBRANGE;
import static dev.faultline.source.dwarf.DwarfNumbers.TYPE;
import static dev.faultline.source.dwarf.DwarfNumbers.TYPEDEF;
import static dev.faultline.source.dwarf.DwarfNumbers.UDATA;
import static dev.faultline.source.dwarf.DwarfNumbers.UNION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Types that no compiler makes are left out, and what is good beside them is read. */
@Tag("slow")
class DwarfLimitsTest {

    @Test
    void a_struct_that_contains_itself_is_left_out() {
        LimitSample sample = new LimitSample(DwarfBuilder.C99);
        int at = sample.dwarf.entry(sample.struct, "loop", 4);
        sample.dwarf.entry(sample.member, "inner", at, 0);
        sample.dwarf.end(1);
        DwarfUse.Told told = sample.good("good").read();
        assertThat(told.inventory().subjects())
                .extracting(one -> one.layout().name())
                .containsExactly("good");
        assertThat(told.lines()).anyMatch(line -> line.contains("contains itself"));
    }

    @Test
    void types_that_are_made_of_themselves_have_no_size() {
        LimitSample sample = new LimitSample(DwarfBuilder.CXX);
        DwarfBuilder dwarf = sample.dwarf;
        int typedef = dwarf.entry(sample.typedef, "again", dwarf.next());
        int constant = dwarf.entry(sample.constant, dwarf.next());
        int pair = dwarf.entry(sample.constant, dwarf.next() + 5);
        dwarf.entry(sample.constant, pair);
        int array = dwarf.entry(sample.array, dwarf.next());
        dwarf.entry(sample.subrange, 2L);
        dwarf.end(1);
        int own = dwarf.entry(sample.struct, "own_base", 8);
        dwarf.entry(sample.base, own, (byte) 0);
        dwarf.end(1);
        int pointer = dwarf.entry(sample.pointer, dwarf.next());
        for (int type : new int[] {typedef, constant, pair, array, pointer}) {
            dwarf.entry(sample.struct, "of_" + type, 8);
            dwarf.entry(sample.member, "m", type, 0);
            dwarf.end(1);
        }
        DwarfUse.Told told = sample.good("good").read();
        assertThat(told.inventory().subjects())
                .extracting(one -> one.layout().name())
                .containsExactlyInAnyOrder("good", "of_" + pointer);
        assertThat(told.inventory().leftOut()).hasSize(5);
    }

    @Test
    void declarations_that_complete_one_another_end() {
        LimitSample sample = new LimitSample(DwarfBuilder.CXX);
        DwarfBuilder dwarf = sample.dwarf;
        for (int attribute : new int[] {0x47, 0x31}) {
            int specified = dwarf.abbreviation(STRUCT, true, attribute, REF4, BYTE_SIZE, DATA1);
            int function = dwarf.abbreviation(FUNCTION, true, attribute, REF4);
            int one = dwarf.entry(specified, dwarf.next(), (byte) 4);
            dwarf.end(1);
            int other = dwarf.entry(specified, dwarf.next() + 7, (byte) 4);
            dwarf.end(1);
            dwarf.entry(specified, other, (byte) 4);
            dwarf.end(1);
            dwarf.entry(function, dwarf.next());
            dwarf.entry(sample.empty, "local", one);
            dwarf.end(1);
        }
        assertThat(sample.good("good").read().entries()).contains("good");
    }

    @Test
    void siblings_that_go_back_or_away_hide_nothing_else() {
        for (long sibling : new long[] {0, 1, 11, 13, 0x7fffffffL, 0xffffffffL, -1}) {
            LimitSample sample = new LimitSample(DwarfBuilder.C99);
            DwarfBuilder dwarf = sample.dwarf;
            int struct = dwarf.abbreviation(STRUCT, true, SIBLING, REF4, NAME, STRING, BYTE_SIZE, DATA1);
            int type = dwarf.entry(sample.number, "int", (byte) 4);
            int at = dwarf.next();
            dwarf.entry(struct, (int) (sibling < 0 ? at : sibling), "odd", (byte) 4);
            dwarf.entry(sample.member, "value", type, 0);
            dwarf.end(1);
            assertThat(sample.good("good").read().entries()).contains("good", "odd");
        }
    }

    @Test
    void long_numbers_are_read_to_their_end_or_refuse_their_unit() {
        for (int length = 9; length < 40; length++) {
            LimitSample sample = new LimitSample(DwarfBuilder.C99);
            DwarfBuilder dwarf = sample.dwarf;
            int wide = dwarf.abbreviation(STRUCT, false, NAME, STRING, BYTE_SIZE, UDATA, 0x3b, UDATA, 0x88, UDATA);
            byte[] number = new byte[length];
            Arrays.fill(number, (byte) 0x80);
            number[length - 1] = 1;
            dwarf.entry(wide, "wide", number, number, number);
            DwarfUse.Told told = sample.good("good").read();
            if (length <= 16) {
                assertThat(told.entries()).contains("good");
            } else {
                assertThat(told.lines()).isNotEmpty();
            }
        }
    }

    @Test
    void sizes_counts_and_offsets_beyond_all_memory_are_refused_one_by_one() {
        long[] numbers = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, (1L << 32) - 1, 1L << 31, 1L << 61, 1L << 60};
        LimitSample sample = new LimitSample(DwarfBuilder.C99);
        DwarfBuilder dwarf = sample.dwarf;
        int type = dwarf.entry(sample.number, "char", (byte) 1);
        int struct = dwarf.abbreviation(STRUCT, true, NAME, STRING, BYTE_SIZE, 0x07);
        int far = dwarf.abbreviation(MEMBER, false, NAME, STRING, TYPE, REF4, LOCATION, 0x07);
        int bits = dwarf.abbreviation(
                MEMBER, false, NAME, STRING, TYPE, REF4, 0x0d, 0x07, 0x6b, 0x07, 0x0c, 0x07, 0x88, 0x07);
        int old = dwarf.abbreviation(MEMBER, false, NAME, STRING, TYPE, REF4, 0x0d, 0x07, 0x0c, 0x07, 0x0b, 0x07);
        int bounds = dwarf.abbreviation(SUBRANGE, false, 0x22, 0x07, 0x2f, 0x07);
        int wide = dwarf.abbreviation(BASE, false, NAME, STRING, BYTE_SIZE, 0x07, 0x88, 0x07);
        for (long number : numbers) {
            String text = Long.toHexString(number);
            int base = dwarf.entry(wide, "wide" + text, number, number);
            int array = dwarf.entry(sample.array, base);
            dwarf.entry(sample.subrange, number);
            dwarf.entry(sample.subrange, number);
            dwarf.entry(bounds, number, 0L);
            dwarf.entry(bounds, 0L, number);
            dwarf.entry(bounds, number, number);
            dwarf.end(1);
            for (int one : new int[] {type, base, array}) {
                for (long size : new long[] {number, 8}) {
                    dwarf.entry(struct, "far" + text, size);
                    dwarf.entry(far, "m", one, number);
                    dwarf.end(1);
                    dwarf.entry(struct, "bits" + text, size);
                    dwarf.entry(bits, "m", one, number, number, number, number);
                    dwarf.entry(bits, "n", one, 3L, number, 0L, 0L);
                    dwarf.end(1);
                    dwarf.entry(struct, "old" + text, size);
                    dwarf.entry(old, "m", one, number, number, number);
                    dwarf.entry(old, "n", one, 3L, number, 4L);
                    dwarf.entry(old, "o", one, 3L, 3L, number);
                    dwarf.end(1);
                }
            }
        }
        assertThat(sample.good("good").read().entries()).contains("good");
    }

    @Test
    void deep_nesting_of_any_kind_is_refused_or_read() {
        int[] tags = {NAMESPACE, STRUCT, UNION, FUNCTION, 0x0b, 0x04, ARRAY, FUNCTION_TYPE, 0x33, 0x19, TYPEDEF, 0x1e};
        for (int tag : tags) {
            for (int depth : new int[] {60, 130, 1025, 10_000}) {
                for (int language : new int[] {DwarfBuilder.C99, DwarfBuilder.CXX, DwarfBuilder.RUST}) {
                    DwarfBuilder dwarf = new DwarfBuilder();
                    new LimitSample(dwarf, language).good("first");
                    dwarf.end(1).endUnit();
                    dwarf.endAbbreviations();
                    LimitSample sample = new LimitSample(dwarf, language);
                    int one = dwarf.abbreviation(tag, true, NAME, STRING);
                    for (int i = 0; i < depth; i++) {
                        dwarf.entry(one, "n");
                    }
                    sample.good("inside");
                    dwarf.end(depth);
                    DwarfUse.Told told = sample.good("good").read();
                    assertThat(told.entries()).contains("first");
                    assertThat(told.entries().contains("good") || !told.lines().isEmpty())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void chains_of_types_are_followed_to_a_limit() {
        for (int tag : new int[] {POINTER, CONST, TYPEDEF, ARRAY, FUNCTION_TYPE, MEMBER_POINTER, STRUCT, 0x10, 0x17}) {
            LimitSample sample = new LimitSample(DwarfBuilder.CXX);
            DwarfBuilder dwarf = sample.dwarf;
            int type = dwarf.abbreviation(tag, true, TYPE, REF4, 0x1d, REF4, 0x47, REF4, BYTE_SIZE, DATA1);
            int parameter = dwarf.abbreviation(PARAMETER, false, TYPE, REF4);
            int own = dwarf.abbreviation(MEMBER, false, TYPE, REF4);
            int last = dwarf.entry(sample.number, "int", (byte) 4);
            for (int i = 0; i < 10_000; i++) {
                int position = dwarf.entry(type, last, last, last, (byte) 4);
                dwarf.entry(parameter, last);
                dwarf.entry(parameter, last);
                dwarf.entry(own, last);
                dwarf.entry(own, last);
                dwarf.end(1);
                if (i % 100 == 0) {
                    dwarf.entry(sample.struct, "of" + i, 8);
                    dwarf.entry(sample.member, "m", last, 0);
                    dwarf.end(1);
                }
                last = position;
            }
            assertThat(sample.good("good").read().entries()).contains("good");
        }
    }
}
