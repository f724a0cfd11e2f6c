package dev.faultline.cli.run;

import dev.faultline.access.Profile;
import dev.faultline.access.StructProfile;
import dev.faultline.access.file.ObservedProfile;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.HazardRule;
import dev.faultline.input.InputException;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How structs are analysed.
 *
 * @param machine the hardware
 * @param rules the rules that are not ignored
 * @param profile the profile of {@code --profile}
 * @param shippedProfiles whether profiles that sources ship are used
 * @param placement the alignment of {@code --base-align}
 */
public record AnalysisOptions(
        Machine machine,
        List<HazardRule> rules,
        Optional<Profile> profile,
        boolean shippedProfiles,
        Optional<Placement> placement) {

    public AnalysisOptions {
        rules = List.copyOf(rules);
    }

    /** {@return these options with another machine} */
    public AnalysisOptions withMachine(Machine other) {
        return new AnalysisOptions(other, rules, profile, shippedProfiles, placement);
    }

    /** {@return these options with another alignment} */
    AnalysisOptions withPlacement(Placement other) {
        return new AnalysisOptions(machine, rules, profile, shippedProfiles, Optional.of(other));
    }

    /** {@return an analyzer for this machine with these rules} */
    public Analyzer analyzer() {
        return new Analyzer(machine, rules);
    }

    /** {@return what analyses many structs} */
    public ParallelAnalysis parallel() {
        return new ParallelAnalysis(this);
    }

    /** {@return the subject with the profile and placement to analyse it with} */
    public Subject prepare(Subject subject) {
        Subject placed = placement.map(subject::withPlacement).orElse(subject);
        if (profile.isPresent()) {
            return placed.withProfile(profileOf(subject).map(one -> ObservedProfile.in(one, subject.layout())));
        }
        return shippedProfiles ? placed : placed.withProfile(Optional.empty());
    }

    private Optional<StructProfile> profileOf(Subject subject) {
        return profile.orElseThrow().forStruct(subject.layout().name(), subject.version());
    }

    /**
     * Checks that {@code --profile}, when given, knows at least one of the structs.
     *
     * @throws InputException when it knows none
     */
    public void checkProfile(List<Subject> subjects) {
        if (profile.isEmpty()
                || subjects.stream().anyMatch(subject -> profileOf(subject).isPresent())) {
            return;
        }
        List<String> names = subjects.stream()
                .map(subject -> subject.layout().spelling())
                .distinct()
                .toList();
        throw new InputException(
                "--profile",
                "",
                "says nothing about " + (names.size() == 1 ? names.get(0) : "any of the structs") + "; it knows "
                        + profile.get().structs().stream()
                                .map(StructProfile::struct)
                                .collect(Collectors.joining(", ")));
    }
}
