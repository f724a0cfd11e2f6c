package dev.faultline.cli.run;

import dev.faultline.access.Profile;
import dev.faultline.access.ProfileCoverage;
import dev.faultline.access.Resolution;
import dev.faultline.access.StructProfile;
import dev.faultline.access.code.PlainStores;
import dev.faultline.access.file.ObservedProfile;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.HazardRule;
import dev.faultline.input.InputException;
import dev.faultline.input.InputProblems;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** The most structs whose unknown fields are told. */
    private static final int MOST_UNKNOWN = 5;

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
            return placed.withProfile(profileOf(subject));
        }
        return shippedProfiles ? placed : placed.withProfile(Optional.empty());
    }

    /** {@return what the profile says of a struct; offsets that a run saw are fields of it then} */
    private Optional<StructProfile> profileOf(Subject subject) {
        return profile.orElseThrow()
                .forStruct(subject.layout().name(), subject.version())
                .map(one -> ObservedProfile.in(one, subject.layout()))
                .map(one -> one.observation().isPresent() && subject.code().isPresent()
                        ? PlainStores.asInCode(one, subject.code().get())
                        : one);
    }

    /**
     * Checks that {@code --profile}, when given, knows at least one of the structs, and tells what of it does nothing.
     *
     * @return whether all fields that it names are there; those that a recording or a profiler names and no struct has
     *     are left out
     * @throws InputException when it knows none, or it is not clear which it means
     */
    public boolean checkProfile(List<Subject> subjects, CliContext context) {
        if (profile.isEmpty()) {
            return true;
        }
        ProfileCoverage coverage = ProfileCoverage.of(
                profile.get(),
                subjects.stream()
                        .map(one -> new ProfileCoverage.Analysed(one.layout(), one.version()))
                        .toList());
        if (coverage.used().isEmpty()) {
            throw new InputException("--profile", "", "says nothing about " + saysNothing(subjects));
        }
        coverage.notes().forEach(context::say);
        for (Subject subject : subjects) {
            Optional<StructProfile> use = profileOf(subject);
            if (use.isPresent() && subject.code().isPresent()) {
                PlainStores.hints(use.get(), subject.code().get()).forEach(context::say);
            }
        }
        List<String> unknown = unknownFields(subjects);
        unknown.stream().limit(MOST_UNKNOWN).forEach(context::say);
        if (unknown.size() > MOST_UNKNOWN) {
            context.say("and so for " + (unknown.size() - MOST_UNKNOWN) + " more structs of the profile");
        }
        return unknown.isEmpty();
    }

    /** A struct that is analysed several times, as two sides of a comparison, has a field when one of them has it. */
    private List<String> unknownFields(List<Subject> subjects) {
        Map<String, StructProfile> entries = new LinkedHashMap<>();
        Map<String, List<StructLayout>> layouts = new HashMap<>();
        for (Subject subject : subjects) {
            profile.orElseThrow()
                    .forStruct(subject.layout().name(), subject.version())
                    .ifPresent(entry -> {
                        entries.put(entry.struct(), entry);
                        layouts.computeIfAbsent(entry.struct(), any -> new ArrayList<>())
                                .add(subject.layout());
                    });
        }
        List<String> lines = new ArrayList<>();
        entries.forEach((name, entry) ->
                ObservedProfile.unknownFields(entry, layouts.get(name)).ifPresent(lines::add));
        return lines;
    }

    private String saysNothing(List<Subject> subjects) {
        List<String> spelled = subjects.stream()
                .map(subject -> subject.layout().spelling())
                .distinct()
                .toList();
        List<String> names =
                subjects.stream().map(subject -> subject.layout().name()).toList();
        return (spelled.size() == 1 ? spelled.get(0) : "any of the structs") + "; it knows "
                + profile.orElseThrow().structs().stream()
                        .map(StructProfile::struct)
                        .map(entry -> entry + ProfileCoverage.hint(entry, names))
                        .collect(Collectors.joining(", "));
    }

    /**
     * Checks that all structs have the fields that {@code --profile} names.
     *
     * @throws InputException with every field that is missing
     */
    public void checkFields(List<Subject> subjects) {
        if (profile.isPresent()) {
            InputProblems problems = new InputProblems();
            for (Subject subject : subjects) {
                profileOf(subject).ifPresent(use -> problems.attempt(() -> Resolution.resolve(subject.layout(), use)));
            }
            problems.check();
        }
    }
}
