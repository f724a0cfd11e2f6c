package dev.faultline.report.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.layout.ByteRange;
import dev.faultline.report.document.StructLines.Access;
import dev.faultline.report.document.StructLines.Item;
import dev.faultline.report.document.StructLines.Kind;
import dev.faultline.report.document.StructLines.Line;
import dev.faultline.report.document.StructLines.Touch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which bytes of a struct are on which of its lines. */
class StructLinesTest {

    private static Item item(Kind kind, String path, long start, long byteSize) {
        return new Item(kind, path, "int", start, byteSize, ByteRange.ofSize(start, byteSize), 0, 0);
    }

    private static Touch touch(String path, boolean isWritten, long start, long byteSize) {
        return new Touch(path, ByteRange.ofSize(start, byteSize), isWritten, List.of(0));
    }

    /** A word and a hole, a union, an array over 30 lines, and a byte on the last line. */
    private static StructLines lines(Touch... touches) {
        return new StructLines(
                "s",
                2049,
                64,
                64,
                "on a line",
                "declared",
                true,
                List.of(
                        item(Kind.FIELD, "head", 0, 4),
                        item(Kind.HOLE, "", 4, 60),
                        item(Kind.FIELD, "u.a", 64, 8),
                        item(Kind.FIELD, "u.b", 64, 64),
                        item(Kind.FIELD, "table", 128, 1920),
                        item(Kind.FIELD, "end", 2048, 1)),
                List.of("all"),
                List.of(new StructLines.Use(0, true, "write", 0, 0)),
                List.of(touches));
    }

    @Test
    void every_byte_is_in_one_cell_and_overlapping_fields_share_theirs() {
        List<Line> lines = lines(touch("u.a", true, 64, 8)).lines();

        assertThat(lines.get(0).cells())
                .extracting(StructLines.Cell::paths, StructLines.Cell::byteSize, StructLines.Cell::access)
                .containsExactly(tuple(List.of("head"), 4, Access.UNTOUCHED), tuple(List.of(), 60, Access.HOLE));
        assertThat(lines.get(1).cells()).hasSize(1);
        assertThat(lines.get(1).cells().get(0).label()).isEqualTo("a | b");
        assertThat(lines.get(1).cells().get(0).access()).isEqualTo(Access.WRITTEN);
        assertThat(lines).last().satisfies(line -> assertThat(line.bytes()).isEqualTo(new ByteRange(2048, 2049)));
    }

    @Test
    void many_lines_of_one_field_are_one_until_an_access_tells_them_apart() {
        assertThat(lines().lines()).extracting(Line::numbers).containsExactly("0", "1", "2", "3-30", "31", "32");
        assertThat(lines(touch("table[160]", false, 128 + 640, 4)).lines())
                .extracting(Line::numbers)
                .contains("12")
                .doesNotContain("3-30");
    }

    @Test
    void lines_with_the_same_accesses_are_one_where_they_are_many() {
        List<Line> touched = lines(
                        touch("head", true, 0, 4), touch("table", true, 128, 1920), touch("table[479]", false, 2044, 4))
                .touchedLines();

        assertThat(touched).extracting(Line::numbers).containsExactly("0", "2-30", "31");
        assertThat(touched.get(1).written()).containsExactly("table");
        assertThat(touched.get(1).bytes()).isEqualTo(new ByteRange(128, 1984));
        assertThat(touched.get(2).read()).containsExactly("table[479]");
    }
}
