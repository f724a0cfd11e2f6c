package dev.faultline.report.view;

import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.analysis.Analysis;
import dev.faultline.hazard.Rates;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who touches which bytes, made ready for drawing: roles by number, uses in words, each said once. */
public final class TouchView {

    private final List<String> roles;
    private final List<Use> uses = new ArrayList<>();
    private final List<Touch> touches = new ArrayList<>();

    /**
     * A way a field is used.
     *
     * @param role number of the role in {@link #roles}
     * @param isWrite whether it takes the line exclusively
     * @param words who does what how often, and how sure that is
     */
    public record Use(int role, boolean isWrite, String words) {}

    /**
     * A field, element or embedded struct that somebody touches.
     *
     * @param path its path
     * @param start its first byte
     * @param end one past its last byte
     * @param uses numbers of its uses in {@link #uses}, writes first
     */
    public record Touch(String path, long start, long end, List<Integer> uses) {
        /** Copies the list. */
        public Touch {
            uses = List.copyOf(uses);
        }
    }

    /** A view of an analysis. */
    public TouchView(Analysis analysis) {
        Set<String> names = new LinkedHashSet<>();
        // In the order of the profile, so that two layouts under one profile number them alike.
        for (FieldUse use : analysis.access().uses()) {
            if (use.kind().writes()) { // writers get the first numbers
                names.add(use.role().name());
            }
        }
        analysis.access().uses().forEach(use -> names.add(use.role().name()));
        roles = List.copyOf(names);
        List<FieldUse> known = new ArrayList<>();
        for (FieldActivity activity : analysis.access().activities()) {
            List<Integer> own = new ArrayList<>(1);
            activity.writes().forEach(use -> own.add(number(use, known)));
            activity.reads().forEach(use -> own.add(number(use, known)));
            touches.add(new Touch(
                    activity.field().path(),
                    activity.field().bytes().start(),
                    activity.field().bytes().end(),
                    own));
        }
    }

    /** A struct of a thousand fields has few ways to use them; those come one after the other. */
    private int number(FieldUse use, List<FieldUse> known) {
        for (int i = known.size() - 1; i >= 0; i--) {
            if (isSame(known.get(i), use)) {
                return i;
            }
        }
        known.add(use);
        uses.add(new Use(roles.indexOf(use.role().name()), use.kind().writes(), words(use)));
        return known.size() - 1;
    }

    private static boolean isSame(FieldUse a, FieldUse b) {
        return a.kind() == b.kind()
                && a.certainty() == b.certainty()
                && Double.compare(a.ratePerSecond(), b.ratePerSecond()) == 0
                && a.role().name().equals(b.role().name())
                && a.operation().equals(b.operation());
    }

    private static String words(FieldUse use) {
        return use.kind().word() + " by " + use.role().name() + Rates.words(use.ratePerSecond())
                + (use.hasRate() ? " a CPU" : "") + ": " + use.operation() + " ("
                + use.certainty().word() + ")";
    }

    /** {@return names of the roles, those that write first} */
    public List<String> roles() {
        return roles;
    }

    /** {@return every use that differs from the others} */
    public List<Use> uses() {
        return uses;
    }

    /** {@return all that is touched, in order of offset} */
    public List<Touch> touches() {
        return touches;
    }
}
