package dev.faultline.access.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.Certainty;
import dev.faultline.input.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access files are read as they are written, add up, and are refused with their line where they are wrong. */
class AccessFileTest {

    static final String HEAD =
            "{\"format\":\"faultline-access 1\",\"certainty\":\"sampled\",\"identity\":{\"build-id\":\"5c0e\"},"
                    + "\"tool\":\"perf script\",\"runs\":1,\"seconds\":2.5,\"unit\":\"samples\","
                    + "\"coverage\":{\"seen\":100,\"attributed\":40}}\n";
    static final String HITS =
            "{\"role\":\"worker\",\"threads\":4,\"cpus\":2,\"operation\":\"count\",\"type\":\"stats\",\"field\":\"hits\","
                    + "\"kind\":\"rmw\",\"count\":30,\"sameObject\":30}\n";
    static final String LIMIT =
            "{\"role\":\"reader\",\"operation\":\"get\",\"type\":\"stats\",\"byteOffset\":16,\"kind\":\"read\","
                    + "\"count\":10,\"hitm\":7,\"atLeast\":true}\n";

    @Test
    void a_file_is_read_as_it_is_written() {
        AccessFile file = AccessFileReader.read("a.access", HEAD + HITS + LIMIT);

        assertThat(file.notes()).isEmpty();
        assertThat(file.header().certainty()).isEqualTo(Certainty.SAMPLED);
        assertThat(file.header().seconds()).isEqualTo(2.5);
        assertThat(file.rows()).hasSize(2);
        assertThat(AccessFileReader.read("b", AccessFileWriter.write(file))).isEqualTo(file);
        assertThat(AccessFileWriter.write(file).lines()).hasSize(3).allMatch(line -> line.endsWith("}"));
    }

    @Test
    void odd_names_are_read_as_they_are_written() {
        AccessRow.Key key = new AccessRow.Key(
                "a\"b\\c", "f(int, std::vector<int>)\u0001", "t\u2028", "x", AccessRow.NO_OFFSET, SeenKind.ACCESS);
        AccessHeader header = AccessFileReader.read("a", HEAD).header();
        AccessFile file = AccessFile.of(header, List.of(new AccessRow(key, 0, 0, Long.MAX_VALUE, 0, -1, false, 16)));

        assertThat(AccessFileReader.read("b", AccessFileWriter.write(file))).isEqualTo(file);
    }

    @Test
    void a_last_line_that_is_cut_off_is_left_out_and_told() {
        String whole = HEAD + HITS + LIMIT;
        for (int length = HEAD.length() + HITS.length() + 1; length < whole.length() - 2; length++) {
            AccessFile file = AccessFileReader.read("a.access", whole.substring(0, length));

            assertThat(file.rows()).hasSize(1);
            assertThat(file.notes()).containsExactly("a.access: line 3 is cut off; read up to there");
        }
    }

    @Test
    void a_line_that_is_broken_elsewhere_is_refused_with_its_number() {
        assertThatThrownBy(() -> AccessFileReader.read("a.access", HEAD + HITS.substring(0, 30) + "\n" + LIMIT))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a.access: line 2, column");
    }

    @Test
    void rows_of_one_key_are_added_up() {
        AccessRow hits =
                AccessFileReader.read("a", HEAD + HITS + HITS + HITS).rows().get(0);

        assertThat(hits.count()).isEqualTo(90);
        assertThat(hits.sameObject()).isEqualTo(90);
        assertThat(hits.threads()).isEqualTo(4);
    }

