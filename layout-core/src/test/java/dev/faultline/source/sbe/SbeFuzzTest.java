package dev.faultline.source.sbe;

import dev.faultline.input.InputException;
import dev.faultline.source.Inventory;
import dev.faultline.source.Subject;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import dev.faultline.testing.TextMutator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Broken schemas give clear lines, or what is left of them. */
class SbeFuzzTest {

    private static final Path FIXTURES = Path.of("src", "test", "resources", "sbe");

    private static final List<String> WORDS = List.of(
            "<types>",
            "</types>",
            "<composite name=\"Amount\"><ref name=\"a\" type=\"Limit\"/></composite>",
            "<type name=\"T\" primitiveType=\"uint64\" length=\"2147483647\"/>",
            "<set name=\"S\" encodingType=\"Wide\"/>",
            "<field name=\"f\" id=\"9\" type=\"Limit\" offset=\"2147483647\"/>",
            "<group name=\"g\" dimensionType=\"Amount\">",
            "</group>",
            "<data name=\"d\" type=\"text\"/>",
            " presence=\"constant\"",
            " blockLength=\"1\"",
            " sinceVersion=\"9\"",
            "<!DOCTYPE messageSchema [<!ENTITY a \"aaaa\">]>",
            "&a;",
            "&#0;",
            "<![CDATA[",
            "<xi:include href=\"market.xml\"/>");

    @Test
    void broken_schemas_end_with_clear_lines_or_are_read() throws IOException {
        String types = Files.readString(FIXTURES.resolve("market-types.xml"));
        String market = Files.readString(FIXTURES.resolve("market.xml"))
                .replace("<xi:include href=\"market-types.xml\"/>", types.substring(types.indexOf("<types>")));
        TextMutator mutator = new TextMutator(List.of(market), WORDS);
        Fuzz.bytes(FuzzShare.SBE, random -> mutator.apply(random).getBytes(StandardCharsets.UTF_8))
                .run(content -> {
                    SbeSource source = SbeSource.read("broken.xml", content);
                    Inventory inventory = source.inventory();
                    for (Subject subject : inventory.subjects()) {
                        subject.form().orElseThrow().declare(subject.layout(), subject.layout(), 8);
                        subject.layout().paths().forEach(subject.origins()::locationOf);
                    }
                    if (inventory.subjects().isEmpty()) {
                        throw new InputException("broken.xml", "", "nothing is read");
                    }
                });
    }
}
