package dev.faultline.recorder.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;

/**
 * How often one thread did one thing at one place, in one operation, to objects of one class. Only its thread writes;
 * the thread that writes the file reads, and may see a count that is a little old.
 */
class AccessCounter {

    /** About how many bytes one takes, with what it refers to. */
    static final int BYTES = 184;

    private static final int SAMPLED_EACH = 64;
    private static final int SAMPLED_ONE_IN = 61;
    /** Of the objects whose identities are noted, after the first ones, these are asked for their place. */
    private static final int PLACED_ONE_IN = 16;
    /** From this number of objects at one place on, each further one is looked up and costs no new reference. */
    private static final int MOST_HANDLES = 32;

    /**
     * Calls {@link #sample}. Not final, so that the compiler makes a call of it and keeps it out of the code of the
     * program, which would become too long to be put in place where it is called.
     */
    private static MethodHandle sampling = sampling();

    /** The class of the object; null for a static field. */
    final Class<?> objectClass;

    final int method;
    final int site;
    /** The offset that {@code Unsafe} was given, else -1. */
    final long byteOffset;
    /** What the row is named by. */
    final String type;

    final String field;
    /** The next counter of the place. */
    final AccessCounter next;

    final SeenObjects objects = SeenObjects.ofCounter();
    long count;
    private long nextSample;
    private int handles;
    /** The VarHandle, updater or atomic object seen last; null when the place has none. */
    private WeakReference<Object> handle;

    /** How many accesses were left to be counted in a cell of {@link MethodCounters}. */
    int granted;

    private int samples;
    private final PlacedSamples placed = new PlacedSamples();

    AccessCounter(
            Class<?> objectClass,
            int method,
            int site,
            long byteOffset,
            String type,
            String field,
            Object handle,
            AccessCounter next) {
        this.objectClass = objectClass;
        this.method = method;
        this.site = site;
        this.byteOffset = byteOffset;
        this.type = type;
        this.field = field;
        this.handle = handle == null ? null : new WeakReference<>(handle);
        this.next = next;
    }

    /** {@return whether it counts accesses at an offset} Those of arrays and of no object are counted as one. */
    boolean isAt(long offset) {
        return byteOffset == offset || field.isEmpty() && (objectClass == null || objectClass.isArray());
    }

    boolean isNamed(String typeName, String fieldName) {
        return type.equals(typeName) && field.equals(fieldName);
    }

    boolean isOf(Object other) {
        return handle != null && handle.get() == other;
    }

    void nowOf(Object other) {
        if (other != null && !isOf(other) && handles++ < MOST_HANDLES) {
            handle = new WeakReference<>(other);
        }
    }

    /** Counts one access of an object. The identities of the first objects are noted, then one in 61. */
    final void count(Object object) {
        if (++count > nextSample) {
            sampleApart(object);
        }
    }

    /** Counts accesses of an object. Its identity is noted as if they were counted one by one. */
    final void count(Object object, int times) {
        count += times;
        if (count > nextSample) {
            sampleApart(object);
        }
    }

    /**
     * {@return how many further accesses are to be counted elsewhere} Counts those that were, and one more.
     *
     * @param object the object of the last one
     * @param grantsNone whether none are to be counted elsewhere
     */
    final int countAndGrant(Object object, boolean grantsNone) {
        count += granted + 1L;
        granted = 0;
        if (count > nextSample) {
            sample(object);
        }
        granted = grantsNone ? 0 : (int) (nextSample - count);
        return granted;
    }

    /** {@return how often it counted} */
    long total() {
        return count;
    }

    private static MethodHandle sampling() {
        try {
            MethodType type = MethodType.methodType(void.class, Object.class);
            return MethodHandles.lookup().findVirtual(AccessCounter.class, "sample", type);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void sampleApart(Object object) {
        try {
            sampling.invokeExact(this, object);
        } catch (Throwable failed) {
            Recorder.failed();
        }
    }

    /** Called by its name, so that it is no part of compiled methods of the program. */
    void sample(Object object) {
        int before = samples;
        while (count > nextSample && samples < SAMPLED_EACH) {
            samples++;
            nextSample += samples < SAMPLED_EACH ? 1 : SAMPLED_ONE_IN;
        }
        if (count > nextSample) {
            int sampledCount = (int) ((count - nextSample - 1) / SAMPLED_ONE_IN) + 1;
            samples += sampledCount;
            nextSample += (long) sampledCount * SAMPLED_ONE_IN;
        }
        objects.add(System.identityHashCode(object), samples - before);
        if (object != null && (samples <= SAMPLED_EACH || samples / PLACED_ONE_IN > before / PLACED_ONE_IN)) {
            placed.add(count);
            SampledObjects.add(object, this, placed);
        }
    }
}
