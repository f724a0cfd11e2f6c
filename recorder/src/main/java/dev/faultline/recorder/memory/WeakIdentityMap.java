package dev.faultline.recorder.memory;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What is known of some objects. They are told apart by identity, none of their code is called, and they are not kept
 * from being collected.
 *
 * @param <V> what is known
 */
public final class WeakIdentityMap<V> {

    /** An object. */
    private static final class Key extends WeakReference<Object> {
        private final int code;

        Key(Object object, ReferenceQueue<Object> queue) {
            super(object, queue);
            code = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return code;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Key && get() != null && get() == ((Key) other).get();
        }
    }

    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
    private final Map<Key, V> values = new ConcurrentHashMap<>();
    private final int most;
    private final Consumer<V> whenGone;

    /**
     * Makes a map.
     *
     * @param most of how many objects something is kept at a time; of more it is not
     * @param whenGone gets what was known of an object that was collected, some time later
     */
    public WeakIdentityMap(int most, Consumer<V> whenGone) {
        this.most = most;
        this.whenGone = whenGone;
    }

    /** {@return what is known of an object; null for nothing} */
    public V get(Object object) {
        return values.get(new Key(object, null));
    }

    /**
     * {@return what is known of an object after this: what was before, else what is given; null when there are too
     * many}
     */
    public V putIfAbsent(Object object, V value) {
        forget();
        if (values.size() >= most) {
            return get(object);
        }
        V before = values.putIfAbsent(new Key(object, gone), value);
        return before == null ? value : before;
    }

    /** {@return what was known of an object, which is forgotten; null for nothing} */
    public V remove(Object object) {
        return values.remove(new Key(object, null));
    }

    /** Forgets objects that were collected. */
    public void forget() {
        for (Reference<?> one = gone.poll(); one != null; one = gone.poll()) {
            V value = values.remove(one);
            if (value != null) {
                whenGone.accept(value);
            }
        }
    }
}
