package dev.faultline.report.build;

import dev.faultline.access.AccessKind;
import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.analysis.Analysis;
import dev.faultline.hazard.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fields of one line that roles of a profile store and never load. Such stores wait in the store buffers of their CPUs,
 * so that no rule finds them. A report says so, because a profile of counters often has {@code write} where the code
 * loads the counter first.
 */
final class BufferedStores {

    private final Analysis analysis;
    private final int lineBytes;
    private final Set<String> waiting;
    private final Set<String> found;

    private BufferedStores(Analysis analysis) {
        this.analysis = analysis;
        this.lineBytes = analysis.machine().lineBytes().value();
        this.waiting = analysis.access().uses().stream()
                .filter(use -> use.kind() != AccessKind.WRITE)
                .map(BufferedStores::operation)
                .collect(Collectors.toSet());
        this.found = new HashSet<>();
        analysis.findings().stream()
                .filter(finding -> !finding.isSuspicion())
                .map(Finding::fields)
                .forEach(found::addAll);
    }

    /**
     * {@return the first two fields of a line that operations of different roles store, where neither operation does
     * anything that waits for a store; empty when there are none, and without a profile}. Takes time proportional to
     * the fields and to those beside each of them on a line.
     *
     * @param analysis a struct, its accesses and findings
     */
    static Optional<String> of(Analysis analysis) {
        return analysis.access().certainty().isOfProfile() ? new BufferedStores(analysis).pair() : Optional.empty();
    }

    private Optional<String> pair() {
        List<FieldActivity> stored = new ArrayList<>();
        for (FieldActivity activity : analysis.access().activities()) {
            if (isOnlyStored(activity)) {
                stored.add(activity);
            }
        }
        for (int i = 0; i < stored.size(); i++) {
            FieldActivity one = stored.get(i);
            for (int k = i + 1; k < stored.size() && begin(stored.get(k)) < end(one) + lineBytes; k++) {
                Optional<String> pair = onLine(one, stored.get(k));
                if (pair.isPresent()) {
                    return pair;
                }
            }
        }
        return Optional.empty();
    }

    private boolean isOnlyStored(FieldActivity activity) {
        return activity.reads().isEmpty()
                && activity.writes().stream().noneMatch(use -> waiting.contains(operation(use)))
                && !found.contains(activity.field().path());
    }

    private Optional<String> onLine(FieldActivity one, FieldActivity other) {
        boolean shares = analysis.subject()
                        .placement()
                        .meeting(one.field().bytes(), other.field().bytes(), lineBytes)
                        .sharing()
                > 0;
        if (shares) {
            for (FieldUse first : one.writes()) {
                for (FieldUse second : other.writes()) {
                    if (!first.role().equals(second.role()) && meet(first, second)) {
                        return Optional.of(words(first, second));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean meet(FieldUse one, FieldUse other) {
        return analysis.access().meet(one, other, analysis.machine().cpus().value());
    }

    private String words(FieldUse one, FieldUse other) {
        String way = analysis.access().certainty() == Certainty.DECLARED
                ? "; a counter that is counted up is a `read`, then a `write`"
                : "";
        return one.field().path() + " (" + operation(one) + ") and "
                + other.field().path() + " (" + operation(other)
                + ") share a line and are only stored: a store waits in the store buffer, and its CPU does not" + way;
    }

    private static String operation(FieldUse use) {
        return use.role().name() + ": " + use.operation();
    }

    private static long begin(FieldActivity activity) {
        return activity.field().bytes().start();
    }

    private static long end(FieldActivity activity) {
        return activity.field().bytes().end();
    }
}
