package dev.faultline.access.code.operation;

import dev.faultline.access.AccessKind;
import dev.faultline.access.code.CodeMethod.Trait;
import dev.faultline.access.code.CodeOperation.Reached;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.access.code.MemoryOrder;
import dev.faultline.access.code.StoredValue;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which fields are written again and again while several threads use the object. Code shows it by what it stores and
 * how: a number that grows, updated atomically or published; and the fields that only one end of a queue writes. Other
 * writes may be rare, so they are none.
 */
final class HotWrites {

    private static final Predicate<FieldEffect> WRITES =
            effect -> effect.isOnField() && effect.kind().writes();

    private final Set<String> seldom;
    private final Set<String> references;
    private final Set<String> arrays;
    private final Set<String> fields = new TreeSet<>();
    private final Set<String> produced;
    private final Set<String> consumed;
    private final boolean hasEnds;
    /** What was found for an operation; by identity, since operations are long to compare. */
    private final Map<OperationDraft, Set<String>> written = new IdentityHashMap<>();

    private final Map<OperationDraft, Set<String>> clear = new IdentityHashMap<>();

    /** From this number of counters on that are all published without an atomic update, one thread counts them all. */
    private static final int MANY_COUNTERS = 3;

    private final boolean countsAlone;
    private final boolean isPlain;

    /**
     * Finds them.
     *
     * @param drafts operations that may run often
     * @param seldom paths of fields that are written seldom
     * @param references paths of fields that hold references
     * @param arrays paths of those that refer to arrays
     * @param isPlain whether threads of this language use plain stores for what they alone write
     */
    HotWrites(
            List<OperationDraft> drafts,
            Set<String> seldom,
            Set<String> references,
            Set<String> arrays,
            boolean isPlain) {
        this.isPlain = isPlain;
        this.seldom = isPlain ? withGuarded(seldom, drafts) : seldom;
        this.references = references;
        this.arrays = arrays;
        produced = exclusive(drafts, OperationNames.Side.PRODUCER, OperationNames.Side.CONSUMER);
        consumed = exclusive(drafts, OperationNames.Side.CONSUMER, OperationNames.Side.PRODUCER);
        hasEnds = !produced.isEmpty()
                && !consumed.isEmpty()
                && drafts.stream().anyMatch(draft -> isForThreads(draft, produced) || isForThreads(draft, consumed));
        if (hasEnds) {
            fields.addAll(produced);
            fields.addAll(consumed);
        } else {
            produced.clear();
            consumed.clear();
        }
        countsAlone = countsAlone(drafts);
        for (OperationDraft draft : drafts) {
            fields.addAll(clear(draft));
        }
    }

    /**
     * Adds the fields that more operations write under a lock than without one: those without run where nothing else
     * does, as when the object is torn down. An atomic update is not meant so.
     */
    private static Set<String> withGuarded(Set<String> seldom, List<OperationDraft> drafts) {
        Map<String, Integer> balance = new HashMap<>();
        for (OperationDraft draft : drafts) {
            Set<String> free = draft.paths(HotWrites::isFree);
            free.forEach(path -> balance.merge(path, -1, Integer::sum));
            draft.paths(one -> WRITES.test(one.effect()) && !free.contains(one.path()))
                    .forEach(path -> balance.merge(path, 1, Integer::sum));
        }
        for (OperationDraft draft : drafts) {
            balance.keySet()
                    .removeAll(draft.paths(
                            one -> isFree(one) && one.effect().kind().isAtomicUpdate()));
        }
        Set<String> all = new TreeSet<>(seldom);
        balance.forEach((path, count) -> {
            if (count > 0) {
                all.add(path);
            }
        });
        return all;
    }

    private static boolean countsAlone(List<OperationDraft> drafts) {
        List<Reached> steps = drafts.stream()
                .flatMap(draft -> draft.effects().stream())
                .filter(one ->
                        WRITES.test(one.effect()) && one.effect().stored().kind() == StoredValue.Kind.STEP)
                .toList();
        return steps.stream().map(Reached::path).distinct().count() >= MANY_COUNTERS
                && steps.stream().allMatch(one -> one.effect().order() == MemoryOrder.ORDERED)
                && drafts.stream().noneMatch(OperationDraft::isThreadBody);
    }

    /** {@return whether the operations are the two ends of a queue, each of which writes what the other does not} */
    boolean hasEnds() {
        return hasEnds;
    }

    /** {@return paths of the fields that only one end writes} */
    Set<String> of(OperationNames.Side side) {
        return side == OperationNames.Side.PRODUCER ? produced : consumed;
    }

