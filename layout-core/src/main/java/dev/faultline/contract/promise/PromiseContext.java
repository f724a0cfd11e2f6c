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
 * What a promise is checked against: one struct with its use, on lines of one size.
 *
 * <p>A field is <em>hot</em> when a declared profile says that one CPU touches it, or all CPUs together write it,
 * {@link Rates#HOT 10,000} times per second or more, or at an unknown rate. Without a profile, every field is hot
 * except those named as padding and those that the conditions declare cold, so that missing knowledge never keeps a
 * promise.
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
     * The context of one struct at one line size.
     *
     * @param subject the struct
     * @param conditions the conditions of the check
     * @param lineBytes the size of a line
     * @throws dev.faultline.input.InputException when the profile names a field that does not exist
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
     * A field, a part of a field, or memory beside the struct.
     *
     * @param path path of the field; empty when it is not a field
     * @param label its name
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

    /** {@return the layout of the struct} */
    public StructLayout layout() {
        return subject.layout();
    }

    /** {@return the size of a line in bytes} */
    public int lineBytes() {
        return machine.lineBytes().value();
    }

    /** {@return the possible positions of byte 0 within a line} */
    public Placement placement() {
        return subject.placement();
    }

    /** {@return whether the struct has a profile} */
    public boolean isDeclared() {
        return subject.profile().isPresent();
    }

    /** {@return the findings that a baseline accepts; empty when there is no baseline} */
    Optional<List<AcceptedFinding>> accepted() {
        return conditions.accepted();
    }

    /** {@return an existing field} */
    FieldRef field(String path) {
        return layout().resolve(path).orElseThrow(() -> new IllegalArgumentException(path));
    }

    /** {@return the findings of all rules, computed on first use} */
    public Analysis analysis() {
        if (analysis == null) {
            analysis = new Analyzer(machine, Catalog.RULES).analyze(subject);
        }
        return analysis;
    }

    /**
     * {@return why the conditions contradict the struct: a cold field does not exist, or the profile says it is hot}
     */
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
                return Optional.of("cold: no field of " + layout().spelling() + " matches '" + pattern.text() + "'");
            }
            Optional<String> touched = access.activities().stream()
                    .filter(this::isHot)
                    .map(activity -> activity.field().path())
                    .filter(pattern::matches)
                    .findFirst();
            if (touched.isPresent()) {
                return Optional.of("cold: '" + pattern.text() + "' matches " + touched.get()
                        + ", which the profile says is used often");
            }
        }
        return Optional.empty();
    }

    /**
     * {@return the hot fields other than these, and the memory before and after the struct where other objects may
     * share its lines, in order of offset}
     *
     * @param members fields that may share lines
     */
    List<Neighbour> hotBeside(List<FieldRef> members) {
        if (hot == null) {
            hot = (isDeclared() ? touched() : guessed()).toList();
        }
        List<Neighbour> beside = new ArrayList<>();
        hot.forEach(one -> cut(one, members, beside));
        if (placement().baseAlignment() < lineBytes()) {
            long size = layout().byteSize();
            beside.add(new Neighbour("", "the memory before the object", -lineBytes(), 0));
            beside.add(new Neighbour("", "the memory after the object", size, size + lineBytes()));
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

    /**
     * A read delays only the CPU that reads, so its rate counts per CPU; a write delays all others, so the writes of
     * all CPUs are added. A use with an unknown rate is hot.
     */
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

    /** The hot fields without a profile: all but padding and those declared cold. */
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

    /** Adds the parts of a hot field that are outside the members. */
    private static void cut(Neighbour one, List<FieldRef> members, List<Neighbour> out) {
        List<Neighbour> left = List.of(one);
        for (FieldRef member : members) {
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
