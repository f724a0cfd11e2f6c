package dev.faultline.cli.command;

import dev.faultline.cli.option.Reference;
import dev.faultline.contract.Baseline;
import dev.faultline.contract.BaselineFile;
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
import dev.faultline.source.LayoutSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.TypeConversionException;

/** One run of {@code check}. */
final class Checking {

    private static final int MOST_BYTES = 16 << 20;

    private final CheckRequest request;
    private final Sources sources;
    private final Surroundings surroundings;
    private final ContractResolver resolver;

    private boolean failed;
    private boolean anyAsked;

    Checking(CheckRequest request, Sources sources, Surroundings surroundings) {
        this.request = request;
        this.sources = sources;
        this.surroundings = surroundings;
        this.resolver = new ContractLibrary(
                sources,
                request.from(),
                request.asked().machine == null ? Optional.empty() : Optional.of(request.machine()));
    }

    /**
     * Runs.
     *
     * @return the exit status: what could not be checked counts more than a broken promise
     * @throws InputException when the report cannot be written where it should
     */
    int run() {
        boolean broken = false;
        try (ReportFile file = ReportFile.open(request.output(), surroundings.out())) {
            List<ContractResult> sections = new ArrayList<>(contracts());
            if (!request.structs().isEmpty() || request.match().isPresent()) {
                sections.addAll(markers());
            }
            boolean allRead =
                    sections.stream().allMatch(section -> section.problems().isEmpty());
            if (request.update() && !anyAsked && allRead) {
                complain("nothing to record: no struct of these contracts asks for a baseline (max-hazard: baseline)");
            }
            for (ContractResult section : sections) {
                section.complaints().forEach(this::complain);
                broken |= section.count(PromiseResult.Status.BROKEN) > 0;
            }
            request.reports().checks(sections, request.quiet(), file.writer());
            file.commit();
        } catch (IOException unwritten) { // what was judged before the reader went away still counts
            failed |= Complaints.failure(unwritten, List.of(), surroundings) != ExitStatus.CLEAN;
        }
        return failed ? ExitStatus.FAILED : broken ? ExitStatus.FOUND : ExitStatus.CLEAN;
    }

    private void complain(String line) {
        surroundings.say(line);
        failed = true;
    }

    /** Each file once, however often it was meant. */
    private List<ContractResult> contracts() {
        Map<String, ContractResult> sections = new LinkedHashMap<>();
        for (String word : request.contracts()) {
            try {
                for (String file : ContractFiles.of(word)) {
                    sections.computeIfAbsent(file, this::contract);
                }
            } catch (InputException missing) {
                sections.put(word, ContractResult.unchecked(word, missing.getMessage()));
            }
        }
        return List.copyOf(sections.values());
    }

    private ContractResult contract(String file) {
        try {
            Contract contract = ContractReader.read(file, InputText.read(file, "contract", MOST_BYTES))
                    .judgedAt(
                            request.asked().lineBytes == null
                                    ? OptionalInt.empty()
                                    : OptionalInt.of(request.asked().lineBytes),
                            Optional.ofNullable(request.asked().baseAlignment)
                                    .map(bytes -> new PromisePlacements.BaseAlign(bytes)));
            return contract.asksForBaseline() ? measured(contract) : check(contract, Optional.empty());
        } catch (InputException broken) {
            return ContractResult.unchecked(file, broken.getMessage());
        }
    }

    private ContractResult check(Contract contract, Optional<Baseline> baseline) {
        return check(contract, baseline, request.update());
    }

    private ContractResult check(Contract contract, Optional<Baseline> baseline, boolean recording) {
        try (Structs structs = new Structs(surroundings)) {
            return ContractCheck.check(contract, baseline, recording, resolver, structs);
        }
    }

    /** Progress through the structs of each entry. */
    private static final class Structs implements ContractCheck.Listener, AutoCloseable {
        private final Surroundings surroundings;
        private Progress progress;

        Structs(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public void judged(int structs, int of) {
            if (structs == 0) {
                close();
                progress = Progress.of(of, surroundings);
            }
            progress.done(structs);
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.close();
            }
        }
    }

