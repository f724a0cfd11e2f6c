package dev.faultline.cli.command;

import dev.faultline.access.AccessMap;
import dev.faultline.access.Inference;
import dev.faultline.access.Resolution;
import dev.faultline.access.StructProfile;
import dev.faultline.cli.option.Places;
import dev.faultline.input.InputException;
import dev.faultline.machine.Machine;
import dev.faultline.offheap.bench.LayoutSuite;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes structs that were named into layouts that are measured. */
final class Contending {

    private Contending() {}

    /**
     * Lays structs out.
     *
     * @param names what was typed
     * @param subjects the struct of each name, with the profile it is measured by
     * @param places where to put them; nothing for where their allocators do
     * @param threads how many threads play
     * @param machine for which it is predicted
     * @return the suite
     * @throws InputException when one of them cannot be measured
     */
    static LayoutSuite suite(
            List<String> names, List<Subject> subjects, Optional<Places> places, int threads, Machine machine) {
        Optional<StructProfile> first =
                subjects.stream().flatMap(subject -> subject.profile().stream()).findFirst();
        List<LayoutSuite.Contender> contenders = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            contenders.add(new LayoutSuite.Contender(
                    distinct(names, i), subject.layout(), subject.placement(), access(subject, first)));
        }
        LayoutSuite.Spots spots = places.map(given -> given.areAll()
                        ? new LayoutSuite.Spots(Optional.empty(), true)
                        : new LayoutSuite.Spots(Optional.of(given.residues()), true))
                .orElseGet(LayoutSuite.Spots::promised);
        return new LayoutSuite(contenders, spots, threads, machine);
    }

    /** A layout may be held against itself, to see how much is noise. */
    private static String distinct(List<String> names, int i) {
        String name = names.get(i);
        long before =
                IntStream.range(0, i).filter(j -> names.get(j).equals(name)).count();
        return before == 0 ? name : name + " (" + (before + 1) + ")";
    }

    /** Its own profile, since versions of a struct differ in fields; else that of another; else what the types tell. */
    private static AccessMap access(Subject subject, Optional<StructProfile> first) {
        Optional<StructProfile> profile = subject.profile().or(() -> first);
        AccessMap access = profile.map(one -> Resolution.resolve(subject.layout(), one))
                .orElseGet(() -> Inference.infer(subject.layout()));
        if (access.uses().isEmpty()) {
            throw new InputException(
                    subject.reference(),
                    "",
                    "nobody says who uses it how often, and the types of its fields do not tell; give a profile that"
                            + " knows `" + subject.layout().name() + "` with --profile FILE");
        }
        return access;
    }
}
