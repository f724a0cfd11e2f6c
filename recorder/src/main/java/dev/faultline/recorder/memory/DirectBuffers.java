package dev.faultline.recorder.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.Buffer;
import java.nio.ByteBuffer;

/** Where the memory of direct buffers is. */
public final class DirectBuffers {

    private static final VarHandle ADDRESS = address();
    private static final MethodHandle ATTACHMENT = attachment();

    private DirectBuffers() {}

    private static VarHandle address() {
        try {
            return MethodHandles.privateLookupIn(Buffer.class, MethodHandles.lookup())
                    .findVarHandle(Buffer.class, "address", long.class);
        } catch (ReflectiveOperationException | RuntimeException refused) {
            return null;
        }
    }

    private static MethodHandle attachment() {
        try {
            Class<?> direct = Class.forName("sun.nio.ch.DirectBuffer", false, null);
            return MethodHandles.lookup()
                    .unreflect(direct.getMethod("attachment"))
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException | RuntimeException refused) {
            return null;
        }
    }

    /**
     * {@return the buffer with which the memory of a direct buffer is freed: of a slice or a view the one it was made
     * of}
     *
     * @throws Throwable what the VM says against it
     */
    public static Object owner(Buffer buffer) throws Throwable {
        Object of = ATTACHMENT == null ? null : (Object) ATTACHMENT.invokeExact((Object) buffer);
        return of == null ? buffer : of;
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
