package dev.faultline.cost;

import dev.faultline.api.Internal;
import java.util.List;

/**
 * What one role does over and over: an operation of a profile, its loops opened.
 *
 * @param role name of the role
 * @param operation what the profile calls it
 * @param ratePerSecond how often on each CPU of the role; above 0
 * @param steps its accesses in order, at least one
 * @param cpus numbers of the CPUs that do it, sorted
 */
@Internal
public record Task(String role, String operation, double ratePerSecond, List<Step> steps, List<Integer> cpus) {
    /** Copies the lists. */
    public Task {
        steps = List.copyOf(steps);
        cpus = List.copyOf(cpus);
    }

    /** {@return how many accesses of the profile these steps are: a compare-and-set loop is one access of two steps} */
    public long accesses() {
        return steps.stream().filter(step -> step.primitive() != Primitive.CAS).count();
    }
}
