package dev.faultline.access.code.operation;

import dev.faultline.access.code.CodeAccess;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.access.code.CodeOperation;
import dev.faultline.access.code.CodeOperation.Reached;
import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
     */
    public record FunctionUse(
            String name, boolean isOwn, String threadReason, List<Reached> effects, Set<String> runners) {
        public FunctionUse {
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
        Map<OperationDraft, Set<String>> runners = new IdentityHashMap<>();
        Map<String, Integer> named = new HashMap<>();
        for (FunctionUse one : functions) {
            OperationDraft draft = draft(struct, one, named.merge(one.name(), 1, Integer::sum));
            runners.put(draft, one.runners());
            used.add(draft);
        }
        FieldHistory history = new FieldHistory(used);
        List<OperationDraft> hot = used.stream().filter(FieldHistory::mayBeHot).toList();
        HotWrites writes = new HotWrites(hot, history.quiet(), pointers, Set.of(), true);
        RoleFinder roles =
                new RoleFinder(struct, hot, writes, (one, other) -> isOneThread(runners.get(one), runners.get(other)));
        List<CodeOperation> operations = CodeAccessBuilder.operations(used, hot, roles::of, OperationDraft::effects);
        return new CodeAccess(struct, operations, Set.of(), CodeAccessBuilder.quiet(used, writes), List.of(), notes);
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
