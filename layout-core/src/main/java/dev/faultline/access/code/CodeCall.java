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
 * @param besideThread whether the call is in a loop that its method enters after it has started a thread, and before it
 *     waits for one to end
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
        boolean besideThread,
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

    /** {@return whether what it is handed to runs it on a thread} */
    public boolean isForThread() {
        int dot = handedTo.lastIndexOf('.');
        String receiver = handedTo.substring(0, Math.max(0, dot));
        return switch (handedTo.substring(dot + 1)) {
            case "<init>" ->
                receiver.equals("java.lang.Thread")
                        || receiver.endsWith("Thread")
                        || receiver.equals("java.util.TimerTask");
            case "execute", "submit", "schedule", "scheduleAtFixedRate", "scheduleWithFixedDelay", "invokeAll" -> true;
            case "runAsync", "supplyAsync", "startVirtualThread", "start", "unstarted", "newThread" -> true;
            default -> false;
        };
    }

    /** {@return name and types of the method} */
    public CodeSignature signature() {
        return new CodeSignature(method, descriptor);
    }
}
