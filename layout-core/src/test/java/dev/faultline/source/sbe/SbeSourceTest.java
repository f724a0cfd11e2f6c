package dev.faultline.source.sbe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.faultline.input.InputException;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.emit.EmittedDeclaration;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.SourceLocation;
import dev.faultline.source.Subject;
import dev.faultline.source.detect.SourceDetector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SbeSourceTest {

    private static final Path MARKET = Path.of("src", "test", "resources", "sbe", "market.xml");
    private static final SourceDetector DETECTOR =
            new SourceDetector(Path.of("no-kernel"), Optional.empty(), Optional.empty());

    @TempDir
    Path directory;

    private static String schema(String content) {
        return "<messageSchema package=\"p\" id=\"1\" version=\"2\">\n" + content + "\n</messageSchema>\n";
    }

    private static LayoutSource read(String text) {
        return DETECTOR.read("s.xml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Subject find(LayoutSource source, String name) {
        return ((Lookup.Found) source.find(name)).subjects().get(0);
    }

    private static String offsets(StructLayout layout) {
        return layout.fields().stream()
                .map(field -> field.byteOffset() + ":" + field.path() + ":"
                        + field.type().spelling())
                .collect(Collectors.joining(" "));
    }

    @Test
    void structsAreListedInTheOrderOfTheSchemaWithGroupsBehindTheirMessages() {
        LayoutSource source = DETECTOR.open(MARKET.toString());
        assertThat(source.entries())
                .extracting(entry -> entry.name() + " " + entry.byteSize())
                .containsExactly(
                        "messageHeader 8",
                        "groupSizeEncoding 4",
                        "text 4",
                        "Amount 11",
                        "Limit 40",
                        "Trade 160",
                        "Trade.fills 24",
                        "Trade.parties 5",
                        "Trade.parties.accounts 12",
                        "Empty 0");
        assertThat(offsets(find(source, "Limit").layout()))
                .isEqualTo("0:low.mantissa:int64 8:low.currency:char[3] 16:high.mantissa:int64 24:high.currency:char[3]"
                        + " 27:kind:enum kind 28:window.from:uint32 36:window.to:uint32");
        assertThat(find(source, "Trade").layout().provenance().detail())
                .isEqualTo(
                        "message 1 of schema market version 3, little-endian; then groups: fills (Trade.fills),"
                                + " parties (Trade.parties); then data: comment; since version 1: size; since version 3: levels");
        assertThat(find(source, "Trade.fills").layout().provenance().detail())
                .startsWith("an entry of group fills, each 24 bytes after the one before, the first behind"
                        + " groupSizeEncoding of 4 bytes; ");
        assertThat(find(source, "Trade.parties").layout().provenance().detail())
                .startsWith("an entry of group parties, each behind what follows the one before, ");
    }

    @Test
    void whatOffsetsAndBlockLengthLeaveFreeIsDeclaredPadding() {
        StructLayout fills =
                find(DETECTOR.open(MARKET.toString()), "Trade.fills").layout();
        assertThat(fills.unusedBytes()).isZero();
        assertThat(fills.paddingBytes()).isEqualTo(6);
        assertThat(fills.slots()).last().isInstanceOfSatisfying(Slot.Padding.class, tail -> {
            assertThat(tail.byteOffset()).isEqualTo(18);
            assertThat(tail.purpose()).isEqualTo("declared");
        });
    }

    @Test
    void fieldsAreWhereTheirElementsAreInTheFileThatHasThem() {
        Subject trade = find(DETECTOR.open(MARKET.toString()), "Trade");
        String file = MARKET.toString();
        assertThat(trade.origins().location()).contains(new SourceLocation(file, 41));
        assertThat(trade.origins().locationOf("symbol")).contains(new SourceLocation(file, 44));
        assertThat(trade.origins().locationOf("bounds.window.to")).contains(new SourceLocation(file, 37));
        assertThat(find(DETECTOR.open(MARKET.toString()), "messageHeader")
                        .origins()
                        .locationOf("version"))
                .contains(new SourceLocation(file.replace("market.xml", "market-types.xml"), 7));
    }

    @Test
    void aLayoutIsWrittenBackAndReadAsTheSame() {
        String text = schema("""
                <types><type name="T" primitiveType="uint16" length="3"/></types>
                <message name="M" id="4" blockLength="64">
                  <field name="a" id="1" type="uint32"/><field name="b" id="2" type="T" offset="48"/>
                  <field name="c" id="3" type="char" presence="constant" valueRef="E.V"/>
                </message>""");
        Subject before = find(read(text), "M");
        EmittedDeclaration written = before.form().orElseThrow().declare(before.layout(), before.layout(), 64);
        assertThat(written.text()).isEqualTo("""
                <message name="M" id="4" blockLength="64">
                    <field name="a" id="1" type="uint32" offset="0"/>
                    <field name="b" id="2" type="T" offset="48"/>
                    <field name="c" id="3" type="char" presence="constant" valueRef="E.V"/>
                </message>
                """);
        assertThat(written.notes()).anyMatch(note -> note.contains("multiple of 64"));
        String again =
                schema("<types><type name=\"T\" primitiveType=\"uint16\" length=\"3\"/></types>\n" + written.text());
        assertThat(find(read(again), "M").layout().sameBytesAs(before.layout())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "ISO-8859-1"})
    void aSchemaIsKnownByItsContentInEachEncoding(String encoding) {
        String declaration = "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>\n<!-- Z\u00fcrich > a -->\n";
        String mark = encoding.startsWith("UTF-16") ? "\ufeff" : "";
        byte[] bytes = (mark
                        + declaration
                        + schema("<types><composite name=\"c\"><type name=\"x\""
                                + " primitiveType=\"int32\"/></composite></types>"))
                .getBytes(Charset.forName(encoding));
        LayoutSource source = DETECTOR.read("s.xml", new ByteArrayInputStream(bytes));
        assertThat(offsets(find(source, "c").layout())).isEqualTo("0:x:int32");
        assertThat(source.notes())
                .containsExactly("s.xml declares no composite messageHeader, which begins each message; codecs cannot"
                        + " be made of it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<field name='a' type='int64'/><field name='b' type='int8' offset='7'/>"
                        + "|line 2: b has offset=\"7\", but what is before it ends at 8; expected 8 or more",
                "<field name='a' type='int64' offset='99999999999'/>"
                        + "|line 2: offset=\"99999999999\": expected a number from 0 to 2147483647",
                "<field name='a' type='int64' offset='-1'/>"
                        + "|line 2: offset=\"-1\": expected a number from 0 to 2147483647",
                "<field name='a' type='int46'/>|line 2: the schema declares no type int46",
                "<field name='a'/>|line 2: <field> without type=\"...\"",
                "<field name='a b' type='int8'/>|line 2: name=\"a b\": expected letters, digits and _",
                "<field name='a' type='int8'/><field name='a' type='int8'/>|line 2: a is declared twice, also on line 2",
                "<field name='a' type='int8' presence='none'/>"
                        + "|line 2: presence=\"none\": expected required, optional or constant",
                "<field name='a' type='int8' sinceVersion='3'/>"
                        + "|line 2: sinceVersion=\"3\", but the schema has version=\"2\"",
                "<group name='g'/>|line 2: the schema declares no type groupSizeEncoding",
                "<group name='g' dimensionType='int8'/>|line 2: dimensionType=\"int8\": expected a composite",
                "<data name='d' type='int8'/>|line 2: type=\"int8\": expected a composite",
            })
    void whatIsWrongWithAMessageIsToldWithItsLine(String members, String problem) {
        String text = schema("<message name='M' id='1'>" + members + "</message>");
        InputException refused = catchThrowableOfType(InputException.class, () -> read(text));
        assertThat(refused.getMessage()).isEqualTo("s.xml: " + problem);
    }

    @Test
    void aBlockThatIsTooShortIsRefusedAndTheOtherMessagesAreRead() {
        LayoutSource source = read(schema("""
                <message name="M" id="1" blockLength="7"><field name="a" id="1" type="int64"/></message>
                <message name="N" id="2"><field name="a" id="1" type="int64"/></message>"""));
        assertThat(source.entries()).extracting(LayoutSource.Entry::name).containsExactly("N");
        assertThat(source.find("M"))
                .isEqualTo(new Lookup.Missing(
                        "s.xml: line 2: M has blockLength=\"7\", but its fields end at 8; expected 8 or more"));
        assertThat(source.inventory().leftOut())
                .singleElement()
                .satisfies(one -> assertThat(one.name()).isEqualTo("M"));
    }

    @Test
    void compositesThatContainThemselvesAreRefused() {
        InputException refused = catchThrowableOfType(
                InputException.class,
                () -> read(schema("<types><composite name='A'><ref name='b' type='B'/></composite>\n"
                        + "<composite name='B'><ref name='a' type='A'/></composite></types>")));
        assertThat(refused).hasMessage("s.xml: line 3: type A contains itself");
    }

    /** Each composite has ten of the one before: the last would have 10^12 fields. */
    @Test
    void compositesThatMultiplyAreBounded() {
        String all = IntStream.range(0, 12)
                .mapToObj(i -> "<composite name='C" + i + "'>"
                        + IntStream.range(0, 10)
                                .mapToObj(j -> i == 0
                                        ? "<type name='x" + j + "' primitiveType='int8'/>"
                                        : "<ref name='x" + j + "' type='C" + (i - 1) + "'/>")
                                .collect(Collectors.joining())
                        + "</composite>\n")
                .collect(Collectors.joining());
        LayoutSource source = read(schema("<types>" + all + "</types>"));
        assertThat(source.entries()).hasSizeLessThan(7);
        assertThat(source.inventory().leftOut()).isNotEmpty();
    }

    @Test
    void documentTypesAndEntitiesAreRefused() {
        String bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE messageSchema [<!ENTITY a \"aaaaaaaaaa\">"
                + "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n" + schema("<message name='&b;'/>");
        assertThat(catchThrowableOfType(InputException.class, () -> read(bomb)))
                .hasMessage("s.xml: has a document type, which is not read: remove <!DOCTYPE ...>");
        assertThat(catchThrowableOfType(InputException.class, () -> read(schema("<message name='&b;'/>"))))
                .hasMessageStartingWith("s.xml: line 2: expected well-formed XML: ");
    }

    @Test
    void brokenAndEndlessXmlIsRefusedInOneLine() {
        String deep = "<types>".repeat(100) + "</types>".repeat(100);
        String many = "<x/>".repeat(200_001);
        for (String text : List.of(schema("<types>"), schema(deep), schema(many), schema(""), "<messageSchema")) {
            InputException refused = catchThrowableOfType(InputException.class, () -> read(text));
            assertThat(refused.getMessage()).startsWith("s.xml: ").hasSizeLessThan(200);
            assertThat(refused.lines()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.xml", "missing.xml", "file:///etc/hostname", "s.xml", "link.xml", "sub"})
    void onlyNeighbouringFilesAreIncluded(String reference) throws IOException {
        Path below = Files.createDirectories(directory.resolve("below"));
        Files.createDirectories(below.resolve("sub"));
        Files.writeString(directory.resolve("outside.xml"), "<types/>");
        Files.createSymbolicLink(below.resolve("link.xml"), directory.resolve("outside.xml"));
        Path file = below.resolve("s.xml");
        Files.writeString(
                file, schema("<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"" + reference + "\"/>"));
        InputException refused = catchThrowableOfType(InputException.class, () -> DETECTOR.open(file.toString()));
        assertThat(refused.getMessage()).startsWith(file + ": line 2: includes " + reference);
        assertThat(refused.lines()).hasSize(1);
    }

    @Test
    void aStreamIncludesNothing() throws IOException {
        InputException refused = catchThrowableOfType(InputException.class, () -> read(Files.readString(MARKET)));
        assertThat(refused)
                .hasMessage("s.xml: line 5: includes market-types.xml, which lies beside the schema; name the schema as"
                        + " a file, not as a stream or compressed");
    }

    @Test
    void otherXmlIsNoSchema() {
        assertThat(SbeSource.isSchema("<?xml version='1.0'?><project><messageSchema/></project>"))
                .isFalse();
        assertThat(SbeSource.isSchema("<pre>struct a { int messageSchema; };</pre>"))
                .isFalse();
        assertThat(SbeSource.isSchema("<!-- never ends <messageSchema>")).isFalse();
        assertThat(SbeSource.isSchema("\n <?xml version='1.0'?><!-- > --> <sbe:messageSchema id='1'>"))
                .isTrue();
    }
}
