package dev.faultline.cli.run;

import dev.faultline.access.AccessMap;
import dev.faultline.access.Inference;
import dev.faultline.access.Resolution;
import dev.faultline.access.StructProfile;
import dev.faultline.access.code.CodeInference;
import dev.faultline.bench.layout.LayoutSuite;
import dev.faultline.cli.option.Places;
import dev.faultline.input.InputException;
import dev.faultline.machine.Machine;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes a benchmark suite of layouts. */
public final class LayoutSuiteFactory {

    private LayoutSuiteFactory() {}

    /**
     * Makes a suite.
     *
     * @param names the names of the layouts as typed
     * @param subjects the struct of each name, with the profile it is measured by
     * @param places where to put them; empty for where their allocators do
     * @param threads how many threads use them
     * @param machine the machine that predictions are for
     * @throws InputException when one of them cannot be measured
     */
    public static LayoutSuite suite(
            List<String> names, List<Subject> subjects, Optional<Places> places, int threads, Machine machine) {
        Optional<StructProfile> first =
                subjects.stream().flatMap(subject -> subject.profile().stream()).findFirst();
        List<LayoutSuite.Contender> contenders = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            contenders.add(new LayoutSuite.Contender(
                    distinct(names, i), subject.layout(), subject.placement(), access(subject, first)));
        }
        return suite(contenders, places, threads, machine);
    }

    /**
     * Makes a suite of layouts whose uses are known.
     *
     * @param contenders the layouts
     * @param places where to put them; empty for where their allocators do
     * @param threads how many threads use them
     * @param machine the machine that predictions are for
     * @throws InputException when one of them cannot be measured
     */
    public static LayoutSuite suite(
            List<LayoutSuite.Contender> contenders, Optional<Places> places, int threads, Machine machine) {
        contenders.forEach(LayoutSuiteFactory::requireUses);
        LayoutSuite.Spots spots = places.map(given -> given.areAll()
                        ? new LayoutSuite.Spots(Optional.empty(), true)
                        : new LayoutSuite.Spots(Optional.of(given.residues()), true))
                .orElseGet(LayoutSuite.Spots::promised);
        return new LayoutSuite(contenders, spots, threads, machine);
    }

    /** A layout can be compared with itself, which shows how much is noise. */
    private static String distinct(List<String> names, int i) {
        String name = names.get(i);
        long before =
                IntStream.range(0, i).filter(j -> names.get(j).equals(name)).count();
        return before == 0 ? name : name + " (" + (before + 1) + ")";
    }

    /**
     * By its own profile, since versions of a struct differ in fields; else by that of another; else by the code of
     * its source or by field types.
     */
    private static AccessMap access(Subject subject, Optional<StructProfile> first) {
        Optional<StructProfile> profile = subject.profile().or(() -> first);
        return profile.map(one -> Resolution.resolve(subject.layout(), one))
                .or(() -> subject.code().flatMap(code -> CodeInference.infer(subject.layout(), code)))
                .orElseGet(() -> Inference.infer(subject.layout()));
    }

    private static void requireUses(LayoutSuite.Contender one) {
        if (one.access().uses().isEmpty()) {
            throw new InputException(
                    one.name(),
                    "",
                    "who uses it is unknown: it has no profile, and nothing can be inferred from its field types;"
                            + " give a profile of `" + one.layout().name() + "` with --profile FILE");
        }
    }
}
