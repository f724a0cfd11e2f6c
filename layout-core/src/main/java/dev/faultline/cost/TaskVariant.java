package dev.faultline.cost;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.List;

/**
 * What a task does in some of its runs: accesses that a part of the runs makes are made or not, independently of each
 * other.
 *
 * @param share the part of the runs that are such, above 0 and at most 1
 * @param steps the accesses of these runs, all made
 */
@Internal
public record TaskVariant(double share, List<Step> steps) {

    public TaskVariant {
        steps = List.copyOf(steps);
    }

    /**
     * {@return the variants of a task, whose shares add up to 1; the task alone when every run makes all accesses}
     *
     * <p>They are as many as there are combinations: profiles have few conditional accesses in an operation.
     */
    public static List<TaskVariant> of(Task task) {
        if (!isVarying(task)) {
            return List.of(new TaskVariant(1, task.steps()));
        }
        List<TaskVariant> variants = List.of(new TaskVariant(1, List.of()));
        for (Step step : task.steps()) {
            List<TaskVariant> longer = new ArrayList<>();
            for (TaskVariant variant : variants) {
                List<Step> with = new ArrayList<>(variant.steps);
                with.add(step.always());
                longer.add(new TaskVariant(variant.share * step.share(), with));
                if (step.share() < 1) {
                    longer.add(new TaskVariant(variant.share * (1 - step.share()), variant.steps));
                }
            }
            variants = longer;
        }
        return variants;
    }

    /** {@return whether runs of a task differ in which accesses they make} */
    static boolean isVarying(Task task) {
        return task.steps().stream().anyMatch(step -> step.share() < 1);
    }
}
