package recorded;

import static org.jctools.util.UnsafeAccess.UNSAFE;

import java.util.concurrent.atomic.AtomicLong;

/** The first two atomic objects of a program, allocated one behind the other; prints how many bytes they are apart. */
public final class AllocatedPair {

    private final AtomicLong first = new AtomicLong();
    private final AtomicLong second = new AtomicLong();

    private AllocatedPair() {}

    /** Where references are 4 bytes that hold an address. */
    public static void main(String[] arguments) {
        long base = UNSAFE.arrayBaseOffset(Object[].class);
        Object[] holder = new Object[2];
        AllocatedPair pair = new AllocatedPair();
        holder[0] = pair.first;
        holder[1] = pair.second;
        System.out.println(UNSAFE.getInt(holder, base + 4) - UNSAFE.getInt(holder, base));
    }
}
