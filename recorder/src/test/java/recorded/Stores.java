package recorded;

import static org.jctools.util.UnsafeAccess.UNSAFE;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import recorded.corpus.StoredElsewhere;

/** Stores that wait until they have happened, and others. Each is done 1,000 times. */
public final class Stores extends StoredElsewhere {

    private static final int TURNS = 1000;
    private static final VarHandle HANDLED;
    private static final AtomicLongFieldUpdater<Stores> UPDATED =
            AtomicLongFieldUpdater.newUpdater(Stores.class, "updated");
    private static final long UNSAFE_AT;

    static volatile long shared;
    static long sharedPlain;

    volatile long waits;
    volatile long handled;
    volatile long updated;
    volatile long unsafe;
    long plain;
    /** As one in the superclass, but not volatile. */
    long hidden;

    final AtomicLong number = new AtomicLong();
    final AtomicReference<String> text = new AtomicReference<>();
    final AtomicLongArray numbers = new AtomicLongArray(4);

    static {
        try {
            HANDLED = MethodHandles.lookup().findVarHandle(Stores.class, "handled", long.class);
            UNSAFE_AT = UNSAFE.objectFieldOffset(Stores.class.getDeclaredField("unsafe"));
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        Stores stores = new Stores();
        run("direct", stores::storeDirect);
        run("release", stores::storeReleasing);
        run("full", stores::storeWaiting);
    }

    private static void run(String name, Runnable turn) throws InterruptedException {
        Thread thread = new Thread(
                () -> {
                    for (int i = 0; i < TURNS; i++) {
                        turn.run();
                    }
                },
                name);
        thread.start();
        thread.join();
    }

    void storeDirect() {
        waits = waits + 1;
        plain = 2;
        hidden = 3;
        inherited = 4;
        inheritedPlain = 5;
        shared = 6;
        sharedPlain = 7;
    }

    void storeReleasing() {
        HANDLED.set(this, 1L);
        HANDLED.setRelease(this, 2L);
        HANDLED.setOpaque(this, 3L);
        UPDATED.lazySet(this, 4);
        UNSAFE.putLong(this, UNSAFE_AT, 5);
        UNSAFE.putOrderedLong(this, UNSAFE_AT, 6);
        number.lazySet(7);
        number.setPlain(8);
        text.setRelease("");
        numbers.lazySet(1, 9);
    }

    void storeWaiting() {
        HANDLED.setVolatile(this, 1L);
        UPDATED.set(this, 2);
        UNSAFE.putLongVolatile(this, UNSAFE_AT, 3);
        number.set(4);
        text.set("");
        numbers.set(1, 5);
    }
}
