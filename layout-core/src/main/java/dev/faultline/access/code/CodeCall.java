package dev.faultline.access.code;

import dev.faultline.api.Internal;
import java.util.Objects;

/**
 * A call of one method by another.
 *
 * @param type the class named in the call, {@code com.acme.Ring}
 * @param method name of the method
 * @param descriptor its parameter and result types as the code spells them; empty where it has no such thing
 * @param receiver the object whose method is called
 * @param inLoop whether the call is inside a loop
 * @param isDeferred whether the method is not called here, but made into a lambda or method reference, or is {@code
 *     run} or {@code call} of an object that is given to a thread or executor
 * @param handedTo of a deferred call, the method that is given the lambda or object: {@code
 *     "java.lang.Thread.<init>"}, {@code "java.util.concurrent.Executor.execute"}; empty when it is given to none
 * @param place where
 */
@Internal
public record CodeCall(
        String type,
        String method,
        String descriptor,
        CodeReceiver receiver,
        boolean inLoop,
        boolean isDeferred,
        String handedTo,
        CodePlace place) {
    public CodeCall {
        Objects.requireNonNull(type);
        Objects.requireNonNull(method);
        Objects.requireNonNull(descriptor);
        Objects.requireNonNull(receiver);
        Objects.requireNonNull(handedTo);
        Objects.requireNonNull(place);
    }

    /** {@return name and types of the method} */
    public CodeSignature signature() {
        return new CodeSignature(method, descriptor);
    }
}
