package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.rcu.Reader;
import java.util.Objects;

/**
 * A reference count that neither get nor put ever retries: each is one atomic add and a look at the sign. The word holds the
 * references less one; what is negative is no plain count and is sorted out apart:
 *
 * <table>
 * <caption>zones of the word, unsigned</caption>
 * <tr><th>from<th>to<th>meaning
 * <tr><td>{@link #ONEREF}<td>{@link #MAXREF}<td>valid: 1 to 2^31 references
 * <tr><td>above<td>below {@link #RELEASED}<td>saturated: too many; never released again
 * <tr><td>{@link #RELEASED}<td>below {@link #NOREF}<td>dead: get fails
 * <tr><td colspan=2>{@link #NOREF}<td>the last reference was put, and who put it has not marked it dead yet; a get revives it
 * </table>
 *
 * <p>Operations in the saturated and the dead zone put the word back to the middle of its zone, so that it leaves the zone
 * only if more than 2^28 threads are between adding and putting back.
 *
 * <p>Between its add and its verdict, a put looks at a word that another may meanwhile have marked dead. So the object must not be freed
 * before a grace period has passed ({@link dev.faultline.offheap.rcu.GracePeriods#defer}), and whoever puts must be inside a read section
 * of these grace periods; so must who gets without having a reference.
 */
public final class Rcuref {

    /** One reference. */
    public static final int ONEREF = 0x0000_0000;

    /** 2^31 references, the most that are counted. */
    public static final int MAXREF = 0x7FFF_FFFF;

    /** Where a count of too many references is kept. */
    public static final int SATURATED = 0xA000_0000;

    /** Where the dead zone begins. */
    public static final int RELEASED = 0xC000_0000;

    /** Where a dead count is kept. */
    public static final int DEAD = 0xE000_0000;

    /** No reference, not dead yet. */
    public static final int NOREF = 0xFFFF_FFFF;

    /** Is told of what should not happen. Called by the thread it happens to, which may be inside a read section. */
    public interface Listener {

        /** There are more than 2^31 references: the object will never be released. Told once. */
        void saturated();

        /** Somebody put what is dead. Told each time. */
        void imbalancedPut();
    }

    private final IntWord word;
    private final Listener listener;
    private boolean saturationTold; // guarded by this

    /**
     * Counts in a word, which is left as it is; {@link #init} makes it a count.
     *
     * <p>That no other count is in the same word is for the caller to see to: a word costs nothing to make, and knows
     * of no
     * other. Two counts in one word take each other's references.
     *
     * @param word holds the count
     * @param listener is told what goes wrong
     * @throws NullPointerException when either is missing: now, and not in the put that goes wrong
     */
    public Rcuref(IntWord word, Listener listener) {
        this.word = Objects.requireNonNull(word, "word");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * Sets the count. For an object that nobody else can reach.
     *
     * @param references how many, at least 1
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
     * {@return how many references there are, 0 when none; with other threads at work, how many there were}. More than 2^31 when
     * saturated.
     */
    public long read() {
        int value = word.getVolatile();
        return isReleased(value) ? 0 : Integer.toUnsignedLong(value) + 1;
    }

    /** {@return whether it was released: nobody gets a reference any more} */
    public boolean isDead() {
        int value = word.getVolatile();
        return isReleased(value) && value != NOREF;
    }

    /**
     * Takes a reference. The caller has one, or is inside a read section.
     *
     * @return whether it has; else the object is dead
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
     * @param reader the calling thread's, inside
     * @return whether it was the last one: the caller, and nobody else, frees the object after a grace period
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
     * Judges what the subtraction gave. Read again, the word may be dead by another's verdict on the same last reference, and
     * this put would be taken for one too many (found in Linux in 2025).
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

    /** Says how many references there are. */
    @Override
    public String toString() {
        int value = word.getVolatile();
        String zone = value >= 0
                ? read() + " references"
                : value == NOREF ? "no reference" : isReleased(value) ? "dead" : "saturated";
        return zone + String.format(" (0x%08x)", value);
    }
}
