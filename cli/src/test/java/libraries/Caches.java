package libraries;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Drives a cache of Caffeine with two threads that look up and one that keeps it in order. */
final class Caches {

    private static final int ENTRIES = 1 << 8;

    private Caches() {}

    static void run() throws InterruptedException {
        ExecutorService keeper = Executors.newSingleThreadExecutor(task -> new Thread(task, "keeper-1"));
        Cache<Integer, Integer> cache =
                Caffeine.newBuilder().maximumSize(ENTRIES).executor(keeper).build();
        for (int i = 0; i < ENTRIES / 2; i++) {
            cache.put(i, i);
        }
        Programs.join(Programs.thread("reader-1", () -> look(cache)), Programs.thread("reader-2", () -> look(cache)));
        keeper.shutdown();
    }

    private static void look(Cache<Integer, Integer> cache) {
        for (int i = 0; i < Programs.ITEMS; i++) {
            var unused = cache.getIfPresent(i % (ENTRIES / 2));
        }
    }
}
