package dev.faultline.cli.run;

import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.MachineOptions;
import dev.faultline.contract.Baseline;
import dev.faultline.contract.Contract;
import dev.faultline.contract.ContractCheck;
import dev.faultline.contract.ContractReader;
import dev.faultline.contract.ContractResolver;
import dev.faultline.contract.ContractResult;
import dev.faultline.contract.GroupMarkers;
import dev.faultline.contract.PromiseResult;
import dev.faultline.contract.promise.Conditions;
import dev.faultline.contract.promise.PromisePlacements;
import dev.faultline.input.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Checks contracts and the group markers of structs. */
public final class CheckRunner {

    private static final int MOST_BYTES = 16 << 20;

    private final StructFinder finder;
    private final MachineOptions options;
    private final boolean update;
    private final CliContext context;
    private final ContractResolver resolver;
    private final Conditions conditions;

    private boolean failed;
    private boolean anyAsked;
    private boolean hasOmissions;

    /**
     * @param finder finds structs, and sources for contracts
     * @param options the machine to check for, when one is named
     * @param update whether baselines are recorded
     */
    public CheckRunner(StructFinder finder, MachineOptions options, boolean update, CliContext context) {
        this.finder = finder;
        this.options = options;
        this.update = update;
        this.context = context;
        Conditions usual = Conditions.of(OptionResolver.machine(options, context));
        this.resolver = new ContractLibrary(
                finder, options.machine == null ? Optional.empty() : Optional.of(usual.machine()), context);
        // Group markers are for objects that start on a line, unless --base-align says otherwise.
        PromisePlacements placements = baseAlignment().orElseGet(PromisePlacements.Aligned::new);
        this.conditions = new Conditions(usual.machine(), usual.lineBytes(), placements, List.of(), Optional.empty());
    }

    private Optional<PromisePlacements> baseAlignment() {
        return options.baseAlignment().map(PromisePlacements.BaseAlign::new);
    }

    /**
     * Checks everything that was named.
     *
     * @param contracts files, directories and patterns
     * @param names structs whose group markers are checked
     * @param match which structs of the source have their group markers checked; null for none
     * @return the results, one section for each contract or source
     */
    public List<ContractResult> run(List<String> contracts, List<String> names, Glob match) {
        List<ContractResult> sections = new ArrayList<>(contracts(contracts));
        if (!names.isEmpty() || match != null) {
            sections.addAll(markers(names, match));
        }
        boolean allRead =
                sections.stream().allMatch(section -> section.problems().isEmpty());
        if (update && !anyAsked && allRead) {
            complain("nothing to record: no struct of these contracts asks for a baseline (max-hazard: baseline)");
        }
        sections.forEach(section -> section.complaints().forEach(this::complain));
        return sections;
    }

    /** {@return whether something could not be checked or recorded} */
    public boolean hasFailed() {
        return failed;
    }

    /** {@return whether something that matched could not be laid out, or a recording names unknown fields} */
    public boolean hasOmissions() {
        return hasOmissions;
    }

    private void complain(String line) {
        context.say(line);
        failed = true;
    }

    /** Each file is checked once, however often it was named. */
    private List<ContractResult> contracts(List<String> words) {
        Map<String, ContractResult> sections = new LinkedHashMap<>();
        for (String word : words) {
            try {
                for (String file : ContractFiles.of(word)) {
                    sections.computeIfAbsent(file, this::contract);
                }
            } catch (InputException missing) {
                sections.put(word, ContractResult.unchecked(word, missing.lines()));
            }
        }
        return List.copyOf(sections.values());
    }

    private ContractResult contract(String file) {
        try {
            OptionalInt lineBytes = options.lineBytes == null ? OptionalInt.empty() : OptionalInt.of(options.lineBytes);
            Contract contract = ContractReader.readWhatIsClear(file, InputText.read(file, "contract", MOST_BYTES))
                    .judgedAt(lineBytes, baseAlignment());
            return contract.asksForBaseline() ? measured(contract) : check(contract, Optional.empty(), update);
        } catch (InputException broken) {
            return ContractResult.unchecked(file, broken.lines());
        }
    }

