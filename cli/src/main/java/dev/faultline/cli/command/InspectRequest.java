package dev.faultline.cli.command;

import dev.faultline.cli.option.Format;
import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.Reference;
import dev.faultline.cli.option.Threshold;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an inspection is to do, with nothing left to look up but the structs themselves.
 *
 * @param references structs by name; empty when a pattern, or the source itself, says which
 * @param whole sources all of whose structs, as far as they match, are meant
 * @param from the source of references that name none; nothing is the catalogue
 * @param match the pattern names have to fit
 * @param embedders whether the structs around the named ones are meant
 * @param expand whether embedded structs are opened in the text
 * @param verify whether classes are held against the running VM
 * @param judgement how each struct is judged
 * @param format how the report is written
 * @param color whether it is coloured
 * @param sourceRoot the directory that SARIF names files relative to
 * @param output the file it goes to
 * @param failOn from which severity on the run fails
 */
record InspectRequest(
        List<Reference> references,
        List<String> whole,
        Optional<String> from,
        Optional<Glob> match,
        boolean embedders,
        boolean expand,
        boolean verify,
        Judgement judgement,
        Format format,
        boolean color,
        Path sourceRoot,
        Optional<Path> output,
        Threshold failOn) {

    /** Copies the lists. */
    InspectRequest {
        references = List.copyOf(references);
        whole = List.copyOf(whole);
    }
}
