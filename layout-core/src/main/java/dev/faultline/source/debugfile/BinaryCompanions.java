package dev.faultline.source.debugfile;

import dev.faultline.source.dwarf.CompanionFiles;
import dev.faultline.source.dwarf.type.SplitUnit;
import dev.faultline.source.elf.ElfFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The other files of one binary, looked for on this machine.
 *
 * @param files finds them
 * @param elf the binary or its debug information, open as long as they are looked for
 * @param paths its path and those of files it was split from; empty when it was read from a stream
 */
public record BinaryCompanions(DebugFiles files, ElfFile elf, List<Path> paths) implements CompanionFiles {

    public BinaryCompanions {
        Objects.requireNonNull(files);
        Objects.requireNonNull(elf);
        paths = List.copyOf(paths);
    }

    @Override
    public Optional<ElfFile> alternate() {
        return first(path -> files.alternate(elf, path));
    }

    @Override
    public Optional<ElfFile> splitPackage() {
        return first(path -> files.splitPackage(elf, path));
    }

    @Override
    public Optional<ElfFile> split(SplitUnit unit) {
        return first(path -> files.split(unit.file(), unit.directory(), path));
    }

    private Optional<ElfFile> first(Function<Optional<Path>, DebugFile> search) {
        List<Optional<Path>> tried = paths.isEmpty()
                ? List.of(Optional.empty())
                : paths.stream().map(Optional::of).toList();
        return tried.stream()
                .flatMap(path -> search.apply(path).path().stream())
                .findFirst()
                .map(file -> ElfFile.open(file.toString(), file));
    }
}