    private ContractResult check(Contract contract, Optional<Baseline> baseline, boolean recording) {
        try (EntryProgress progress = new EntryProgress(context)) {
            ContractResult result = ContractCheck.check(contract, baseline, recording, resolver, progress);
            progress.unknown.forEach(context::say);
            hasOmissions |= !progress.unknown.isEmpty();
            return result;
        }
    }

    /** Progress through the structs of each entry of a contract. */
    private static final class EntryProgress implements ContractCheck.Listener, AutoCloseable {

        private final CliContext context;
        private final Set<String> unknown = new LinkedHashSet<>();
        private Progress progress;

        EntryProgress(CliContext context) {
            this.context = context;
        }

        @Override
        public void judged(int structs, int of) {
            if (structs == 0) {
                close();
                progress = Progress.of(of, context);
            }
            progress.done(structs);
        }

        @Override
        public void unknownFields(String line) {
            unknown.add(line);
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.close();
            }
        }
    }

    private ContractResult measured(Contract contract) {
        anyAsked = true;
        String name = Contract.baselineOf(contract.file());
        if (update) {
            OverwriteGuard.writing(name);
        }
        StoredBaseline stored;
        try {
            stored = StoredBaseline.read(name);
        } catch (InputException broken) {
            complain(broken.getMessage());
            return check(contract.withoutBaseline(), Optional.empty(), false);
        }
        ContractResult section = check(contract, stored.baseline(), update);
        if (update) {
            record(stored, section);
        }
        return section;
    }

    private void record(StoredBaseline stored, ContractResult section) {
        if (section.update().isEmpty()) {
            complain(stored.name() + ": not written, since not all of " + section.source() + " could be checked");
            return;
        }
        try {
            stored.replace(section.update().get(), "faultline check --update", context, "");
        } catch (InputException unwritten) {
            complain(unwritten.getMessage());
        }
    }

    private List<ContractResult> markers(List<String> names, Glob match) {
        List<ContractResult> sections = new ArrayList<>();
        String source = finder.from().orElse("group markers");
        try {
            if (!names.isEmpty()) {
                sections.add(markers(finder.named(names), source, false));
            }
            if (match != null) {
                Selection matching = Selection.matching(match, finder.source());
                sections.add(markers(matching, finder.source().description(), true));
            }
        } catch (InputException broken) {
            sections.add(ContractResult.unchecked(source, broken.lines()));
        }
        return sections;
    }

    private ContractResult markers(Selection selection, String source, boolean skipping) {
        List<String> problems = new ArrayList<>(selection.complaints());
        List<PromiseResult> results = new ArrayList<>();
        for (Selection.Selected one : selection.selected()) {
            List<PromiseResult> found = GroupMarkers.check(one.subject(), conditions);
            if (found.isEmpty() && !skipping) {
                problems.add(one.source().description() + ": "
                        + one.subject().layout().spelling()
                        + " has no cache-line group markers, so there is nothing to check; a contract can promise"
                        + " more");
            }
            results.addAll(found);
        }
        if (results.isEmpty() && problems.isEmpty()) {
            problems.add(source + ": none of the " + selection.selected().size()
                    + " matching structs has cache-line group markers");
        }
        String title = options.baseAlignment().isEmpty()
                ? "group markers, of objects that start on a line"
                : "group markers, of objects that start at multiples of "
                        + options.baseAlignment().get();
        List<String> notes = new ArrayList<>(selection.notes());
        selection.omissions().forEach(one -> notes.addAll(one.lines()));
        hasOmissions |= !selection.omissions().isEmpty();
        return new ContractResult(source, title, results, problems, notes, Optional.empty());
    }
}
