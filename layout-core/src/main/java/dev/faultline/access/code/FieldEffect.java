package dev.faultline.access.code;

import dev.faultline.access.AccessKind;
import dev.faultline.api.Internal;
import java.util.Objects;

/**
 * What one place in code does to one field. Reads of static final fields are left out: compiled code has their values
 * in its instructions.
 *
 * @param field the field, named by the class that declares it
 * @param kind what is done
 * @param order how it is ordered
 * @param receiver the object whose field it is
 * @param reach which of the bytes behind the field are touched
 * @param element of {@link Reach#ELEMENT}, the index: {@code "3"}, {@code "own"} (it depends on the thread), {@code
 *     "any"} (it is computed); of {@link Reach#FIELD}, {@code "own"} where the object itself is an element of an array
 *     and its index depends on the thread; of {@link Reach#REFERENT} the method called, {@code "incrementAndGet"}; else
 *     empty
 * @param inLoop whether the place is inside a loop
 * @param polled whether it is a read that a loop repeats until the value changes
 * @param besideThread whether the place is in a loop that its method enters after it has started a thread, and before it
 *     waits for one to end
 * @param locked whether the place is inside a {@code synchronized} block or method
 * @param stored what a write stores
 * @param isConditional whether it stores only where the field holds an expected value: a compare-and-set. Such an
 *     effect is {@link AccessKind#CAS_LOOP} inside a loop and {@link AccessKind#RMW} outside of one
 * @param place where
 */
@Internal
public record FieldEffect(
        CodeField field,
        AccessKind kind,
        MemoryOrder order,
        CodeReceiver receiver,
        Reach reach,
        String element,
        boolean inLoop,
        boolean polled,
        boolean besideThread,
        boolean locked,
        StoredValue stored,
        boolean isConditional,
        CodePlace place) {

    /** Which bytes a place in code touches. */
    public enum Reach {
        /** The field itself. */
        FIELD,
        /** An element of the array that the field refers to; the field itself is read by an effect of its own. */
        ELEMENT,
        /** The length word of the array that the field refers to. */
        LENGTH,
        /**
         * The contents of another object that the field refers to, such as the value of an {@code AtomicLong}; the
         * field itself is read by an effect of its own.
         */
        REFERENT
    }

    public FieldEffect {
        Objects.requireNonNull(field);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(order);
        Objects.requireNonNull(receiver);
        Objects.requireNonNull(reach);
        Objects.requireNonNull(element);
        Objects.requireNonNull(stored);
        Objects.requireNonNull(place);
    }

    /** {@return whether the field itself is touched, not what it refers to} */
    public boolean isOnField() {
        return reach == Reach.FIELD;
    }

    /** {@return the same effect, also inside a loop, beside a thread or under a lock when its caller is} */
    public FieldEffect within(boolean loop, boolean thread, boolean lock) {
        return (inLoop || !loop) && (besideThread || !thread) && (locked || !lock)
                ? this
                : new FieldEffect(
                        field,
                        isConditional && loop ? AccessKind.CAS_LOOP : kind,
                        order,
                        receiver,
                        reach,
                        element,
                        inLoop || loop,
                        polled,
                        besideThread || thread,
                        locked || lock,
                        stored,
                        isConditional,
                        place);
    }

    /** {@return the same effect at another place: where a helper that has it is called} */
    public FieldEffect at(CodePlace other) {
        return new FieldEffect(
                field,
                kind,
                order,
                receiver,
                reach,
                element,
                inLoop,
                polled,
                besideThread,
                locked,
                stored,
                isConditional,
                other);
    }
}
