package dev.faultline.offheap.bench;

import dev.faultline.access.AccessMap;
import dev.faultline.access.FieldUse;
import dev.faultline.access.Role;
import dev.faultline.coherence.Task;
import dev.faultline.coherence.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who plays which role, in words.
 *
 * @param access the roles
 * @param threads how many threads there are
 */
record Cast(AccessMap access, int threads) {

    /** {@return such as {@code "sender, receiver by threads 0, 1; control by thread 0"}} */
    String words() {
        Map<String, TreeSet<Integer>> cpus = new LinkedHashMap<>();
        for (Task task : Workload.of(access, threads).tasks()) {
            cpus.computeIfAbsent(task.role(), any -> new TreeSet<>()).addAll(task.cpus());
        }
        Map<TreeSet<Integer>, List<String>> byThreads = new LinkedHashMap<>();
        cpus.forEach((role, on) ->
                byThreads.computeIfAbsent(on, any -> new ArrayList<>()).add(role));
        String words = byThreads.entrySet().stream()
                .map(one -> String.join(", ", one.getValue()) + " by " + threads(one.getKey()))
                .collect(Collectors.joining("; "));
        String wanting = access.uses().stream()
                .map(FieldUse::role)
                .distinct()
                .filter(role -> cpus.containsKey(role.name())
                        && role.cpus().count(threads) > cpus.get(role.name()).size())
                .map(this::wanting)
                .collect(Collectors.joining(", "));
        return wanting.isEmpty() ? words : words + " (there should be " + wanting + ")";
    }

    private String wanting(Role role) {
        return role.cpus().count(threads) + " of " + role.name();
    }

    private static String threads(TreeSet<Integer> on) {
        return (on.size() == 1 ? "thread " : "threads ")
                + on.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
