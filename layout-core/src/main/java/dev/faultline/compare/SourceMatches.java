package dev.faultline.compare;

import dev.faultline.api.Internal;
import dev.faultline.layout.CachelineGroup;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The matching structs of two sources, and which of them changed. Cheap; done before the changes are judged.
 *
 * @param unchanged number of structs that are the same, byte for byte
 * @param added structs that only the new source has
 * @param removed structs that only the old source has
 * @param changed structs that differ, in the order of the new source
 */
@Internal
public record SourceMatches(int unchanged, List<Subject> added, List<Subject> removed, List<Pair> changed) {

    /**
     * A struct before and after.
     *
     * @param before the old layout
     * @param after the new one
     * @param causes the structs with a changed declaration, of itself and those embedded in it, sorted
     */
    public record Pair(Subject before, Subject after, List<String> causes) {
        public Pair {
            causes = List.copyOf(causes);
        }
    }

    public SourceMatches {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
    }

    /**
     * Matches by keyword, name and version. Among several structs of one name, equal ones are matched first, the
     * others in order. What is left over is matched without versions, since a unit may have another name now.
     *
     * @param before the structs of the old source
     * @param after the structs of the new source
     * @return the matches
     */
    public static SourceMatches of(List<Subject> before, List<Subject> after) {
        Map<String, List<Subject>> old = new LinkedHashMap<>(before.size() * 2);
        before.forEach(subject ->
                old.computeIfAbsent(key(subject), any -> new ArrayList<>(1)).add(subject));
        int unchanged = 0;
        List<Subject> different = new ArrayList<>();
        for (Subject subject : after) {
            if (takeSame(subject, old.get(key(subject)))) {
                unchanged++;
            } else {
                different.add(subject);
            }
        }
        Map<Subject, Subject> was = new IdentityHashMap<>();
        take(different, old, SourceMatches::key, was);
        Map<String, List<Subject>> left = new LinkedHashMap<>();
        old.values().stream()
                .flatMap(List::stream)
                .forEach(subject -> left.computeIfAbsent(name(subject), any -> new ArrayList<>(1))
                        .add(subject));
        for (Iterator<Subject> others = different.iterator(); others.hasNext(); ) {
            Subject subject = others.next();
            if (!was.containsKey(subject) && takeSame(subject, left.get(name(subject)))) {
                unchanged++;
                others.remove();
            }
        }
        take(different, left, SourceMatches::name, was);
        return new SourceMatches(
                unchanged,
                different.stream().filter(subject -> !was.containsKey(subject)).toList(),
                left.values().stream().flatMap(List::stream).toList(),
                pairs(different, was));
    }

    /** Finds for structs without an old one the next of those left. */
    private static void take(
            List<Subject> different,
            Map<String, List<Subject>> old,
            Function<Subject, String> key,
            Map<Subject, Subject> was) {
        for (Subject subject : different) {
            List<Subject> candidates = old.getOrDefault(key.apply(subject), List.of());
            if (!was.containsKey(subject) && !candidates.isEmpty()) {
                was.put(subject, candidates.remove(0));
            }
        }
    }

    private static List<Pair> pairs(List<Subject> different, Map<Subject, Subject> was) {
        Causes causes = new Causes();
        List<Pair> pairs = new ArrayList<>();
        for (Subject subject : different) {
            Subject before = was.get(subject);
            if (before != null) {
                pairs.add(new Pair(before, subject, List.copyOf(causes.of(before.layout(), subject.layout()))));
            }
        }
        return pairs;
    }

    /** {@return the name by which units do not count; releases do} */
    private static String name(Subject subject) {
        return subject.layout().spelling() + "@" + subject.release();
    }

    /** {@return two structs as one that changed, whatever their names} */
    public static SourceMatches ofTwo(Subject before, Subject after) {
        List<String> causes = List.copyOf(new Causes().of(before.layout(), after.layout()));
        return new SourceMatches(0, List.of(), List.of(), List.of(new Pair(before, after, causes)));
    }

    private static String key(Subject subject) {
        return subject.layout().spelling() + "@" + subject.version();
    }

    private static boolean takeSame(Subject subject, List<Subject> candidates) {
        if (candidates != null) {
            for (Iterator<Subject> left = candidates.iterator(); left.hasNext(); ) {
                Subject candidate = left.next();
                if (candidate.placement().baseAlignment() == subject.placement().baseAlignment()
                        && isSame(candidate.layout(), subject.layout())) {
                    left.remove();
                    return true;
                }
            }
        }
        return false;
    }

    /** {@return whether bytes, alignment and groups are the same} */
    static boolean isSame(StructLayout one, StructLayout other) {
        return one.byteAlignment() == other.byteAlignment()
                && one.sameBytesAs(other)
                && CachelineGroup.of(one).equals(CachelineGroup.of(other));
    }

    /** Finds the changed declarations that explain a change of layout. */
    private static final class Causes {

        private final Map<StructLayout, Set<String>> known = new IdentityHashMap<>();

        Set<String> of(StructLayout before, StructLayout after) {
            Set<String> causes = known.get(before);
            if (causes == null) {
                causes = new TreeSet<>();
                if (!isDeclaredAlike(before, after, causes) || causes.isEmpty()) {
                    causes.clear();
                    causes.add(before.spelling());
                }
                known.put(before, causes);
            }
            return causes;
        }

        /** Whether the declarations are the same, anonymous members included; collects changed embedded structs. */
        private boolean isDeclaredAlike(StructLayout before, StructLayout after, Set<String> causes) {
            List<Member> old = before.members();
            List<Member> young = after.members();
            if (old.size() != young.size()) {
                return false;
            }
            for (int i = 0; i < old.size(); i++) {
                if (!isDeclaredAlike(old.get(i), young.get(i), causes)) {
                    return false;
                }
            }
            return true;
        }

        private boolean isDeclaredAlike(Member before, Member after, Set<String> causes) {
            if (!before.name().equals(after.name())
                    || !before.type().spelling().equals(after.type().spelling())
                    || before.bits().isPresent() != after.bits().isPresent()
                    || before.bits().isPresent()
                            && before.bits().get().bitSize()
                                    != after.bits().get().bitSize()) {
                return false;
            }
            FieldType old = innermost(before.type());
            FieldType young = innermost(after.type());
            if (!(old instanceof FieldType.Aggregate one) || !(young instanceof FieldType.Aggregate other)) {
                return old.byteSize() == young.byteSize();
            }
            if (one.layout().name().isEmpty()
                    && one.spelling().equals(one.layout().spelling())) {
                return isDeclaredAlike(one.layout(), other.layout(), causes);
            }
            if (one.layout() != other.layout() && !isSame(one.layout(), other.layout())) {
                causes.addAll(of(one.layout(), other.layout()));
            }
            return true;
        }

        private static FieldType innermost(FieldType type) {
            FieldType innermost = type;
            while (innermost instanceof FieldType.Array array) {
                innermost = array.element();
            }
            return innermost;
        }
    }
}
