package dev.faultline.recorder.run;

import java.lang.ref.WeakReference;

/**
 * How often one thread did one thing at one place, in one operation, to objects of one class. Only its thread writes;
 * the thread that writes the file reads, and may see a count that is a little old.
 */
class AccessCounter {

    private static final int SAMPLED_EACH = 64;
    private static final int SAMPLED_ONE_IN = 61;
    /** Of the objects whose identities are noted, after the first ones, these are asked for their place. */
    private static final int PLACED_ONE_IN = 16;
    /** From this number of objects at one place on, each further one is looked up and costs no new reference. */
    private static final int MOST_HANDLES = 32;

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

    final SeenObjects objects = new SeenObjects();
    long count;
    private long nextSample;
    private int handles;
    /** The VarHandle, updater or atomic object seen last; null when the place has none. */
    private WeakReference<Object> handle;

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
            sample(object);
        }
    }

    /** Counts accesses of an object. Its identity is noted as if they were counted one by one. */
    final void count(Object object, int times) {
        count += times;
        if (count > nextSample) {
            sample(object);
        }
    }

    private void sample(Object object) {
        int before = samples;
        int taken = 0;
        while (count > nextSample) {
            taken++;
            samples++;
            nextSample += samples < SAMPLED_EACH ? 1 : SAMPLED_ONE_IN;
        }
        objects.add(System.identityHashCode(object), taken);
        if (object != null && (samples <= SAMPLED_EACH || samples / PLACED_ONE_IN > before / PLACED_ONE_IN)) {
            placed.add(count);
            SampledObjects.add(object, this, placed);
        }
    }
}