    @Test
    void unknown_names_are_ignored_and_told() {
        AccessFile file = AccessFileReader.read("a", HEAD + HITS.replace("\"kind\"", "\"colour\":[1],\"kind\""));

        assertThat(file.rows()).hasSize(1);
        assertThat(file.notes()).containsExactly("a: ignored, since this version does not know it: colour");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "9223372036854775808", "\"3\"", "null", "[]", "true"})
    void a_count_is_a_whole_number_that_a_long_holds(String count) {
        assertThatThrownBy(() -> AccessFileReader.read("a", HEAD + HITS.replace("\"count\":30", "\"count\":" + count)))
                .isInstanceOf(InputException.class)
                .hasMessage("a: line 2: count: expected a whole number from 0 to 2^63 - 1, found '"
                        + (count.equals("\"3\"") ? "3" : count) + "'");
    }

    @Test
    void wrong_rows_are_refused_with_the_way_out() {
        assertRefused(
                HITS.replace("rmw", "rwm"),
                "kind: expected one of read, write, volatile-write, rmw, cas-loop, access, found 'rwm'");
        assertRefused(HITS.replace("\"field\":\"hits\",", ""), "expected field or byteOffset");
        assertRefused(LIMIT.replace("\"hitm\":7", "\"hitm\":11"), "hitm: 11 of a count of 10");
        assertRefused(HITS.replace("\"sameObject\":30", "\"sameObject\":31"), "sameObject: 31 of a count of 30");
        assertRefused(HITS.replace("\"type\":\"stats\",", ""), "type: expected text, found none");
        assertRefused(HITS.replace("\"hits\"", "\" \""), "field: expected text, found ' '");
        assertRefused("[1]\n", "expected an object in braces");
        assertRefused(HITS.replace("worker", "w".repeat(5000)), "role: 5000 characters; at most 4096");
        assertRefused(LIMIT.replace("16", "99999999999999"), "byteOffset: expected a whole number from 0 to");
    }

    private static void assertRefused(String row, String problem) {
        assertThatThrownBy(() -> AccessFileReader.read("a", HEAD + row))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a: line 2: " + problem);
    }

    @Test
    void wrong_headers_are_refused() {
        assertHeadRefused("", "a: empty; expected a line with \"format\":\"faultline-access 1\"");
        assertHeadRefused(
                HEAD.replace("access 1", "access 2"), "a: line 1: expected \"format\":\"faultline-access 1\"");
        assertHeadRefused(HEAD.replace("sampled", "declared"), "a: line 1: certainty: expected sampled or recorded");
        assertHeadRefused(HEAD.replace("40", "101"), "a: line 1: coverage: 101 of 100 attributed");
        assertHeadRefused(HEAD.replace("2.5", "-2.5"), "a: line 1: seconds: expected 0 to 1e12");
        assertHeadRefused(HEAD.substring(0, 50), "a: line 1, column 51: ends in the middle of a value");
    }

    private static void assertHeadRefused(String text, String problem) {
        assertThatThrownBy(() -> AccessFileReader.read("a", text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(problem);
    }

    @Test
    void the_content_tells_an_access_file_from_yaml() {
        assertThat(AccessFileReader.isAccessFile("\n" + HEAD)).isTrue();
        assertThat(AccessFileReader.isAccessFile("profile: x\nstructs: {}\n")).isFalse();
        assertThat(AccessFileReader.isAccessFile("{ profile: x, structs: {} }")).isFalse();
    }

    @Test
    void a_sum_does_not_depend_on_order_or_grouping() {
        Random random = new Random(19);
        List<AccessFile> files = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            files.add(AccessFileReader.read(
                    "f" + i,
                    HEAD.replace("100,", (100 + i) + ",")
                            + HITS.replace(":30", ":" + random.nextInt(1_000))
                            + LIMIT.replace("\"get\"", "\"get" + random.nextInt(5) + "\"")));
        }
        AccessFile whole = sum(files);
        Collections.shuffle(files, random);
        AccessFile halves = sum(List.of(sum(files.subList(0, 300)), sum(files.subList(300, 1_000))));

        assertThat(halves).isEqualTo(whole);
        assertThat(whole.header().runs()).isEqualTo(1_000);
        assertThat(whole.header().seconds()).isEqualTo(2_500);
        assertThat(whole.header().seen()).isEqualTo(100 * 1_000 + 999 * 500);
        assertThat(whole.rows().stream().filter(row -> row.key().role().equals("reader")))
                .hasSize(5)
                .extracting(AccessRow::count)
                .satisfies(counts -> assertThat(
                                counts.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(10_000));
    }

    private static AccessFile sum(List<AccessFile> files) {
        AccessFile.Sum sum = AccessFile.merge();
        files.forEach(file -> sum.add(file, "a file"));
        return sum.file();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5c0e", "perf script", "\"samples", "sampled"})
    void another_identity_tool_unit_or_certainty_is_refused_and_named(String changed) {
        String other = HEAD.replace(changed, changed.equals("sampled") ? "recorded" : changed + "x");
        AccessFile.Sum sum = AccessFile.merge();
        sum.add(AccessFileReader.read("a", HEAD + HITS), "a.access");

        assertThatThrownBy(() -> sum.add(AccessFileReader.read("b", other + HITS), "b.access"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("b.access: line 1: cannot be added to a.access, it differs in ")
                .hasMessageContaining("'" + changed.replace("\"", "") + "'");
    }

    @Test
    void a_sum_that_no_long_holds_is_refused() {
        String most = HITS.replace("\"count\":30,\"sameObject\":30", "\"count\":9223372036854775807");

        assertThatThrownBy(() -> AccessFileReader.read("a", HEAD + most + most))
                .isInstanceOf(InputException.class)
                .hasMessage("a: added up, a count is larger than 2^63 - 1");
    }
}
