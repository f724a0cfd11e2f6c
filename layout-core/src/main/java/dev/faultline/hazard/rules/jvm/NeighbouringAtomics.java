package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.Certainty;
import dev.faultline.access.code.FieldEffect.Reach;
import dev.faultline.access.code.StoredValue;
import dev.faultline.access.object.Creation;
import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.access.object.ObjectDeclaration.Extent;
import dev.faultline.access.object.ObjectMember;
import dev.faultline.access.object.StaticField;
import dev.faultline.access.object.VmSizes;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.ByteRange;
import dev.faultline.machine.Placement;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds atomics that one constructor makes one after the other, and that final fields hold. Threads allocate from a
 * buffer of their own, so that objects made one after the other lie beside each other, and collectors mostly keep their
 * order.
 */
@Hazard(summary = "atomics allocated one after the other share a line on the heap", severity = Severity.WARNING)
public final class NeighbouringAtomics implements HazardRule {

    /** Methods by which code passes a reference on again and again; others mostly set it once. */
    private static final Pattern HANDS_ON = Pattern.compile("(lazySet|set(Release|Opaque)|(getAnd|\\w+AndGet).*)");

    /**
     * An atomic.
     *
     * @param creation how it is made
     * @param word where its word is, counted from the first atomic of the run
     * @param writers who writes it again and again
     * @param isUsed whether the code that was read uses it at all
     */
    private record Placed(Creation creation, ByteRange word, CodeWriters writers, boolean isUsed) {
        String name() {
            return creation.field();
        }
    }

    /** Two atomics of one run whose words can share a line. */
    private record Pair(Placed one, Placed other, PlacementCount placements) {
        /** A single writer of one, in operations that do not write the other, leaves the other to other threads. */
        boolean hasRoles() {
            boolean single = one.writers().isOfSingleWriter() || other.writers().isOfSingleWriter();
            return one.writers().hasOtherRole(other.writers())
                    || single && one.writers().isApartFrom(other.writers());
        }

        /** Atomics that the same operations write are contended alike, wherever they are. */
        boolean matters() {
            boolean unseen = !one.isUsed() && !other.isUsed();
            return unseen || hasRoles() || one.writers().isApartFrom(other.writers());
        }

        boolean isKnown() {
            return !one.writers().isEmpty() && !other.writers().isEmpty();
        }
    }

    @Override
    public List<Finding> examine(RuleContext context) {
        ObjectDeclaration declaration = context.declaration().orElse(null);
        if (declaration == null
                || declaration.extent() == Extent.ABSTRACT
                        && declaration.statics().isEmpty()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        List<Placed> run = new ArrayList<>();
        int end = 0;
        boolean isStatic = false;
        for (Creation creation : declaration.creations()) {
            Optional<AtomicCell> cell = AtomicCell.of(creation.type(), declaration.vm())
                    .filter(any -> !creation.isElement() && isFinal(declaration, creation))
                    .filter(any -> creation.isStatic() || declaration.extent() != Extent.ABSTRACT);
            if (cell.isEmpty() || creation.isStatic() != isStatic) {
                finding(context, declaration.vm(), run).ifPresent(findings::add);
                run.clear();
                end = 0;
                isStatic = creation.isStatic();
            }
            if (cell.isEmpty()) {
                inArray(context, declaration, creation).ifPresent(findings::add);
                continue;
            }
            ByteRange word =
                    ByteRange.ofSize(end + cell.get().valueOffset(), cell.get().valueBytes());
            CodeWriters users = users(context, declaration, creation);
            run.add(new Placed(creation, word, users.only(use -> isRepeated(use, creation.type())), !users.isEmpty()));
            end += cell.get().objectBytes();
        }
        finding(context, declaration.vm(), run).ifPresent(findings::add);
        return findings;
    }

    private static CodeWriters users(RuleContext context, ObjectDeclaration declaration, Creation creation) {
        return creation.isStatic()
                ? CodeWriters.users(Optional.of(declaration.staticCode()), creation.field(), Reach.REFERENT)
                : CodeWriters.users(context.code(), creation.field(), Reach.REFERENT);
    }

    /** A flag is mostly set once, and so is a reference; a number counts or moves on. */
    private static boolean isRepeated(CodeWriters.Write write, String type) {
        if (!write.writes() || !write.isOften() || type.equals("AtomicBoolean")) {
            return false;
        }
        boolean moves = write.isStep() || HANDS_ON.matcher(write.element()).matches();
        boolean isNumber = !type.equals("AtomicReference");
        return write.effect().stored().kind() != StoredValue.Kind.CONSTANT && (moves || isNumber);
    }

    private static boolean isFinal(ObjectDeclaration declaration, Creation creation) {
        if (creation.isStatic()) {
            return declaration
                    .staticField(creation.field())
                    .filter(StaticField::isFinal)
                    .isPresent();
        }
        return declaration
                .member(creation.field())
                .filter(ObjectMember::isFinal)
                .isPresent();
    }

    private Optional<Finding> finding(RuleContext context, VmSizes vm, List<Placed> run) {
        Placement placement = placement(vm);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < run.size(); i++) {
            for (int j = i + 1; j < run.size(); j++) {
                PlacementCount count =
                        placement.meeting(run.get(i).word(), run.get(j).word(), context.lineBytes());
                Pair pair = new Pair(run.get(i), run.get(j), count);
                if (!count.never() && pair.matters()) {
                    pairs.add(pair);
                }
            }
        }
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        Pair first = pairs.stream()
                .filter(Pair::hasRoles)
                .findFirst()
                .or(() -> pairs.stream().filter(Pair::isKnown).findFirst())
                .orElse(pairs.get(0));
        List<String> fields = pairs.stream()
                .flatMap(pair -> List.of(pair.one().name(), pair.other().name()).stream())
                .distinct()
                .toList();
        return Optional.of(context.finding(this)
                .severity(first.hasRoles() ? Severity.WARNING : Severity.INFO)
                .certainty(certainty(context, first.hasRoles()))
                .placements(first.placements())
                .fields(fields)
                .message(message(context, first, fields))
                .advice("make both volatile fields of this class with " + context.lineBytes()
                        + " bytes of padding between them, updated through a VarHandle or field updater; for"
                        + " counters that are rarely read, use LongAdder")
                .build());
    }

