package dev.faultline.access.code.operation;

import dev.faultline.access.Cpus;
import dev.faultline.access.Role;
import dev.faultline.access.code.CodeAccess;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.access.code.CodeOperation;
import dev.faultline.access.code.CodeOperation.Reached;
import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Finds the roles of functions that use a struct, as {@link CodeAccessBuilder} does for methods of a class. */
@Internal
public final class FunctionAccessBuilder {

    /**
     * A function with everything that it does to a struct.
     *
     * @param name its name in the source
     * @param isOwn whether it is given the struct
     * @param threadReason why a thread of its own runs it; empty when nothing says so
     * @param effects what it does, in the order of the code
     * @param runners the threads that run it, by the functions that these are given; empty when they are not known
     * @param callees the functions that it gives the struct to
     */
    public record FunctionUse(
            String name,
            boolean isOwn,
            String threadReason,
            List<Reached> effects,
            Set<String> runners,
            Set<String> callees) {
        public FunctionUse {
            callees = Set.copyOf(callees);
            Objects.requireNonNull(name);
            Objects.requireNonNull(threadReason);
            effects = List.copyOf(effects);
            runners = Set.copyOf(runners);
        }
    }

    private FunctionAccessBuilder() {}

    /**
     * Finds the operations of a struct.
     *
     * @param struct its name
     * @param functions the functions that use it
     * @param pointers paths of its fields that hold pointers
     * @param notes what was not looked at, a phrase each
     * @return what the functions do
     */
    public static CodeAccess of(String struct, List<FunctionUse> functions, Set<String> pointers, List<String> notes) {
        List<OperationDraft> used = new ArrayList<>();
        Map<OperationDraft, FunctionUse> uses = new IdentityHashMap<>();
        Map<String, Integer> named = new HashMap<>();
        for (FunctionUse one : functions) {
            OperationDraft draft = draft(struct, one, named.merge(one.name(), 1, Integer::sum));
            uses.put(draft, one);
            used.add(draft);
        }
        FieldHistory history = new FieldHistory(used);
        List<OperationDraft> hot =
                new ArrayList<>(used.stream().filter(FieldHistory::mayBeHot).toList());
        HotWrites writes = new HotWrites(hot, history.quiet(), pointers, Set.of(), true);
        RoleFinder roles = new RoleFinder(
                struct,
                hot,
                writes,
                (one, other) ->
                        isOneThread(uses.get(one).runners(), uses.get(other).runners()));
        List<Updater> updaters = updaters(uses, hot, writes, roles);
        Map<OperationDraft, RoleFinder.Found> readers = readers(updaters, used, roles);
        List<OperationDraft> parts = parts(struct, updaters, readers, named.keySet());
        used.addAll(parts);
        hot.addAll(parts);
        hot.addAll(
                readers.keySet().stream().filter(draft -> !hot.contains(draft)).toList());
        List<CodeOperation> operations = CodeAccessBuilder.operations(
                used,
                hot,
                draft -> roles.of(draft).or(() -> Optional.ofNullable(readers.get(draft))),
                OperationDraft::effects);
        return new CodeAccess(struct, operations, Set.of(), CodeAccessBuilder.quiet(used, writes), List.of(), notes);
    }

    /**
     * {@return the operations of a struct of which each thread has an object of its own, without roles: what threads do
     * to their own does not disturb others}
     *
     * @param struct its name
     * @param functions the functions that use it
     * @param notes what was not looked at, a phrase each
     */
    public static CodeAccess unshared(String struct, List<FunctionUse> functions, List<String> notes) {
        List<OperationDraft> used = new ArrayList<>();
        Map<String, Integer> named = new HashMap<>();
        functions.forEach(one -> used.add(draft(struct, one, named.merge(one.name(), 1, Integer::sum))));
        List<CodeOperation> operations =
                CodeAccessBuilder.operations(used, List.of(), draft -> Optional.empty(), OperationDraft::effects);
        return new CodeAccess(struct, operations, Set.of(), Set.of(), List.of(), notes);
    }

    /** {@return whether a function sets something up or tears it down, by its name} */
    public static boolean isSetUp(String name) {
        return OperationNames.isSetUp(FunctionNames.verb(name));
    }

