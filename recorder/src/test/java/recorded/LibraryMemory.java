package recorded;

import java.nio.ByteBuffer;
import net.openhft.chronicle.bytes.BytesStore;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Memory off the heap through the classes of Agrona and Chronicle Bytes. Each turn is done 2,000 times. */
public final class LibraryMemory {

    private static final int TURNS = 2000;

    private LibraryMemory() {}

    public static void main(String[] arguments) throws InterruptedException {
        Agrona agrona = new Agrona();
        run("agrona-writer", agrona::write);
        run("agrona-reader", agrona::read);
        Chronicle chronicle = new Chronicle();
        run("chronicle-writer", chronicle::write);
        run("chronicle-reader", chronicle::read);
        System.out.println(agrona.direct.getLong(8) + " " + chronicle.store.readLong(16));
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

    static final class Agrona {
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(128));
        final UnsafeBuffer aligned = new UnsafeBuffer(BufferUtil.allocateDirectAligned(128, 64), 32, 64);

        void write() {
            direct.putLongOrdered(0, 7);
            direct.getAndAddLong(8, 1);
            aligned.putInt(4, 5);
        }

        long read() {
            return direct.getLongVolatile(0) + aligned.getInt(4);
        }
    }

    static final class Chronicle {
        final BytesStore<?, Void> store = BytesStore.nativeStoreWithFixedCapacity(64);

        void write() {
            store.writeLong(0, 7);
            store.addAndGetLong(16, 2);
        }

        long read() {
            return store.readVolatileLong(0);
        }
    }
}
