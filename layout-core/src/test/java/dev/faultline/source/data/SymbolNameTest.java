package dev.faultline.source.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    jiffies                                       | jiffies
                    n.0                                           | n.0
                    stdout@GLIBC_2.2.5                            | stdout
                    stdout@@GLIBC_2.2.5                           | stdout
                    a@b@c                                         | a@b@c
                    _ZN3app7counterE                              | app::counter
                    _ZN3app5inner5totalE                          | app::inner::total
                    _ZL7counter                                   | counter
                    _ZN3appL7counterE                             | app::counter
                    _ZN12_GLOBAL__N_17counterE                    | (anonymous namespace)::counter
                    _ZNSt3foo3barE                                | std::foo::bar
                    _ZN4main8REQUESTS17h0123456789abcdefE         | main::REQUESTS
                    _ZN4main17h0123456789abcdef3fooE              | main::h0123456789abcdef::foo
                    _ZZ4tickvE1n                                  | _ZZ4tickvE1n
                    _ZGVZ4tickvE1n                                | _ZGVZ4tickvE1n
                    _ZN3appI3FooE7counterE                        | _ZN3appI3FooE7counterE
                    _ZN3app7counterB5cxx11E                       | _ZN3app7counterB5cxx11E
                    _ZN3app99counterE                             | _ZN3app99counterE
                    _ZN3app7counterEv                             | _ZN3app7counterEv
                    _ZN                                           | _ZN
                    _ZNE                                          | _ZNE
                    _Z                                            | _Z
                    _ZN4core3fmt11$LT$impl$GT$1nE                 | _ZN4core3fmt11$LT$impl$GT$1nE
                    _RNvC4main8REQUESTS                           | _RNvC4main8REQUESTS
                    """)
    void a_name_is_shown_as_people_write_it_or_as_it_is(String symbol, String shown) {
        assertThat(SymbolName.shown(symbol)).isEqualTo(shown);
    }
}
