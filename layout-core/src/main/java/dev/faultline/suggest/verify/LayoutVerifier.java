package dev.faultline.suggest.verify;

import dev.faultline.cost.LineMap;
import dev.faultline.cost.Workload;
import dev.faultline.cost.closedform.CostModel;
import dev.faultline.layout.BitField;
import dev.faultline.layout.CachelineGroup;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Placement;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.Move;
import dev.faultline.suggest.cost.SearchWorkload;
import dev.faultline.suggest.cost.WorkloadLineCost;
import dev.faultline.suggest.packing.LineCost;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checks a candidate against the layout it is to replace, from the bytes alone. No code of the search is used here.
 */
public final class LayoutVerifier {

    /** Tolerance for sums that are added in another order. */
    private static final double TOLERANCE = 1e-6;

    private final StructLayout before;
    private final StructLayout after;
    private final Candidate candidate;
    private final Constraints constraints;
    private final List<String> complaints = new ArrayList<>();

    private LayoutVerifier(StructLayout before, Candidate candidate, Constraints constraints) {
        this.before = before;
        this.after = candidate.layout();
        this.candidate = candidate;
        this.constraints = constraints;
    }

    /**
     * Checks a candidate.
     *
     * @param before today's layout
     * @param candidate the candidate
     * @param constraints the constraints it must keep
     * @return a sentence for each error; empty when there is none
     */
    public static List<String> complaints(StructLayout before, Candidate candidate, Constraints constraints) {
        LayoutVerifier verifier = new LayoutVerifier(before, candidate, constraints);
        verifier.checkSize();
        verifier.checkFields();
        verifier.checkMarkers();
        verifier.checkAlignment(verifier.after, 0, "");
        verifier.checkGroups();
        verifier.checkPlaces();
        verifier.checkTogether();
        verifier.checkCost();
        return verifier.complaints;
    }

    private void checkSize() {
        if (after.byteSize() % after.byteAlignment() != 0) {
            complaints.add("size " + after.byteSize() + " is not a multiple of the alignment " + after.byteAlignment());
        }
        if (after.byteAlignment() < before.byteAlignment()) {
            complaints.add("alignment " + after.byteAlignment() + " is below today's " + before.byteAlignment());
        }
        long most = constraints.mostBytes().orElse(Long.MAX_VALUE);
        if (after.byteSize() > most) {
            complaints.add(after.byteSize() + " bytes, but at most " + most + " are allowed");
        }
    }

    /** {@return the path of a field in the candidate, according to its moves} */
    private String renamed(String path) {
        for (Move move : candidate.moves()) {
            if (path.equals(move.from()) || path.startsWith(move.from() + ".") || path.startsWith(move.from() + "[")) {
                return move.to() + path.substring(move.from().length());
            }
        }
        return path;
    }

    /** Checks that the candidate has exactly the same fields, with the same types and sizes. */
    private void checkFields() {
        Map<String, Slot.Field> there = new TreeMap<>();
        after.fields().forEach(field -> there.put(field.path() + bits(field), field));
        for (Slot.Field field : before.fields()) {
            Slot.Field now = there.remove(renamed(field.path()) + bits(field));
            if (now == null) {
                complaints.add("field " + field.path() + " is missing");
            } else if (!now.type().spelling().equals(field.type().spelling())
                    || now.bytes().byteSize() != field.bytes().byteSize()
                    || now.overlaps() != field.overlaps()) {
                complaints.add("field " + field.path() + " changed its type, size or overlap");
            }
        }
        there.keySet().forEach(path -> complaints.add("field " + path + " is new"));
    }

    private static String bits(Slot.Field field) {
        return field.bits().map(BitField::bitSize).map(size -> ":" + size).orElse("");
    }

    private void checkMarkers() {
        List<String> markersBefore = new ArrayList<>();
        List<String> markersAfter = new ArrayList<>();
        markers(before, markersBefore);
        markers(after, markersAfter);
        markersBefore.sort(null);
        markersAfter.sort(null);
        if (!markersBefore.equals(markersAfter)) {
            complaints.add("members without bytes were " + markersBefore + " and are " + markersAfter);
        }
    }

    private static void markers(StructLayout layout, List<String> markers) {
        for (Member member : layout.members()) {
            if (member.bytes().isEmpty()) {
                markers.add(member.name());
            } else if (member.type() instanceof FieldType.Aggregate inner) {
                markers(inner.layout(), markers);
            }
        }
    }

    /** Checks that members are aligned as their type requires, or misaligned as today. */
    private void checkAlignment(StructLayout layout, long base, String prefix) {
        for (Member member : layout.members()) {
            long offset = base + member.byteOffset();
            // a member of a packed struct is aligned no better than the struct itself
            long alignment = member.bits().isPresent()
                    ? Long.highestOneBit(Math.max(1, member.type().byteSize()))
                    : Math.min(member.type().byteAlignment(), layout.byteAlignment());
            String path = prefix + member.name();
            if (offset % alignment != 0 && !isMisalignedToday(path, alignment)) {
                complaints.add(path + " is at byte " + offset + ", which is not a multiple of " + alignment);
            }
            if (member.bits().isEmpty() && member.type() instanceof FieldType.Aggregate inner) {
                checkAlignment(inner.layout(), offset, member.isAnonymous() ? prefix : path + ".");
            }
        }
    }

    private boolean isMisalignedToday(String path, long alignment) {
        for (Slot.Field field : before.fields()) {
            if (renamed(field.path()).equals(path)) {
                return field.byteOffset() % alignment != 0; // for a bit-field, the offset of its storage unit
            }
        }
        for (String old : before.paths()) {
            if (renamed(old).equals(path)) {
                Optional<FieldRef> field = before.resolve(old);
                return field.isPresent() && field.get().bytes().start() % alignment != 0;
            }
        }
        return path.isEmpty() || path.endsWith(".");
    }

