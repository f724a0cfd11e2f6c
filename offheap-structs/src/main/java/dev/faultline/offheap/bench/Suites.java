package dev.faultline.offheap.bench;

import java.util.List;
import java.util.Optional;

/** Everything that can be run. A new contestant is a line in its suite. */
public final class Suites {

    private Suites() {}

    /** {@return all suites} */
    public static List<Suite> all() {
        return List.of(RefcountSuite.suite(), QueueSuite.suite(), PoolSuite.suite(), RpcSuite.suite());
    }

    /** {@return the suite of that name} */
    public static Optional<Suite> named(String name) {
        return all().stream().filter(suite -> suite.name().equals(name)).findFirst();
    }
}
