package dev.faultline.access.code.operation;

import dev.faultline.access.AccessKind;
import dev.faultline.access.Cpus;
import dev.faultline.access.Role;
import dev.faultline.access.code.CodeOperation;
import dev.faultline.access.code.CodeOperation.Reached;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.access.code.StoredValue;
import dev.faultline.access.code.operation.OperationNames.Side;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which threads run which operations, as far as the code shows it. What counts: names of the two ends of a queue, each
 * of which writes fields that the other does not; stores that other threads are meant to see; atomic updates; code that
 * is given to a thread; loops that wait for a field. Operations that write a field in common are run by the same
 * threads.
 */
final class RoleFinder {

    /** A role with what it rests on. */
    record Found(Role role, String reason) {}

    private static final Predicate<FieldEffect> WRITES =
            effect -> effect.isOnField() && effect.kind().writes();
    private static final Predicate<FieldEffect> UPDATES =
            effect -> effect.isOnField() && effect.kind().isAtomicUpdate();

    private final String type;
    private final Set<String> quiet;
    private final Set<String> references;
    private final List<OperationDraft> hot;
    private final Map<OperationDraft, Found> found = new IdentityHashMap<>();

    /**
     * Looks for roles.
     *
     * @param type the class
     * @param drafts its operations
     * @param quiet paths of fields that are written seldom
     * @param references paths of fields that hold references
     */
    RoleFinder(String type, List<OperationDraft> drafts, Set<String> quiet, Set<String> references) {
        this.type = type;
        this.quiet = quiet;
        this.references = references;
        hot = drafts.stream().filter(this::isHot).toList();
        findEnds();
        findWriters();
        findWaiting();
        findLocking();
    }

    /** {@return whether code suggests that an operation runs often} */
    boolean isHot(OperationDraft draft) {
        String name = draft.method().name();
        if (draft.isThreadBody()) {
            return true;
        }
        if (FieldHistory.isRare(draft)
                || draft.isAccessor() && OperationNames.side(name).isEmpty()) {
            return false;
        }
        return !OperationNames.isInspection(name) || !shared(draft).isEmpty();
    }

    /** {@return the role of an operation, when the code shows it} */
    Optional<Found> of(OperationDraft draft) {
        return Optional.ofNullable(found.get(draft));
    }

    /** Fields that an operation writes again and again without a lock. */
    private Set<String> written(OperationDraft draft) {
        return draft.paths(one -> WRITES.test(one.effect()) && !one.effect().locked() && !quiet.contains(one.path()));
    }

    /** Those of them that it writes in a way that only code for several threads needs. */
    private Set<String> shared(OperationDraft draft) {
        return draft.paths(one -> !one.effect().locked()
                && !quiet.contains(one.path())
                && (isUpdate(one) || isPublished(draft, one.effect())));
    }

    private boolean isUpdate(Reached reached) {
        FieldEffect effect = reached.effect();
        if (!UPDATES.test(effect) || effect.stored().kind() == StoredValue.Kind.CONSTANT) {
            return false;
        }
        boolean number = effect.stored().kind() == StoredValue.Kind.STEP || !references.contains(reached.path());
        return number && (effect.kind() == AccessKind.CAS_LOOP || !effect.isConditional() || isStep(effect));
    }

    private static boolean isStep(FieldEffect effect) {
        return effect.stored().kind() == StoredValue.Kind.STEP;
    }

    private static boolean isPublished(OperationDraft draft, FieldEffect effect) {
        return effect.kind() == AccessKind.WRITE
                && effect.order().isForThreads()
                && (isStep(effect) || effect.inLoop() || draft.isThreadBody());
    }

    private static boolean isForThreads(OperationDraft draft, Set<String> paths) {
        return draft.effects().stream()
                .anyMatch(one -> one.effect().reach() == FieldEffect.Reach.ELEMENT
                                && one.effect().order().isForThreads()
                        || WRITES.test(one.effect())
                                && paths.contains(one.path())
                                && (one.effect().order().isForThreads()
                                        || one.effect().kind().isAtomicUpdate()));
    }

    /** The two ends of a queue, by their names, when each writes what the other does not. */
    private void findEnds() {
        List<OperationDraft> producing = named(Side.PRODUCER);
        List<OperationDraft> consuming = named(Side.CONSUMER);
        Set<String> produced = allWritten(producing);
        Set<String> consumed = allWritten(consuming);
        Set<String> both = new TreeSet<>(produced);
        both.retainAll(consumed);
        produced.removeAll(both);
        consumed.removeAll(both);
        Set<String> exclusive = new TreeSet<>(produced);
        exclusive.addAll(consumed);
        boolean threads = hot.stream().anyMatch(draft -> isForThreads(draft, exclusive));
        if (!produced.isEmpty() && !consumed.isEmpty() && threads) {
            assign(Side.PRODUCER, producing, produced, consumed);
            assign(Side.CONSUMER, consuming, consumed, produced);
        }
    }

    private List<OperationDraft> named(Side side) {
        return hot.stream()
                .filter(draft -> draft.isOwn()
                        && OperationNames.side(draft.method().name())
                                .filter(side::equals)
                                .isPresent())
                .toList();
    }

