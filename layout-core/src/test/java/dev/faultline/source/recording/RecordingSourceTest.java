package dev.faultline.source.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.detect.SourceDetector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Blocks of memory in an access file are layouts, whose fields are what was touched. */
class RecordingSourceTest {

    private static final String HEAD = "{\"format\":\"faultline-access 1\",\"certainty\":\"recorded\",\"identity\":{},"
            + "\"tool\":\"faultline record\",\"runs\":1,\"seconds\":2.0,\"unit\":\"accesses\"}\n";
    private static final String RING = "block com.acme.Ring.<init>:42";

    private static String row(String role, String type, String place, String kind, long count) {
        return "{\"role\":\"" + role + "\",\"threads\":1,\"operation\":\"Ring." + role + "\",\"type\":\"" + type + "\","
                + place + ",\"kind\":\"" + kind + "\",\"count\":" + count + ",\"sameObject\":" + count + "}\n";
    }

    private static String at(long byteOffset, int bytes) {
        return "\"byteOffset\":" + byteOffset + ",\"bytes\":" + bytes;
    }

    private static LayoutSource read(String text) throws IOException {
        return new SourceDetector(Path.of("none"), Optional.empty(), Optional.empty())
                .read("run.access", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static StructLayout layout(String... rows) throws IOException {
        return read(HEAD + String.join("", rows)).all().get(0).layout();
    }

    private static List<String> fields(StructLayout layout) {
        return layout.members().stream()
                .filter(member -> !member.name().isEmpty())
                .map(member -> member.name() + ":" + member.type().byteSize())
                .toList();
    }

    @Test
    void a_block_has_the_fields_that_were_touched_and_its_profile() throws IOException {
        LayoutSource source = read(HEAD
                + row("put", RING, at(8, 8), "write", 100)
                + row("take", RING, at(0, 8), "rmw", 90)
                + row("take", RING, at(64, 4), "read", 80)
                + row("take", RING, "\"field\":\"[any]\"", "read", 70)
                + row("put", "com.acme.Ring", "\"field\":\"memory\"", "read", 60));

        assertThat(source.entries()).extracting(LayoutSource.Entry::name).containsExactly(RING);
        Subject subject = ((Lookup.Found) source.find(RING)).subjects().get(0);
        assertThat(fields(subject.layout())).containsExactly("at_0:8", "at_8:8", "at_64:4");
        assertThat(subject.layout().byteSize()).isEqualTo(72);
        assertThat(subject.placement().baseAlignment()).isEqualTo(16);
        assertThat(subject.profile().orElseThrow().operations())
                .flatExtracting(operation -> operation.accesses())
                .extracting(access -> access.field() + " " + access.kind().word())
                .containsExactlyInAnyOrder("at_0 rmw", "at_8 write", "at_64 read");
        assertThat(subject.profile().orElseThrow().observation().orElseThrow().notes())
                .anyMatch(note -> note.contains("70 accesses left out"));
        assertThat(source.notes()).anyMatch(note -> note.contains("types that a program has, such as com.acme.Ring;"));
    }

    @Test
    void accesses_that_overlap_are_of_one_field() throws IOException {
        assertThat(fields(layout(
                        row("a", RING, at(0, 8), "write", 1),
                        row("b", RING, at(4, 4), "read", 1),
                        row("b", RING, at(6, 4), "read", 1),
                        row("b", RING, at(10, 1), "read", 1))))
                .containsExactly("at_0:10", "at_10:1");
    }

    @Test
    void a_copy_of_many_bytes_makes_fields_only_where_nothing_else_is() throws IOException {
        assertThat(fields(layout(
                        row("a", RING, at(0, 64), "write", 9),
                        row("b", RING, at(8, 8), "read", 1),
                        row("b", RING, at(100, 32), "read", 1),
                        row("b", RING, at(110, 32), "read", 1))))
                .containsExactly("at_0:8", "at_8:8", "at_100:10", "at_110:32");
    }

    @Test
    void a_row_without_a_width_is_a_byte() throws IOException {
        assertThat(fields(layout(row("a", RING, "\"byteOffset\":3", "write", 9))))
                .containsExactly("at_3:1");
    }

    @Test
    void a_block_at_the_largest_offset_is_laid_out_and_one_beyond_is_not() throws IOException {
        assertThat(layout(row("a", RING, at((1L << 32) - 8, 8), "write", 9)).byteSize())
                .isEqualTo(1L << 32);
        assertThatThrownBy(() -> read(HEAD + row("a", RING, at((1L << 32) - 4, 8), "write", 9)))
                .isInstanceOf(InputException.class);
    }

    @Test
    void objects_that_were_on_one_line_are_a_layout_of_a_pair_of_lines_with_their_names() throws IOException {
        String type = "neighbours com.acme.Stats.hits (AtomicLong), com.acme.Stats.misses (AtomicLong)";
        Subject subject = read(HEAD
                        + row("hit", type, "\"field\":\"Stats_hits\"," + at(72, 8), "rmw", 100)
                        + row("miss", type, "\"field\":\"Stats_misses\"," + at(96, 8), "rmw", 100))
                .all()
                .get(0);
        assertThat(fields(subject.layout())).containsExactly("Stats_hits:8", "Stats_misses:8");
        assertThat(subject.placement().baseAlignment()).isEqualTo(128);
        assertThat(subject.profile().orElseThrow().operations()).hasSize(2);
    }

    @Test
    void a_file_without_blocks_says_what_to_name() {
        assertThatThrownBy(() -> read(HEAD + row("put", "com.acme.Ring", "\"field\":\"tail\"", "write", 1)))
                .isInstanceOf(InputException.class)
                .hasMessage("run.access: an access file without blocks of memory or neighbours, so without"
                        + " layouts; name the program that has its types, and the file with --profile");
    }

    @Test
    void a_block_that_is_not_there_is_told_with_the_nearest_name() throws IOException {
        LayoutSource source = read(HEAD + row("put", RING, at(8, 8), "write", 100));
        assertThat(((Lookup.Missing) source.find("block com.acme.Ring.<init>:41")).reason())
                .contains(RING);
    }
}
