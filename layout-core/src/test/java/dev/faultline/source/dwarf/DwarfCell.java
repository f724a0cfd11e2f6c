package dev.faultline.source.dwarf;

import dev.faultline.testing.NativeToolchain;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A way to store debug information: what is done with a fixture before it is read. Of the tools of Debian 12, dwz reads
 * neither DWARF 5 of clang nor type units of DWARF 5, dwp no DWARF 5, and llvm-dwp does not end with DWARF 5 of gcc.
 *
 * @param name the way in a few words
 * @param tools the programs that it needs beside the compiler
 * @param fits whether a compiler can do it
 * @param file makes the file to read
 */
record DwarfCell(String name, List<String> tools, Predicate<NativeToolchain> fits, Recipe file) {

    /** Makes the file to read. */
    interface Recipe {
        Path make(DwarfWorkshop workshop) throws IOException, InterruptedException;
    }

    private static final Predicate<NativeToolchain> ANY = toolchain -> true;
    private static final Predicate<NativeToolchain> HOST =
            toolchain -> toolchain.command().stream().noneMatch(word -> word.equals("-m32"));
    /** DWARF 2 has no namespaces. */
    private static final Predicate<NativeToolchain> C = HOST.and(toolchain -> !toolchain.isCxx());

    private static final Predicate<NativeToolchain> GCC = HOST.and(toolchain -> !toolchain.isClang());
    private static final Predicate<NativeToolchain> CLANG = HOST.and(NativeToolchain::isClang);

    /** Cells that differ from others only in what those show; they are left to long runs. */
    private static final Set<String> RARE = Set.of(
            "DWARF 2, program",
            "DWARF 3, program",
            "DWARF 2, strict, object",
            "DWARF 4, strict, object",
            "DWARF 2, 64-bit format, object",
            "DWARF 4, 64-bit format, object",
            "DWARF 2, dwz, program",
            "DWARF 3, dwz, program",
            "DWARF 4, type units, program",
            "DWARF 5, type units, program",
            "DWARF 4, split, object",
            "DWARF 4, split, the .dwo itself",
            "DWARF 4, split, zlib, program",
            "DWARF 4, split, .dwp by llvm-dwp",
            "DWARF 4, -gz=zlib, object",
            "DWARF 5, -gz=zlib-gnu, object",
            "DWARF 4, objcopy zlib, object",
            "DWARF 4, objcopy zlib, program",
            "DWARF 5, objcopy zlib, object",
            "DWARF 4, objcopy zlib-gnu, object",
            "DWARF 5, objcopy zlib-gnu, object",
            "DWARF 5, objcopy zlib-gnu, program",
            "DWARF 4, objcopy zstd, object",
            "DWARF 5, objcopy zstd, program",
            "DWARF 4, -flto, program",
            "DWARF 4, lld, program",
            "DWARF 4, shared library",
            "DWARF 4, ld -r, object",
            "DWARF 4, -O2 -g3, program",
            "DWARF 4, sections of their own, object",
            "DWARF 4, simple names of templates, object",
            "DWARF 4, standalone, object",
            "DWARF 4, objcopy --only-keep-debug, the debug file",
            "DWARF 4, debug link to .",
            "DWARF 5, debug link to .debug");

    /**
     * {@return the cells for a compiler that does not link}
     *
     * @param versions of DWARF
     */
    static List<DwarfCell> objects(int... versions) {
        List<DwarfCell> cells = new ArrayList<>();
        for (int version : versions) {
            cells.add(cell(version, "object", (w, g) -> w.object(g)));
        }
        return cells;
    }

    /**
     * {@return cells of all kinds}
     *
     * @param isLong whether there is time for each of them in each version
     */
    static List<DwarfCell> all(boolean isLong) {
        List<DwarfCell> all = all();
        Set<String> names = all.stream().map(DwarfCell::name).collect(Collectors.toSet());
        if (!names.containsAll(RARE)) {
            throw new AssertionError("a rare cell is none: " + RARE);
        }
        return all.stream()
                .filter(cell -> isLong || !RARE.contains(cell.name()))
                .toList();
    }

    /** {@return the cells for a second size of addresses} */
    static List<DwarfCell> narrow(boolean isLong) {
        return all(isLong).stream()
                .filter(cell -> isLong || !cell.name().contains("objcopy"))
                .toList();
    }

    private static List<DwarfCell> all() {
        List<DwarfCell> cells = objects(2, 3, 4, 5);
        for (int version = 2; version <= 5; version++) {
            versions(version, cells);
        }
        typeUnits(cells);
        split(cells);
        compressed(cells);
        linked(cells);
        containers(cells);
        return cells;
    }

