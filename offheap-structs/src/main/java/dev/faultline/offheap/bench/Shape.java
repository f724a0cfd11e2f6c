package dev.faultline.offheap.bench;

import dev.faultline.measure.Published;
import java.util.List;
import java.util.Map;

/**
 * What all contestants of a scenario do, as a method of a JMH class.
 *
 * @param name of the scenario
 * @param operation what one operation is, in a line
 * @param crowd how many threads take part
 * @param method simple names of class and method, or of class and group, with a dot between
 * @param roles names of the group's methods in the order of threads; one name of our own when there is no group
 * @param params JMH parameters beside the contestant
 * @param opsPerInvocation operations in a call of the method
 * @param isBrief whether it is part of a run that is not thorough
 * @param entrants names of those that take part; empty when all of the suite do
 * @param published figures of others
 * @param isTold whether the time of every role but the first is what the threads say: one thread plays several
 */
record Shape(
        String name,
        String operation,
        Crowd crowd,
        String method,
        List<String> roles,
        Map<String, String> params,
        int opsPerInvocation,
        boolean isBrief,
        List<String> entrants,
        List<Published> published,
        boolean isTold) {

    /** What is told of roles begins so, and is no count of the contestant's. */
    static final String TOLD = "role.";

    /** A scenario in which all threads do the same. */
    static Shape of(String name, String operation, Crowd crowd, String method) {
        return new Shape(
                name, operation, crowd, method, List.of("each"), Map.of(), 1, true, List.of(), List.of(), false);
    }

    /** {@return whether threads differ in what they do} */
    boolean isGroup() {
        return roles.size() > 1 && !isTold;
    }

    Shape withRoles(String... names) {
        return new Shape(
                name,
                operation,
                crowd,
                method,
                List.of(names),
                params,
                opsPerInvocation,
                isBrief,
                entrants,
                published,
                isTold);
    }

    Shape with(String param, int value) {
        return new Shape(
                name,
                operation,
                crowd,
                method,
                roles,
                Map.of(param, Integer.toString(value)),
                opsPerInvocation,
                isBrief,
                entrants,
                published,
                isTold);
    }

    Shape ops(int perInvocation) {
        return new Shape(
                name, operation, crowd, method, roles, params, perInvocation, isBrief, entrants, published, isTold);
    }

    Shape onlyThorough() {
        return new Shape(
                name, operation, crowd, method, roles, params, opsPerInvocation, false, entrants, published, isTold);
    }

    /** What threads tell of each role has the names {@link #nanos} and {@link #times}. */
    Shape toldBy(String... names) {
        return new Shape(
                name,
                operation,
                crowd,
                method,
                List.of(names),
                params,
                opsPerInvocation,
                isBrief,
                entrants,
                published,
                true);
    }

    /** {@return what a thread calls the ns it tells of a role, by its number} */
    static String nanos(int role) {
        return TOLD + "nanos." + role;
    }

    /** {@return what a thread calls how often it timed a role} */
    static String times(int role) {
        return TOLD + "times." + role;
    }

    Shape only(String... names) {
        return new Shape(
                name,
                operation,
                crowd,
                method,
                roles,
                params,
                opsPerInvocation,
                isBrief,
                List.of(names),
                published,
                isTold);
    }

    /** {@return those of some contestants that take part when so many threads are asked for} */
    List<Entry> of(List<Entry> entries, int asked) {
        return entries.stream()
                .filter(entry -> entrants.isEmpty() || entrants.contains(entry.name()))
                .filter(entry -> crowd.threads(asked) <= entry.mostThreads())
                .toList();
    }

    Shape beside(Published... figures) {
        return new Shape(
                name,
                operation,
                crowd,
                method,
                roles,
                params,
                opsPerInvocation,
                isBrief,
                entrants,
                List.of(figures),
                isTold);
    }

    /** {@return the published figures of which the contestants take part} */
    List<Published> publishedOf(List<Entry> entries) {
        List<String> names = entries.stream().map(Entry::name).toList();
        return published.stream()
                .filter(figure -> names.contains(figure.contestant())
                        && (figure.kind() != Published.Kind.SPEEDUP || names.contains(figure.of())))
                .toList();
    }
}
