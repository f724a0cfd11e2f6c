package dev.faultline.contract;

import dev.faultline.access.Profile;
import dev.faultline.access.StructProfile;
import dev.faultline.access.file.ObservedProfile;
import dev.faultline.contract.promise.AcceptedFinding;
import dev.faultline.contract.promise.Conditions;
import dev.faultline.input.InputException;
import dev.faultline.input.InputProblems;
import dev.faultline.input.NamePattern;
import dev.faultline.input.name.QualifiedName;
import dev.faultline.machine.Machine;
import dev.faultline.source.Inventory;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Omissions;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Checks a contract: finds its structs and checks every promise. A failure in one entry does not stop the others. */
public final class ContractCheck {

    private static final String NO_PROFILE = "none";
    /** The most promises and cold patterns of an entry, times line sizes, times fields of the struct. */
    static final long MOST_LOOKS = 20_000_000;

    /** Receives the progress of a check. */
    public interface Listener {
        /**
         * Called before each struct is checked.
         *
         * @param structs number of structs of the entry checked so far
         * @param of number of structs of the entry
         */
        void judged(int structs, int of);

        /**
         * Called when a recording that a contract names as its profile has fields that the struct does not have.
         *
         * @param line what is left out, and the nearest names that the struct has
         */
        void unknownFields(String line);
    }

    private final Contract contract;
    private final Optional<Baseline> baseline;
    private final boolean recording;
    private final ContractResolver resolver;
    private final Listener listener;

    private final List<PromiseResult> results = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, List<AcceptedFinding>> update = new LinkedHashMap<>();

    private ContractCheck(
            Contract contract,
            Optional<Baseline> baseline,
            boolean recording,
            ContractResolver resolver,
            Listener listener) {
        this.listener = listener;
        this.contract = contract;
        this.baseline = baseline;
        this.recording = recording;
        this.resolver = resolver;
    }

    /**
     * Checks a contract.
     *
     * @param contract the contract
     * @param baseline its accepted findings, if there is a baseline file
     * @param recording whether the present findings are accepted; promises that compare with the baseline are then
     *     kept
     * @param resolver opens the files that the contract names
     * @param listener receives the progress
     * @return the result
     */
    public static ContractResult check(
            Contract contract,
            Optional<Baseline> baseline,
            boolean recording,
            ContractResolver resolver,
            Listener listener) {
        return new ContractCheck(contract, baseline, recording, resolver, listener).run();
    }

    private ContractResult run() {
        problems.addAll(contract.problems());
        for (Contract.Entry entry : contract.entries()) {
            try {
                entry(entry);
            } catch (InputException broken) {
                problems.addAll(broken.lines());
            }
        }
        boolean whole = problems.isEmpty() && contract.asksForBaseline();
        if (whole && !recording) {
            baseline.ifPresent(this::outdated);
        }
        return new ContractResult(
                contract.file(),
                contract.title(),
                results,
                problems,
                notes,
                whole ? Optional.of(new Baseline(update)) : Optional.empty());
    }

    /** When a source repeats a name, the findings of all structs of that name count. */
    private void outdated(Baseline accepted) {
        update.forEach((name, found) -> AcceptedFinding.stale(accepted.of(name).orElse(List.of()), found)
                .forEach(one -> notes.add(name + ": the baseline accepts " + one.words()
                        + ", which is no longer found; --update removes it")));
        accepted.besides(List.copyOf(update.keySet()))
                .forEach(name -> notes.add("the baseline accepts findings of " + name
                        + ", which this contract does not check; --update removes them"));
    }

    private void entry(Contract.Entry entry) {
        LayoutSource source = opened("source", entry.source(), name -> resolver.source(contract.file(), name));
        Machine machine = opened("machine", entry.machine(), name -> resolver.machine(contract.file(), name));
        List<Subject> subjects = subjects(entry, source);
        int judged = 0;
        for (Subject subject : profiled(entry, subjects)) {
            listener.judged(judged++, subjects.size());
            try {
                struct(entry, subject, machine);
            } catch (InputException broken) { // the profile names a field that the struct does not have
                problems.addAll(broken.lines());
            }
        }
    }

    /** Opens a file that the contract names; an error in it is reported at the place that names it. */
    private <T> T opened(String key, Optional<Contract.Named> named, Function<Optional<String>, T> opening) {
        try {
            return opening.apply(named.map(Contract.Named::name));
        } catch (InputException broken) {
            if (named.isEmpty()) {
                throw broken;
            }
            InputProblems all = new InputProblems();
            broken.lines()
                    .forEach(line -> all.add(
                            new InputException(contract.file(), named.get().place(), key + ": " + line)));
            throw all.all();
        }
    }

    private void struct(Contract.Entry entry, Subject subject, Machine machine) {
        Optional<List<AcceptedFinding>> accepted = baseline.flatMap(known -> known.of(subject.reference()));
        Conditions conditions = new Conditions(
                machine,
                entry.lineBytes().isEmpty() ? List.of(machine.lineBytes().value()) : entry.lineBytes(),
                entry.placements(),
                entry.cold(),
                accepted);
        bound(entry, subject, conditions.lineBytes().size());
        PromiseChecker checker = new PromiseChecker(subject, conditions);
        if (entry.asksForBaseline()) {
            List<AcceptedFinding> found = checker.findings();
            update.merge(subject.reference(), found, (one, other) -> {
                List<AcceptedFinding> both = new ArrayList<>(one);
                both.addAll(other);
                return both;
            });
            if (recording) {
                checker = new PromiseChecker(subject, accepting(conditions, found));
            }
        }
        for (DeclaredPromise declared : entry.promises()) {
            results.add(checker.check(declared));
        }
    }