    private static void versions(int version, List<DwarfCell> cells) {
        cells.add(cell(version, "program", (w, g) -> w.program(g)));
        cells.add(cell(version, "strict, object", version == 2 ? C : HOST, (w, g) -> w.object(g, "-gstrict-dwarf")));
        cells.add(cell(
                version,
                "dwz, program",
                List.of("dwz"),
                version == 5 ? GCC : HOST,
                (w, g) -> w.changed(w.program(g), "dwz", "@")));
        Predicate<NativeToolchain> has64 = version == 2 ? GCC : HOST;
        cells.add(cell(version, "64-bit format, object", has64, (w, g) -> w.object(g, "-gdwarf64")));
    }

    private static void typeUnits(List<DwarfCell> cells) {
        for (int version = 4; version <= 5; version++) {
            String types = "-fdebug-types-section";
            cells.add(cell(version, "type units, object", (w, g) -> w.object(g, types)));
            cells.add(cell(version, "type units, program", HOST, (w, g) -> w.program(g, types)));
        }
        cells.add(cell(
                4,
                "type units, dwz, program",
                List.of("dwz"),
                HOST,
                (w, g) -> w.changed(w.program(g, "-fdebug-types-section"), "dwz", "@")));
        cells.add(cell(
                5,
                "type units, 64-bit format, program",
                HOST,
                (w, g) -> w.program(g, "-fdebug-types-section", "-gdwarf64")));
    }

    private static void split(List<DwarfCell> cells) {
        String split = "-gsplit-dwarf";
        String types = "-fdebug-types-section";
        for (int version = 4; version <= 5; version++) {
            cells.add(cell(version, "split, object", (w, g) -> w.object(g, split)));
            cells.add(cell(
                    version,
                    "split, the .dwo itself",
                    HOST,
                    (w, g) -> w.object(g, split).resolveSibling("types.dwo")));
            cells.add(cell(version, "split, program", HOST, (w, g) -> w.program(g, split)));
            cells.add(cell(version, "split, type units, program", HOST, (w, g) -> w.program(g, split, types)));
            cells.add(cell(version, "split, zlib, program", HOST, (w, g) -> w.program(g, split, "-gz=zlib")));
            String dwp = version == 4 ? "dwp" : "llvm-dwp";
            Predicate<NativeToolchain> packs = version == 4 ? HOST : CLANG;
            cells.add(cell(version, "split, .dwp by " + dwp, List.of(dwp), packs, (w, g) -> packed(w, dwp, g, split)));
            cells.add(cell(
                    version,
                    "split, type units, .dwp by " + dwp,
                    List.of(dwp),
                    packs,
                    (w, g) -> packed(w, dwp, g, split, types)));
        }
        cells.add(cell(
                4, "split, .dwp by llvm-dwp", List.of("llvm-dwp"), HOST, (w, g) -> packed(w, "llvm-dwp", g, split)));
    }

    /** {@return a program with a package of its split units, whose single files are gone} */
    private static Path packed(DwarfWorkshop workshop, String dwp, String... options) {
        return workshop.step(place -> {
            Path program = workshop.linkedApart(place, options);
            DwarfWorkshop.run(place, program, dwp, "-e", "@", "-o", "@.dwp");
            try (DirectoryStream<Path> single = Files.newDirectoryStream(place, "*.dwo")) {
                for (Path file : single) {
                    Files.delete(file);
                }
            }
            return program;
        });
    }

    private static void compressed(List<DwarfCell> cells) {
        for (int version = 4; version <= 5; version++) {
            cells.add(cell(version, "-gz=zlib, object", HOST, (w, g) -> w.object(g, "-gz=zlib")));
            cells.add(cell(version, "-gz=zlib-gnu, object", GCC, (w, g) -> w.object(g, "-gz=zlib-gnu")));
            for (String by : List.of("zlib", "zlib-gnu", "zstd")) {
                String option = "--compress-debug-sections=" + by;
                cells.add(cell(
                        version,
                        "objcopy " + by + ", object",
                        List.of("objcopy"),
                        HOST,
                        (w, g) -> w.changed(w.object(g), "objcopy", option, "@")));
                cells.add(cell(
                        version,
                        "objcopy " + by + ", program",
                        List.of("objcopy"),
                        ANY,
                        (w, g) -> w.changed(w.program(g), "objcopy", option, "@")));
            }
        }
        for (String by : List.of("gzip", "xz", "zstd")) {
            cells.add(cell(5, "a file compressed by " + by, List.of(by), GCC.and(C), (w, g) -> {
                Path copy = w.changed(w.program(g), "true");
                DwarfWorkshop.run(copy.getParent(), copy, by, "-k", "@");
                try (DirectoryStream<Path> made = Files.newDirectoryStream(copy.getParent(), "program.*")) {
                    return made.iterator().next();
                }
            }));
        }
    }

