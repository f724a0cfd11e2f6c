package dev.faultline.cli.command;

import dev.faultline.access.Profile;
import dev.faultline.access.StructProfile;
import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.HazardRule;
import dev.faultline.input.InputException;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * By what a struct is judged.
 *
 * @param machine the hardware
 * @param rules the rules that are not ignored
 * @param profile a profile of the user's
 * @param shippedProfiles whether a profile that a source ships is used
 * @param placement what the user promises about byte 0
 */
record Judgement(
        Machine machine,
        List<HazardRule> rules,
        Optional<Profile> profile,
        boolean shippedProfiles,
        Optional<Placement> placement) {

    /** {@return the subject with the profile and placement it is to be judged by} */
    Subject prepare(Subject subject) {
        Subject placed = placement.map(subject::withPlacement).orElse(subject);
        if (profile.isPresent()) {
            return placed.withProfile(profile.get().forStruct(subject.layout().name()));
        }
        return shippedProfiles ? placed : placed.withProfile(Optional.empty());
    }

    /** {@return whether the user's profile, if there is one, knows the struct} */
    boolean covers(Subject subject) {
        return profile.isEmpty()
                || profile.get().forStruct(subject.layout().name()).isPresent();
    }

    /** Throws when the user's profile, if there is one, knows none of the structs. */
    void checkProfile(List<Subject> subjects) {
        if (subjects.stream().noneMatch(this::covers)) {
            throw new InputException(
                    "--profile",
                    "",
                    "says nothing about " + subjects.get(0).layout().spelling() + "; it knows "
                            + profile.orElseThrow().structs().stream()
                                    .map(StructProfile::struct)
                                    .collect(Collectors.joining(", ")));
        }
    }

    /** Structs judged at a time: enough to keep every CPU busy, and few enough that a report starts early. */
    private static final int CHUNK = 512;

    /** Takes what was found about one struct. */
    interface Taker {
        void take(Analysis analysis) throws IOException;
    }

    /**
     * Judges structs, on every CPU, and hands on what was found in the order given.
     *
     * @param subjects the structs
     * @param progress told how far it is
     * @param taker takes each analysis
     * @throws IOException when the taker does
     * @throws dev.faultline.input.InputException when a profile names a field that a struct does not have
     */
    void judge(List<Subject> subjects, Progress progress, Taker taker) throws IOException {
        Analyzer analyzer = new Analyzer(machine, rules);
        CompletableFuture<List<Analysis>> next = start(analyzer, subjects, 0);
        for (int from = 0; from < subjects.size(); from += CHUNK) {
            List<Analysis> analyses = result(next);
            next = start(analyzer, subjects, from + CHUNK); // judged while this chunk is written
            for (Analysis analysis : analyses) {
                taker.take(analysis);
            }
            progress.done(from + analyses.size());
        }
    }

    private CompletableFuture<List<Analysis>> start(Analyzer analyzer, List<Subject> subjects, int from) {
        List<Subject> chunk =
                subjects.subList(Math.min(from, subjects.size()), Math.min(subjects.size(), from + CHUNK));
        if (chunk.size() <= 1) {
            return CompletableFuture.completedFuture(
                    chunk.stream().map(this::prepare).map(analyzer::analyze).toList());
        }
        return CompletableFuture.supplyAsync(() ->
                chunk.parallelStream().map(this::prepare).map(analyzer::analyze).toList());
    }

    /** What a rule or profile threw in another thread is thrown here as it was. */
    private static List<Analysis> result(CompletableFuture<List<Analysis>> future) {
        try {
            return future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }
}
