package dev.faultline.access.code.operation;

import dev.faultline.access.Cpus;
import dev.faultline.access.Role;
import dev.faultline.access.code.CodeOperation;
import dev.faultline.access.code.CodeOperation.Reached;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.access.code.operation.OperationNames.Side;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Which threads run which operations, as far as the code shows it. What counts: names of the two ends of a queue, each
 * of which writes fields that the other does not; stores that other threads are meant to see; atomic updates; code that
 * is given to a thread; loops that wait for a field. Operations that write a field in common are run by the same
 * threads, and so are those that only one class calls.
 */
final class RoleFinder {

    /** A role with what it rests on. */
    record Found(Role role, String reason) {}

    private static final Predicate<FieldEffect> WRITES =
            effect -> effect.isOnField() && effect.kind().writes();
    private static final Predicate<FieldEffect> UPDATES =
            effect -> effect.isOnField() && effect.kind().isAtomicUpdate();

    private final String type;
    private final BiPredicate<OperationDraft, OperationDraft> isOneThread;
    private final HotWrites writes;
    private final List<OperationDraft> hot;
    private final Map<OperationDraft, Found> found = new IdentityHashMap<>();

    /**
     * Looks for roles.
     *
     * @param type the class
     * @param hot its operations that may run often
     * @param writes what they write again and again
     * @param isOneThread whether one thread alone runs two of them
     */
    RoleFinder(
            String type,
            List<OperationDraft> hot,
            HotWrites writes,
            BiPredicate<OperationDraft, OperationDraft> isOneThread) {
        this.type = type;
        this.hot = hot;
        this.writes = writes;
        this.isOneThread = isOneThread;
        if (writes.hasEnds()) {
            assign(Side.PRODUCER, Side.CONSUMER);
            assign(Side.CONSUMER, Side.PRODUCER);
        }
        findWriters();
        findWaiting();
        findLocking();
    }

    /** {@return the role of an operation, when the code shows it} */
    Optional<Found> of(OperationDraft draft) {
        return Optional.ofNullable(found.get(draft));
    }

    /** The operations that write what is one end's, and those of its names that write nothing of the other's. */
    private void assign(Side side, Side other) {
        List<OperationDraft> members = new ArrayList<>();
        for (OperationDraft draft : hot) {
            Set<String> written = writes.of(draft);
            boolean own = written.stream().anyMatch(writes.of(side)::contains)
                    || HotWrites.side(draft).filter(side::equals).isPresent();
            boolean searches = HotWrites.side(draft).isEmpty()
                    && OperationNames.side(draft.verb()).isPresent();
            if (own && !searches && written.stream().noneMatch(writes.of(other)::contains)) {
                members.add(draft);
            }
        }
        Optional<Boolean> told = OperationNames.isShared(type, side);
        boolean several = told.orElseGet(() -> isUpdated(members, writes.of(side)));
        Role role = new Role(side.word() + (several ? "s" : ""), several ? new Cpus.All() : new Cpus.Count(1));
        for (OperationDraft draft : members) {
            boolean named = HotWrites.side(draft).isPresent();
            String name = named ? "it is a " + side.word() + " by its name; " : "";
            String what = writes.of(draft).stream()
                    .filter(writes.of(side)::contains)
                    .findFirst()
                    .map(path -> writes(draft, path, true))
                    .orElse("it writes nothing of the other end");
            found.put(draft, new Found(role, name + what));
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

    /** Operations that belong to no end: those that write fields in common are one role. */
    private void findWriters() {
        List<List<OperationDraft>> clusters = new ArrayList<>();
        for (OperationDraft draft : hot) {
            if (found.containsKey(draft) || writes.clear(draft).isEmpty()) {
                continue;
            }
            List<OperationDraft> joined = new ArrayList<>();
            clusters.removeIf(cluster -> {
                boolean one = cluster.stream().anyMatch(other -> isOfOneThread(draft, other));
                if (one) {
                    joined.addAll(cluster);
                }
                return one;
            });
            joined.add(draft);
            clusters.add(joined);
        }
        clusters.forEach(this::assignWriters);
    }

    private boolean isOfOneThread(OperationDraft one, OperationDraft other) {
        Set<String> written = writes.of(one);
        if (writes.of(other).stream().anyMatch(written::contains)) {
            return true;
        }
        boolean updated = isUpdated(List.of(one), written) && isUpdated(List.of(other), writes.of(other));
        return !updated && isOneThread.test(one, other);
    }

    private void assignWriters(List<OperationDraft> cluster) {
        Set<String> paths = new TreeSet<>();
        cluster.forEach(draft -> paths.addAll(writes.of(draft)));
        boolean known = found.keySet().stream()
                .anyMatch(draft -> writes.of(draft).stream().anyMatch(paths::contains));
        if (known) {
            return; // it works on both ends
        }
        boolean several = isUpdated(cluster, paths) || ownsElements(cluster, paths);
        OperationDraft first = cluster.get(0);
        String who = first.isThreadBody() && cluster.size() == 1 ? "thread of " : "callers of ";
        Role role = new Role(who + first.name(), several ? new Cpus.All() : new Cpus.Count(1));
        for (OperationDraft draft : cluster) {
            String path = writes.clear(draft).iterator().next();
            String thread = draft.isThreadBody() ? draft.threadReason() + "; " : "";
            found.put(draft, new Found(role, thread + writes(draft, path, cluster.size() == 1)));
        }
    }

    /** {@return whether an operation writes the element that its thread has for itself, so that there are several} */
    private static boolean ownsElements(List<OperationDraft> drafts, Set<String> paths) {
        return drafts.stream()
                .flatMap(draft -> draft.effects().stream())
                .anyMatch(
                        one -> paths.contains(one.path()) && one.path().contains("[own]") && WRITES.test(one.effect()));
    }

    /** What loops in a thread of its own, and what waits in a loop for a field to change. */
    private void findWaiting() {
        for (OperationDraft draft : hot) {
            if (found.containsKey(draft)) {
                continue;
            }
            Optional<Reached> looped = draft.effects().stream()
                    .filter(one -> one.effect().inLoop())
                    .findFirst();
            Optional<Reached> polled = draft.effects().stream()
                    .filter(one -> one.effect().isOnField() && one.effect().polled())
                    .findFirst();
            if (draft.isThreadBody() && looped.isPresent()) {
                String reason = draft.threadReason() + " and loops ("
                        + looped.get().effect().place().words() + ")";
                found.put(draft, new Found(new Role("thread of " + draft.name(), new Cpus.Count(1)), reason));
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
                    .filter(one -> WRITES.test(one.effect()) && one.effect().locked())
                    .findFirst();
            if (!found.containsKey(draft) && locked.isPresent()) {
                String reason = "it writes " + locked.get().path() + " under a lock ("
                        + locked.get().effect().place().words() + ")";
                found.put(draft, new Found(CodeOperation.LOCK_HOLDER, reason));
            }
        }
    }
}