    private void checkGroups() {
        Map<String, CachelineGroup> now = new TreeMap<>();
        CachelineGroup.of(after).forEach(group -> now.put(last(group.name()), group));
        for (CachelineGroup group : CachelineGroup.of(before)) {
            CachelineGroup other = now.get(last(group.name()));
            if (other == null || other.isWhole() != group.isWhole()) {
                complaints.add("group " + group.name() + " lost its markers");
            } else if (group.isWhole()) {
                checkGroup(group, other);
            }
        }
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private void checkGroup(CachelineGroup group, CachelineGroup other) {
        List<String> members = new ArrayList<>();
        List<String> membersNow = new ArrayList<>();
        for (Slot.Field field : before.fields()) {
            if (group.holds(field.bytes())) {
                members.add(
                        renamed(field.path()) + place(field, group.beginOffset().getAsLong()));
            }
        }
        for (Slot.Field field : after.fields()) {
            if (other.holds(field.bytes())) {
                membersNow.add(field.path() + place(field, other.beginOffset().getAsLong()));
            }
        }
        members.sort(null);
        membersNow.sort(null);
        if (!members.equals(membersNow)) {
            complaints.add("group " + group.name() + " held " + members + " and holds " + membersNow);
        }
    }

    private String place(Slot.Field field, long begin) {
        return constraints.insideGroups() ? "" : "+" + (field.byteOffset() - begin);
    }

    private void checkPlaces() {
        constraints.pins().forEach((path, offset) -> {
            Optional<FieldRef> field = after.resolve(renamed(path));
            if (field.isEmpty() || field.get().bytes().start() != offset) {
                complaints.add("pin " + path + "=" + offset + " is not kept");
            }
        });
        if (constraints.firstStays()) {
            for (Slot.Field field : before.fields()) {
                Optional<FieldRef> now = after.resolve(renamed(field.path()));
                if (field.byteOffset() == 0
                        && field.bits().isEmpty()
                        && (now.isEmpty() || now.get().bytes().start() != 0)) {
                    complaints.add("the first member " + field.path() + " moved");
                }
            }
        }
    }

    /** Checks that only padding is between the fields, or other members of their units. */
    private void checkTogether() {
        for (List<String> fields : constraints.together()) {
            long start = Long.MAX_VALUE;
            long end = 0;
            long room = 0;
            for (String path : fields) {
                Optional<FieldRef> field = after.resolve(renamed(path));
                if (field.isPresent()) {
                    start = Math.min(start, field.get().bytes().start());
                    end = Math.max(end, field.get().bytes().end());
                    room += field.get().bytes().byteSize() + field.get().type().byteAlignment();
                }
            }
            if (end - start > room && Long.bitCount(room) > 0 && !hasPartOfMember(fields)) {
                complaints.add(String.join(", ", fields) + " are spread over bytes " + start + " to " + end);
            }
        }
    }

    /**
     * {@return whether a path names an array element, a nested field or a bit-field, which may be far from the
     * others}
     */
    private boolean hasPartOfMember(List<String> fields) {
        return fields.stream()
                .anyMatch(path -> path.contains(".")
                        || path.contains("[")
                        || before.resolve(path)
                                .filter(field -> field.bits().isPresent())
                                .isPresent());
    }

    /** Recomputes both costs from the accesses to the bytes of the candidate. */
    private void checkCost() {
        SearchWorkload search = SearchWorkload.of(
                candidate.analysis().access(), candidate.analysis().machine());
        Machine machine = search.machine();
        Placement placement = candidate.analysis().subject().placement();
        Workload workload = search.workload();
        int lineBytes = machine.lineBytes().value();
        double closed = new CostModel(machine)
                .cost(workload, LineMap.all(workload.fields(), lineBytes, placement))
                .nanosPerSecond(workload);
        expect("cost", closed, candidate.figures().nanosPerSecond());
        double lines = 0;
        int residues = placement.residues(lineBytes);
        for (int i = 0; i < residues; i++) {
            lines += lineCosts(workload, machine, i * placement.baseAlignment()) / residues;
        }
        expect("sum of line costs", lines, candidate.figures().modelNanosPerSecond());
        if (candidate.certificate().modelCost() != candidate.figures().modelNanosPerSecond()) {
            complaints.add("the certificate is for another cost");
        }
    }

    private void expect(String what, double computed, double claimed) {
        if (Math.abs(computed - claimed) > TOLERANCE * Math.max(1, Math.abs(computed))) {
            complaints.add(what + " is " + computed + ", but " + claimed + " is claimed");
        }
    }

    private static double lineCosts(Workload workload, Machine machine, long residue) {
        int lineBytes = machine.lineBytes().value();
        List<BitSet> items = new ArrayList<>();
        Map<Long, BitSet> lines = new TreeMap<>();
        for (int i = 0; i < workload.fields().size(); i++) {
            BitSet item = new BitSet();
            item.set(i);
            items.add(item);
            FieldRef field = workload.fields().get(i);
            long last = (field.bytes().end() - 1 + residue) / lineBytes;
            for (long line = (field.bytes().start() + residue) / lineBytes; line <= last; line++) {
                lines.computeIfAbsent(line, any -> new BitSet()).set(i);
            }
        }
        LineCost cost = new WorkloadLineCost(workload, machine, items);
        return lines.values().stream().mapToDouble(cost::nanosPerSecond).sum();
    }
}
