package dev.faultline.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.notation.NotationReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaddingNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pad",
                "_pad",
                "__pad0",
                "pad_0",
                "pad1_",
                "padding",
                "Padding2",
                "m_pad",
                "m_Padding1",
                "s_padding",
                "reserved",
                "reserved_3",
                "unused",
                "unused_1_2",
                "filler",
                "fill",
                "dummy",
                "rsvd1",
                "_",
                "mPad",
                "pad0a"
            })
    void a_word_for_padding_is_one_with_prefix_and_numbers(String name) {
        assertThat(PaddingName.isOne(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "p",
                "padded",
                "pad_len",
                "keypad",
                "reserved_blocks",
                "refill",
                "unused_count",
                "m",
                "m_",
                "1",
                "dum",
                "cacheline_fill",
                "fill_level",
                "paddr",
                "rest"
            })
    void other_names_are_none(String name) {
        assertThat(PaddingName.isOne(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "char _pad_buf0[56], true",
        "char cacheline_fill[56], true",
        "unsigned char cache_line_pad[56], true",
        "long pad_to_line[7], true",
        "char rest[56], true",
        "unsigned char m_rest1[56], true",
        "char spare[56], true",
        "char rest[48], false",
        "char rest[248], false",
        "long rest[7], false",
        "long cacheline_fill, false",
        "char buf[56], false",
        "char pad_len[56], false",
        "char *pad_bytes[7], false",
        "atomic_t pad_bytes[14], false",
    })
    void an_array_of_plain_numbers_may_say_more(String member, boolean isPadding) {
        StructLayout layout = NotationReader.read("s.c", "struct s { long count; " + member + "; };")
                .get(0);

        Slot.Field field = layout.fields().get(1);

        assertThat(field.isPadding()).as(member).isEqualTo(isPadding);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 100_000})
    void a_long_name_takes_no_time(int length) {
        assertThat(PaddingName.isOne("_".repeat(length) + "pad" + "_0".repeat(length)))
                .isTrue();
        assertThat(PaddingName.isOne("p_".repeat(length))).isFalse();
    }
}
