package dev.faultline.recorder.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.Buffer;
import java.nio.ByteBuffer;

/** Where the memory of direct buffers is. */
public final class DirectBuffers {

    private static final VarHandle ADDRESS = address();

    private DirectBuffers() {}

    private static VarHandle address() {
        try {
            return MethodHandles.privateLookupIn(Buffer.class, MethodHandles.lookup())
                    .findVarHandle(Buffer.class, "address", long.class);
        } catch (ReflectiveOperationException | RuntimeException refused) {
            return null;
        }
    }

    /** {@return whether addresses can be told} Loads what telling them needs. */
    public static boolean isSupported() {
        return ADDRESS != null && of(ByteBuffer.allocateDirect(1)) != 0;
    }

    /** {@return the address of the byte at index 0 of a buffer; 0 when it has none, or is on the heap} */
    public static long of(Buffer buffer) {
        return ADDRESS != null && buffer.isDirect() ? (long) ADDRESS.get(buffer) : 0;
    }
}
