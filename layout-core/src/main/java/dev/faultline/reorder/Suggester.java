package dev.faultline.reorder;

import dev.faultline.Analysis;
import dev.faultline.Analyzer;
import dev.faultline.coherence.CostModel;
import dev.faultline.coherence.Workload;
import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.CachelineGroup;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds better layouts. Immutable and safe for use by several threads; the same question has the same answer. */
public final class Suggester {

    /** The most lines of a struct that is rearranged: 256 KiB in lines of 64 bytes. */
    public static final int MOST_LINES = 4096;

    private final Analyzer analyzer;
    private final Effort effort;

    /**
     * A suggester for the machine and the rules of an analyzer.
     *
     * @param analyzer what today's layout and every candidate are judged by
     * @param effort how long to look, for each packing that is solved; a struct takes some ten of them
     */
    public Suggester(Analyzer analyzer, Effort effort) {
        this.analyzer = Objects.requireNonNull(analyzer);
        this.effort = Objects.requireNonNull(effort);
    }

    /**
     * Looks for better layouts of a struct.
     *
     * @param subject the struct, where it stands and who uses it; without a profile, access is inferred from types
     * @param constraints what must stay as it is
     * @return what was found
     * @throws InputException when it is no struct, or the constraints name what it does not have or cannot do; names the nearest
     *     field, or what a pin collides with
     */
    public Suggestion suggest(Subject subject, Constraints constraints) {
        StructLayout layout = subject.layout();
        if (layout.kind() != AggregateKind.STRUCT || layout.byteSize() == 0) {
            throw new InputException(subject.reference(), "", refusal(layout));
        }
        Analysis before = analyzer.analyze(subject);
        return new Suggesting(analyzer, effort, subject, before, constraints).suggest();
    }

    private static String refusal(StructLayout layout) {
        return switch (layout.kind()) {
            case UNION -> "members of a union all stand at byte 0; there is nothing to reorder";
            case CLASS -> "the VM orders the fields of a class; only a struct can be reordered";
            case STRUCT -> "has no bytes to reorder";
        };
    }

    /** One question. */
    private static final class Suggesting {
        private final Analyzer analyzer;
        private final Effort effort;
        private final Subject subject;
        private final Analysis before;
        private final Constraints constraints;
        private final Weighing weighing;
        private final Dismantled whole;
        private final List<FieldRef> todayFields;
        private final Figures today;
        private final Relaxation relaxation;

        private Suggesting(
                Analyzer analyzer, Effort effort, Subject subject, Analysis before, Constraints constraints) {
            this.analyzer = analyzer;
            this.subject = subject;
            this.before = before;
            this.constraints = constraints;
            checkLines(subject, before.machine().lineBytes().value());
            Workload workload =
                    Workload.of(before.access(), before.machine().cpus().value());
            this.effort = effort.among(workload.tasks().size());
            this.weighing = new Weighing(workload, new CostModel(before.machine()));
            this.whole = Dismantling.of(Home.whole(subject.layout())).touchedBy(workload.fields());
            this.todayFields = workload.fields();
            this.today = weighing.figures(todayFields, subject.layout().byteSize(), subject.placement());
            this.relaxation = new Relaxation(
                    weighing, subject.placement(), subject.layout().byteAlignment(), this.effort);
        }

        private Suggestion suggest() {
            Drafting drafting = new Drafting(weighing, subject.placement(), constraints, effort, relaxation);
            List<Offer> offers = new ArrayList<>();
            LowerBound least = null;
            List<Bound> ways = ways();
            checkSize(ways);
            for (Bound way : ways) {
                Drafting.Drafts drafts = drafting.of(way);
                offers.addAll(drafts.offers());
                least = least == null || drafts.least().value() < least.value() ? drafts.least() : least;
            }
            if (constraints.mayAlign()) {
                drafting.todayAligned(new Bound(whole, java.util.Map.of())).ifPresent(offers::add);
            }
            List<Offer> chosen = Screening.choose(offers, fits(ways) ? Optional.of(today) : Optional.empty());
            return new Suggestion(before, today, certificate(least), fits(ways), complete(chosen));
        }

