package dev.faultline.access.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessFileReader;
import dev.faultline.access.file.AccessFileWriter;
import dev.faultline.access.file.ObservedProfile;
import dev.faultline.input.InputException;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import dev.faultline.testing.TextMutator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What profilers print, cut off anywhere and mutated: each reader reads it to a valid file, or refuses it in a line. */
class ProfilerFuzzTest {

    private static final List<String> WORDS = List.of(
            "%",
            "0.00%",
            "100.00%",
            "0x7f31a2c04080",
            "+0x8",
            "|OP ",
            "[.] ",
            "[k] ",
            "#",
            ".......",
            "  ",
            ",",
            "{",
            "}",
            ";",
            "99999999999999999999",
            "Annotate type: 'x' (3 samples)",
            "\"acc\":[",
            "\u0000",
            "offset",
            "> ",
            "-7");

    private static final StatedTypes STATED = new StatedTypes(
            List.of("pool@0x7f31a2c04080", "pool@all", "node@make_node", "far[9]@0xffffffffffffff00"),
            any -> OptionalLong.of(64));

    private static final List<String> TEXTS = ProfilerSamples.TEXTS;

    @Test
    void broken_output_of_profilers_ends_with_one_line_or_becomes_an_access_file() {
        Fuzz.text(FuzzShare.PROFILER, new TextMutator(TEXTS, WORDS))
                .cutting(TEXTS)
                .run(ProfilerFuzzTest::use);
    }

    /** Each text is given to all readers; it is refused when all refuse it. */
    private static void use(String text) {
        List<Consumer<AccessCollector>> readers = List.of(
                to -> PerfC2c.read("p.txt", text, to),
                to -> PerfScript.read("p.txt", text, to),
                to -> PerfTypes.read("p.txt", text, to),
                to -> PerfTypes.readAnnotated("p.txt", text, to),
                to -> PerfMem.read("p.txt", text, to),
                to -> DhatJson.read("p.txt", text, STATED, to));
        List<InputException> refusals = new ArrayList<>();
        for (Consumer<AccessCollector> reader : readers) {
            read(text, reader).ifPresent(refusals::add);
        }
        if (refusals.size() == readers.size()) {
            throw refusals.get(0);
        }
    }

    /** {@return why a reader refuses a text; empty when it reads it} */
    private static Optional<InputException> read(String text, Consumer<AccessCollector> reader) {
        AccessFile file;
        try {
            file = ImportedRows.file(STATED, Map.of("io*", "disk"), reader);
        } catch (InputException refused) {
            assertThat(refused.getMessage().lines()).hasSize(1);
            return Optional.of(refused);
        }
        AccessFile again = AccessFileReader.read("made", AccessFileWriter.write(file));
        if (!again.rows().equals(file.rows()) || !again.header().equals(file.header())) {
            throw new AssertionError("written and read again: " + again + " of " + text);
        }
        ObservedProfile.of(file, "made");
        return Optional.empty();
    }
}