    private Set<String> allWritten(Collection<OperationDraft> drafts) {
        Set<String> all = new TreeSet<>();
        drafts.forEach(draft -> all.addAll(written(draft)));
        return all;
    }

    private void assign(Side side, List<OperationDraft> named, Set<String> own, Set<String> others) {
        List<OperationDraft> members = new ArrayList<>(named);
        for (OperationDraft draft : hot) {
            Set<String> writes = written(draft);
            if (!named.contains(draft)
                    && writes.stream().anyMatch(own::contains)
                    && writes.stream().noneMatch(others::contains)) {
                members.add(draft);
            }
        }
        boolean several = OperationNames.isShared(type, side).orElseGet(() -> isUpdated(members, own));
        Role role = new Role(side.word() + (several ? "s" : ""), several ? new Cpus.All() : new Cpus.Count(1));
        String names = OperationNames.isShared(type, side).isPresent() ? "by the names of method and class" : "by name";
        for (OperationDraft draft : members) {
            if (written(draft).stream().noneMatch(others::contains)) {
                String writes = written(draft).stream()
                        .filter(own::contains)
                        .findFirst()
                        .map(path -> "; " + writes(draft, path, true))
                        .orElse("");
                found.put(draft, new Found(role, "it is a " + side.word() + " " + names + writes));
            }
        }
    }

    private static boolean isUpdated(List<OperationDraft> drafts, Set<String> paths) {
        return drafts.stream()
                .flatMap(draft -> draft.effects().stream())
                .anyMatch(one -> paths.contains(one.path()) && UPDATES.test(one.effect()));
    }

    /** {@code "it alone writes putAt (Ring.offer:31)"}. */
    private static String writes(OperationDraft draft, String path, boolean alone) {
        Reached first = draft.first(path, WRITES);
        boolean update = first.effect().kind().isAtomicUpdate();
        return (update ? "it updates " : alone ? "it alone writes " : "it writes ") + path
                + (update ? " atomically (" : " (") + first.effect().place().words() + ")";
    }

    /** Operations without such names: those that write fields in common are one role. */
    private void findWriters() {
        List<OperationDraft> rest = hot.stream()
                .filter(draft -> !found.containsKey(draft) && !shared(draft).isEmpty())
                .toList();
        List<List<OperationDraft>> clusters = new ArrayList<>();
        for (OperationDraft draft : rest) {
            Set<String> writes = written(draft);
            List<OperationDraft> joined = new ArrayList<>();
            clusters.removeIf(cluster -> {
                boolean touching = cluster.stream()
                        .anyMatch(other -> written(other).stream().anyMatch(writes::contains));
                if (touching) {
                    joined.addAll(cluster);
                }
                return touching;
            });
            joined.add(draft);
            clusters.add(joined);
        }
        clusters.forEach(this::assignWriters);
    }

    private void assignWriters(List<OperationDraft> cluster) {
        Set<String> paths = allWritten(cluster);
        boolean known = found.keySet().stream()
                .anyMatch(draft -> written(draft).stream().anyMatch(paths::contains));
        if (known) {
            return; // it works on both ends
        }
        boolean several = isUpdated(cluster, paths);
        OperationDraft first = cluster.get(0);
        String who = cluster.stream().anyMatch(OperationDraft::isThreadBody) && cluster.size() == 1
                ? "thread of " + first.name()
                : "callers of " + first.name();
        Role role = new Role(who, several ? new Cpus.All() : new Cpus.Count(1));
        for (OperationDraft draft : cluster) {
            String path = shared(draft).iterator().next();
            String thread = draft.isThreadBody() ? draft.threadReason() + "; " : "";
            found.put(draft, new Found(role, thread + writes(draft, path, cluster.size() == 1)));
        }
    }

    /** What threads of their own run, and what waits in a loop for a field to change. */
    private void findWaiting() {
        for (OperationDraft draft : hot) {
            if (found.containsKey(draft)) {
                continue;
            }
            Optional<Reached> polled = draft.effects().stream()
                    .filter(one -> one.effect().isOnField() && one.effect().polled())
                    .findFirst();
            if (draft.isThreadBody()) {
                found.put(
                        draft,
                        new Found(new Role("thread of " + draft.name(), new Cpus.Count(1)), draft.threadReason()));
            } else if (polled.isPresent()) {
                String reason = "it waits for " + polled.get().path() + " ("
                        + polled.get().effect().place().words() + ")";
                found.put(draft, new Found(new Role("threads in " + draft.name(), new Cpus.All()), reason));
            }
        }
    }

    /** Operations that write under the lock of the object never run at the same time: they are one role. */
    private void findLocking() {
        for (OperationDraft draft : hot) {
            Optional<Reached> locked = draft.effects().stream()
                    .filter(one -> WRITES.test(one.effect()) && one.effect().locked() && !quiet.contains(one.path()))
                    .findFirst();
            if (!found.containsKey(draft) && locked.isPresent()) {
                String reason = "it writes " + locked.get().path() + " under a lock ("
                        + locked.get().effect().place().words() + ")";
                found.put(draft, new Found(CodeOperation.LOCK_HOLDER, reason));
            }
        }
    }
}
