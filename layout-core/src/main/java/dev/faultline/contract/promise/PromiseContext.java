package dev.faultline.contract.promise;

import dev.faultline.access.AccessMap;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.Resolution;
import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Rates;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.input.NamePattern;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a promise is judged on: one struct as it is used, on lines of one size.
 *
 * <p>A field is <em>hot</em> when a declared profile has one CPU touch it, or all CPUs together write it,
 * {@link Rates#HOT 10,000} times a second or more, or at a rate nobody stated. Where no profile says who touches what, every field is hot but those called padding and those that the
 * conditions call cold: nothing else is known, and a promise is not to be kept by ignorance.
 */
public final class PromiseContext {

    private final Subject subject;
    private final Machine machine;
    private final Conditions conditions;
    private final AccessMap access;
    private Analysis analysis;
    private Optional<String> contradiction;
    private List<Neighbour> hot;

    /**
     * A ground.
     *
     * @param subject the struct
     * @param conditions under what it is judged
     * @param lineBytes the size of a line
     * @throws dev.faultline.input.InputException when the profile names a field that is not there
     */
    public PromiseContext(Subject subject, Conditions conditions, int lineBytes) {
        this.subject = subject.withPlacement(conditions.placements().of(subject, lineBytes));
        this.machine = conditions.machine().lineBytes().value() == lineBytes
                ? conditions.machine()
                : conditions.machine().withLineBytes(lineBytes, "asked for");
        this.conditions = conditions;
        this.access = subject.profile()
                .map(profile -> Resolution.resolve(subject.layout(), profile))
                .orElseGet(AccessMap::none);
    }

    /**
     * A field, a part of one, or what stands beside the struct.
     *
     * @param path of the field; empty for what is no field
     * @param label what it is called
     * @param start its first byte, negative before the struct
     * @param end one past its last byte
     */
    record Neighbour(String path, String label, long start, long end) {
        static Neighbour of(String path, ByteRange bytes) {
            return new Neighbour(path, path, bytes.start(), bytes.end());
        }

        String words() {
            return path.isEmpty() ? label : label + " (" + PromiseTexts.bytes(start, end) + ")";
        }

        void without(ByteRange taken, List<Neighbour> out) {
            if (taken.end() <= start || end <= taken.start()) {
                out.add(this);
                return;
            }
            String rest = path.equals(label) ? "the rest of " + path : label;
            if (start < taken.start()) {
                out.add(new Neighbour(path, rest, start, taken.start()));
            }
            if (taken.end() < end) {
                out.add(new Neighbour(path, rest, taken.end(), end));
            }
        }
    }

    /** {@return the bytes} */
    public StructLayout layout() {
        return subject.layout();
    }

    /** {@return the size of a line in bytes} */
    public int lineBytes() {
        return machine.lineBytes().value();
    }

    /** {@return where byte 0 may stand} */
    public Placement placement() {
        return subject.placement();
    }

    /** {@return whether a profile says who touches what} */
    public boolean isDeclared() {
        return subject.profile().isPresent();
    }

    /** {@return the findings that a baseline accepts; nothing when there is no baseline} */
    Optional<List<AcceptedFinding>> accepted() {
        return conditions.accepted();
    }

    /** {@return a field that is known to be there} */
    FieldRef field(String path) {
        return layout().resolve(path).orElseThrow(() -> new IllegalArgumentException(path));
    }

    /** {@return what every rule finds here; found when first asked for} */
    public Analysis analysis() {
        if (analysis == null) {
            analysis = new Analyzer(machine, Catalog.RULES).analyze(subject);
        }
        return analysis;
    }

    /** {@return why the conditions contradict the struct: a cold field that is not there, or that the profile touches} */
    public Optional<String> contradiction() {
        if (contradiction == null) {
            contradiction = coldAndTouched();
        }
        return contradiction;
    }

    private Optional<String> coldAndTouched() {
        for (NamePattern pattern : conditions.cold()) {
            List<String> fitting =
                    fields().map(Neighbour::path).filter(pattern::matches).toList();
            if (fitting.isEmpty()) {
                return Optional.of("cold: no field of " + layout().spelling() + " fits '" + pattern.text() + "'");
            }
            Optional<String> touched = access.activities().stream()
                    .filter(this::isHot)
                    .map(activity -> activity.field().path())
                    .filter(pattern::matches)
                    .findFirst();
            if (touched.isPresent()) {
                return Optional.of(
                        "cold: the profile says that " + touched.get() + " is touched ('" + pattern.text() + "')");
            }
        }
        return Optional.empty();
    }

    /**
     * {@return the hot fields beside these, and what lies before and behind the struct where its memory may be shared, in
     * order of offset}
     *
     * @param party fields that may be together
     */
    List<Neighbour> hotBeside(List<FieldRef> party) {
        if (hot == null) {
            hot = (isDeclared() ? touched() : guessed()).toList();
        }
        List<Neighbour> beside = new ArrayList<>();
        hot.forEach(one -> cut(one, party, beside));
        if (placement().baseAlignment() < lineBytes()) {
            long size = layout().byteSize();
            beside.add(new Neighbour("", "whatever lies before it in memory", -lineBytes(), 0));
            beside.add(new Neighbour("", "whatever lies behind it in memory", size, size + lineBytes()));
        }
        beside.sort(Comparator.comparingLong(Neighbour::start).thenComparing(Neighbour::label));
        return beside;
    }

    private Stream<Neighbour> touched() {
        return access.activities().stream()
                .filter(this::isHot)
                .map(activity ->
                        Neighbour.of(activity.field().path(), activity.field().bytes()));
    }

    /** Reads hurt the CPU that reads; writes hurt all others, so those of all CPUs count. A rate nobody stated is hot. */
    private boolean isHot(FieldActivity activity) {
        int cpus = machine.cpus().value();
        double written = activity.writes().stream()
                .mapToDouble(use -> use.ratePerSecond() * use.role().cpus().count(cpus))
                .sum();
        Map<String, Double> byRole = new HashMap<>();
        activity.reads().forEach(use -> byRole.merge(use.role().name(), use.ratePerSecond(), Double::sum));
        activity.writes().forEach(use -> byRole.merge(use.role().name(), use.ratePerSecond(), Double::sum));
        return !(written < Rates.HOT) || byRole.values().stream().anyMatch(rate -> !(rate < Rates.HOT));
    }

    /** Where nobody says who touches what: every field but padding and what is said to be cold. */
    private Stream<Neighbour> guessed() {
        return layout().fields().stream()
                .filter(field -> !field.isPadding() && !isCold(field.path()))
                .map(field -> Neighbour.of(field.path(), field.bytes()));
    }

    private Stream<Neighbour> fields() {
        return layout().fields().stream().map(field -> Neighbour.of(field.path(), field.bytes()));
    }

    private boolean isCold(String path) {
        return conditions.cold().stream().anyMatch(pattern -> pattern.matches(path));
    }

    /** What of a hot field is not the party's own bytes. */
    private static void cut(Neighbour one, List<FieldRef> party, List<Neighbour> out) {
        List<Neighbour> left = List.of(one);
        for (FieldRef member : party) {
            if (member.bytes().end() <= one.start()
                    || one.end() <= member.bytes().start()) {
                continue;
            }
            List<Neighbour> next = new ArrayList<>();
            for (Neighbour piece : left) {
                piece.without(member.bytes(), next);
            }
            left = next;
        }
        out.addAll(left);
    }
}
