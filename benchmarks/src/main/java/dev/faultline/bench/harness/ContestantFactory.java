package dev.faultline.bench.harness;

/**
 * Makes contestants by the parameter of a fork: a class, and what its constructor takes after a {@code #}, if anything.
 */
public final class ContestantFactory {

    private ContestantFactory() {}

    /** {@return a new contestant} */
    public static <T> T create(String parameter, Class<T> kind) {
        try {
            int mark = parameter.indexOf('#');
            return kind.cast(
                    mark < 0
                            ? Class.forName(parameter).getConstructor().newInstance()
                            : Class.forName(parameter.substring(0, mark))
                                    .getConstructor(String.class)
                                    .newInstance(parameter.substring(mark + 1)));
        } catch (ReflectiveOperationException | LinkageError broken) {
            throw new IllegalStateException("cannot make the contestant " + parameter, broken);
        }
    }
}
