package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.dwarf.DwarfBuilder.Leb;
import dev.faultline.testing.Bounded;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Debug information that no compiler makes costs little time and memory, and what is good beside it is read. */
@Tag("slow")
class DwarfLimitsTest {

    private static final int STRING = 0x08;
    private static final int STRP = 0x0e;
    private static final int DATA1 = 0x0b;
    private static final int DATA4 = 0x06;
    private static final int REF4 = 0x13;
    private static final int UDATA = 0x0f;
    private static final int NAME = 0x03;
    private static final int BYTE_SIZE = 0x0b;
    private static final int TYPE = 0x49;
    private static final int LOCATION = 0x38;
    private static final int SIBLING = 0x01;
    private static final int STRUCT = 0x13;
    private static final int MEMBER = 0x0d;
    private static final int TYPEDEF = 0x16;
    private static final int CONST = 0x26;
    private static final int ARRAY = 0x01;
    private static final int BASE = 0x24;
    private static final int INHERITANCE = 0x1c;
    private static final int POINTER = 0x0f;
    private static final int NAMESPACE = 0x39;
    private static final int UNION = 0x17;
    private static final int SUBRANGE = 0x21;
    private static final int FUNCTION_TYPE = 0x15;
    private static final int PARAMETER = 0x05;
    private static final int FUNCTION = 0x2e;
    private static final int MEMBER_POINTER = 0x1f;

    /** The abbreviations that most tests need, in one table. */
    private static final class Sample {

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

        Sample(int language) {
            this(new DwarfBuilder(), language);
        }

        Sample(DwarfBuilder dwarf, int language) {
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
        Sample good(String name) {
            int type = dwarf.entry(number, "int", (byte) 4);
            dwarf.entry(struct, name, 4);
            dwarf.entry(member, "value", type, 0);
            dwarf.end(1);
            return this;
        }

        DwarfUse.Told read() {
            dwarf.end(1).endUnit();
            return DwarfLimitsTest.read(dwarf.build());
        }
    }

    private static DwarfUse.Told read(byte[] content) {
        return Bounded.read(() -> DwarfUse.of(content, CompanionFiles.NONE));
    }

    @Test
    void a_struct_that_contains_itself_is_left_out() {
        Sample sample = new Sample(DwarfBuilder.C99);
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
        Sample sample = new Sample(DwarfBuilder.CXX);
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
        Sample sample = new Sample(DwarfBuilder.CXX);
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
            Sample sample = new Sample(DwarfBuilder.C99);
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

    /** A sibling that leads into a list that many structs have in common gives none of them its members. */
    @Test
    void lists_of_members_in_common_are_read_once() {
        Sample sample = new Sample(DwarfBuilder.C99);
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
    void long_numbers_are_read_to_their_end_or_refuse_their_unit() {
        for (int length = 9; length < 40; length++) {
            Sample sample = new Sample(DwarfBuilder.C99);
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
        Sample sample = new Sample(DwarfBuilder.C99);
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
                    new Sample(dwarf, language).good("first");
                    dwarf.end(1).endUnit();
                    dwarf.endAbbreviations();
                    Sample sample = new Sample(dwarf, language);
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
            Sample sample = new Sample(DwarfBuilder.CXX);
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

    /** A type of a member of a class that is itself, and a template whose argument is a constant of its own enum. */
    @Test
    void names_that_need_themselves_end() {
        Sample sample = new Sample(DwarfBuilder.CXX);
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
    void a_million_tiny_entries_are_passed_over() {
        Sample sample = new Sample(DwarfBuilder.CXX);
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
        Sample sample = new Sample(DwarfBuilder.CXX);
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
        Sample sample = new Sample(DwarfBuilder.CXX);
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
        new Sample(dwarf, DwarfBuilder.C99).good("good");
        dwarf.end(1).endUnit();
        assertThat(read(dwarf.build()).entries()).containsExactly("good");
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
        new Sample(dwarf, DwarfBuilder.C99).good("good");
        dwarf.end(1).endUnit();
        assertThat(read(dwarf.build()).entries()).containsExactly("good");
    }

    @Test
    void an_abbreviation_of_a_million_attributes_refuses_its_units_only() {
        DwarfBuilder dwarf = new DwarfBuilder();
        new Sample(dwarf, DwarfBuilder.C99).good("good");
        dwarf.end(1).endUnit().endAbbreviations();
        int[] attributes = new int[2_000_000];
        Arrays.fill(attributes, 0x19);
        dwarf.unit(DwarfBuilder.C99);
        dwarf.entry(dwarf.abbreviation(STRUCT, false, attributes));
        dwarf.endUnit();
        DwarfUse.Told told = read(dwarf.build());
        assertThat(told.entries()).containsExactly("good");
        assertThat(told.lines()).anyMatch(line -> line.contains("attributes"));
    }

    @Test
    void long_names_are_cut_or_left_out() {
        DwarfBuilder dwarf = new DwarfBuilder();
        new Sample(dwarf, DwarfBuilder.C99).good("good");
        dwarf.end(1).endUnit().endAbbreviations();
        Sample sample = new Sample(dwarf, DwarfBuilder.CXX);
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
            Sample sample = new Sample(DwarfBuilder.CXX);
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
        Sample sample = new Sample(DwarfBuilder.CXX);
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
        Sample sample = new Sample(DwarfBuilder.CXX);
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
        Sample sample = new Sample(DwarfBuilder.CXX);
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
            Sample sample = new Sample(DwarfBuilder.C99);
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

    @Test
    void structs_that_double_stop_at_the_limit_of_members() {
        for (int language : new int[] {DwarfBuilder.C99, DwarfBuilder.CXX, DwarfBuilder.RUST}) {
            Sample sample = new Sample(language);
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
        Sample sample = new Sample(DwarfBuilder.CXX);
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