    private static void linked(List<DwarfCell> cells) {
        for (int version = 4; version <= 5; version++) {
            cells.add(cell(version, "dwz -m, program", List.of("dwz"), version == 5 ? GCC : HOST, DwarfCell::moved));
            cells.add(cell(version, "-flto, program", GCC, (w, g) -> w.program(g, "-flto")));
            cells.add(cell(
                    version,
                    "-flto, program",
                    List.of("ld.lld"),
                    CLANG,
                    (w, g) -> w.link(List.of("-fuse-ld=lld"), g, "-flto")));
            cells.add(cell(
                    version, "lld, program", List.of("ld.lld"), HOST, (w, g) -> w.link(List.of("-fuse-ld=lld"), g)));
            cells.add(cell(version, "shared library", HOST, (w, g) -> w.link(List.of("-shared"), g, "-fPIC")));
            cells.add(cell(
                    version,
                    "ld -r, object",
                    List.of("ld"),
                    HOST,
                    (w, g) -> w.step(place -> {
                        Path first = w.compile(place, "types", w.text(), g);
                        w.compile(place, "again", w.again(), g);
                        DwarfWorkshop.run(place, first, "ld", "-r", "-o", "both.o", "@", "again.o");
                        return place.resolve("both.o");
                    })));
            cells.add(cell(version, "-O2 -g3, program", HOST, (w, g) -> w.program(g, "-O2", "-g3")));
            cells.add(cell(
                    version,
                    "sections of their own, object",
                    HOST,
                    (w, g) -> w.object(g, "-ffunction-sections", "-fdata-sections")));
            cells.add(cell(
                    version,
                    "simple names of templates, object",
                    CLANG.and(NativeToolchain::isCxx),
                    (w, g) -> w.object(g, "-gsimple-template-names")));
            cells.add(cell(version, "standalone, object", CLANG, (w, g) -> w.object(g, "-fstandalone-debug")));
        }
    }

    /** {@return a program some of whose types dwz has moved to {@code common.debug} beside it} */
    static Path moved(DwarfWorkshop workshop, String... options) {
        return workshop.step(place -> {
            Path program = workshop.linked(place, "program", List.of(), options);
            Files.copy(program, place.resolve("other"));
            DwarfWorkshop.run(place, program, "dwz", "-m", "common.debug", "@", "other");
            return program;
        });
    }

    private static void containers(List<DwarfCell> cells) {
        for (String kind : List.of("rcs", "rcsT")) {
            String name = kind.equals("rcs") ? "archive" : "thin archive";
            cells.add(cell(
                    5,
                    name,
                    List.of("ar"),
                    HOST,
                    (w, g) -> w.step(place -> {
                        Path first = w.compile(place, "types", w.text(), g);
                        // before DWARF 5 no word says _Atomic, so that structs of C would differ
                        String other = w.toolchain().isCxx() ? "-gdwarf-4" : g;
                        w.compile(place, "a_member_with_a_long_name", w.text(), other);
                        DwarfWorkshop.run(place, first, "ar", kind, "lib.a", "types.o", "a_member_with_a_long_name.o");
                        return place.resolve("lib.a");
                    })));
        }
        for (int version = 4; version <= 5; version++) {
            cells.add(cell(
                    version,
                    "objcopy --only-keep-debug, the debug file",
                    List.of("objcopy"),
                    HOST,
                    (w, g) -> stripped(w, ".", g).resolveSibling("program.debug")));
            for (String place : List.of(".", ".debug")) {
                cells.add(cell(
                        version, "debug link to " + place, List.of("objcopy"), HOST, (w, g) -> stripped(w, place, g)));
            }
        }
    }

    /** {@return a program without debug information, which a file in a directory beside it has} */
    private static Path stripped(DwarfWorkshop workshop, String directory, String... options)
            throws IOException, InterruptedException {
        Path program =
                workshop.changed(workshop.program(options), "objcopy", "--only-keep-debug", "@", "program.debug");
        Path place = program.getParent();
        DwarfWorkshop.run(
                place, program, "objcopy", "--strip-debug", "--add-gnu-debuglink=program.debug", program.toString());
        if (!directory.equals(".")) {
            Files.move(
                    place.resolve("program.debug"),
                    Files.createDirectory(place.resolve(directory)).resolve("program.debug"));
        }
        return program;
    }

    /** Makes a file with the option that chooses the version of DWARF. */
    private interface VersionedRecipe {
        Path make(DwarfWorkshop workshop, String version) throws IOException, InterruptedException;
    }

    private static DwarfCell cell(int version, String name, VersionedRecipe recipe) {
        return cell(version, name, List.of(), ANY, recipe);
    }

    private static DwarfCell cell(int version, String name, Predicate<NativeToolchain> fits, VersionedRecipe recipe) {
        return cell(version, name, List.of(), fits, recipe);
    }

    private static DwarfCell cell(
            int version, String name, List<String> tools, Predicate<NativeToolchain> fits, VersionedRecipe recipe) {
        return new DwarfCell("DWARF " + version + ", " + name, tools, fits, w -> recipe.make(w, "-gdwarf-" + version));
    }
}
