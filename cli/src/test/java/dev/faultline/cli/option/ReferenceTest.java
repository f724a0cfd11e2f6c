package dev.faultline.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {

    private static Reference parse(String text) {
        return Reference.parse(text, Optional.empty());
    }

    @Test
    void what_stands_before_the_last_hash_is_the_source() {
        assertThat(parse("rtable@6.3")).isEqualTo(new Reference(Optional.empty(), "rtable@6.3"));
        assertThat(parse("kernel#dst_entry")).isEqualTo(new Reference(Optional.of("kernel"), "dst_entry"));
        assertThat(parse("app#x::{impl#0}::T")).isEqualTo(new Reference(Optional.of("app"), "x::{impl#0}::T"));
        assertThat(parse("x::{impl#0}::T")).isEqualTo(new Reference(Optional.empty(), "x::{impl#0}::T"));
        assertThat(parse("./app#ns::Ring<int>@net/a.c"))
                .isEqualTo(new Reference(Optional.of("./app"), "ns::Ring<int>@net/a.c"));
        assertThat(parse("odd#dir/a.o#foo")).isEqualTo(new Reference(Optional.of("odd#dir/a.o"), "foo"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#foo", "a.o#", "@6.3", "rtable@", "a.o#@6.3"})
    void a_reference_without_source_or_name_or_version_is_refused(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("[SOURCE#]NAME[@VERSION]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "#foo", "x#", "x@", "@6.3"})
    void where_a_source_is_given_what_is_no_reference_is_a_name(String text) {
        assertThat(Reference.parse(text, Optional.of("a.o"))).isEqualTo(new Reference(Optional.empty(), text));
        assertThatThrownBy(() -> Reference.parse(text, Optional.empty())).isInstanceOf(UsageException.class);
    }
}
