package dev.faultline.bench.suites;

import dev.faultline.bench.plan.Suite;
import java.util.List;
import java.util.Optional;

/** All suites. */
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