    /** {@return paths of all fields that are written again and again; sorted} */
    Set<String> fields() {
        return fields;
    }

    /** {@return those that an operation writes without a lock} */
    Set<String> of(OperationDraft draft) {
        return written.computeIfAbsent(draft, any -> draft.paths(one -> isFree(one) && fields.contains(one.path())));
    }

    /** {@return those that it writes in a way that by itself shows that it does so often, whatever its name} */
    Set<String> clear(OperationDraft draft) {
        return clear.computeIfAbsent(
                draft, any -> draft.paths(one -> isFree(one) && !seldom.contains(one.path()) && isClear(draft, one)));
    }

    private static boolean isFree(Reached reached) {
        return WRITES.test(reached.effect()) && !reached.effect().locked();
    }

    private boolean isClear(OperationDraft draft, Reached reached) {
        boolean step = reached.effect().stored().kind() == StoredValue.Kind.STEP;
        return isOften(draft, reached) && (step || !OperationNames.isTime(reached.path()));
    }

    private boolean isOften(OperationDraft draft, Reached reached) {
        FieldEffect effect = reached.effect();
        StoredValue.Kind stored = effect.stored().kind();
        if (stored == StoredValue.Kind.CONSTANT || references.contains(reached.path())) {
            return false;
        }
        boolean step = stored == StoredValue.Kind.STEP;
        if (reached.isOwnElement() && (step || effect.inLoop())) {
            return true; // there is an element for each thread since they write at the same time
        }
        if (effect.kind() == AccessKind.WRITE) {
            if (isPlain && draft.isThreadBody() && effect.inLoop()) {
                return true;
            }
            boolean counts = step && !countsAlone && (draft.isOwn() || draft.isThreadBody());
            if (step && effect.inLoop() && draft.isThreadBody() && loopsInOrder(draft)) {
                return true;
            }
            return effect.order().isForThreads() && (counts || draft.isThreadBody() && effect.inLoop());
        }
        return step || effect.kind() == AccessKind.CAS_LOOP || !effect.isConditional();
    }

    /** A volatile access in the loop, as a harness has, keeps a counter from being kept in a register. */
    private static boolean loopsInOrder(OperationDraft draft) {
        return draft.method().is(Trait.GROUPED)
                || draft.effects().stream()
                        .anyMatch(one -> one.effect().inLoop() && one.effect().order() == MemoryOrder.VOLATILE);
    }

    /** Fields that only the methods of one end write, by their names. */
    private Set<String> exclusive(List<OperationDraft> drafts, OperationNames.Side side, OperationNames.Side other) {
        Set<String> paths = new TreeSet<>();
        Set<String> others = new TreeSet<>();
        for (OperationDraft draft : drafts) {
            Optional<OperationNames.Side> named = side(draft);
            if (named.filter(side::equals).isPresent()) {
                paths.addAll(draft.paths(one -> isFree(one) && !seldom.contains(one.path()) && mayBeEnd(one)));
            } else if (named.filter(other::equals).isPresent()) {
                others.addAll(draft.paths(one -> WRITES.test(one.effect())));
            }
        }
        paths.removeAll(others);
        return paths;
    }

    /** {@return the end that an operation of the object works on, by its name} */
    static Optional<OperationNames.Side> side(OperationDraft draft) {
        boolean searches = draft.verb().startsWith("remove")
                && !draft.method().descriptor().startsWith("()");
        return draft.isOwn() && !searches ? OperationNames.side(draft.verb()) : Optional.empty();
    }

    /** An index or the node at an end; not a new array or a limit, which change when a queue grows. */
    private boolean mayBeEnd(Reached reached) {
        FieldEffect effect = reached.effect();
        if (effect.stored().kind() == StoredValue.Kind.CONSTANT || arrays.contains(reached.path())) {
            return false;
        }
        return effect.kind() != AccessKind.WRITE
                || effect.order() != MemoryOrder.PLAIN
                || effect.stored().kind() == StoredValue.Kind.STEP
                || references.contains(reached.path());
    }

    private static boolean isForThreads(OperationDraft draft, Set<String> paths) {
        return draft.effects().stream()
                        .map(Reached::effect)
                        .anyMatch(effect -> effect.reach() == FieldEffect.Reach.ELEMENT
                                && effect.order().isForThreads())
                || draft.effects().stream()
                        .anyMatch(one -> paths.contains(one.path())
                                && WRITES.test(one.effect())
                                && (one.effect().order().isForThreads()
                                        || one.effect().kind().isAtomicUpdate()));
    }
}
