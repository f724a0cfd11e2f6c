package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.StructLayout;
import dev.faultline.source.Inventory;
import dev.faultline.source.Subject;
import dev.faultline.source.detect.SourceDetector;
import dev.faultline.testing.NativeCompiler;
import dev.faultline.testing.NativeFacts;
import dev.faultline.testing.NativePlaces;
import dev.faultline.testing.NativeToolchain;
import dev.faultline.testing.NativeTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of every kind that compilers and their tools make are read alike: each struct is where the compiler puts it. A
 * cell is a compiler, a version of DWARF and a way to store it; all cells of a compiler hold the same types.
 */
@Tag("slow")
@Tag("native")
class DwarfMatrixTest {

    private static final int RANDOM_TYPES = 200;

    private static final boolean IS_LONG = Long.getLong("faultline.stress.seconds", 0) > 0;

    /** Targets that differ in C as they do in C++; theirs is left to long runs. */
    private static final Set<String> RARE_CXX_TARGETS =
            Set.of("powerpc-linux-gnu", "armeb-linux-gnueabi", "powerpc64-linux-gnu", "aarch64-linux-gnu");

    private static final Set<String> ABSENT = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger CELLS = new AtomicInteger();
    private static final AtomicInteger STRUCTS = new AtomicInteger();

    @TempDir
    Path directory;

    @AfterAll
    static void printCounts() {
        System.out.println("matrix of DWARF: " + CELLS + " cells, " + STRUCTS + " structs compared, " + ABSENT.size()
                + " tools absent" + (ABSENT.isEmpty() ? "" : ": " + ABSENT));
    }

    @TestFactory
    List<DynamicTest> gcc() throws IOException, InterruptedException {
        return tests(NativeToolchain.of("gcc", true), List.of(), DwarfCell.all(IS_LONG));
    }

    @TestFactory
    List<DynamicTest> gxx() throws IOException, InterruptedException {
        return tests(NativeToolchain.of("g++", true), List.of(), DwarfCell.all(IS_LONG));
    }

    @TestFactory
    List<DynamicTest> clang() throws IOException, InterruptedException {
        return tests(NativeToolchain.of("clang", true), List.of(), DwarfCell.all(IS_LONG));
    }

    @TestFactory
    List<DynamicTest> clangxx() throws IOException, InterruptedException {
        return tests(NativeToolchain.of("clang++", true), List.of(), DwarfCell.all(IS_LONG));
    }

