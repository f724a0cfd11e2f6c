package dev.faultline.bench.plan;

/** A library that a benchmark needs and a user of the structures does not. */
public enum BenchLibrary {
    JMH("JMH", "org.openjdk.jmh.runner.Runner"),
    JCTOOLS("JCTools", "org.jctools.queues.MpmcArrayQueue"),
    AGRONA("Agrona", "org.agrona.concurrent.ManyToManyConcurrentArrayQueue"),
    COMMONS_POOL("commons-pool2", "org.apache.commons.pool2.impl.GenericObjectPool"),
    NETTY("Netty", "io.netty.util.Recycler");

    private final String title;
    private final String className;

    BenchLibrary(String title, String className) {
        this.title = title;
        this.className = className;
    }

    /** {@return the name shown to the user} */
    public String title() {
        return title;
    }

    /** {@return whether it is on the class path} */
    public boolean isPresent() {
        try {
            Class.forName(className, false, BenchLibrary.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
