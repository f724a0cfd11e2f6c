package dev.faultline.hazard;

import dev.faultline.access.AccessMap;
import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.input.InputException;
import dev.faultline.layout.SyncType;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A written field and another one that some other CPU uses, close enough to share a line in some placement.
 *
 * @param culprit the written field
 * @param victim the other field
 * @param culpritUse the culprit's first write that disturbs the victim's use
 * @param victimUse the victim's most frequent use that the culprit's writes disturb
 * @param placements in how many placements they share a line
 * @param writesPerSecond writes to the culprit by other CPUs, in all; NaN when nobody said
 * @param victimPerSecond uses of the victim by one CPU; NaN when nobody said
 * @param victimWritten whether the victim is itself written, often enough, by CPUs the culprit's users can meet
 * @param together whether one operation of one role does all writes to both
 * @param certainty how it is known
 */
public record FieldPair(
        FieldActivity culprit,
        FieldActivity victim,
        FieldUse culpritUse,
        FieldUse victimUse,
        PlacementCount placements,
        double writesPerSecond,
        double victimPerSecond,
        boolean victimWritten,
        boolean together,
        Certainty certainty) {

    /** The most pairs of fields of one struct that are looked at; a real struct has thousands. */
    static final int MOST_PAIRS = 10_000_000;
    /** The most of them that may meet. */
    static final int MOST_MEETINGS = 500_000;

    /**
     * {@return every such pair, by culprit and then victim in order of offset}
     *
     * @throws InputException when there are more than {@link #MOST_PAIRS} or {@link #MOST_MEETINGS}
     */
    static List<FieldPair> all(RuleContext examination) {
        List<FieldActivity> activities = examination.access().activities();
        List<FieldPair> meetings = new ArrayList<>();
        long pairs = 0;
        for (int i = 0; i < activities.size(); i++) {
            FieldActivity culprit = activities.get(i);
            if (culprit.isWritten()) {
                int from = i;
                while (from > 0 && near(activities.get(from - 1), culprit, examination)) {
                    from--;
                }
                int to = i + 1;
                while (to < activities.size() && near(culprit, activities.get(to), examination)) {
                    to++;
                }
                pairs += to - from;
                atMost(pairs, MOST_PAIRS, examination);
                for (int j = i - 1; j >= from; j--) {
                    add(examination, culprit, activities.get(j), meetings);
                }
                for (int j = i + 1; j < to; j++) {
                    add(examination, culprit, activities.get(j), meetings);
                }
                atMost(meetings.size(), MOST_MEETINGS, examination);
            }
        }
        return meetings;
    }

    private static void atMost(long number, int most, RuleContext examination) {
        if (number > most) {
            throw new InputException(
                    examination.layout().spelling(),
                    "",
                    "more than " + most + " pairs of its fields are within a line of each other; leave it out, or give"
                            + " a profile of the fields that matter");
        }
    }

    /** Activities are sorted by first byte, so this ends a scan in either direction soon enough to be linear. */
    private static boolean near(FieldActivity first, FieldActivity second, RuleContext examination) {
        return second.field().bytes().start() - first.field().bytes().end() < examination.lineBytes();
    }

    private static void add(
            RuleContext examination, FieldActivity culprit, FieldActivity victim, List<FieldPair> meetings) {
        if (culprit.field().bytes().overlaps(victim.field().bytes())) {
            return; // the same bytes: arms of a union, or a struct and its member; that is true sharing
        }
        int cpus = examination.machine().cpus().value();
        AccessMap access = examination.access();
        FieldUse worst = null;
        double worstWrites = 0;
        double perCpu = 0;
        boolean written = false;
        for (FieldUse use : uses(victim)) {
            double writes = Rates.disturbing(access, culprit.writes(), use, cpus);
            if (writes == 0 || Rates.isCold(writes) || Rates.isCold(use.ratePerSecond())) {
                continue;
            }
            perCpu += use.ratePerSecond();
            written |= use.kind().writes();
            if (worst == null || use.ratePerSecond() > worst.ratePerSecond()) {
                worst = use;
                worstWrites = writes;
            }
        }
        if (worst == null) {
            return;
        }
        FieldUse write = disturbing(access, culprit, worst, cpus);
        Certainty certainty = certainty(write, worst);
        if (certainty != Certainty.DECLARED && isKeptQuiet(culprit, victim)) {
            return;
        }
        PlacementCount placements = examination
                .placement()
                .meeting(culprit.field().bytes(), victim.field().bytes(), examination.lineBytes());
        if (placements.never()) {
            return;
        }
        meetings.add(new FieldPair(
                culprit,
                victim,
                write,
                worst,
                placements,
                worstWrites,
                perCpu,
                written,
                together(culprit, victim),
                certainty));
    }

    private static FieldUse disturbing(AccessMap access, FieldActivity culprit, FieldUse victimUse, int cpus) {
        return culprit.writes().stream()
                .filter(write -> access.meet(write, victimUse, cpus))
                .findFirst()
                .orElseThrow();
    }

    /**
     * What is not declared is kept quiet where it is the rule rather than a hazard: a lock or sequence counter beside the
     * data it guards, and fields that one declared group has written together.
     */
    private static boolean isKeptQuiet(FieldActivity culprit, FieldActivity victim) {
        return guards(culprit) || guards(victim) || together(culprit, victim);
    }

    private static boolean guards(FieldActivity activity) {
        Optional<SyncType> sync = SyncType.of(activity.field().type());
        return sync.isPresent() && (sync.get() == SyncType.LOCK || sync.get() == SyncType.SEQUENCE_COUNTER);
    }

    private static List<FieldUse> uses(FieldActivity activity) {
        if (activity.writes().isEmpty()) {
            return activity.reads();
        }
        List<FieldUse> all = new ArrayList<>(activity.reads());
        all.addAll(activity.writes());
        return all;
    }

    private static boolean together(FieldActivity a, FieldActivity b) {
        FieldUse first = a.writes().get(0);
        if (first.certainty() == Certainty.INFERRED) {
            return false; // that two fields are of one type says nothing of who writes them when
        }
        return sameOperation(a.writes(), first) && sameOperation(b.writes(), first);
    }

    private static boolean sameOperation(List<FieldUse> uses, FieldUse first) {
        return !uses.isEmpty()
                && uses.stream()
                        .allMatch(use -> use.operation().equals(first.operation())
                                && use.role().equals(first.role()));
    }

    private static Certainty certainty(FieldUse a, FieldUse b) {
        return a.certainty().compareTo(b.certainty()) >= 0 ? a.certainty() : b.certainty();
    }

    /**
     * {@return the path of the embedded struct that the culprit is in and the victim is not, empty when there is none}
     *
     * <p>Where the paths part, the culprit's goes on with a dot when it is inside a struct the victim is outside of.
     */
    public String boundary() {
        String a = culprit.field().path();
        String b = victim.field().path();
        int parted = 0;
        for (int i = 0; i < Math.min(a.length(), b.length()) && a.charAt(i) == b.charAt(i); i++) {
            if (a.charAt(i) == '.') {
                parted = i + 1;
            }
        }
        int dot = a.indexOf('.', parted);
        return dot < 0 ? "" : a.substring(0, dot);
    }

    /**
     * {@return whether one of the two is a lock that is taken, in each operation that touches the other, before the other is}
     */
    public boolean isLockWithItsData() {
        return guards(culprit) && guarded(culprit, victim) || guards(victim) && guarded(victim, culprit);
    }

    private static boolean guarded(FieldActivity lock, FieldActivity data) {
        Map<String, Integer> takenAt = new HashMap<>();
        for (FieldUse taking : lock.writes()) {
            takenAt.merge(taking.role().name() + ": " + taking.operation(), taking.position(), Math::min);
        }
        return uses(data).stream()
                .allMatch(use -> takenAt.getOrDefault(use.role().name() + ": " + use.operation(), Integer.MAX_VALUE)
                        < use.position());
    }

    /** {@return whether both are elements of one array, which is another rule's matter} */
    public boolean inOneArray() {
        String a = culprit.field().path();
        String b = victim.field().path();
        int bracket = a.indexOf('[');
        return bracket > 0
                && b.length() > bracket
                && b.charAt(bracket) == '['
                && a.substring(0, bracket).equals(b.substring(0, bracket));
    }

    /** {@return {@code "rt_genid (read by sender 5e6/s)"}} */
    public String describeVictim() {
        return describe(victim, victimUse, victimPerSecond, "");
    }

    /** {@return {@code "dst.__refcnt (rmw by sender 5.6e8/s in all)"}} */
    public String describeCulprit() {
        return describe(culprit, culpritUse, writesPerSecond, " from other CPUs");
    }

    private static String describe(FieldActivity activity, FieldUse use, double rate, String whence) {
        String why = use.certainty() == Certainty.DECLARED
                ? use.kind().word() + " by " + use.role().name() + Rates.words(rate) + whence
                : use.operation();
        return activity.field().path() + " (" + why + ")";
    }
}