    @TestFactory
    List<DynamicTest> thirty_two_bits() throws IOException, InterruptedException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String compiler : List.of("gcc", "g++", "clang", "clang++")) {
            tests.addAll(tests(narrow(compiler), List.of("-m32"), DwarfCell.narrow(IS_LONG)));
        }
        return tests;
    }

    /** {@return the compiler for 32 bits; where its programs do not run, constants in its objects are compared} */
    private NativeToolchain narrow(String compiler) throws IOException, InterruptedException {
        NativeToolchain toolchain = NativeToolchain.of(compiler, true, "-m32");
        Path place = Files.createDirectory(directory.resolve(compiler + "-narrow"));
        if (NativeCompiler.has(compiler) && NativeCompiler.links(toolchain, place) && !NativeCompiler.runs(place)) {
            System.out.println("matrix of DWARF: 32-bit programs do not run here; constants in object files "
                    + "are compared for " + compiler);
            return NativeToolchain.of(compiler, false, "-m32");
        }
        return toolchain;
    }

    /** Targets of both byte orders and sizes of addresses, whose relocations differ; their programs do not run here. */
    @TestFactory
    List<DynamicTest> other_machines() throws IOException, InterruptedException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String target : List.of(
                "powerpc64-linux-gnu",
                "s390x-linux-gnu",
                "mips-linux-gnu",
                "mips64-linux-gnuabi64",
                "powerpc-linux-gnu",
                "aarch64-linux-gnu",
                "armeb-linux-gnueabi",
                "riscv64-linux-gnu")) {
            String option = "--target=" + target;
            NativeToolchain c = NativeToolchain.of("clang", false, option);
            NativeToolchain cxx = NativeToolchain.of("clang++", false, option);
            tests.addAll(tests(c, List.of(option), IS_LONG ? DwarfCell.objects(2, 3, 4, 5) : DwarfCell.objects(2, 5)));
            if (IS_LONG) {
                tests.addAll(tests(cxx, List.of(option), DwarfCell.objects(2, 3, 4, 5)));
            } else if (!RARE_CXX_TARGETS.contains(target)) {
                tests.addAll(tests(cxx, List.of(option), DwarfCell.objects(4)));
            }
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> random_declarations() {
        long seed = Long.getLong("faultline.seed", System.nanoTime());
        int rounds = IS_LONG ? 20 : 1;
        System.out.println("random declarations in DWARF from seed " + seed);
        List<DynamicTest> tests = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Random random = new Random(seed + round);
            for (String compiler : List.of("gcc", "g++", "clang", "clang++")) {
                NativeToolchain toolchain = NativeToolchain.of(compiler, true);
                // clang 14 calls `short x : 16` no bit-field in DWARF 2 and 3, and puts it at a whole byte
                String version = "-gdwarf-" + (toolchain.isClang() ? 4 + random.nextInt(2) : 2 + random.nextInt(4));
                NativeTypes types =
                        toolchain.isCxx() ? NativeTypes.cxx(random, RANDOM_TYPES) : NativeTypes.c(random, RANDOM_TYPES);
                String label = compiler + " " + version + ", seed " + (seed + round);
                Path place = directory.resolve("random-" + compiler + round);
                tests.add(
                        NativeCompiler.has(compiler)
                                ? DynamicTest.dynamicTest(label, () -> compare(types, toolchain, version, place, label))
                                : absent(label, compiler));
            }
        }
        return tests;
    }

    @ParameterizedTest
    @ValueSource(strings = {"-gdwarf-4", "-gdwarf-5"})
    void what_dwz_has_moved_to_a_file_that_is_not_there_is_said_once(String version)
            throws IOException, InterruptedException {
        Assumptions.assumeTrue(NativeCompiler.has("g++", "dwz"), "g++ or dwz is not installed");
        DwarfWorkshop workshop = new DwarfWorkshop(DwarfFixture.cxx(), NativeToolchain.of("g++", true), directory);
        Path program = DwarfCell.moved(workshop, version);
        assertThat(inventory(program).unread()).isEmpty();
        Files.delete(program.resolveSibling("common.debug"));

        assertThat(inventory(program).unread())
                .singleElement()
                .asString()
                .contains(".gnu_debugaltlink")
                .containsPattern("all of \\d+ unit");
    }

    private static void compare(NativeTypes types, NativeToolchain toolchain, String version, Path place, String label)
            throws IOException, InterruptedException {
        Files.createDirectory(place);
        DwarfWorkshop workshop = new DwarfWorkshop(new DwarfFixture(types, ""), toolchain, place);
        List<StructLayout> read = read(workshop.object(version));
        CELLS.incrementAndGet();
        STRUCTS.addAndGet(types.types().size());
        NativeCompiler compiler = new NativeCompiler(types, toolchain, place);
        assertThat(new NativeFacts(types, Map.of("DWARF", read)).differences(compiler))
                .as(label)
                .isEmpty();
    }

    private List<DynamicTest> tests(NativeToolchain toolchain, List<String> target, List<DwarfCell> cells)
            throws IOException, InterruptedException {
        if (!NativeCompiler.has(toolchain.command().get(0))) {
            return List.of(absent(toolchain.label(), toolchain.command().get(0)));
        }
        Path place = Files.createDirectory(directory.resolve(toolchain.label().replace(' ', '_')));
        if (toolchain.isRunnable() && !NativeCompiler.links(toolchain, place)) {
            return List.of(absent(toolchain.label(), toolchain.label() + " with its libraries"));
        }
        DwarfFixture fixture = toolchain.isCxx() ? DwarfFixture.cxx() : DwarfFixture.c(toolchain, place);
        DwarfWorkshop workshop = new DwarfWorkshop(fixture, toolchain, place);
        List<DynamicTest> tests = new ArrayList<>();
        Map<String, Future<List<StructLayout>>> files = new LinkedHashMap<>();
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try {
            for (DwarfCell cell : cells) {
                String label = toolchain.label() + ", " + cell.name();
                Optional<String> missing = cell.tools().stream()
                        .filter(tool -> !NativeCompiler.has(tool))
                        .findFirst();
                if (cell.fits().test(toolchain) && missing.isPresent()) {
                    tests.add(absent(label, missing.get()));
                } else if (cell.fits().test(toolchain)) {
                    files.put(label, workers.submit(() -> read(cell.file().make(workshop))));
                }
            }
            tests.addAll(compared(files, fixture, toolchain, place, target));
            return tests;
        } finally {
            workers.shutdownNow();
        }
    }

    private static List<DynamicTest> compared(
            Map<String, Future<List<StructLayout>>> files,
            DwarfFixture fixture,
            NativeToolchain toolchain,
            Path place,
            List<String> target)
            throws IOException, InterruptedException {
        Map<String, StructLayout> model = NativeCompiler.has("clang") ? fixture.model(target, place) : Map.of();
        List<DynamicTest> tests = new ArrayList<>();
        Map<String, List<StructLayout>> layouts = new LinkedHashMap<>();
        for (Map.Entry<String, Future<List<StructLayout>>> file : files.entrySet()) {
            try {
                layouts.put(file.getKey(), file.getValue().get());
                CELLS.incrementAndGet();
                STRUCTS.addAndGet(fixture.types().types().size());
            } catch (ExecutionException failed) {
                tests.add(DynamicTest.dynamicTest(file.getKey(), () -> {
                    throw failed.getCause();
                }));
            }
        }
        new NativePlaces(fixture.types(), model, DwarfFixture.VIRTUAL_BASES)
                .differences(layouts, new NativeCompiler(fixture.types(), oracle(toolchain), place))
                .forEach((label, differences) -> tests.add(DynamicTest.dynamicTest(
                        label, () -> assertThat(differences).as(label).isEmpty())));
        return tests;
    }

    /** {@return whose constants are compared: g++ ends with an internal error at some of them, clang++ does not} */
    private static NativeToolchain oracle(NativeToolchain toolchain) {
        boolean isGxx = toolchain.isCxx() && !toolchain.isClang();
        return isGxx && !toolchain.isRunnable() ? NativeToolchain.of("clang++", false, "-m32") : toolchain;
    }

    private static DynamicTest absent(String label, String tool) {
        if (ABSENT.add(tool)) {
            System.out.println("matrix of DWARF: " + tool + " is not installed");
        }
        return DynamicTest.dynamicTest(label, () -> Assumptions.abort(tool + " is not installed"));
    }

    private static List<StructLayout> read(Path file) {
        Inventory inventory = inventory(file);
        assertThat(inventory.unread()).isEmpty();
        assertThat(inventory.leftOut()).isEmpty();
        return inventory.subjects().stream().map(Subject::layout).toList();
    }

    private static Inventory inventory(Path file) {
        return SourceDetector.here(Optional.empty(), Optional.empty())
                .open(file.toString())
                .inventory();
    }
}
