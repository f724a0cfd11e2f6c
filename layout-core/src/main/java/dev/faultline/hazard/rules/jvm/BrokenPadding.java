package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.Certainty;
import dev.faultline.access.object.DeclaredMember;
import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.access.object.ObjectDeclaration.Extent;
import dev.faultline.access.object.OtherMode;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.jvm.GuardedWords.Pad;
import dev.faultline.hazard.rules.jvm.ObjectNeighbours.Met;
import dev.faultline.layout.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds fields that the source declares between padding, and that share a line nevertheless with what is beyond it:
 * HotSpot fills gaps of superclasses, the one behind the header included, and orders the fields of a class by size.
 */
@Hazard(summary = "padding meant to stand around a field stands elsewhere on this VM", severity = Severity.WARNING)
public final class BrokenPadding implements HazardRule {

    private static final int MOST_NAMED = 3;

    /** Of more fields, none is the word that the padding is for. */
    private static final int MOST_ONE_SIDED = 4;

    /** One side of a run of fields, and the fields whose padding fails there. */
    private record Side(GuardedWords words, boolean isBefore, Map<Slot.Field, List<Met>> broken) {
        Pad pad() {
            return isBefore ? words.before() : words.behind();
        }

        Slot.Field first() {
            return broken.keySet().iterator().next();
        }

        String direction() {
            return isBefore ? "before" : "behind";
        }

        List<Met> met() {
            return broken.values().stream().flatMap(List::stream).toList();
        }
    }

