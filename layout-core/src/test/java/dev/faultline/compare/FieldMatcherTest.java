package dev.faultline.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.compare.FieldChange.Kind;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which field is which, and what became of it. */
class FieldMatcherTest {

    private static Map<String, Set<Kind>> changes(String before, String after) {
        return Compared.of(before, after).fields().stream()
                .collect(Collectors.toMap(FieldChange::path, FieldChange::kinds));
    }

    @Test
    void fields_are_the_same_by_their_names() {
        assertThat(changes("int a; int b; long c; int d;", "int b; int a; long long c; short d; int e;"))
                .containsOnly(
                        Map.entry("a", Set.of(Kind.MOVED)),
                        Map.entry("b", Set.of(Kind.MOVED)),
                        Map.entry("c", Set.of(Kind.RETYPED)),
                        Map.entry("d", Set.of(Kind.RETYPED, Kind.RESIZED)),
                        Map.entry("e", Set.of(Kind.ADDED)));
    }

    @Test
    void a_struct_that_moves_into_another_takes_its_fields_along() {
        String list = "struct list { void *next; void *prev; } ";
        assertThat(changes(
                        "struct dst { long a; } dst; " + list + "uncached; long z;",
                        "struct dst { long a; " + list + "uncached; } dst; long z;"))
                .containsOnly(
                        Map.entry("dst.uncached.next", Set.of(Kind.REHOUSED)),
                        Map.entry("dst.uncached.prev", Set.of(Kind.REHOUSED)));
    }

    @Test
    void parts_of_a_struct_that_is_gone_do_not_live_on_in_another() {
        String list = "struct list { void *next; void *prev; } ";
        assertThat(changes("long a; " + list + "old;", "long a; " + list + "young;")
                        .values())
                .containsOnly(Set.of(Kind.REMOVED), Set.of(Kind.ADDED));
    }

    @Test
    void what_two_could_be_is_neither() {
        assertThat(changes("long x;", "struct { long x; } a; struct { long x; } b;"))
                .containsOnly(
                        Map.entry("x", Set.of(Kind.REMOVED)),
                        Map.entry("a.x", Set.of(Kind.ADDED)),
                        Map.entry("b.x", Set.of(Kind.ADDED)));
    }

    @Test
    void a_count_that_takes_the_bytes_of_a_count_is_that_count() {
        assertThat(changes("long a; atomic_t __refcnt; int use;", "long a; refcount_t __ref; int use;"))
                .containsOnly(Map.entry("__ref", Set.of(Kind.REHOUSED, Kind.RETYPED)));
        assertThat(changes("long a; int flags;", "long a; int mode;"))
                .containsOnly(Map.entry("flags", Set.of(Kind.REMOVED)), Map.entry("mode", Set.of(Kind.ADDED)));
    }

    @Test
    void bits_that_move_in_their_unit_have_moved() {
        assertThat(changes("int a:3; int b:5;", "int b:5; int a:4;"))
                .containsOnly(Map.entry("a", Set.of(Kind.MOVED, Kind.RESIZED)), Map.entry("b", Set.of(Kind.MOVED)));
    }
}
