package dev.faultline.source.dwarf;

import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Inventory;
import dev.faultline.source.Subject;
import dev.faultline.source.elf.ElfFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files with debug information, and what is read from them. */
final class ReadDwarf {

    private ReadDwarf() {}

    /** {@return a file beside the tests of this package} */
    static Path kept(String name) throws URISyntaxException {
        return Path.of(ReadDwarf.class.getResource(name).toURI());
    }

    /** {@return what a file has} */
    static Inventory inventory(Path file) throws IOException {
        try (ElfFile elf = ElfFile.open(file.getFileName().toString(), file)) {
            return DwarfSource.of(elf, CompanionFiles.NONE).inventory();
        }
    }

    /** {@return all structs of a file, none of which may be left out, by name} */
    static Map<String, List<StructLayout>> all(Path file) throws IOException {
        Inventory inventory = inventory(file);
        if (!inventory.leftOut().isEmpty() || !inventory.unread().isEmpty()) {
            throw new AssertionError(inventory.leftOut() + " " + inventory.unread());
        }
        Map<String, List<StructLayout>> byName = new LinkedHashMap<>();
        for (Subject subject : inventory.subjects()) {
            byName.computeIfAbsent(subject.layout().name(), any -> new ArrayList<>())
                    .add(subject.layout());
        }
        return byName;
    }

    /** {@return the slots of a layout, a line each: {@code "u32 Wait.0 4+4"}} */
    static List<String> slots(StructLayout layout) {
        return layout.slots().stream().map(ReadDwarf::slot).toList();
    }

    private static String slot(Slot slot) {
        String place = " " + slot.byteOffset() + "+" + slot.byteSize();
        if (slot instanceof Slot.Field field) {
            return field.type().spelling() + " " + field.path() + place + (field.isPadding() ? " padding" : "");
        }
        return (slot instanceof Slot.Hole ? "hole" : slot instanceof Slot.NotShown ? "not shown" : "padding") + place;
    }
}
