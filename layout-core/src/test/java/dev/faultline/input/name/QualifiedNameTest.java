package dev.faultline.input.name;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.input.NamePattern;
import dev.faultline.testing.Bounded;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one form of types that are written in several ways. */
class QualifiedNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ns::Ring<long int, 4>                    | ns::Ring<long,4>",
                "struct  ns :: Ring< long , 4u >          | ns::Ring<long,4>",
                "::ns::Ring<signed long,0x4ul>            | ns::Ring<long,4>",
                "Ring<Ring<int> >                         | Ring<Ring<int>>",
                "Ring<unsigned>                           | Ring<unsigned int>",
                "Ring<long unsigned int>                  | Ring<unsigned long>",
                "Ring<long long unsigned int>             | Ring<unsigned long long>",
                "Ring<short int>                          | Ring<short>",
                "Ring<long double>                        | Ring<long double>",
                "Ring<signed char>                        | Ring<signed char>",
                "Ring<char>                               | Ring<char>",
                "Ring<struct list_head *>                 | Ring<list_head*>",
                "Ring<enum ns::Color>                     | Ring<ns::Color>",
                "Ring<char const *>                       | Ring<const char*>",
                "Ring<volatile const char *>              | Ring<const volatile char*>",
                "Ring<char * const>                       | Ring<char*const>",
                "Tag<(ns::Color)1>                        | Tag<1>",
                "Tag<(ns::Color)-1>                       | Tag<-1>",
                "Tag<'a'>                                 | Tag<97>",
                "Tag<18446744073709551615ul>              | Tag<18446744073709551615>",
                "(anonymous namespace)::T                 | {anonymous}::T",
                "ns::{anonymous}::T                       | ns::{anonymous}::T",
                "<unnamed>::T                             | {anonymous}::T",
                "run(int, char const*) const::Local       | run::Local",
                "f5()::Local                              | f5::Local",
                "Fn<void (int, unsigned long)>            | Fn<void(int,unsigned long)>",
                "Fn<int (*)(int)>                         | Fn<int(*)(int)>",
                "At<int ns::T::*>                         | At<int ns::T::*>",
                "ns::operator<<::Local                    | ns::operator<<::Local",
                "std::string                              | std::basic_string<char>",
                "Ring<std::wstring_view>                  | Ring<std::basic_string_view<wchar_t>>",
                "std::string::Local                       | std::string::Local",
                "core::cell::{impl#0}::Cell<[u8; 4]>      | core::cell::{impl#0}::Cell<[u8;4]>",
                "*const T                                 | *const T",
                "main.Ring[int]                           | main::Ring<int>",
                "github.com/go-redis/redis/v8.Client      | github::com::go-redis::redis::v8::Client",
                "rtable                                   | rtable",
                "Ring<                                    | Ring<",
                "Ring>>                                   | Ring>>",
            })
    void spellings_have_one_form(String written, String expected) {
        assertThat(QualifiedName.of(written).text()).isEqualTo(expected);
        assertThat(QualifiedName.of(expected).text()).as("the form of the form").isEqualTo(expected);
    }

    @Test
    void different_types_have_different_forms() {
        String[] types = {
            "R<int>",
            "R<unsigned>",
            "R<long>",
            "R<long long>",
            "R<short>",
            "R<char>",
            "R<signed char>",
            "R<unsigned char>",
            "R<int*>",
            "R<int&>",
            "R<const int*>",
            "R<int*const>",
            "R<int**>",
            "R<int[4]>",
            "R<a::T>",
            "R<T>",
            "R<4>",
            "R<-4>",
            "R<T(int)>",
            "R<T,int>",
            "R<>",
            "R",
            "a::R",
            "R::a"
        };
        for (int i = 0; i < types.length; i++) {
            for (int j = 0; j < types.length; j++) {
                assertThat(QualifiedName.isSame(types[i], types[j]))
                        .as(types[i] + " " + types[j])
                        .isEqualTo(i == j);
            }
        }
    }

    @Test
    void patterns_match_a_name_as_it_is_and_in_the_one_form() {
        String name = "ns::Ring<long unsigned int, 4>";
        assertThat(QualifiedName.matches(NamePattern.parse("ns::*"), name)).isTrue();
        assertThat(QualifiedName.matches(NamePattern.parse("ns::Ring<long unsigned int, *>"), name))
                .isTrue();
        assertThat(QualifiedName.matches(NamePattern.parse("*Ring<unsigned long,*>"), name))
                .isTrue();
        assertThat(QualifiedName.matches(NamePattern.parse("*Ring<long,*>"), name))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"app#T, 3", "a#b#T, 3", "T, -1", "x::{impl#0}::T, -1", "app#x::{impl#0}::T, 3", "a}#T, 2"})
    void the_source_of_a_reference_ends_at_the_last_number_sign_that_is_not_in_braces(String reference, int end) {
        assertThat(QualifiedName.sourceEnd(reference)).isEqualTo(end);
    }

    @Test
    void any_text_has_a_form_in_little_time() {
        assertThat(QualifiedName.of("<".repeat(16_000)).text()).hasSize(16_000);
        assertThat(QualifiedName.of("R<".repeat(5000) + ">".repeat(5000)).text())
                .startsWith("R<R<");
        assertThat(QualifiedName.of("f(".repeat(2000) + ")::".repeat(2000)).text())
                .isNotEmpty();
        String alphabet = "aZ_9 <>()[]{},:*&-'\"#@.\u00e4\ud83d\ude00";
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(40); j >= 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Bounded.read(() -> QualifiedName.of(text.toString()).text() + NameIndex.base(text.toString()));
        }
    }
}
