package dev.faultline.source.dwarf;

import dev.faultline.layout.StructLayout;
import dev.faultline.source.Inventory;
import dev.faultline.source.Subject;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.testing.NativeCompiler;
import dev.faultline.testing.NativeTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Source text that a compiler has made a shared library of, read by its debug information.
 *
 * @param inventory what was read
 */
record CompiledDwarf(Inventory inventory) {

    /**
     * Compiles and reads.
     *
     * @param directory where the files go
     * @param command the compiler with its options
     * @param texts the source files
     */
    static CompiledDwarf of(Path directory, String command, String... texts) throws IOException, InterruptedException {
        boolean isCxx = command.contains("++");
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        Path place = Files.createTempDirectory(directory, "compiled");
        Path library = place.resolve("types.so");
        words.addAll(List.of("-w", "-shared", "-fPIC", "-o", library.toString()));
        for (int i = 0; i < texts.length; i++) {
            words.add(Files.writeString(place.resolve("unit" + i + (isCxx ? ".cc" : ".c")), texts[i])
                    .toString());
        }
        new NativeCompiler(NativeTypes.of(isCxx, ""), place).run(words);
        try (ElfFile elf = ElfFile.open(library.toString(), library)) {
            return new CompiledDwarf(DwarfSource.of(elf, CompanionFiles.NONE).inventory());
        }
    }

    /** {@return the layouts} */
    List<StructLayout> layouts() {
        return inventory.subjects().stream().map(Subject::layout).toList();
    }

    /** {@return the names of the layouts} */
    List<String> names() {
        return layouts().stream().map(StructLayout::name).toList();
    }

    /** {@return the only layout of a name} */
    StructLayout layout(String name) {
        List<StructLayout> all =
                layouts().stream().filter(one -> one.name().equals(name)).toList();
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " layouts of " + name + " among " + names());
        }
        return all.get(0);
    }
}
