package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.Certainty;
import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.access.object.ObjectDeclaration.Extent;
import dev.faultline.access.object.ObjectMember;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds fields that the source declares between padding, and that share a line nevertheless with what is beyond it:
 * HotSpot fills gaps of superclasses, the one behind the header included, and orders the fields of a class by size.
 */
@Hazard(summary = "padding meant to stand around a field stands elsewhere on this VM", severity = Severity.WARNING)
public final class BrokenPadding implements HazardRule {

    private static final int MOST_NAMED = 3;

    /** The largest gap that a field can fill is smaller than this. */
    private static final int GAP_BYTES = 8;

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
        List<GuardedWords> runs = GuardedWords.of(declaration, context.layout());
        if (runs.isEmpty()) {
            return List.of();
        }
        WordUse use = WordUse.of(context);
        ObjectNeighbours neighbours = new ObjectNeighbours(
                declaration, declaration.vm(), context.layout(), context.placement(), context.lineBytes());
        List<Finding> findings = new ArrayList<>();
        for (GuardedWords words : runs) {
            if (words.areAtomics(declaration.vm())) {
                continue; // another rule says that such padding guards nothing
            }
            List<Finding> declared = Stream.of(true, false)
                    .map(before -> misplaced(use, neighbours, words, before))
                    .filter(side -> !side.broken().isEmpty())
                    .map(side -> misplaced(context, declaration, use, neighbours, side))
                    .toList();
            findings.addAll(declared);
            if (declared.isEmpty()) {
                oneSided(context, declaration, use, neighbours, words).ifPresent(findings::add);
            }
        }
        return findings;
    }

    /** {@return the fields that meet what padding is declared against on one side} */
    private static Side misplaced(WordUse use, ObjectNeighbours neighbours, GuardedWords words, boolean before) {
        Pad pad = before ? words.before() : words.behind();
        Map<Slot.Field, List<Met>> broken = new LinkedHashMap<>();
        if (pad.exists()) {
            for (Slot.Field word : used(use, neighbours, words)) {
                boolean whole = neighbours.bytesOf(pad, word, before) == pad.bytes();
                List<Met> met = neighbours.beyond(words, word.path(), before).stream()
                        .filter(other -> matters(use, words, word.path(), other))
                        .filter(other -> !whole
                                || !other.isField()
                                || neighbours.bytesOf(
                                                pad,
                                                neighbours.slot(other.path()).orElseThrow(),
                                                !before)
                                        > 0)
                        .toList();
                if (!met.isEmpty()) {
                    broken.put(word, met);
                }
            }
        }
        return new Side(words, before, broken);
    }

    private static List<Slot.Field> used(WordUse use, ObjectNeighbours neighbours, GuardedWords words) {
        return words.words().stream()
                .map(ObjectMember::path)
                .filter(use::uses)
                .map(neighbours::slot)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Fields that are only read do each other no harm; other objects may be written at any time. */
    private static boolean matters(WordUse use, GuardedWords words, String path, Met other) {
        return other.isField()
                ? use.uses(other.path()) && (use.writes(path) || use.writes(other.path()))
                : words.isEnclosed();
    }

    private Finding misplaced(
            RuleContext context, ObjectDeclaration declaration, WordUse use, ObjectNeighbours neighbours, Side side) {
        Slot.Field word = side.first();
        Pad pad = side.pad();
        long standing = neighbours.bytesOf(pad, word, side.isBefore());
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
        boolean written = side.broken().keySet().stream().anyMatch(field -> use.writes(field.path()))
                || side.met().stream().anyMatch(met -> met.isField() && use.writes(met.path()));
        return finding(
                context,
                side,
                whole || !written ? Severity.INFO : Severity.WARNING,
                fact + elsewhere(context, declaration, use, side),
                whole ? more(context, side) : bytesInstead(declaration, side));
    }

    /** A written field with padding on one side, where no padding is declared against what it meets on the other. */
    private Optional<Finding> oneSided(
            RuleContext context,
            ObjectDeclaration declaration,
            WordUse use,
            ObjectNeighbours neighbours,
            GuardedWords words) {
        boolean before = !words.before().exists();
        if (words.isEnclosed()
                || declaration.extent() != Extent.LEAF
                || words.words().size() > (before ? 1 : MOST_ONE_SIDED)) {
            return Optional.empty();
        }
        Map<Slot.Field, List<Met>> bare = new LinkedHashMap<>();
        for (Slot.Field word : used(use, neighbours, words)) {
            List<Met> met = neighbours.beyond(words, word.path(), before);
            boolean isNumber = declaration
                    .member(word.path())
                    .filter(member -> !member.isReference())
                    .isPresent();
            if (isNumber && use.writes(word.path()) && !met.isEmpty()) {
                bare.put(word, met);
            }
        }
        if (bare.isEmpty()) {
            return Optional.empty();
        }
        Side side = new Side(words, before, bare);
        Pad pad = before ? words.behind() : words.before();
        return Optional.of(finding(
                context,
                side,
                Severity.INFO,
                side.first().path() + " has padding on one side only, " + pad.words() + " "
                        + (before ? "behind" : "before") + " it: " + words(side) + share(context, side),
                more(context, side) + " too"));
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
    private static String elsewhere(RuleContext context, ObjectDeclaration declaration, WordUse use, Side side) {
        List<String> holding = new ArrayList<>();
        for (OtherMode other : declaration.otherModes().get()) {
            ObjectNeighbours there = new ObjectNeighbours(
                    declaration,
                    other.vm(),
                    other.layout().withPadding(padding(context)),
                    context.placement(),
                    context.lineBytes());
            if (misplaced(use, there, side.words(), side.isBefore()).broken().isEmpty()) {
                holding.add(other.vm().mode());
            }
        }
        return holding.isEmpty() ? "" : "; the padding holds on JDK " + String.join(", ", holding);
    }

    private static Set<String> padding(RuleContext context) {
        return context.layout().fields().stream()
                .filter(Slot.Field::isPadding)
                .map(Slot.Field::path)
                .collect(Collectors.toSet());
    }

    private static String bytesInstead(ObjectDeclaration declaration, Side side) {
        String word = side.first().path();
        return "declare the padding " + side.direction() + " " + word + " as "
                + (side.pad().bytes() + GAP_BYTES)
                + " byte fields: they also fill the gaps of superclasses, such as the one behind the "
                + declaration.vm().headerBytes() + "-byte header, which otherwise take " + word;
    }

    private static String more(RuleContext context, Side side) {
        return "declare at least " + (context.lineBytes() - GAP_BYTES) + " bytes of padding " + side.direction() + " "
                + side.first().path();
    }
}
