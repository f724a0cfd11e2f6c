package dev.faultline.hazard;

import dev.faultline.access.AccessMap;
import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A written field (the culprit) and another field that some other CPU uses (the victim), close enough to share a line
 * in some placement.
 *
 * @param culprit the written field
 * @param victim the other field
 * @param culpritUse the culprit's first write that disturbs the victim's use
 * @param victimUse the victim's most frequent use that the culprit's writes disturb
 * @param placements the number of placements in which they share a line
 * @param writesPerSecond writes to the culprit by all other CPUs; NaN when unknown
 * @param victimPerSecond uses of the victim by one CPU; NaN when unknown
 * @param victimWritten whether some of the disturbed uses write the victim
 * @param boundary path of the outermost embedded struct that contains the culprit and not the victim; or ""
 * @param betweenVariables whether they are, or are in, different global variables of one section
 */
@Internal
public record FieldPair(
        FieldActivity culprit,
        FieldActivity victim,
        FieldUse culpritUse,
        FieldUse victimUse,
        PlacementCount placements,
        double writesPerSecond,
        double victimPerSecond,
        boolean victimWritten,
        String boundary,
        boolean betweenVariables) {

    /** The most pairs of fields of one struct that are examined; a real struct has thousands. */
    static final int MOST_PAIRS = 10_000_000;
    /** The most of them that can share a line. */
    static final int MOST_MEETINGS = 500_000;

    /**
     * {@return every such pair, by culprit and then by victim, in order of offset}
     *
     * @throws InputException when there are more than {@link #MOST_PAIRS} or {@link #MOST_MEETINGS}
     */
    static List<FieldPair> all(RuleContext context) {
        List<FieldActivity> activities = context.access().activities();
        List<FieldPair> found = new ArrayList<>();
        UnionArms arms = new UnionArms(context.layout());
        long examined = 0;
        for (int i = 0; i < activities.size(); i++) {
            FieldActivity culprit = activities.get(i);
            if (culprit.isWritten()) {
                int from = i;
                while (from > 0 && near(activities.get(from - 1), culprit, context)) {
                    from--;
                }
                int to = i + 1;
                while (to < activities.size() && near(culprit, activities.get(to), context)) {
                    to++;
                }
                examined += to - from;
                atMost(examined, MOST_PAIRS, context);
                for (int j = i - 1; j >= from; j--) {
                    of(context, arms, culprit, activities.get(j)).ifPresent(found::add);
                }
                for (int j = i + 1; j < to; j++) {
                    of(context, arms, culprit, activities.get(j)).ifPresent(found::add);
                }
                atMost(found.size(), MOST_MEETINGS, context);
            }
        }
        return found;
    }

    private static void atMost(long number, int most, RuleContext context) {
        if (number > most) {
            throw new InputException(
                    context.layout().spelling(),
                    "",
                    "more than " + most + " pairs of its fields are within a line of each other; leave it out, or give"
                            + " a profile of the fields that matter");
        }
    }

    /** Activities are sorted by first byte, so the scan in either direction ends after a line. */
    private static boolean near(FieldActivity first, FieldActivity second, RuleContext context) {
        return second.field().bytes().start() - first.field().bytes().end() < context.lineBytes();
    }

    private static Optional<FieldPair> of(
            RuleContext context, UnionArms arms, FieldActivity culprit, FieldActivity victim) {
        boolean inElement = ElementParts.areApart(culprit, victim);
        if (culprit.field().bytes().overlaps(victim.field().bytes()) && !inElement) {
            return Optional
                    .empty(); // the same bytes: arms of a union, or a struct and its member; that is true sharing
        }
        Optional<FieldPair> pair = context.access().isPriced()
                ? rated(context, culprit, victim, inElement)
                : unrated(context, culprit, victim, inElement);
        return pair.filter(
                found -> !found.placements().never() && !found.isOrdinary() && !found.isOfAlternatives(arms));
    }

    /** The first two uses that meet, those of two roles before those of one, writes of the victim before reads. */
    private static Optional<FieldPair> unrated(
            RuleContext context, FieldActivity culprit, FieldActivity victim, boolean inElement) {
        FieldUse worstWrite = null;
        FieldUse worst = null;
        int most = -1;
        for (FieldUse use : uses(victim)) {
            for (FieldUse write : disturbing(culprit, use, inElement)) {
                int weight =
                        (write.role().equals(use.role()) ? 0 : 2) + (use.kind().writes() ? 1 : 0);
                if (weight > most
                        && context.access().meet(write, use, context.cpus())
                        && context.operations().disturbs(write, use)) {
                    most = weight;
                    worstWrite = write;
                    worst = use;
                }
            }
        }
        if (worst == null) {
            return Optional.empty();
        }
        boolean written = worst.kind().writes();
        return Optional.of(new FieldPair(
                culprit,
                victim,
                worstWrite,
                worst,
                meeting(context, culprit, victim, inElement),
                Double.NaN,
                Double.NaN,
                written,
                boundary(context, culprit, victim),
                areInDifferentVariables(context, culprit, victim)));
    }

    private static String boundary(RuleContext context, FieldActivity culprit, FieldActivity victim) {
        return areInDifferentVariables(context, culprit, victim)
                ? ""
                : boundary(
                        context.layout(), culprit.field().path(), victim.field().path());
    }

    private static boolean areInDifferentVariables(RuleContext context, FieldActivity culprit, FieldActivity victim) {
        List<Member> variables = context.layout().kind() == AggregateKind.SECTION
                ? context.layout().members()
                : List.of();
        return lastAt(variables, culprit) != lastAt(variables, victim);
    }

    /**
     * {@return the variable of a section that the culprit is, or is in}
     *
     * @param section the layout that the pair is of
     */
    public Member culpritVariable(StructLayout section) {
        return section.members().get(lastAt(section.members(), culprit));
    }

    /** {@return the index of the last variable that begins where a field does, or before it; -1 for none} */
    private static int lastAt(List<Member> byOffset, FieldActivity activity) {
        int low = 0;
        int high = byOffset.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byOffset.get(middle).byteOffset() <= activity.field().bytes().start()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private static PlacementCount meeting(
            RuleContext context, FieldActivity culprit, FieldActivity victim, boolean inElement) {
        return context.placement()
                .meeting(
                        inElement
                                ? ElementParts.first(culprit)
                                : culprit.field().bytes(),
                        inElement ? ElementParts.first(victim) : victim.field().bytes(),
                        context.lineBytes());
    }

    /**
     * Whether no object has both fields, as far as the layout tells: they are in different members of a union. Where a
     * profile declares that both are used, both are.
     */
    private boolean isOfAlternatives(UnionArms arms) {
        return !certainty().isOfProfile()
                && arms.areAlternatives(culprit.field().path(), victim.field().path());
    }

    private static Optional<FieldPair> rated(
            RuleContext context, FieldActivity culprit, FieldActivity victim, boolean inElement) {
        AccessMap access = context.access();
        FieldUse worst = null;
        double worstWrites = 0;
        double perCpu = 0;
        boolean written = false;
        for (FieldUse use : uses(victim)) {
            double writes = Rates.disturbing(access, disturbing(culprit, use, inElement), use, context.cpus());
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
            return Optional.empty();
        }
        FieldUse write = firstOf(context, disturbing(culprit, worst, inElement), worst);
        return Optional.of(new FieldPair(
                culprit,
                victim,
                write,
                worst,
                meeting(context, culprit, victim, inElement),
                worstWrites,
                perCpu,
                written,
                boundary(context, culprit, victim),
                areInDifferentVariables(context, culprit, victim)));
    }

    /** {@return the first write that meets a use, which some of them do} */
    private static FieldUse firstOf(RuleContext context, List<FieldUse> writes, FieldUse use) {
        for (FieldUse write : writes) {
            if (context.access().meet(write, use, context.cpus())) {
                return write;
            }
        }
        throw new IllegalArgumentException("no write meets " + use);
    }

    /** The writes of the culprit that can disturb a use: a CPU does not disturb itself in an element of its own. */
    private static List<FieldUse> disturbing(FieldActivity culprit, FieldUse use, boolean inElement) {
        return inElement && use.elements().isOwn()
                ? culprit.writes().stream()
                        .filter(write -> !write.elements().isOwn())
                        .toList()
                : culprit.writes();
    }

    /**
     * Whether a pair that no profile declares is ordinary and no hazard: a lock or sequence counter beside fields that
     * it may guard, and fields that one declared group has written together. Two locks of one struct do not guard each
     * other, nor do those of two variables; a lock inside an embedded struct often belongs with one outside of it.
     */
    private boolean isOrdinary() {
        if (certainty().isOfProfile() || isLockWithItsData()) {
            return false;
        }
        boolean areTwoLocks = LockUse.isLock(culprit)
                && LockUse.isLock(victim)
                && (betweenVariables || owner(culprit).equals(owner(victim)));
        return !areTwoLocks && (LockUse.isBesideItsData(culprit) || LockUse.isBesideItsData(victim)) || together();
    }

    private static List<FieldUse> uses(FieldActivity activity) {
        if (activity.reads().isEmpty()) {
            return activity.writes();
        }
        return activity.writes().isEmpty()
                ? activity.reads()
                : Stream.concat(activity.reads().stream(), activity.writes().stream())
                        .toList();
    }

    /** {@return whether one operation of one role makes all writes to both fields} */
    public boolean together() {
        FieldUse first = culprit.writes().get(0);
        // Two fields of one type are not known to be written by one operation.
        return first.certainty() != Certainty.INFERRED
                && !victim.writes().isEmpty()
                && Stream.concat(culprit.writes().stream(), victim.writes().stream())
                        .allMatch(write -> operation(write).equals(operation(first))
                                && write.role().equals(first.role()));
    }

    /** The declared group, or the operation; code tells the place of each write as its basis. */
    private static String operation(FieldUse write) {
        return write.certainty() == Certainty.FROM_CODE ? write.operation() : write.basis();
    }

    /** {@return whether two roles disturb each other, not the threads of one} */
    public boolean isBetweenRoles() {
        return !culpritUse.role().equals(victimUse.role());
    }

    /** {@return the lower certainty of the two uses} */
    public Certainty certainty() {
        Certainty one = culpritUse.certainty();
        Certainty other = victimUse.certainty();
        return one.compareTo(other) >= 0 ? one : other;
    }

    /**
     * {@return the path of the outermost embedded struct that contains one field and not the other} A dot alone does
     * not make one: a field of a superclass has the class in its path, {@code BaseStage.closed}, and nothing is
     * embedded.
     */
    private static String boundary(StructLayout layout, String a, String b) {
        int parted = 0;
        for (int i = 0; i < Math.min(a.length(), b.length()) && a.charAt(i) == b.charAt(i); i++) {
            if (a.charAt(i) == '.') {
                parted = i + 1;
            }
        }
        int dot = a.indexOf('.', parted);
        return dot < 0 || layout.resolve(a.substring(0, dot)).isEmpty() ? "" : a.substring(0, dot);
    }

    /** {@return the path of the struct that the field is a member of} */
    private static String owner(FieldActivity activity) {
        String path = activity.field().path();
        return path.substring(0, path.lastIndexOf('.') + 1);
    }

    /** {@return whether one is a lock that every operation on the other takes before it uses the other} */
    public boolean isLockWithItsData() {
        return lock().isPresent();
    }

    /** {@return the one that is a lock which every operation on the other takes before it uses the other} */
    public Optional<FieldActivity> lock() {
        if (LockUse.guards(culprit, victim)) {
            return Optional.of(culprit);
        }
        return LockUse.guards(victim, culprit) ? Optional.of(victim) : Optional.empty();
    }

    /** {@return whether both are elements of one array, which another rule reports} */
    public boolean inOneArray() {
        String a = culprit.field().path();
        String b = victim.field().path();
        int bracket = a.indexOf('[');
        return !ElementParts.areApart(culprit, victim)
                && bracket > 0
                && b.length() > bracket
                && b.charAt(bracket) == '['
                && a.substring(0, bracket).equals(b.substring(0, bracket));
    }

    /** {@return the number of bytes between the two fields, within an element where both are parts of it} */
    public long bytesApart() {
        if (ElementParts.areApart(culprit, victim)) {
            return ElementParts.first(culprit).bytesTo(ElementParts.first(victim));
        }
        return culprit.field().bytes().bytesTo(victim.field().bytes());
    }

    /** {@return {@code "rt_genid (read by sender, 5e6/s)"}} */
    public String describeVictim() {
        return describe(victim, victimUse, victimPerSecond, "");
    }

    /** {@return {@code "dst.__refcnt (rmw by sender, 5.6e8/s from other CPUs)"}} */
    public String describeCulprit() {
        return describe(culprit, culpritUse, writesPerSecond, " from other CPUs");
    }

    private static String describe(FieldActivity activity, FieldUse use, double rate, String origin) {
        String why = use.certainty().isOfProfile()
                ? use.kind().word() + " by " + use.role().name() + Rates.words(use, rate)
                        + (Double.isNaN(rate) ? "" : origin)
                : use.basis();
        return activity.field().path() + " (" + why + ")";
    }
}
