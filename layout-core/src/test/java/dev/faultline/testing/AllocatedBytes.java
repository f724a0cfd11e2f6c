package dev.faultline.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the calling thread has allocated on the heap. */
public final class AllocatedBytes {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocatedBytes() {}

    /** {@return the bytes since the thread was started, garbage included} */
    public static long ofThread() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}
