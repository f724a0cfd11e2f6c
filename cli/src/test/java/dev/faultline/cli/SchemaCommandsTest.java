package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.cli.option.Emission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SBE schemas as sources of the commands. */
class SchemaCommandsTest {

    @TempDir
    Path directory;

    private Path schema;
    private Path profile;

    @BeforeEach
    void write() throws IOException {
        schema = Files.writeString(directory.resolve("ring.xml"), """
                <messageSchema package="ring" id="1">
                  <types><composite name="messageHeader"><type name="blockLength" primitiveType="uint16"/></composite></types>
                  <message name="Ring" id="1">
                    <field name="head" id="1" type="uint64"/>
                    <field name="tail" id="2" type="uint64"/>
                  </message>
                </messageSchema>
                """);
        profile = Files.writeString(directory.resolve("ring.yaml"), """
                profile: a ring
                structs:
                  Ring:
                    roles:
                      producer: { cpus: 1 }
                      consumer: { cpus: 1 }
                    operations:
                      - name: offer
                        role: producer
                        rate: 5M
                        accesses:
                          - { field: tail, kind: rmw }
                      - name: poll
                        role: consumer
                        rate: 5M
                        accesses:
                          - { field: head, kind: rmw }
                """);
    }

    @Test
    void aMessageIsListedAndInspectedWithItsPlaceInTheFile() {
        assertThat(Cli.run("list", schema.toString()).out()).contains("messageHeader", "Ring");
        Cli.Run run = Cli.run("inspect", schema + "#Ring", "--profile", profile.toString());
        assertThat(run.out()).contains("ring.xml:3", "head", "tail").doesNotContain("no findings");
    }

    @Test
    void aSuggestionIsWrittenAsAMessage() {
        Cli.Run run = Cli.run(
                "suggest", schema + "#Ring", "--profile", profile.toString(), "--emit", "sbe", "--max-size", "256");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("<message name=\"Ring\" id=\"1\" blockLength=\"")
                .contains("<field name=\"head\" id=\"1\" type=\"uint64\" offset=\"")
                .endsWith("</message>\n");
        assertThat(run.err()).contains("generate the codecs again");
    }

    /** There is no type of SBE for each type of C. */
    @Test
    void aStructOfAnotherSourceIsNotWrittenAsAMessage() {
        Cli.Run run = Cli.run("suggest", "rtable@6.3", "--emit", "sbe");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("rtable@6.3", "is not declared by an SBE schema");
    }

    @Test
    void todaysLayoutAsksForNoOtherCodecs() {
        Cli.Run run = Cli.run("suggest", schema + "#messageHeader", "--emit", "sbe");
        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("This is today's layout").doesNotContain("generate the codecs again");
    }

    @Test
    void theHelpOfSuggestNamesEachForm() {
        String help = Cli.run("suggest", "--help").out();
        for (Emission form : Emission.values()) {
            assertThat(help).containsPattern("\\b" + form.name().toLowerCase(Locale.ROOT) + "\\s+\\(");
        }
    }

    @Test
    void aHostileSchemaCostsOneLine() throws IOException {
        Files.writeString(schema, "<!DOCTYPE messageSchema [<!ENTITY a \"a\">]>\n<messageSchema>&a;</messageSchema>\n");
        Cli.Run run = Cli.run("list", schema.toString());
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("has a document type");
    }
}
