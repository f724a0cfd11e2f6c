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
import dev.faultline.testing.AllocatedBytes;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.LayoutUse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What the program does with a file that has DWARF: all that it tells is asked for. */
final class DwarfUse {

    private static final int MOST_LOCATED = 10_000;
    private static final int MOST_LOOKED_UP = 5;

    /** What a file told: its structs, and the lines about what it did not tell. */
    record Told(List<String> entries, Inventory inventory, List<String> lines) {}

    private DwarfUse() {}

    static ElfFile elf(byte[] content) {
        return ElfFile.of(FileBytes.of("broken", ByteBuffer.wrap(content)));
    }

    /** {@return all that a file tells, each struct of which was analysed and written} It may be an archive. */
    static Told of(byte[] content, CompanionFiles companions) {
        return of(content, companions, DwarfUse::analyse, Long.MAX_VALUE);
    }

    /**
     * {@return all that a file tells}
     *
     * @param content the file, which may be an archive
     * @param companions its other files
     * @param user is given each struct
     * @param mostAllocated how many bytes opening it may allocate, garbage included
     */
    static Told of(byte[] content, CompanionFiles companions, Consumer<Subject> user, long mostAllocated) {
        FileBytes bytes = FileBytes.of("broken", ByteBuffer.wrap(content));
        if (ArchiveFile.isArchive(content)) {
            try (ArchiveFile archive = ArchiveFile.of(bytes)) {
                LayoutSource source = opened(mostAllocated, () -> DwarfSource.of(archive, any -> companions))
                        .orElseThrow(() -> new InputException("broken", "", "has no DWARF"));
                return of(source, user);
            }
        }
        try (ElfFile elf = ElfFile.of(bytes)) {
            DwarfSource source = opened(mostAllocated, () -> DwarfSource.of(elf, companions));
            List<LayoutSource.Entry> entries = source.entries();
            if (!entries.isEmpty() && entries.size() <= FEW) {
                findAlone(elf, companions, entries.get(entries.size() / 2).name());
            }
            return of(new ProgramSource(source, ProgramData.of(elf, source.variables())), user);
        }
    }

    /** Opens a source, which may be refused, and must not allocate more than that. */
    private static <T> T opened(long mostAllocated, Supplier<T> reader) {
        long before = AllocatedBytes.ofThread();
        T source;
        try {
            source = reader.get();
        } catch (InputException refused) {
            checkAllocated(AllocatedBytes.ofThread() - before, mostAllocated);
            throw refused;
        }
        checkAllocated(AllocatedBytes.ofThread() - before, mostAllocated);
        return source;
    }

    private static void checkAllocated(long byteSize, long most) {
        if (byteSize > most) {
            throw new AssertionError("too much is allocated: " + byteSize + " bytes");
        }
    }

    /** Has every rule judge a struct, and writes it. */
    static void analyse(Subject subject) {
        LayoutUse.analysed(subject);
        LayoutUse.written(subject.layout());
    }

    private static Told of(LayoutSource source, Consumer<Subject> user) {
        List<String> lines = new ArrayList<>(source.notes());
        List<String> entries =
                source.entries().stream().map(LayoutSource.Entry::name).toList();
        int step = 1 + entries.size() / MOST_LOOKED_UP;
        for (int i = 0; i < entries.size(); i += step) {
            lookUp(source, entries.get(i));
        }
        lookUp(source, "no such name");
        lookUp(source, ".data");
        Inventory all = source.inventory();
        lines.addAll(all.unread());
        all.leftOut().forEach(one -> lines.add(one.reason()));
        int left = MOST_LOCATED;
        for (Subject subject : all.subjects()) {
            user.accept(subject);
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

    /** A file of more structs is not read twice: the limit of time is for one reading. */
    private static final int FEW = 100;

    private static void findAlone(ElfFile elf, CompanionFiles companions, String name) {
        try {
            DwarfSource.findAlone(elf, companions, name);
        } catch (InputException refused) {
            if (!Fuzz.isOneLine(refused.getMessage())) {
                throw new AssertionError("not a line: " + refused.getMessage(), refused);
            }
        }
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