        private static void checkLines(Subject subject, int lineBytes) {
            long lines = subject.layout().byteSize() / lineBytes;
            if (lines > MOST_LINES) {
                throw new InputException(
                        subject.reference(),
                        "",
                        lines + " lines of " + lineBytes + " bytes; structs of at most " + MOST_LINES
                                + " are rearranged, so move its long arrays out of it");
            }
        }

        private void checkSize(List<Bound> ways) {
            long least = ways.stream()
                    .mapToLong(way -> way.struct().sizeFor(way.struct().atomBytes()))
                    .min()
                    .orElseThrow();
            if (constraints.mostBytes().isPresent() && constraints.mostBytes().getAsLong() < least) {
                throw new InputException(
                        subject.reference(),
                        "at most " + constraints.mostBytes().getAsLong() + " bytes",
                        "its members alone take " + least);
            }
        }

        /** The ways of taking the struct apart that the constraints allow; what they say must make sense in one of them. */
        private List<Bound> ways() {
            List<Home> opened = Home.opened(subject.layout(), before.access().uses());
            List<Dismantled> structs = new ArrayList<>();
            if (constraints.opening() != Opening.OPENED || opened.size() == 1) {
                structs.add(whole);
            }
            if (constraints.opening() != Opening.WHOLE && opened.size() > 1) {
                structs.add(Dismantling.of(opened).touchedBy(weighing.workload().fields()));
            }
            if (constraints.insideGroups()) {
                List.copyOf(structs).stream()
                        .filter(struct -> !CachelineGroup.of(struct.layout()).isEmpty())
                        .forEach(struct -> structs.add(Regrouping.of(struct, weighing)));
            }
            List<Bound> ways = new ArrayList<>();
            InputException refused = null;
            for (Dismantled struct : structs) {
                try {
                    ways.add(Binding.of(struct, constraints));
                } catch (InputException contradiction) {
                    refused = refused == null ? contradiction : refused;
                }
            }
            if (ways.isEmpty()) {
                throw refused;
            }
            return ways;
        }

        /** Whether today's layout is one that the constraints allow. */
        private boolean fits(List<Bound> ways) {
            return constraints.mostBytes().orElse(Long.MAX_VALUE)
                            >= subject.layout().byteSize()
                    && ways.stream().anyMatch(Suggesting::isToday);
        }

        private static boolean isToday(Bound way) {
            for (int i = 0; i < way.struct().atoms().size(); i++) {
                Atom atom = way.atom(i);
                boolean moved = way.isFixed(i) && way.fixed().get(i) != atom.todayOffset();
                boolean joined = atom.parts().stream()
                        .anyMatch(part -> part.todayOffset() - part.member().byteOffset() != atom.todayOffset());
                if (moved || joined) {
                    return false;
                }
            }
            return true;
        }

        private Certificate certificate(LowerBound least) {
            double cost = today.modelNanosPerSecond();
            return new Certificate(cost, Math.min(cost, least.value()), least.how(), "any size");
        }

        private List<Candidate> complete(List<Offer> chosen) {
            if (chosen.isEmpty()) {
                return List.of();
            }
            Worlds worlds = new Worlds(before.access(), before.machine(), subject.placement());
            List<Double> todayCosts = worlds.costs(todayFields, subject.placement());
            List<List<Double>> all = new ArrayList<>(List.of(todayCosts));
            chosen.forEach(offer -> all.add(worlds.costs(offer.fields(), offer.placement())));
            Accounting accounting = new Accounting(weighing, todayFields, subject.placement());
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < chosen.size(); i++) {
                Offer offer = chosen.get(i);
                candidates.add(new Candidate(
                        analysis(offer),
                        offer.figures(),
                        offer.certificate(),
                        offer.needsLineAlignment(),
                        offer.made().changed(),
                        offer.made().moves(),
                        accounting.gains(offer),
                        accounting.contributions(offer),
                        worlds.robustness(todayCosts, all.get(i + 1), all)));
            }
            return candidates;
        }

        private Analysis analysis(Offer offer) {
            return analyzer.analyze(new Subject(
                    offer.made().layout(),
                    subject.version(),
                    offer.placement(),
                    subject.profile().map(offer.made()::profile)));
        }
    }
}