    @Override
    public List<Finding> examine(RuleContext context) {
        ObjectDeclaration declaration = context.declaration().orElse(null);
        if (declaration == null || declaration.extent() == Extent.ABSTRACT) {
            return List.of();
        }
        ObjectNeighbours neighbours = new ObjectNeighbours(
                declaration, declaration.vm(), context.layout(), context.placement(), context.lineBytes());
        List<Finding> findings = new ArrayList<>();
        for (GuardedWords words : GuardedWords.of(declaration, context.layout())) {
            List<Finding> declared = Stream.of(true, false)
                    .map(before -> side(context, neighbours, words, before))
                    .filter(side -> side.pad().exists() && !side.broken().isEmpty())
                    .map(side -> misplaced(context, declaration, neighbours, side))
                    .toList();
            findings.addAll(declared);
            if (declared.isEmpty()) {
                oneSided(context, declaration, neighbours, words).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private static Side side(RuleContext context, ObjectNeighbours neighbours, GuardedWords words, boolean before) {
        Map<Slot.Field, List<Met>> broken = new LinkedHashMap<>();
        for (DeclaredMember word : words.words()) {
            Optional<Slot.Field> slot = neighbours.slot(word.path());
            if (slot.isPresent() && isUsed(context, word.path())) {
                List<Met> met = neighbours.beyond(words, word.path(), before).stream()
                        .filter(other -> matters(context, words, word.path(), other))
                        .toList();
                if (!met.isEmpty()) {
                    broken.put(slot.get(), met);
                }
            }
        }
        return new Side(words, before, broken);
    }

    /** Fields that are only read do each other no harm; other objects and the header may be written at any time. */
    private static boolean matters(RuleContext context, GuardedWords words, String path, Met other) {
        boolean written = isWritten(context, path);
        return other.isField()
                ? isUsed(context, other.path()) && (written || isWritten(context, other.path()))
                : written || words.isEnclosed();
    }

    private static boolean isWritten(RuleContext context, String path) {
        return context.access().activities().stream()
                .anyMatch(activity -> activity.field().path().equals(path) && activity.isWritten());
    }

    /** {@return whether the field is used, as far as anything is known} */
    private static boolean isUsed(RuleContext context, String path) {
        return context.access().activities().isEmpty()
                || context.access().activities().stream()
                        .anyMatch(activity -> activity.field().path().equals(path));
    }

    private Finding misplaced(
            RuleContext context, ObjectDeclaration declaration, ObjectNeighbours neighbours, Side side) {
        Slot.Field word = side.first();
        Pad pad = side.pad();
        long standing = pad.paths().stream()
                .map(neighbours::slot)
                .flatMap(Optional::stream)
                .filter(field -> field.byteOffset() < word.byteOffset() == side.isBefore())
                .mapToLong(Slot.Field::byteSize)
                .sum();
        boolean whole = standing == pad.bytes();
        String opposite = side.isBefore() ? "behind" : "before";
        String fact;
        if (whole) {
            fact = "the " + pad.words() + " " + side.direction() + " " + word.path() + " are " + pad.bytes()
                    + " bytes and too few: " + words(side) + share(context, side);
        } else if (standing == 0) {
            fact = "the " + pad.words() + " meant to stand " + side.direction() + " " + word.path() + " stand "
                    + opposite + " it: " + words(side) + ", beside " + met(side);
        } else {
            fact = "of the " + pad.bytes() + " bytes meant to stand " + side.direction() + " " + word.path() + ", "
                    + (pad.bytes() - standing) + " stand " + opposite + " it: " + words(side) + share(context, side);
        }
        boolean written = side.broken().keySet().stream().anyMatch(field -> isWritten(context, field.path()))
                || side.met().stream().anyMatch(met -> met.isField() && isWritten(context, met.path()));
        return finding(
                context,
                side,
                whole || !written ? Severity.INFO : Severity.WARNING,
                fact + elsewhere(context, declaration, side),
                advice(context, declaration, side, whole));
    }

    private Optional<Finding> oneSided(
            RuleContext context, ObjectDeclaration declaration, ObjectNeighbours neighbours, GuardedWords words) {
        if (words.isEnclosed() || words.words().size() > MOST_ONE_SIDED || declaration.extent() != Extent.LEAF) {
            return Optional.empty();
        }
        Side bare = side(context, neighbours, words, !words.before().exists());
        if (bare.broken().isEmpty()) {
            return Optional.empty();
        }
        Pad pad = words.before().exists() ? words.before() : words.behind();
        return Optional.of(finding(
                context,
                bare,
                Severity.INFO,
                bare.first().path() + " has padding on one side only, " + pad.words() + " "
                        + (bare.isBefore() ? "behind" : "before") + " it: " + words(bare) + share(context, bare),
                "declare " + bytes(context) + " bytes of padding " + bare.direction() + " "
                        + bare.first().path() + " too, in a "
                        + (bare.isBefore() ? "superclass" : "subclass") + " of the class that declares it"));
    }

    private Finding finding(RuleContext context, Side side, Severity severity, String message, String advice) {
        List<Met> met = side.met();
        return context.finding(this)
                .severity(severity)
                .certainty(Certainty.DECLARED_BY_TYPE)
                .placements(met.stream()
                        .map(Met::placements)
                        .max(Comparator.comparingInt(count -> count.sharing()))
                        .orElseThrow())
                .fields(Stream.concat(
                                side.broken().keySet().stream().map(Slot.Field::path),
                                met.stream().filter(Met::isField).map(Met::path))
                        .distinct()
                        .toList())
                .message(message)
                .advice(advice)
                .build();
    }

    /** {@return {@code "turn is at byte 12"}, with the number of the others} */
    private static String words(Side side) {
        int others = side.broken().size() - 1;
        Slot.Field first = side.first();
        return first.path() + " is at byte " + first.byteOffset()
                + (others == 0 ? "" : " (and " + others + " more beside it)");
    }

    private static String share(RuleContext context, Side side) {
        return " and shares a " + context.lineBytes() + "-byte line with " + met(side)
                + side.met().get(0).placements().phrase();
    }

    private static String met(Side side) {
        List<String> words = side.met().stream()
                .map(Met::words)
                .distinct()
                .sorted(objectsFirst())
                .toList();
        List<String> named = words.stream().limit(MOST_NAMED).collect(Collectors.toCollection(ArrayList::new));
        if (words.size() > named.size()) {
            named.add((words.size() - named.size()) + " more fields");
        }
        String last = named.remove(named.size() - 1);
        return named.isEmpty() ? last : String.join(", ", named) + " and " + last;
    }

    private static Comparator<String> objectsFirst() {
        return Comparator.comparing((String words) -> !words.startsWith("the "));
    }

    /** {@return in which other VMs the padding holds} */
    private static String elsewhere(RuleContext context, ObjectDeclaration declaration, Side side) {
        List<String> holding = new ArrayList<>();
        for (OtherMode other : declaration.otherModes()) {
            ObjectNeighbours there = new ObjectNeighbours(
                    declaration, other.vm(), other.layout(), context.placement(), context.lineBytes());
            if (side(context, there, side.words(), side.isBefore()).broken().isEmpty()) {
                holding.add(other.vm().mode());
            }
        }
        if (declaration.otherModes().isEmpty()) {
            return "";
        }
        return holding.isEmpty() ? "" : "; the padding holds on JDK " + String.join(", ", holding);
    }

    private static String advice(RuleContext context, ObjectDeclaration declaration, Side side, boolean tooFew) {
        String word = side.first().path();
        if (tooFew) {
            return "declare at least " + bytes(context) + " bytes of padding " + side.direction() + " " + word;
        }
        return "declare the padding " + side.direction() + " " + word + " as " + context.lineBytes()
                + " byte fields: they also fill the gap behind the "
                + declaration.vm().headerBytes()
                + "-byte header, which takes the first field that fits";
    }

    private static int bytes(RuleContext context) {
        return context.lineBytes() - 8;
    }
}
