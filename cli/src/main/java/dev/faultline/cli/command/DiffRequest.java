package dev.faultline.cli.command;

import dev.faultline.cli.option.FailOn;
import dev.faultline.cli.option.Glob;
import dev.faultline.compare.ComparisonOrder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run of {@code diff} was asked for.
 *
 * @param before the old struct or source, as typed
 * @param after the new one
 * @param from the source of structs that name none
 * @param match which structs of two sources
 * @param judgement by what they are judged
 * @param sort order of the changed structs
 * @param most the most of them that a text shows
 * @param reports begins the report
 * @param output the file it goes to
 * @param failOn what makes the run fail
 */
record DiffRequest(
        String before,
        String after,
        Optional<String> from,
        Optional<Glob> match,
        Judgement judgement,
        ComparisonOrder sort,
        int most,
        ReportWriters reports,
        Optional<Path> output,
        FailOn failOn) {}
