package dev.faultline.bench.layout;

import dev.faultline.access.AccessMap;
import dev.faultline.access.FieldUse;
import dev.faultline.access.Role;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Says which threads play which role.
 *
 * @param access the roles
 * @param threads how many threads there are
 */
record RoleAssignment(AccessMap access, int threads) {

    private static final double UNEVEN = 2;

    /** {@return such as {@code "sender, receiver by threads 0, 1; control by thread 0"}} */
    String words() {
        Map<String, TreeSet<Integer>> cpus = new LinkedHashMap<>();
        TreeMap<Integer, Double> rates = new TreeMap<>();
        for (Task task : Workload.of(access, threads).tasks()) {
            cpus.computeIfAbsent(task.role(), any -> new TreeSet<>()).addAll(task.cpus());
            task.cpus().forEach(cpu -> rates.merge(cpu, task.ratePerSecond(), Double::sum));
        }
        Map<TreeSet<Integer>, List<String>> byThreads = new LinkedHashMap<>();
        cpus.forEach((role, on) ->
                byThreads.computeIfAbsent(on, any -> new ArrayList<>()).add(role));
        String words = byThreads.entrySet().stream()
                .map(one -> String.join(", ", one.getValue()) + " by " + threads(one.getKey()))
                .collect(Collectors.joining("; "));
        String missing = access.uses().stream()
                .map(FieldUse::role)
                .distinct()
                .filter(role -> cpus.containsKey(role.name())
                        && role.cpus().count(threads) > cpus.get(role.name()).size())
                .map(this::wanted)
                .collect(Collectors.joining(", "));
        return words + (missing.isEmpty() ? "" : " (the profile has " + missing + ")") + uneven(rates);
    }

    /** Threads never rest, so they all do as much, whatever the profile says: a large difference is mentioned. */
    private static String uneven(TreeMap<Integer, Double> rates) {
        if (rates.isEmpty()) {
            return "";
        }
        var most = Collections.max(rates.entrySet(), Map.Entry.comparingByValue());
        var least = Collections.min(rates.entrySet(), Map.Entry.comparingByValue());
        double times = most.getValue() / least.getValue();
        return times < UNEVEN
                ? ""
                : String.format(
                        Locale.ROOT,
                        " (threads do not rest, though in the profile thread %d does %,.0f times as much as thread %d)",
                        most.getKey(),
                        times,
                        least.getKey());
    }

    private String wanted(Role role) {
        return role.cpus().count(threads) + " of " + role.name();
    }

    private static String threads(TreeSet<Integer> on) {
        return (on.size() == 1 ? "thread " : "threads ")
                + on.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
