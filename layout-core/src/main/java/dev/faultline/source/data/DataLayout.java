package dev.faultline.source.data;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.SyncType;
import dev.faultline.source.SourceLocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The variables of a run of sections as one layout, each at its address.
 *
 * <p>Of several names of one address one is shown. Unused bytes that the alignment of the next variable explains are a
 * hole; of others it is not known what they hold.
 *
 * @param layout the variables, in order of address
 * @param inside how many variables lie inside another one, and are not shown
 * @param overlapping the names of variables that lie in another one only in part, and are not shown
 * @param closed how many variables are shown without their members, since the layout would have too many
 * @param locations where the variables are declared, by name
 */
record DataLayout(
        StructLayout layout, int inside, List<String> overlapping, int closed, Map<String, SourceLocation> locations) {

    /** Most fields of a layout, members of variables included. */
    private static final int MOST_FIELDS = 60_000;

    /** Gaps of this many bytes and more are not taken for alignment, unless a type states one: no line is larger. */
    private static final long MOST_GUESSED_ALIGNMENT = 64;

    private static final Comparator<GlobalVariable> BY_ADDRESS = Comparator.comparingLong(GlobalVariable::byteAddress)
            .thenComparing(GlobalVariable::byteSize, Comparator.reverseOrder())
            .thenComparingInt(GlobalVariable::rank)
            .thenComparing(variable -> variable.name().length())
            .thenComparing(GlobalVariable::name);

    DataLayout {
        overlapping = List.copyOf(overlapping);
        locations = Map.copyOf(locations);
    }

    /**
     * Lays out variables.
     *
     * @param run the sections they are in
     * @param variables the variables, in any order; those outside the sections are ignored
     * @param isComplete whether the source has all variables, so that small gaps are no variables
     * @param provenance where the layout comes from
     * @return the layout
     * @throws IllegalArgumentException when a limit of layouts is exceeded
     */
    static DataLayout of(DataRun run, List<GlobalVariable> variables, boolean isComplete, Provenance provenance) {
        List<GlobalVariable> sorted = new ArrayList<>(variables);
        sorted.removeIf(one -> run.sections().stream().noneMatch(section -> holds(section, one)));
        sorted.sort(BY_ADDRESS);
        List<GlobalVariable> shown = new ArrayList<>();
        List<String> overlapping = new ArrayList<>();
        int inside = 0;
        for (GlobalVariable variable : sorted) {
            GlobalVariable last = shown.isEmpty() ? null : shown.get(shown.size() - 1);
            if (last == null || variable.byteAddress() >= last.byteEnd()) {
                shown.add(variable);
            } else if (variable.byteEnd() > last.byteEnd()) {
                overlapping.add(variable.name());
            } else if (variable.byteAddress() > last.byteAddress() || variable.byteSize() < last.byteSize()) {
                inside++;
            }
        }
        List<GlobalVariable> opened = new ArrayList<>(VariableNames.unique(shown));
        int closed = close(opened);
        StructLayout layout = StructLayout.of(
                run.name(),
                AggregateKind.SECTION,
                run.byteEnd() - run.byteBase(),
                run.placement().baseAlignment(),
                members(run, opened, isComplete),
                provenance);
        Map<String, SourceLocation> locations = new HashMap<>();
        opened.forEach(variable -> variable.location().ifPresent(place -> locations.put(variable.name(), place)));
        return new DataLayout(layout, inside, overlapping, closed, locations);
    }

    private static boolean holds(DataSection section, GlobalVariable variable) {
        return variable.byteAddress() >= section.byteAddress()
                && variable.byteSize() <= section.byteSize()
                && variable.byteAddress() <= section.byteEnd() - variable.byteSize();
    }

    /** A variable with members: its place in the list, whether its type is telling, and how many fields it has. */
    private record Closable(int index, boolean isTelling, long fields) {}

    /** Closes the variables with the most members, those without a telling type first, until all fit into a layout. */
    private static int close(List<GlobalVariable> variables) {
        long fields = variables.stream().mapToLong(DataLayout::fields).sum();
        if (fields <= MOST_FIELDS) {
            return 0;
        }
        List<Closable> largest = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            long own = fields(variables.get(i));
            if (own > 1) {
                largest.add(new Closable(i, isTelling(variables.get(i)), own));
            }
        }
        largest.sort(Comparator.comparing(Closable::isTelling).thenComparing(one -> -one.fields()));
        int closed = 0;
        for (Closable one : largest) {
            if (fields > MOST_FIELDS) {
                fields -= one.fields() - 1;
                variables.set(one.index(), variables.get(one.index()).closed());
                closed++;
            }
        }
        return closed;
    }

    private static long fields(GlobalVariable variable) {
        return variable.type() instanceof FieldType.Aggregate inner && !SyncType.isOneSlot(inner)
                ? Math.max(1, inner.layout().slots().size())
                : 1;
    }

    private static boolean isTelling(GlobalVariable variable) {
        return variable.type() instanceof FieldType.Aggregate inner
                && inner.layout().fields().stream()
                        .anyMatch(field -> SyncType.of(field.type().innermost()).isPresent());
    }

    private static List<Member> members(DataRun run, List<GlobalVariable> variables, boolean isComplete) {
        long base = run.byteBase();
        List<Member> members = new ArrayList<>(variables.size());
        long end = base;
        for (GlobalVariable variable : variables) {
            long start = variable.byteAddress();
            long gap = start - end;
            if (gap > 0 && !(isComplete && end > base && gap < alignment(variable))) {
                members.add(Member.notShown(end - base, gap));
            }
            members.add(Member.of(variable.name(), variable.type(), start - base));
            end = start
                    + Math.min(variable.byteSize(), Math.max(1, variable.type().byteSize()));
            if (end < variable.byteEnd()) { // elements of a flexible array
                members.add(Member.notShown(end - base, variable.byteEnd() - end));
                end = variable.byteEnd();
            }
        }
        if (end < run.byteEnd()) {
            members.add(Member.notShown(end - base, run.byteEnd() - end));
        }
        return members;
    }

    /** {@return the alignment that a variable is taken to have: that of its type, or what its address suggests} */
    private static long alignment(GlobalVariable variable) {
        long ofAddress = variable.byteAddress() == 0
                ? MOST_GUESSED_ALIGNMENT
                : Math.min(MOST_GUESSED_ALIGNMENT, Long.lowestOneBit(variable.byteAddress()));
        return Math.max(variable.type().byteAlignment(), ofAddress);
    }

    /** {@return the names of the variables that are shown} */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        layout.members().forEach(member -> names.add(member.name()));
        return names;
    }
}
