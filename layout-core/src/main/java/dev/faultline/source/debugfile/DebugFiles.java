package dev.faultline.source.debugfile;

import dev.faultline.source.elf.BuildId;
import dev.faultline.source.elf.ElfFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the files with the debug information of a binary.
 *
 * @param roots the directories of the machine that have such files
 */
public record DebugFiles(DebugRoots roots) {

    private static final String UNITS = ".debug_info";
    private static final String SPLIT_UNITS = ".debug_info.dwo";
    private static final String BY_ID = ".build-id";
    private static final String DEBUG_ENDING = ".debug";
    private static final String PACKAGE_ENDING = ".dwp";
    private static final String HIDDEN = ".debug";
    private static final String DWZ = ".dwz";
    private static final String CACHED = "debuginfo";

    public DebugFiles {
        Objects.requireNonNull(roots);
    }

    /**
     * Finds the debug information that was taken out of a binary: by its build-id, by the name and checksum that the
     * binary has ({@code .gnu_debuglink}), and by its path.
     *
     * @param elf the binary
     * @param path its path; empty when it was read from a stream
     * @return the file, or where it is not
     */
    public DebugFile separate(ElfFile elf, Optional<Path> path) {
        DebugSearch search = new DebugSearch(path, UNITS);
        Optional<BuildId> id = BuildId.of(elf);
        id.ifPresent(build -> searchById(search, build));
        DebugLink.of(elf).filter(link -> isPlain(link.name())).ifPresent(link -> searchByLink(search, link, path));
        if (id.isPresent() && path.isPresent()) {
            searchByPath(search, id.get(), path.get());
        }
        return search.result();
    }

    private void searchById(DebugSearch search, BuildId id) {
        for (Path root : roots.directories()) {
            search.at(root.resolve(BY_ID).resolve(id.path(DEBUG_ENDING)), id);
        }
        for (Path cache : roots.caches()) {
            search.at(cache.resolve(id.digits()).resolve(CACHED), id);
        }
    }

    private void searchByLink(DebugSearch search, DebugLink link, Optional<Path> path) {
        for (Path directory : path.map(DebugSearch::directories).orElse(List.of())) {
            at(search, directory, link);
            at(search, directory.resolve(HIDDEN), link);
            for (Path root : roots.directories()) {
                at(search, below(root, directory), link);
            }
        }
        for (Path root : roots.directories()) {
            at(search, root, link);
        }
    }

    private static void at(DebugSearch search, Path directory, DebugLink link) {
        DebugSearch.below(directory, link.name()).ifPresent(place -> search.at(place, link));
    }

    /** Looks where packages put the debug information of binaries without a link, such as kernels. */
    private void searchByPath(DebugSearch search, BuildId id, Path path) {
        for (Path directory : DebugSearch.directories(path)) {
            for (Path root : roots.directories()) {
                Path twin = below(root, directory).resolve(path.getFileName());
                search.at(twin.resolveSibling(path.getFileName() + DEBUG_ENDING), id);
                search.at(twin, id);
            }
        }
    }

    private static Path below(Path root, Path directory) {
        Path start = directory.getRoot();
        return root.resolve(start == null ? directory : start.relativize(directory));
    }

    /** {@return whether a name is one of a file in a directory, as that of a link must be} */
    private static boolean isPlain(String name) {
        return name.indexOf('/') < 0 && !name.equals(".") && !name.equals("..");
    }

    /**
     * Finds the file to which dwz has moved what several binaries have in common ({@code .gnu_debugaltlink}).
     *
     * @param elf a binary or its debug information
     * @param path its path; empty when it was read from a stream
     * @return the file, or where it is not
     */
    public DebugFile alternate(ElfFile elf, Optional<Path> path) {
        DebugSearch search = new DebugSearch(path, UNITS);
        DebugLink.alternateOf(elf).ifPresent(link -> {
            List<Path> directories = path.map(DebugSearch::directories).orElse(List.of(Path.of("/")));
            for (Path directory : directories) {
                at(search, directory, link); // the name of a link may be a whole path
            }
            int tail = link.name().lastIndexOf(DWZ + "/");
            String name = link.name().substring(tail < 0 ? link.name().lastIndexOf('/') + 1 : tail + DWZ.length() + 1);
            for (Path root : roots.directories()) {
                DebugSearch.below(root.resolve(DWZ), name).ifPresent(place -> search.at(place, link));
            }
            link.id().ifPresent(id -> searchById(search, id));
        });
        return search.result();
    }

    /**
     * Finds the package of the split units of a binary.
     *
     * @param elf the binary or its debug information
     * @param path its path; empty when it was read from a stream
     * @return the file, or where it is not
     */
    public DebugFile splitPackage(ElfFile elf, Optional<Path> path) {
        DebugSearch search = new DebugSearch(path, SPLIT_UNITS);
        if (path.isPresent()) {
            for (Path directory : DebugSearch.directories(path.get())) {
                Path file = directory.resolve(path.get().getFileName());
                search.at(file.resolveSibling(file.getFileName() + PACKAGE_ENDING));
                String name = file.getFileName().toString();
                if (name.endsWith(DEBUG_ENDING)) { // of app.debug, app.dwp
                    String stem = name.substring(0, name.length() - DEBUG_ENDING.length());
                    search.at(file.resolveSibling(stem + PACKAGE_ENDING));
                }
            }
        }
        BuildId.of(elf).ifPresent(id -> {
            for (Path root : roots.directories()) {
                search.at(root.resolve(BY_ID).resolve(id.path(PACKAGE_ENDING)));
            }
        });
        return search.result();
    }

    /**
     * Finds the file of a split unit.
     *
     * @param name its name, as the compiler was given it
     * @param directory where the compiler ran; empty when it is not known
     * @param path the path of the binary; empty when it was read from a stream
     * @return the file, or where it is not
     */
    public DebugFile split(String name, String directory, Optional<Path> path) {
        DebugSearch search = new DebugSearch(path, SPLIT_UNITS);
        List<Path> beside = path.map(DebugSearch::directories).orElse(List.of());
        if (!directory.isEmpty()) {
            for (Path start : beside.isEmpty() ? List.of(Path.of("/")) : beside) {
                DebugSearch.below(start, directory)
                        .flatMap(compiled -> DebugSearch.below(compiled, name))
                        .ifPresent(search::at);
            }
        }
        String last = name.substring(name.lastIndexOf('/') + 1);
        for (Path start : beside) {
            DebugSearch.below(start, name).ifPresent(search::at);
            DebugSearch.below(start, last).ifPresent(search::at);
        }
        return search.result();
    }
}
