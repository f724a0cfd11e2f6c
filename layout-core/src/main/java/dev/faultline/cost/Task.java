package dev.faultline.cost;

import dev.faultline.api.Internal;
import java.util.List;

/**
 * An operation that the CPUs of a role repeat, with its loops unrolled into steps.
 *
 * @param role name of the role
 * @param operation name of the operation in the profile
 * @param ratePerSecond how often each CPU of the role starts it, per second; above 0
 * @param steps its accesses in order, at least one
 * @param cpus numbers of the CPUs that run it, sorted
 */
@Internal
public record Task(String role, String operation, double ratePerSecond, List<Step> steps, List<Integer> cpus) {
    public Task {
        steps = List.copyOf(steps);
        cpus = List.copyOf(cpus);
    }

    /** {@return the number of accesses in the profile: a compare-and-set loop is one access and two steps} */
    public long accesses() {
        return steps.stream().filter(step -> step.primitive() != Primitive.CAS).count();
    }
}
