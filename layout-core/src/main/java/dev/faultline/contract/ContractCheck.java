package dev.faultline.contract;

import dev.faultline.access.Profile;
import dev.faultline.input.InputException;
import dev.faultline.input.NamePattern;
import dev.faultline.machine.Machine;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks a contract: finds its structs and judges every promise. What cannot be checked does not keep the rest from it. */
public final class ContractCheck {

    private static final String NO_PROFILE = "none";

    private final Contract contract;
    private final Optional<Baseline> baseline;
    private final boolean recording;
    private final Library library;

    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, List<Accepted>> update = new LinkedHashMap<>();

    private ContractCheck(Contract contract, Optional<Baseline> baseline, boolean recording, Library library) {
        this.contract = contract;
        this.baseline = baseline;
        this.recording = recording;
        this.library = library;
    }

    /**
     * Checks a contract.
     *
     * @param contract the contract
     * @param baseline what it lives with, when that was recorded
     * @param recording whether what is found now is to be accepted: promises measured against the baseline are then kept
     * @param library opens what the contract names
     * @return what came of it
     */
    public static Section check(Contract contract, Optional<Baseline> baseline, boolean recording, Library library) {
        return new ContractCheck(contract, baseline, recording, library).section();
    }

    private Section section() {
        for (Contract.Entry entry : contract.entries()) {
            try {
                entry(entry);
            } catch (InputException broken) {
                problems.add(broken.getMessage());
            }
        }
        boolean whole = problems.isEmpty() && contract.asksForBaseline();
        if (whole && !recording) {
            baseline.ifPresent(accepted -> accepted.besides(List.copyOf(update.keySet()))
                    .forEach(name -> notes.add("the baseline accepts findings of " + name
                            + ", which this contract does not measure; --update drops them")));
        }
        return new Section(
                contract.file(),
                contract.title(),
                outcomes,
                problems,
                notes,
                whole ? Optional.of(new Baseline(update)) : Optional.empty());
    }

    private void entry(Contract.Entry entry) {
        LayoutSource source = library.source(contract.file(), entry.source().map(Contract.Named::name));
        Machine machine = library.machine(contract.file(), entry.machine().map(Contract.Named::name));
        List<Subject> subjects = subjects(entry, source);
        for (Subject subject : profiled(entry, subjects)) {
            try {
                struct(entry, subject, machine);
            } catch (InputException broken) { // its profile names a field that it does not have
                problems.add(broken.getMessage());
            }
        }
    }

    private void struct(Contract.Entry entry, Subject subject, Machine machine) {
        Optional<List<Accepted>> accepted = baseline.flatMap(known -> known.of(subject.reference()));
        Conditions conditions = new Conditions(
                machine,
                entry.lineBytes().isEmpty() ? List.of(machine.lineBytes().value()) : entry.lineBytes(),
                entry.placements(),
                entry.cold(),
                accepted);
        Checker checker = new Checker(subject, conditions);
        if (entry.asksForBaseline()) {
            List<Accepted> found = checker.findings();
            update.merge(subject.reference(), found, (one, other) -> {
                List<Accepted> both = new ArrayList<>(one);
                both.addAll(other);
                return both;
            });
            if (!recording) {
                checker.stale()
                        .forEach(one ->
                                notes.add(subject.reference() + ": accepted in the baseline and no longer found: "
                                        + one.words() + "; --update drops it"));
            } else {
                checker = new Checker(subject, accepting(conditions, found));
            }
        }
        for (Clause clause : entry.clauses()) {
            outcomes.add(checker.check(clause));
        }
    }

    private static Conditions accepting(Conditions conditions, List<Accepted> found) {
        return new Conditions(
                conditions.machine(),
                conditions.lineBytes(),
                conditions.placements(),
                conditions.cold(),
                Optional.of(found));
    }

    private List<Subject> subjects(Contract.Entry entry, LayoutSource source) {
        if (entry.pattern().isPresent()) {
            return matching(entry, entry.pattern().get(), source);
        }
        Lookup lookup = source.find(entry.struct());
        if (lookup instanceof Lookup.Found found) {
            return found.subjects();
        }
        throw problem(entry, ((Lookup.Missing) lookup).reason());
    }

    private List<Subject> matching(Contract.Entry entry, NamePattern pattern, LayoutSource source) {
        Set<String> references = new LinkedHashSet<>();
        List<LayoutSource.Entry> all = source.entries();
        for (LayoutSource.Entry one : all) {
            String reference = one.version().isEmpty() ? one.name() : one.name() + "@" + one.version();
            if (pattern.matches(one.name()) || pattern.matches(reference)) {
                references.add(reference);
            }
        }
        List<Subject> subjects = new ArrayList<>();
        for (String reference : references) {
            Lookup lookup = source.find(reference);
            if (lookup instanceof Lookup.Found found) {
                subjects.addAll(found.subjects());
            } else if (lookup instanceof Lookup.Missing missing) {
                problems.add(problem(entry, missing.reason()).getMessage());
            }
        }
        if (references.isEmpty()) {
            throw problem(
                    entry,
                    source.description() + ": none of its " + all.size() + " structs fits '" + pattern.text() + "'");
        }
        return subjects;
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
        Profile profile = library.profile(contract.file(), named.name());
        if (!subjects.isEmpty()
                && subjects.stream()
                        .noneMatch(subject ->
                                profile.forStruct(subject.layout().name()).isPresent())) {
            throw new InputException(
                    contract.file(),
                    named.place(),
                    "profile: " + named.name() + " says nothing about " + entry.struct() + "; it knows "
                            + String.join(
                                    ", ",
                                    profile.structs().stream()
                                            .map(struct -> struct.struct())
                                            .toList()));
        }
        return subjects.stream()
                .map(subject ->
                        subject.withProfile(profile.forStruct(subject.layout().name())))
                .toList();
    }

    private InputException problem(Contract.Entry entry, String text) {
        return new InputException(contract.file(), entry.place(), text);
    }
}
