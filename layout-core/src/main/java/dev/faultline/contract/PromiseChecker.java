package dev.faultline.contract;

import dev.faultline.contract.promise.AcceptedFinding;
import dev.faultline.contract.promise.Conditions;
import dev.faultline.contract.promise.Promise;
import dev.faultline.contract.promise.PromiseContext;
import dev.faultline.contract.promise.PromiseTexts;
import dev.faultline.hazard.Finding;
import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks promises about one struct, at every requested line size. */
public final class PromiseChecker {

    private static final String SIZE = "\u0000";

    private final Subject subject;
    private final Conditions conditions;
    private final List<PromiseContext> contexts;

    /**
     * A checker of one struct.
     *
     * @param subject the struct, with its profile and placement
     * @param conditions the conditions of the check
     * @throws InputException when the profile names a field that does not exist
     */
    public PromiseChecker(Subject subject, Conditions conditions) {
        this.subject = subject;
        this.conditions = conditions;
        this.contexts = conditions.lineBytes().stream()
                .map(line -> new PromiseContext(subject, conditions, line))
                .toList();
    }

    /**
     * Checks a promise.
     *
     * @param declared the promise
     * @return the result; for a promise that cannot be checked, the reason with its source and place
     */
    public PromiseResult check(DeclaredPromise declared) {
        Promise promise = declared.promise();
        Optional<String> obstacle = obstacle(promise);
        if (obstacle.isPresent()) {
            String message = new InputException(declared.source(), declared.place(), obstacle.get()).getMessage();
            return result(declared, PromiseResult.Status.UNJUDGED, List.of(message), List.of());
        }
        Map<String, List<Integer>> linesByWords = new LinkedHashMap<>();
        Set<String> fields = new LinkedHashSet<>();
        for (PromiseContext context : promise.isAboutLines() ? contexts : contexts.subList(0, 1)) {
            promise.violation(context).ifPresent(violation -> {
                linesByWords
                        .computeIfAbsent(sizeless(violation.words(), context.lineBytes()), words -> new ArrayList<>())
                        .add(context.lineBytes());
                fields.addAll(violation.fields());
            });
        }
        List<String> why = new ArrayList<>();
        linesByWords.forEach((words, lines) -> why.add(sized(words, lines)));
        return result(
                declared,
                why.isEmpty() ? PromiseResult.Status.KEPT : PromiseResult.Status.BROKEN,
                why,
                List.copyOf(fields));
    }

    /** Removes the line size, so that violations that differ only in it are reported once. */
    private static String sizeless(String words, int lineBytes) {
        return words.replace(lineBytes + "-byte", SIZE);
    }

    private static String sized(String words, List<Integer> lines) {
        String others = lines.size() == 1
                ? ""
                : "; on "
                        + PromiseTexts.and(lines.stream()
                                .skip(1)
                                .map(size -> size + "-byte")
                                .toList()) + " lines too";
        return words.replace(SIZE, lines.get(0) + "-byte") + others;
    }

    private PromiseResult result(
            DeclaredPromise declared, PromiseResult.Status status, List<String> why, List<String> fields) {
        return new PromiseResult(
                subject.reference(), declared.promise().words(), status, why, fields, declared.place());
    }

    private Optional<String> obstacle(Promise promise) {
        for (String path : promise.fields()) {
            if (subject.layout().resolve(path).isEmpty()) {
                return Optional.of(promise.name() + ": " + subject.layout().spelling() + " has no field " + path
                        + Nearest.hint(path, subject.layout().paths()));
            }
        }
        PromiseContext context = contexts.get(0);
        return promise.obstacle(context).map(why -> promise.name() + ": " + why).or(context::contradiction);
    }

    /** {@return the context at each line size, in the requested order} */
    List<PromiseContext> contexts() {
        return contexts;
    }

    /**
     * {@return the findings of all line sizes as accepted findings, sorted and without repetitions, with the reasons
     * of those that were accepted before}
     */
    public List<AcceptedFinding> findings() {
        List<AcceptedFinding> before = conditions.accepted().orElse(List.of());
        List<AcceptedFinding> all = new ArrayList<>();
        for (PromiseContext context : contexts) {
            for (Finding finding : context.analysis().findings()) {
                AcceptedFinding one = AcceptedFinding.of(finding);
                all.removeIf(one::covers);
                if (all.stream().noneMatch(other -> other.covers(one))) {
                    all.add(one);
                }
            }
        }
        return all.stream()
                .map(one -> one.because(reason(one, before)))
                .sorted()
                .toList();
    }

    private static String reason(AcceptedFinding found, List<AcceptedFinding> before) {
        return before.stream()
                .filter(one -> one.covers(found))
                .findFirst()
                .or(() -> before.stream().filter(one -> one.isAbout(found)).findFirst())
                .map(AcceptedFinding::reason)
                .orElse("");
    }
}