    private void bound(Contract.Entry entry, Subject subject, int lineSizes) {
        int asked = entry.promises().size() + entry.cold().size();
        int fields = subject.layout().fields().size();
        if ((long) asked * lineSizes * fields > MOST_LOOKS) {
            throw problem(
                    entry,
                    asked + " promises and cold patterns on " + fields + " fields of "
                            + subject.layout().spelling() + " at " + lineSizes
                            + (lineSizes == 1 ? " line size" : " line sizes") + ": the product may be at most "
                            + MOST_LOOKS + "; split the entry or use fewer promises");
        }
    }

    private static Conditions accepting(Conditions conditions, List<AcceptedFinding> found) {
        return new Conditions(
                conditions.machine(),
                conditions.lineBytes(),
                conditions.placements(),
                conditions.cold(),
                Optional.of(found));
    }

    private List<Subject> subjects(Contract.Entry entry, LayoutSource source) {
        if (entry.pattern().isPresent() && !isName(entry.struct(), source)) {
            return matching(entry, entry.pattern().get(), source);
        }
        Lookup lookup = source.findAsShown(entry.struct());
        if (lookup instanceof Lookup.Found found) {
            return found.subjects();
        }
        throw problem(entry, ((Lookup.Missing) lookup).reason());
    }

    /** {@return whether what looks like a pattern is a name, as the star of {@code Ring<int*>} is no wildcard} */
    private static boolean isName(String struct, LayoutSource source) {
        return struct.indexOf('<') >= 0 && source.findAsShown(struct) instanceof Lookup.Found;
    }

    private List<Subject> matching(Contract.Entry entry, NamePattern pattern, LayoutSource source) {
        List<LayoutSource.Entry> entries = source.entries();
        Predicate<LayoutSource.Entry> wanted = one -> QualifiedName.matches(pattern, one.name())
                || !one.version().isEmpty() && pattern.matches(one.name() + "@" + one.version());
        if (entries.stream().noneMatch(wanted)) {
            throw problem(
                    entry,
                    source.description()
                            + (entries.isEmpty()
                                    ? ": holds nothing"
                                    : ": '" + pattern.text() + "' matches no struct of " + entries.size()));
        }
        Inventory inventory = source.inventory(wanted);
        Omissions omissions = Omissions.of(source.description(), inventory);
        omissions.lines().forEach(line -> problems.add(problem(entry, line).getMessage()));
        int without = inventory.withoutInstances();
        if (without > 0) {
            // Matching classes may include interfaces, which have no layout. If there is nothing else, nothing was
            // checked.
            String line = source.description() + ": " + without + " of the matching names "
                    + (without == 1 ? "is an interface or annotation type" : "are interfaces or annotation types")
                    + ", without a layout";
            (inventory.subjects().isEmpty() ? problems : notes)
                    .add(problem(entry, line).getMessage());
        }
        return inventory.subjects();
    }

    private List<Subject> profiled(Contract.Entry entry, List<Subject> subjects) {
        if (entry.profile().isEmpty()) {
            return subjects;
        }
        Contract.Named named = entry.profile().get();
        if (named.name().equals(NO_PROFILE)) {
            return subjects.stream()
                    .map(subject -> subject.withProfile(Optional.empty()))
                    .toList();
        }
        Profile profile =
                opened("profile", entry.profile(), name -> resolver.profile(contract.file(), name.orElseThrow()));
        if (!subjects.isEmpty()
                && subjects.stream()
                        .noneMatch(subject -> profileOf(subject, profile).isPresent())) {
            throw new InputException(
                    contract.file(),
                    named.place(),
                    "profile: " + named.name() + " has no entry for " + entry.struct() + "; it has entries for "
                            + String.join(
                                    ", ",
                                    profile.structs().stream()
                                            .map(struct -> struct.struct())
                                            .toList())
                            + "; to check without a profile, write `profile: none`");
        }
        tellUnknownFields(subjects, profile);
        return subjects.stream()
                .map(subject -> subject.withProfile(profileOf(subject, profile)))
                .toList();
    }

    private void tellUnknownFields(List<Subject> subjects, Profile profile) {
        for (Subject subject : subjects) {
            profile.forStruct(subject.layout().name(), subject.version())
                    .flatMap(entry -> ObservedProfile.unknownFields(entry, List.of(subject.layout())))
                    .ifPresent(listener::unknownFields);
        }
    }

    private static Optional<StructProfile> profileOf(Subject subject, Profile profile) {
        return profile.forStruct(subject.layout().name(), subject.version())
                .map(one -> ObservedProfile.in(one, subject.layout()));
    }

    private InputException problem(Contract.Entry entry, String text) {
        return new InputException(contract.file(), entry.place(), text);
    }
}
