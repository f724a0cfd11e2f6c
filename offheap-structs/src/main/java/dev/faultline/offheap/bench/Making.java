package dev.faultline.offheap.bench;

/** Makes contestants by the names of their classes. */
final class Making {

    private Making() {}

    static <T> T contestant(String className, Class<T> kind) {
        try {
            return kind.cast(Class.forName(className).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError broken) {
            throw new IllegalStateException("cannot make the contestant " + className, broken);
        }
    }
}