    /**
     * Functions that only read the struct, and that an operation calls which updates a field of it atomically: the
     * threads that read are those that update, at other times, as between taking and releasing a reference.
     */
    private static Map<OperationDraft, RoleFinder.Found> readers(
            List<Updater> updaters, List<OperationDraft> used, RoleFinder roles) {
        Map<OperationDraft, RoleFinder.Found> readers = new IdentityHashMap<>();
        for (OperationDraft draft : updaters.isEmpty() ? List.<OperationDraft>of() : used) {
            boolean onlyReads = draft.isOwn()
                    && draft.effects().stream()
                            .noneMatch(one -> one.effect().kind().writes())
                    && !FieldHistory.isRare(draft)
                    && roles.of(draft).isEmpty();
            if (onlyReads) {
                updaters.stream()
                        .filter(caller ->
                                caller.called().contains(draft.method().name()))
                        .findFirst()
                        .ifPresent(caller -> readers.put(draft, reader(draft.name(), caller)));
            }
        }
        return readers;
    }

    private static RoleFinder.Found reader(String name, Updater caller) {
        return new RoleFinder.Found(
                new Role("readers in " + name, new Cpus.All()),
                "it is called by " + caller.name() + ", which updates " + caller.field() + " atomically");
    }

    /**
     * Adds the functions that only read the struct and that became a part of one which updates a field atomically both
     * before and behind them: they are no operations of their own, but read between taking and releasing a reference.
     */
    private static List<OperationDraft> parts(
            String struct, List<Updater> updaters, Map<OperationDraft, RoleFinder.Found> readers, Set<String> known) {
        List<OperationDraft> parts = new ArrayList<>();
        Set<String> names = new HashSet<>(known);
        for (Updater caller : updaters) {
            Map<String, List<Reached>> byFunction = new LinkedHashMap<>();
            for (Reached one : caller.effects()) {
                byFunction
                        .computeIfAbsent(one.effect().place().function(), any -> new ArrayList<>())
                        .add(one);
            }
            byFunction.forEach((name, effects) -> {
                boolean onlyReads =
                        effects.stream().noneMatch(one -> one.effect().kind().writes());
                if (onlyReads
                        && caller.updatesAround(effects)
                        && !isSetUp(name)
                        && caller.called().contains(name)
                        && names.add(name)) {
                    OperationDraft part =
                            draft(struct, new FunctionUse(name, true, "", effects, Set.of(), Set.of()), 1);
                    parts.add(part);
                    readers.put(part, reader(name, caller));
                }
            });
        }
        return parts;
    }

    /** An operation that updates a field atomically, with what it does and the names of the functions that it calls. */
    private record Updater(String name, String field, List<Reached> effects, Set<String> called) {

        /** {@return whether it updates its field before some of its effects and behind them} */
        boolean updatesAround(List<Reached> some) {
            int first = effects.indexOf(some.get(0));
            int last = effects.lastIndexOf(some.get(some.size() - 1));
            return updates(0, first) && updates(last + 1, effects.size());
        }

        private boolean updates(int from, int to) {
            return effects.subList(from, to).stream()
                    .anyMatch(one ->
                            one.path().equals(field) && one.effect().kind().isAtomicUpdate());
        }
    }

    private static List<Updater> updaters(
            Map<OperationDraft, FunctionUse> uses, List<OperationDraft> hot, HotWrites writes, RoleFinder roles) {
        List<Updater> updaters = new ArrayList<>();
        for (OperationDraft caller : hot) {
            String field = update(caller, writes);
            boolean isByAll = roles.of(caller)
                    .filter(found -> found.role().cpus() instanceof Cpus.All)
                    .isPresent();
            if (isByAll && !field.isEmpty()) {
                updaters.add(new Updater(caller.name(), field, caller.effects(), called(uses.get(caller))));
            }
        }
        return updaters;
    }

    /** {@return the functions that a function calls, those included that became a part of it} */
    private static Set<String> called(FunctionUse caller) {
        Set<String> called = new HashSet<>(caller.callees());
        caller.effects().forEach(one -> called.add(one.effect().place().function()));
        called.remove(caller.name());
        return called;
    }

    /** {@return a field that an operation updates atomically; empty when there is none} */
    private static String update(OperationDraft draft, HotWrites writes) {
        return draft.effects().stream()
                .filter(one ->
                        one.effect().kind().isAtomicUpdate() && writes.fields().contains(one.path()))
                .map(Reached::path)
                .findFirst()
                .orElse("");
    }

    private static OperationDraft draft(String struct, FunctionUse one, int ordinal) {
        CodeMethod method = new CodeMethod(
                struct,
                one.name(),
                "()",
                Set.of(),
                one.effects().stream().map(Reached::effect).toList(),
                List.of());
        String name = ordinal == 1 ? one.name() : one.name() + " (" + ordinal + ")";
        return new OperationDraft(
                name, FunctionNames.verb(one.name()), method, one.isOwn(), one.threadReason(), one.effects());
    }

    /** Two functions that one known thread alone runs never run at the same time. */
    private static boolean isOneThread(Set<String> one, Set<String> other) {
        return one.size() == 1 && one.equals(other) && !one.contains("");
    }
}
