package dev.faultline.cli.command;

import dev.faultline.cli.option.Format;
import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.SortKey;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a list is to show.
 *
 * @param from the source; nothing is the catalogue
 * @param match the pattern names have to fit
 * @param sort the order
 * @param judgement how each struct is judged
 * @param format how the list is written
 * @param color whether it is coloured
 * @param sourceRoot the directory that SARIF names files relative to
 * @param output the file it goes to
 */
record ListRequest(
        Optional<String> from,
        Glob match,
        SortKey sort,
        Judgement judgement,
        Format format,
        boolean color,
        Path sourceRoot,
        Optional<Path> output) {}