    /** Where there is code and it does not show that different threads write both, that they do is a suspicion. */
    private static Certainty certainty(RuleContext context, boolean hasRoles) {
        if (hasRoles) {
            return Certainty.FROM_CODE;
        }
        boolean hasCode = context.code().filter(code -> !code.isEmpty()).isPresent();
        return hasCode ? Certainty.INFERRED : Certainty.DECLARED_BY_TYPE;
    }

    /** Atomics that a loop makes and keeps in an array, as counters of one thread each often are. */
    private Optional<Finding> inArray(RuleContext context, ObjectDeclaration declaration, Creation creation) {
        boolean inLoop =
                creation.isElement() && creation.inLoop() && creation.type().endsWith("[]");
        String type = creation.type().replace("[]", "");
        AtomicCell cell = AtomicCell.of(type, declaration.vm()).orElse(null);
        if (!inLoop || cell == null || type.equals("AtomicReference")) {
            return Optional.empty();
        }
        ByteRange word = ByteRange.ofSize(cell.valueOffset(), cell.valueBytes());
        PlacementCount count =
                placement(declaration.vm()).meeting(word, word.plus(cell.objectBytes()), context.lineBytes());
        return Optional.of(context.finding(this)
                .severity(Severity.INFO)
                .certainty(certainty(context, false))
                .placements(count)
                .fields(List.of(creation.field()))
                .message("the elements of " + creation.field() + " refer to " + type + " objects that a loop at "
                        + creation.place().words() + " makes one after the other: neighbours' values are "
                        + cell.objectBytes() + " bytes apart on the heap and share a " + context.lineBytes()
                        + "-byte line" + count.phrase())
                .advice("if different threads write neighbours, make the elements objects with " + context.lineBytes()
                        + " bytes of padding, or use one LongAdder")
                .build());
    }

    private static Placement placement(VmSizes vm) {
        return new Placement(vm.objectAlignment(), "HotSpot object alignment");
    }

    private static String message(RuleContext context, Pair first, List<String> fields) {
        Creation one = first.one().creation();
        Creation other = first.other().creation();
        String types = one.type().equals(other.type()) ? one.type() + " objects" : one.type() + " and " + other.type();
        long apart = first.other().word().start() - first.one().word().start();
        int more = fields.size() - 2;
        return one.field() + " and " + other.field() + " refer to " + types + " that "
                + one.place().words() + " makes one after the other: their values are " + apart
                + " bytes apart on the heap and share a " + context.lineBytes() + "-byte line"
                + first.placements().phrase() + writers(first)
                + (more == 0 ? "" : "; so do those of " + more + (more == 1 ? " other" : " others"));
    }

    private static String writers(Pair pair) {
        if (!pair.isKnown()) {
            return "; who writes them is not known";
        }
        return "; " + describe(pair.one()) + ", " + describe(pair.other());
    }

    private static String describe(Placed placed) {
        CodeWriters.Write write = placed.writers().first().orElseThrow();
        return write.operation() + " writes " + placed.name() + " ("
                + write.place().words() + ")";
    }
}
