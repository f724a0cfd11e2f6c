package dev.faultline.offheap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.pool.ArrayCaches;
import dev.faultline.offheap.pool.ArrayQmempool;
import dev.faultline.offheap.pool.DeferredFrees;
import dev.faultline.offheap.pool.Magazines;
import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Qmempool;
import dev.faultline.offheap.pool.Slab;
import dev.faultline.offheap.pool.StripeNodes;
import dev.faultline.offheap.rcu.GracePeriods;
import dev.faultline.offheap.rcu.Reader;
import dev.faultline.offheap.refcount.DeviceCount;
import dev.faultline.offheap.refcount.DynamicRef;
import dev.faultline.offheap.refcount.PercpuRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.openhft.chronicle.core.OS;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What docs/structures.md says: its examples run, its tests exist, and its bytes are those that are allocated. */
class StructuresPageTest {

    private static final Path PAGE = Path.of("..", "docs", "structures.md");
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern PRINTS = Pattern.compile("// prints (.*)");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`.*?) \\| ([\\d,]+) \\| .*$");
    private static final String IMPORTS = Stream.of("memory", "rcu", "refcount", "queue", "pool")
            .map(name -> "import dev.faultline.offheap." + name + ".*;\n")
            .collect(Collectors.joining());
    private static final int OBJECTS = 1000;
    private static final int AREA_BYTES = 4096;

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> examples_print_what_they_say() throws IOException {
        List<String> examples = PageExample.of(PAGE);
        assertThat(examples).hasSize(11);
        return IntStream.range(0, examples.size())
                .mapToObj(i ->
                        DynamicTest.dynamicTest("example " + i, () -> expectPrints("Example" + i, examples.get(i))));
    }

    private void expectPrints(String name, String example) throws Exception {
        String source = IMPORTS + "public class " + name + " {\npublic static void main(String[] arguments) {\n"
                + example + "}\n}\n";
        List<String> expected =
                PRINTS.matcher(example).results().map(result -> result.group(1)).toList();
        assertThat(expected).isNotEmpty();
        assertThat(PageExample.printed(directory, name, source).lines()).containsExactlyElementsOf(expected);
    }

    @Test
    void every_test_that_is_named_exists() throws IOException {
        Map<String, String> tests = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
                tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        List<String> named = new ArrayList<>();
        Matcher names = TEST.matcher(Files.readString(PAGE));
        while (names.find()) {
            named.add(names.group());
            assertThat(tests.get(names.group(1))).as(names.group()).contains("void " + names.group(2) + "(");
        }
        assertThat(named).hasSizeGreaterThan(20);
    }

    @Test
    void every_test_of_a_death_is_named() throws IOException {
        String page = Files.readString(PAGE);
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file : files.filter(path -> path.toString().endsWith("DeathTest.java"))
                    .toList()) {
                String test = file.getFileName().toString().replace(".java", ".");
                Matcher methods =
                        Pattern.compile("(?m)^    void (\\w+_\\w+)\\(").matcher(Files.readString(file));
                while (methods.find()) {
                    assertThat(page.contains("`" + test + methods.group(1) + "`")
                                    || methods.group(1).equals("nothing_is_left"))
                            .as(test + methods.group(1))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void a_thread_takes_the_bytes_that_the_table_tells() throws Exception {
        Map<String, Long> told = new LinkedHashMap<>();
        Matcher rows = ROW.matcher(Files.readString(PAGE));
        while (rows.find()) {
            told.put(rows.group(1), Long.parseLong(rows.group(2).replace(",", "")));
        }
        Map<String, Long> measured = new LinkedHashMap<>();
        measured.put("`GracePeriods`", bytesOfOneMore(threads -> GracePeriods.forReaders(threads)::close));
        measured.put("`Rcuref`", 0L); // a word of the object, whatever the threads
        measured.put("`PercpuRef` on packed areas", areaBytesOf(StructuresPageTest::percpuRef));
        measured.put("`PercpuRef` on areas padded to 64", bytesOfOneMore(threads -> slots(threads, 64, Long.BYTES)));
        measured.put("`DynamicRef` on packed areas", areaBytesOf(StructuresPageTest::busyDynamicRef));
        measured.put("`DeviceCount` on packed areas", areaBytesOf(StructuresPageTest::deviceCount));
        measured.put(
                "`DeviceCount` on areas padded to 128", bytesOfOneMore(threads -> slots(threads, 128, Integer.BYTES)));
        measured.put("`AlfQueue`", 0L); // does not know its threads
        measured.put("`Slab`", bytesOfOneMore(threads -> slab(threads)::close));
        measured.put("`ArrayCaches` of objects up to 240 bytes", bytesInFrontOfASlab(ArrayCaches::over));
        measured.put("`Magazines` of objects up to 240 bytes", bytesInFrontOfASlab(Magazines::over));
        measured.put(
                "`Qmempool` with local queues of 64", bytesInFrontOfASlab(slab -> Qmempool.create(slab, 64, 256, 0)));
        measured.put(
                "`ArrayQmempool` with arrays of 128",
                bytesInFrontOfASlab(slab -> ArrayQmempool.create(slab, 128, 256)));
        measured.put("`DeferredFrees`", bytesInFrontOfASlab(DeferredFrees::over));
        assertThat(told).containsExactlyEntriesOf(measured);
    }

    private static Slab slab(int threads) {
        return Slab.create(StripeNodes.onOneNode(threads), OBJECTS, 240, 8);
    }

    private static long bytesInFrontOfASlab(Function<Slab, ObjectCache> cache) throws Exception {
        long both = bytesOfOneMore(threads -> {
            Slab slab = slab(threads);
            ObjectCache made = cache.apply(slab);
            return () -> {
                made.close();
                slab.close();
            };
        });
        return both - bytesOfOneMore(threads -> slab(threads)::close);
    }

    private static Runnable slots(int threads, int lineBytes, int wordBytes) {
        StripeAreas areas = StripeAreas.padded(threads, lineBytes);
        StripeAreas.Slot slot = areas.allocate(wordBytes);
        return () -> {
            areas.free(slot);
            areas.close();
        };
    }

    /** {@return the bytes off heap that something takes for one thread more} */
    private static long bytesOfOneMore(IntFunction<Runnable> maker) throws Exception {
        bytesFor(5, maker); // classes may allocate when they are first used
        return bytesFor(5, maker) - bytesFor(4, maker);
    }

    private static long bytesFor(int threads, IntFunction<Runnable> maker) throws Exception {
        for (int i = 0; Block.pendingBytes() > 0 && i < 1000; i++) {
            Thread.sleep(10); // what was closed before is freed by another thread
        }
        long before = OS.memory().nativeMemoryUsed();
        Runnable close = maker.apply(threads);
        long bytes = OS.memory().nativeMemoryUsed() - before;
        close.run();
        return bytes;
    }

    /** Opens a count on the areas and returns what closes it; or returns null if they are full. */
    private interface CountOpener {
        Runnable open(Block block, long byteOffset, StripeAreas areas, GracePeriods periods, Reader reader);
    }

    /** {@return the bytes of a thread's area that a count takes: as many counts are opened as one area holds} */
    private static long areaBytesOf(CountOpener opener) throws Exception {
        List<Runnable> closers = new ArrayList<>();
        try (GracePeriods periods = GracePeriods.forReaders(1);
                StripeAreas areas = StripeAreas.packed(1, AREA_BYTES);
                Block block = Block.allocate(16 * AREA_BYTES, 64);
                Reader reader = periods.register()) {
            reader.enter();
            Runnable close = opener.open(block, 0, areas, periods, reader);
            while (close != null) {
                closers.add(close);
                close = opener.open(block, 16L * closers.size(), areas, periods, reader);
            }
            closers.forEach(Runnable::run);
            return AREA_BYTES / closers.size();
        }
    }

    private static Runnable percpuRef(
            Block block, long byteOffset, StripeAreas areas, GracePeriods periods, Reader reader) {
        try {
            return PercpuRef.open(block, byteOffset, areas, periods, () -> {})::close;
        } catch (StripeAreas.Exhausted full) {
            return null;
        }
    }

    private static Runnable deviceCount(
            Block block, long byteOffset, StripeAreas areas, GracePeriods periods, Reader reader) {
        try {
            return DeviceCount.open("eth0", DeviceCount.Form.FROM_ONE, areas)::close;
        } catch (StripeAreas.Exhausted full) {
            return null;
        }
    }

    private static Runnable busyDynamicRef(
            Block block, long byteOffset, StripeAreas areas, GracePeriods periods, Reader reader) {
        DynamicRef ref = DynamicRef.open(block, byteOffset, areas, periods, () -> 0, 2, () -> {});
        for (int i = 0; i < 4; i++) {
            ref.get(reader);
        }
        if (ref.isPercpu()) {
            return ref::close;
        }
        ref.close();
        return null;
    }
}
