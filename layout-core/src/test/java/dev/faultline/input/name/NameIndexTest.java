package dev.faultline.input.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names of a source a name means that leaves out parts of them. */
class NameIndexTest {

    private static final String STRING =
            "std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >";

    private static final List<String> NAMES = List.of(
            "rtable",
            "ns::Ring<long int, 4>",
            "ns::Ring<int, 4>",
            "ns::Ring<oopDesc*, 4>",
            "other::Queue",
            "std::vector<int, std::allocator<int> >",
            "std::vector<int, my::Alloc>",
            "std::vector<long int, my::Alloc>",
            "std::__1::list<int, std::__1::allocator<int> >",
            STRING,
            "std::unordered_map<int, " + STRING + ", std::hash<int>, std::equal_to<int>,"
                    + " std::allocator<std::pair<int const, " + STRING + " > > >",
            "fmt::v8::format_args",
            "a::S",
            "b::S",
            "c::Outer<int>::Inner",
            "(anonymous namespace)::Impl",
            "f5()::Local",
            "alloc::vec::Vec<u64, alloc::alloc::Global>",
            "app::ring::Ring<u64>",
            "std::sync::mutex::Mutex<u64>",
            "core::sync::atomic::AtomicU64",
            "main.Worker",
            "github.com/x/y.Client");

    private final NameIndex index = new NameIndex(NAMES);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rtable                             | rtable",
                "struct rtable                      | rtable",
                "ns::Ring<long,4>                   | ns::Ring<long int, 4>",
                "ns::Ring<long>                     | ns::Ring<long int, 4>",
                "Ring<long,4>                       | ns::Ring<long int, 4>",
                "Ring<int>                          | ns::Ring<int, 4>",
                "Ring<struct oopDesc *>             | ns::Ring<oopDesc*, 4>",
                "Ring<u64>                          | app::ring::Ring<u64>",
                "Queue                              | other::Queue",
                "::other::Queue                     | other::Queue",
                "std::vector<int>                   | std::vector<int, std::allocator<int> >",
                "vector<int>                        | std::vector<int, std::allocator<int> >",
                "std::vector<int, Alloc>            | std::vector<int, my::Alloc>",
                "std::vector<long>                  | std::vector<long int, my::Alloc>",
                "std::list<int>                     | std::__1::list<int, std::__1::allocator<int> >",
                "fmt::format_args                   | fmt::v8::format_args",
                "Outer<int>::Inner                  | c::Outer<int>::Inner",
                "Outer::Inner                       | c::Outer<int>::Inner",
                "{anonymous}::Impl                  | (anonymous namespace)::Impl",
                "Impl                               | (anonymous namespace)::Impl",
                "f5::Local                          | f5()::Local",
                "Local                              | f5()::Local",
                "std::vec::Vec<u64>                 | alloc::vec::Vec<u64, alloc::alloc::Global>",
                "Vec<u64>                           | alloc::vec::Vec<u64, alloc::alloc::Global>",
                "std::sync::Mutex<u64>              | std::sync::mutex::Mutex<u64>",
                "std::sync::atomic::AtomicU64       | core::sync::atomic::AtomicU64",
                "Worker                             | main.Worker",
                "y.Client                           | github.com/x/y.Client",
            })
    void a_name_means_the_one_of_which_it_leaves_out_the_least(String wanted, String meant) {
        assertThat(index.meanings(wanted)).containsExactly(meant);
    }

    @Test
    void names_of_the_library_are_found_by_their_short_form() {
        assertThat(index.meanings("std::string")).containsExactly(STRING);
        assertThat(index.meanings("std::unordered_map<int, std::string>")).containsExactly(NAMES.get(10));
        assertThat(index.meanings("unordered_map")).containsExactly(NAMES.get(10));
    }

    @Test
    void a_name_that_is_short_for_several_means_all_of_them() {
        assertThat(index.meanings("S")).containsExactly("a::S", "b::S");
        assertThat(index.meanings("ns::Ring")).hasSize(3);
        assertThat(NameIndex.isOne(index.meanings("S"))).isFalse();
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            many.add("n" + i + "::T");
        }
        assertThat(NameIndex.listed(new NameIndex(many).meanings("T")))
                .isEqualTo("n0::T; n1::T; n2::T; n3::T; n4::T; and 3 more");
    }

    @Test
    void spellings_of_two_compilers_are_one_name() {
        NameIndex both = new NameIndex(List.of("Ring<long int>", "Ring<long>"));
        assertThat(both.meanings("Ring<signed long>")).hasSize(2);
        assertThat(NameIndex.isOne(both.meanings("Ring<signed long>"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ns::Ring<float,4>",
                "ns::Ring<long,4,5>",
                "x::ns::Ring<long,4>",
                "Rin",
                "b::Queue",
                "std::vector<int*>",
                "ns::Ring<*>"
            })
    void other_names_mean_none(String wanted) {
        assertThat(index.meanings(wanted)).isEmpty();
    }

    @Test
    void a_misspelt_name_has_near_ones_also_without_its_scopes() {
        assertThat(index.hint("other::Qeue")).isEqualTo(" (did you mean other::Queue?)");
        assertThat(index.hint("Rnig<long>")).startsWith(" (did you mean ns::Ring<long int, 4>, ");
        assertThat(index.hint("zzzzzzzzzz")).isEmpty();
    }
}