    /** A baseline that cannot be read is not taken for an empty one, and not written over. */
    private ContractResult measured(Contract contract) {
        anyAsked = true;
        String name = Contract.baselineOf(contract.file());
        Optional<Baseline> baseline;
        Optional<String> before;
        if (request.update()) {
            InputFiles.write(name);
        }
        try {
            before = Files.exists(Path.of(name))
                    ? Optional.of(InputText.read(name, "baseline", MOST_BYTES))
                    : Optional.empty();
            baseline = before.map(text -> BaselineFile.read(name, text));
        } catch (InputException broken) {
            complain(broken.getMessage());
            return check(contract.withoutBaseline(), Optional.empty(), false);
        }
        ContractResult section = check(contract, baseline);
        if (request.update()) {
            record(name, before, section);
        }
        return section;
    }

    private void record(String name, Optional<String> before, ContractResult section) {
        if (section.update().isEmpty()) {
            complain(name + ": not written, since not all of " + section.source() + " could be checked");
            return;
        }
        Baseline baseline = section.update().get();
        String text = BaselineFile.write(baseline);
        if (!before.equals(Optional.of(text))) {
            try (ReportFile file = ReportFile.open(Optional.of(Path.of(name)), surroundings.out())) {
                file.writer().write(text);
                file.commit();
            } catch (IOException unwritten) {
                complain(name + ": cannot be written: " + Reasons.of(unwritten));
                return;
            }
        }
        int accepted = baseline.structs().values().stream().mapToInt(List::size).sum();
        surroundings.say(name + ": " + accepted + (accepted == 1 ? " finding" : " findings") + " accepted"
                + (before.equals(Optional.of(text)) ? ", as before" : ""));
    }

    /** Groups are for objects that start on a line; whoever knows that they do not says so. */
    private Conditions conditions() {
        Conditions conditions = Conditions.of(request.machine());
        PromisePlacements placements = request.asked().baseAlignment == null
                ? new PromisePlacements.Aligned()
                : new PromisePlacements.BaseAlign(request.asked().baseAlignment);
        return new Conditions(conditions.machine(), conditions.lineBytes(), placements, List.of(), Optional.empty());
    }

    private List<ContractResult> markers() {
        List<ContractResult> sections = new ArrayList<>();
        try {
            if (!request.structs().isEmpty()) {
                List<Reference> references =
                        request.structs().stream().map(this::reference).toList();
                Selection selection = Selection.of(references, request.from(), false, sources);
                sections.add(markers(selection, request.from().orElse("group markers"), false));
            }
            if (request.match().isPresent()) {
                LayoutSource source = sources.get(request.from());
                sections.add(markers(Selection.matching(request.match().get(), source), source.description(), true));
            }
        } catch (InputException broken) {
            sections.add(ContractResult.unchecked(request.from().orElse("group markers"), broken.getMessage()));
        }
        return sections;
    }

    private Reference reference(String word) {
        try {
            return Reference.parse(word, request.from());
        } catch (TypeConversionException wrong) {
            throw new InputException(word, "", wrong.getMessage());
        }
    }

    private ContractResult markers(Selection selection, String source, boolean skipping) {
        List<String> problems = new ArrayList<>(selection.complaints());
        List<PromiseResult> results = new ArrayList<>();
        Conditions conditions = conditions();
        for (Selection.Selected one : selection.selected()) {
            List<PromiseResult> found = GroupMarkers.check(one.subject(), conditions);
            if (found.isEmpty() && !skipping) {
                problems.add(one.source().description() + ": "
                        + one.subject().layout().spelling()
                        + " has no cache-line group markers, so that nothing is promised; a contract can");
            }
            results.addAll(found);
        }
        if (results.isEmpty() && problems.isEmpty()) {
            problems.add(source + ": none of the " + selection.selected().size()
                    + " matching structs has cache-line group markers");
        }
        String title = request.asked().baseAlignment == null
                ? "group markers, of objects that start on a line"
                : "group markers, of objects that start at multiples of " + request.asked().baseAlignment;
        return new ContractResult(source, title, results, problems, selection.notes(), Optional.empty());
    }
}
