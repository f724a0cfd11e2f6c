package libraries;

/** Programs that use libraries whose authors have padded what threads share, and variants of them without padding. */
public final class Programs {

    /** How many items go through a queue, events through a disruptor, look-ups of each thread to a cache. */
    static final int ITEMS = 20_000;

    private Programs() {}

    public static void main(String[] arguments) throws InterruptedException {
        Queues.run();
        Disruptors.run();
        Caches.run();
        AgronaRings.run();
    }

    static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.start();
        return thread;
    }

    static void join(Thread... threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
