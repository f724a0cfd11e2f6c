package twins;

/** Threads that do one thing again and again, and what a program says of itself. */
final class Turns {

    /** How often each thread does its turn. */
    static final int COUNT = 200_000;

    /** One thread of each name runs at the same time as the other. */
    void both(String first, Runnable one, String second, Runnable other) throws InterruptedException {
        run(thread(first + "-1", one), thread(second + "-1", other));
    }

    /** Two threads do the one, and one the other. */
    void three(String first, Runnable one, String second, Runnable other) throws InterruptedException {
        run(thread(first + "-1", one), thread(first + "-2", one), thread(second + "-1", other));
    }

    void say(String what, long count) {
        System.out.println(what + " " + count);
    }

    private static Thread thread(String name, Runnable turn) {
        return new Thread(
                () -> {
                    for (int i = 0; i < COUNT; i++) {
                        turn.run();
                    }
                },
                name);
    }

    private static void run(Thread... threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
