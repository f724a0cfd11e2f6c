package dev.faultline.bench.harness;

/** Makes contestants by the names of their classes. */
public final class ContestantFactory {

    private ContestantFactory() {}

    /** {@return a new contestant of a class that has a public constructor without parameters} */
    public static <T> T create(String className, Class<T> kind) {
        try {
            return kind.cast(Class.forName(className).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError broken) {
            throw new IllegalStateException("cannot make the contestant " + className, broken);
        }
    }
}
