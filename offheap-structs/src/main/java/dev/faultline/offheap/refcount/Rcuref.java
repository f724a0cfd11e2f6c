package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.rcu.Reader;
import java.util.Objects;

/**
 * A reference count whose get and put never retry: each is one atomic addition and a check of the sign. The word holds
 * the number of references less one. Negative values are not plain counts and take a slower path:
 *
 * <table>
 * <caption>Zones of the word, as unsigned numbers</caption>
 * <tr><th>from<th>to<th>meaning
 * <tr><td>{@link #ONEREF}<td>{@link #MAXREF}<td>valid: 1 to 2^31 references
 * <tr><td>above<td>below {@link #RELEASED}<td>saturated: too many references; the object is never released
 * <tr><td>{@link #RELEASED}<td>below {@link #NOREF}<td>dead: get fails
 * <tr><td colspan=2>{@link #NOREF}<td>the last reference was put, but not marked dead yet; a get revives the object
 * </table>
 *
 * <p>Operations in the saturated and the dead zone write the middle of the zone back into the word, so it can leave the
 * zone only if more than 2^28 threads are between the addition and that write.
 *
 * <p>Between its addition and its decision, a put reads a word that another thread may have marked dead in the
 * meantime. So the object must not be freed before a grace period has passed ({@link
 * dev.faultline.offheap.rcu.GracePeriods#defer}), and a thread must be inside a reader of these grace periods when it
 * puts, and when it gets without having a reference. Thread-safe.
 */
public final class Rcuref {

    /** The word with one reference. */
    public static final int ONEREF = 0x0000_0000;

    /** The word with 2^31 references, the largest number that is counted. */
    public static final int MAXREF = 0x7FFF_FFFF;

    /** The middle of the saturated zone. */
    public static final int SATURATED = 0xA000_0000;

    /** The start of the dead zone. */
    public static final int RELEASED = 0xC000_0000;

    /** The middle of the dead zone. */
    public static final int DEAD = 0xE000_0000;

    /** The word without a reference, before it is marked dead. */
    public static final int NOREF = 0xFFFF_FFFF;

    /** Called on misuse, by the thread that finds it, which may be inside a reader. */
    public interface Listener {

        /** There are more than 2^31 references, so the object will never be released. Called once. */
        void saturated();

        /** A reference of a dead object was put. Called each time. */
        void imbalancedPut();
    }

    private final IntWord word;
    private final Listener listener;
    private boolean saturationTold; // guarded by this

    /**
     * Counts in a given word, whose value is kept; {@link #init} sets it. The caller must make sure that no other count
     * uses the same word.
     *
     * @param word the word that holds the count
     * @param listener called on misuse
     */
    public Rcuref(IntWord word, Listener listener) {
        this.word = Objects.requireNonNull(word, "word");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * Sets the count, before any other thread can reach the object.
     *
     * @param references number of references, at least 1
     * @throws IllegalArgumentException when {@code references} is less than 1
     */
    public void init(int references) {
        if (references < 1) {
            throw new IllegalArgumentException("references=" + references + ", expected at least 1");
        }
        synchronized (this) {
            saturationTold = false;
        }
        word.setOrdered(references - 1);
    }

    /**
     * {@return the number of references, 0 if none, more than 2^31 if saturated} While other threads use the count, it
     * is a number that the count had during the call.
     */
    public long read() {
        int value = word.getVolatile();
        return isReleased(value) ? 0 : Integer.toUnsignedLong(value) + 1;
    }

    /** {@return whether the object is dead: every further get fails} */
    public boolean isDead() {
        int value = word.getVolatile();
        return isReleased(value) && value != NOREF;
    }

    /**
     * Takes a reference. The caller must have one already, or be inside a reader.
     *
     * @return whether it was taken; otherwise the object is dead
     */
    public boolean get() {
        return word.getAndAdd(1) + 1 >= 0 || getOutOfZone();
    }

    private boolean getOutOfZone() {
        int value = word.getVolatile();
        if (isReleased(value)) {
            word.setVolatile(DEAD);
            return false;
        }
        if (value < 0) {
            tellSaturated();
            word.setVolatile(SATURATED);
        }
        return true;
    }

    /**
     * Gives a reference back.
     *
     * @param reader the calling thread's reader, inside
     * @return whether it was the last one: then the caller, and no other thread, frees the object after a grace period
     * @throws IllegalStateException when the reader is not inside
     */
    public boolean put(Reader reader) {
        reader.expectInside();
        return put();
    }

    boolean put() {
        int value = word.getAndAdd(-1) - 1;
        return value < 0 && putOutOfZone(value);
    }

    /**
     * Decides by the result of the subtraction. If the word were read again, another put of the same last reference
     * could have marked it dead, and this put would be reported as one too many (a bug that Linux fixed in 2025).
     */
    private boolean putOutOfZone(int value) {
        if (value == NOREF) {
            return word.compareAndSet(NOREF, DEAD);
        }
        if (isReleased(value)) {
            word.setVolatile(DEAD);
            listener.imbalancedPut();
        } else {
            word.setVolatile(SATURATED);
        }
        return false;
    }

    private static boolean isReleased(int value) {
        return Integer.compareUnsigned(value, RELEASED) >= 0;
    }

    private void tellSaturated() {
        synchronized (this) {
            if (saturationTold) {
                return;
            }
            saturationTold = true;
        }
        listener.saturated();
    }

    @Override
    public String toString() {
        int value = word.getVolatile();
        String zone = value >= 0
                ? read() + " references"
                : value == NOREF ? "no reference" : isReleased(value) ? "dead" : "saturated";
        return zone + String.format(" (0x%08x)", value);
    }
}
