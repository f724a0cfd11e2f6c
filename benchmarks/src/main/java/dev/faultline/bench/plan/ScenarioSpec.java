package dev.faultline.bench.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all contestants of a scenario do, as a method of a JMH class.
 *
 * @param name the name of the scenario
 * @param operation one line saying what one operation is
 * @param split how many threads take part
 * @param method simple names of the JMH class and its method, or its group, with a dot between
 * @param roles what has scores of its own: the methods of a JMH group, in the order of threads; the operations that
 *     threads time, after their mean; or one role when all threads do the same
 * @param isTimedByThreads whether threads time every role but the first themselves, because one thread plays several
 * @param params JMH parameters beside the contestant
 * @param opsPerInvocation operations in one call of the method
 * @param isBrief whether it is also part of a run that is not thorough
 * @param contestants those that take part
 * @param published figures that others published
 */
public record ScenarioSpec(
        String name,
        String operation,
        ThreadSplit split,
        String method,
        List<String> roles,
        boolean isTimedByThreads,
        Map<String, String> params,
        int opsPerInvocation,
        boolean isBrief,
        List<ContestantSpec> contestants,
        List<PublishedFigure> published) {

    public ScenarioSpec {
        roles = List.copyOf(roles);
        params = Map.copyOf(params);
        contestants = List.copyOf(contestants);
        published = List.copyOf(published);
    }

    /** {@return whether the roles are the methods of a JMH group} */
    public boolean isGroup() {
        return roles.size() > 1 && !isTimedByThreads;
    }

    /** {@return a brief scenario with one role and one operation per call, to be changed} */
    public static Builder builder(
            String name, String operation, ThreadSplit split, String method, List<ContestantSpec> contestants) {
        return new Builder(name, operation, split, method, contestants);
    }

    public static final class Builder {
        private final String name;
        private final String operation;
        private final ThreadSplit split;
        private final String method;
        private final List<ContestantSpec> contestants;
        private final Map<String, String> params = new TreeMap<>();
        private final List<PublishedFigure> published = new ArrayList<>();
        private List<String> roles = List.of("each");
        private boolean isTimedByThreads;
        private int opsPerInvocation = 1;
        private boolean isBrief = true;

        private Builder(
                String name, String operation, ThreadSplit split, String method, List<ContestantSpec> contestants) {
            this.name = name;
            this.operation = operation;
            this.split = split;
            this.method = method;
            this.contestants = contestants;
        }

        /** Sets the methods of a JMH group as roles. */
        public Builder group(String... methods) {
            roles = List.of(methods);
            return this;
        }

        /** Sets the roles to the mean of all operations and operations that threads time themselves. */
        public Builder timedByThreads(List<String> operations) {
            roles = operations;
            isTimedByThreads = true;
            return this;
        }

        public Builder param(String param, int value) {
            return param(param, Integer.toString(value));
        }

        public Builder param(String param, String value) {
            params.put(param, value);
            return this;
        }

        public Builder opsPerInvocation(int count) {
            opsPerInvocation = count;
            return this;
        }

        /** Leaves it out of runs that are not thorough. */
        public Builder onlyThorough() {
            isBrief = false;
            return this;
        }

        public Builder published(PublishedFigure... figures) {
            published.addAll(List.of(figures));
            return this;
        }

        public ScenarioSpec build() {
            return new ScenarioSpec(
                    name,
                    operation,
                    split,
                    method,
                    roles,
                    isTimedByThreads,
                    params,
                    opsPerInvocation,
                    isBrief,
                    contestants,
                    published);
        }
    }
}
