package dev.faultline.access.perf;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessFileReader;
import dev.faultline.access.file.AccessFileWriter;
import dev.faultline.access.file.ObservedProfile;
import dev.faultline.input.InputException;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import dev.faultline.testing.TextMutator;
import java.util.List;
import java.util.Map;
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

    private static void use(String text) {
        read(text, to -> PerfC2c.read("p.txt", text, to));
        read(text, to -> PerfScript.read("p.txt", text, to));
        read(text, to -> PerfTypes.read("p.txt", text, to));
        read(text, to -> PerfTypes.readAnnotated("p.txt", text, to));
        read(text, to -> PerfMem.read("p.txt", text, to));
        read(text, to -> DhatJson.read("p.txt", text, STATED, to));
    }

    private static void read(String text, Consumer<AccessCollector> reader) {
        AccessFile file;
        try {
            file = ImportedRows.file(STATED, Map.of("io*", "disk"), reader);
        } catch (InputException refused) {
            return;
        }
        AccessFile again = AccessFileReader.read("made", AccessFileWriter.write(file));
        if (!again.rows().equals(file.rows()) || !again.header().equals(file.header())) {
            throw new AssertionError("written and read again: " + again + " of " + text);
        }
        ObservedProfile.of(file, "made");
    }
}
