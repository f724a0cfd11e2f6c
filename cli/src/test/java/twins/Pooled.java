package twins;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWord;
import dev.faultline.offheap.queue.AlfQueue;

/** Memory that this project's classes allocate, for a queue of theirs and for the program itself. */
final class Pooled {

    private static final int TURNS = 1000;

    private Pooled() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (Block own = Block.allocate(64, 64);
                AlfQueue queue = AlfQueue.create(64, AlfQueue.Mode.SPSC)) {
            LongWord count = own.int64(8);
            run("owner", () -> count.setVolatile(count.get() + 1));
            run("queuer", () -> {
                queue.offer(5);
                queue.poll(0);
            });
        }
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
}
