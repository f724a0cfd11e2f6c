package dev.faultline.source.dwarf;

import dev.faultline.input.InputException;
import dev.faultline.layout.Slot;
import dev.faultline.source.Inventory;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Subject;
import dev.faultline.source.data.ProgramData;
import dev.faultline.source.data.ProgramSource;
import dev.faultline.source.elf.ArchiveFile;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.elf.FileBytes;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.LayoutUse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What the program does with a file that has DWARF: all that it tells is asked for. */
final class DwarfUse {

    private static final int MOST_LOCATED = 10_000;
    private static final int MOST_LOOKED_UP = 20;

    /** What a file told: its structs, and the lines about what it did not tell. */
    record Told(List<String> entries, Inventory inventory, List<String> lines) {}

    private DwarfUse() {}

    static ElfFile elf(byte[] content) {
        return ElfFile.of(FileBytes.of("broken", ByteBuffer.wrap(content)));
    }

    /** {@return all that a file tells} It may be an archive. */
    static Told of(byte[] content, CompanionFiles companions) {
        FileBytes bytes = FileBytes.of("broken", ByteBuffer.wrap(content));
        if (ArchiveFile.isArchive(content)) {
            try (ArchiveFile archive = ArchiveFile.of(bytes)) {
                LayoutSource source = DwarfSource.of(archive, any -> companions)
                        .orElseThrow(() -> new InputException("broken", "", "has no DWARF"));
                return of(source);
            }
        }
        try (ElfFile elf = ElfFile.of(bytes)) {
            DwarfSource source = DwarfSource.of(elf, companions);
            return of(new ProgramSource(source, ProgramData.of(elf, source.variables())));
        }
    }

    private static Told of(LayoutSource source) {
        List<String> lines = new ArrayList<>(source.notes());
        List<String> entries =
                source.entries().stream().map(LayoutSource.Entry::name).toList();
        entries.stream().limit(MOST_LOOKED_UP).forEach(name -> lookUp(source, name));
        lookUp(source, "no such name");
        lookUp(source, ".data");
        Inventory all = source.inventory();
        lines.addAll(all.unread());
        all.leftOut().forEach(one -> lines.add(one.reason()));
        int left = MOST_LOCATED;
        for (Subject subject : all.subjects()) {
            LayoutUse.analysed(subject);
            LayoutUse.written(subject.layout());
            subject.origins().locationOf("");
            subject.origins().locationOf("no.such[].path");
            for (Slot.Field field : subject.layout().fields()) {
                if (left-- > 0) {
                    subject.origins().locationOf(field.path());
                }
            }
        }
        source.missing(any -> true).unread().forEach(lines::add);
        for (String line : lines) {
            if (!Fuzz.isOneLine(line)) {
                throw new AssertionError("not a line: " + line);
            }
        }
        return new Told(entries, all, lines);
    }

    /** One struct may be refused, and so its name; others are not. */
    private static void lookUp(LayoutSource source, String name) {
        try {
            source.find(name);
        } catch (InputException refused) {
            if (!Fuzz.isOneLine(refused.getMessage())) {
                throw new AssertionError("not a line: " + refused.getMessage(), refused);
            }
        }
    }
}
