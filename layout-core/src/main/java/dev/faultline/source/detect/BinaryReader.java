package dev.faultline.source.detect;

import dev.faultline.input.InputException;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.btf.BtfSource;
import dev.faultline.source.data.DescribedVariables;
import dev.faultline.source.data.MissingTypes;
import dev.faultline.source.data.ProgramData;
import dev.faultline.source.data.ProgramSource;
import dev.faultline.source.debugfile.BinaryCompanions;
import dev.faultline.source.debugfile.DebugFile;
import dev.faultline.source.debugfile.DebugFiles;
import dev.faultline.source.dwarf.DwarfSource;
import dev.faultline.source.elf.ArchiveFile;
import dev.faultline.source.elf.ElfFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes a source of a binary: of its types, wherever its debug information is, and of its global variables.
 *
 * @param files finds debug information outside the binary
 * @param givenBase the file of {@code --base}
 * @param base opens the BTF that split BTF refers to; asked for BTF only
 * @param wanted the one struct that is looked for, where DWARF is read for no other unless it is asked for
 */
record BinaryReader(
        DebugFiles files, Optional<Path> givenBase, Supplier<Optional<BtfSource>> base, Optional<Wanted> wanted) {

    /**
     * A struct that is looked for first.
     *
     * @param name its name as people write it
     * @param whole opens the binary to read all of it
     */
    record Wanted(String name, Supplier<LayoutSource> whole) {}

    /** Sections that kernels and their modules have. */
    private static final List<String> OF_KERNEL = List.of("__ksymtab", "__ex_table", ".modinfo");

    /** The machine of programs that run in the kernel, EM_BPF. */
    private static final int BPF = 247;

    private static final String SYMBOLS = ".symtab";

    /**
     * Reads a binary.
     *
     * @param elf the binary, closed by the caller
     * @param path its path; empty when it comes from a stream
     * @return the source
     * @throws InputException when it has no debug information, or that is broken
     */
    LayoutSource read(ElfFile elf, Optional<Path> path) {
        boolean hasBtf = elf.has(BtfSource.SECTION);
        if (DwarfSource.isIn(elf) && !(hasBtf && (givenBase.isPresent() || isForKernel(elf)))) {
            return described(elf, elf, path.stream().toList());
        }
        if (hasBtf) {
            return withData(BtfSource.of(elf, base.get()), ProgramData.of(elf, DescribedVariables.none()));
        }
        BinaryWithoutTypes kind = BinaryWithoutTypes.of(elf);
        if (!kind.hasNoTypes()) {
            throw new InputException(elf.source(), "", kind.message(elf));
        }
        DebugFile separate = files.separate(elf, path);
        if (separate.path().isPresent()) {
            return separate(elf, path, separate.path().get());
        }
        String message = kind.message(elf) + "; " + separate.words();
        ProgramData data = ProgramData.of(elf, DescribedVariables.none());
        if (!data.isEmpty() && data.isComplete()) {
            return new ProgramSource(new MissingTypes(elf.source(), message), data);
        }
        throw new InputException(elf.source(), "", message);
    }

    /** Reads a binary whose debug information is in a file of its own. */
    private LayoutSource separate(ElfFile elf, Optional<Path> binary, Path path) {
        try (ElfFile debug = ElfFile.open(elf.source(), path)) {
            if (!DwarfSource.isIn(debug)) {
                throw new InputException(
                        elf.source(), "", "its debug information, " + path + ", has no types (no section .debug_info)");
            }
            List<Path> paths = binary.map(own -> List.of(path, own)).orElse(List.of(path));
            return described(debug, elf.has(SYMBOLS) ? elf : debug, paths);
        }
    }

    /**
     * Reads types from DWARF.
     *
     * @param debug the file that has it
     * @param symbols the file that has the symbols
     * @param paths the path of the file that has DWARF, and that of the binary
     */
    private LayoutSource described(ElfFile debug, ElfFile symbols, List<Path> paths) {
        givenBase.ifPresent(given -> refuse(debug.source(), given));
        BinaryCompanions companions = new BinaryCompanions(files, debug, paths);
        if (wanted.isPresent()) {
            String name = wanted.get().name();
            Optional<Lookup.Found> found = DwarfSource.findAlone(debug, companions, name);
            if (found.isPresent()) {
                List<String> notes = DwarfSource.notes(debug);
                return new FoundAlone(
                        debug.source(), name, found.get(), notes, wanted.get().whole());
            }
        }
        DwarfSource types = DwarfSource.of(debug, companions);
        return withData(types, ProgramData.of(symbols, types.variables()));
    }

    /**
     * Reads the object files of a static library as one source.
     *
     * @param archive the library, closed by the caller
     * @param path its path, beside which split units are looked for; empty when it comes from a stream
     * @return the source
     * @throws InputException when no object file has DWARF, or one is broken
     */
    LayoutSource read(ArchiveFile archive, Optional<Path> path) {
        List<Path> paths = path.stream().toList();
        Optional<DwarfSource> types = DwarfSource.of(archive, elf -> new BinaryCompanions(files, elf, paths));
        if (types.isEmpty()) {
            throw new InputException(archive.source(), "", StaticArchive.message(archive));
        }
        givenBase.ifPresent(given -> refuse(archive.source(), given));
        return types.get();
    }

    private static LayoutSource withData(LayoutSource types, ProgramData data) {
        return data.isEmpty() ? types : new ProgramSource(types, data);
    }

    /** {@return whether the kernel runs it, whose BTF is complete and read sooner; of programs DWARF tells more} */
    private static boolean isForKernel(ElfFile elf) {
        return elf.machine() == BPF || OF_KERNEL.stream().anyMatch(elf::has);
    }

    private static void refuse(String source, Path given) {
        throw new InputException(
                source, "", "has DWARF, which is complete by itself; leave out --base " + given + ", which is for BTF");
    }
}
