package dev.faultline.source.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.layout.Member;
import dev.faultline.source.Inventory;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Omissions;
import dev.faultline.source.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a text declares, and what of it could not be read. */
class NotationSourceTest {

    private static final String TEXT = """
            struct good {
            \tint                        a;                    /*     0     4 */

            \t/* size: 4, cachelines: 1, members: 1 */
            };
            struct bad {
            \tint                        dp;

            \t/* size: 8, cachelines: 1, members: 1 */
            };
            """;

    private static final String REASON = "mail: line 7, column 29: expected `/* offset size */` behind member dp";

    @Test
    void a_broken_struct_is_left_out_with_its_reason() {
        NotationSource source = NotationSource.read("mail", TEXT);
        Inventory inventory = source.inventory();
        assertThat(inventory.subjects()).extracting(Subject::reference).containsExactly("good");
        assertThat(inventory.leftOut()).containsExactly(Inventory.LeftOut.damaged("struct bad", REASON));
        assertThat(Omissions.of("mail", inventory).lines())
                .containsExactly("mail: 2 structs, 1 left out: 1 that cannot be read (struct bad)", REASON);
    }

    @Test
    void a_broken_struct_asked_for_by_name_is_refused_with_its_reason() {
        NotationSource source = NotationSource.read("mail", TEXT);
        assertThat(source.find("bad")).isEqualTo(new Lookup.Missing(REASON));
        assertThat(source.find("struct bad")).isEqualTo(new Lookup.Missing(REASON));
        assertThat(source.find("goad")).isEqualTo(new Lookup.Missing("mail declares no goad (did you mean good?)"));
    }

    @Test
    void what_was_left_out_is_told_only_of_what_is_wanted() {
        NotationSource source = NotationSource.read("mail", TEXT);
        Inventory inventory = source.inventory(entry -> entry.name().startsWith("g"));
        assertThat(inventory.isComplete()).isTrue();
    }

    @Test
    void both_versions_of_a_struct_in_a_mail_are_listed_and_found() {
        NotationSource source = NotationSource.read("mail", """
                Before:
                struct queue { int a; long b; };
                After:
                struct queue { long b; };
                """);
        assertThat(source.entries()).extracting(LayoutSource.Entry::byteSize).containsExactly(16L, 8L);
        assertThat(source.find("queue"))
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        found -> assertThat(found.subjects())
                                .extracting(subject -> subject.layout().byteSize())
                                .isEqualTo(List.of(16L, 8L)));
    }

    @Test
    void json_on_one_line_is_read_by_the_dialect_that_knows_it() {
        NotationSource source = NotationSource.read("layout.json", """
                [{"name":"T.a","type":"bool","start":0,"end":1,"size":1,"align":1,"is_padding":false},\
                {"name":"","type":"padding","start":1,"end":8,"size":7,"align":0,"is_padding":true},\
                {"name":"T.b","type":"int64","start":8,"end":16,"size":8,"align":8,"is_padding":false}]
                """);

        assertThat(source.all()).singleElement().satisfies(subject -> {
            assertThat(subject.layout().byteSize()).isEqualTo(16);
            assertThat(subject.layout().members())
                    .extracting(Member::name, Member::byteOffset)
                    .containsExactly(tuple("a", 0L), tuple("b", 8L));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "complex float, 8, 4, 12",
        "float _Complex, 8, 4, 12",
        "complex double, 16, 8, 16",
        "volatile volatile short int, 8, 2, 12",
        "quad, 8, 8, 16"
    })
    void a_union_whose_size_is_not_stated_is_rounded_up_to_the_alignment_of_its_types(
            String type, int byteSize, int byteAlignment, int unionByteSize) {
        NotationSource source = NotationSource.read("union.txt", """
                union u {
                        short int                  a[6];                 /*     0    12 */
                        %s       b;              /*     0    %d */
                };
                """.formatted(type, byteSize));

        assertThat(source.all()).singleElement().satisfies(subject -> {
            assertThat(subject.layout().byteSize()).isEqualTo(unionByteSize);
            assertThat(subject.layout().byteAlignment()).isEqualTo(byteAlignment);
        });
    }
}
