package dev.faultline.access.code;

import dev.faultline.api.Internal;

/** The object whose field is touched, or whose method is called. */
@Internal
public enum CodeReceiver {
    /** {@code this}: the object whose method it is. */
    SELF,
    /** An object made in the same method, which no other thread has seen yet. */
    FRESH,
    /** Any other object. */
    OTHER,
    /** None: a static field or method. */
    NONE
}
