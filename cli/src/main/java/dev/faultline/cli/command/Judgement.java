package dev.faultline.cli.command;

import dev.faultline.Analysis;
import dev.faultline.Analyzer;
import dev.faultline.access.Profile;
import dev.faultline.hazard.HazardRule;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

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
        for (int from = 0; from < subjects.size(); from += CHUNK) {
            List<Subject> chunk = subjects.subList(from, Math.min(subjects.size(), from + CHUNK));
            List<Analysis> analyses = (chunk.size() == 1 ? chunk.stream() : chunk.parallelStream())
                    .map(this::prepare)
                    .map(analyzer::analyze)
                    .toList();
            for (Analysis analysis : analyses) {
                taker.take(analysis);
            }
            progress.done(from + chunk.size());
        }
    }
}
