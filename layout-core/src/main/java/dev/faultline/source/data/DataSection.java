package dev.faultline.source.data;

import dev.faultline.source.elf.Section;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A section of variables that a running program may write.
 *
 * @param name its name: {@code ".data"}
 * @param index its number in the file
 * @param byteAddress its address; 0 in an object file
 * @param byteSize its size in bytes
 * @param byteAlignment the power of two of which its address is a multiple
 * @param copies who has a copy of it
 */
record DataSection(String name, int index, long byteAddress, long byteSize, long byteAlignment, Copies copies) {

    /** Who has a copy of the variables of a section. */
    enum Copies {
        /** There is one copy, which all threads share. */
        SHARED,
        /** Each thread has its own. */
        THREAD,
        /** Each CPU has its own, in the Linux kernel. */
        CPU
    }

    private static final int PROGBITS = 1;
    private static final int NOBITS = 8;
    private static final long WRITE = 1;
    private static final long ALLOCATED = 2;
    private static final long EXECUTABLE = 4;
    private static final long THREAD_LOCAL = 0x400;

    /** A larger alignment is no multiple of pages of any machine, but a damaged file. */
    private static final long MOST_ALIGNMENT = 1L << 31;

    private static final String PER_CPU = ".data..percpu";

    /**
     * How sections begin that nothing writes once the program runs: constants whose pointers the loader fills in, its
     * tables, functions to be called at start and end, and what the kernel drops or locks after its start.
     */
    private static final List<String> CONSTANT = List.of(
            ".rodata",
            ".data.rel.ro",
            ".data..ro_after_init",
            ".got",
            ".plt",
            ".ctors",
            ".dtors",
            ".dynamic",
            ".init",
            ".fini",
            ".preinit",
            ".eh_frame",
            ".gcc_except_table",
            ".jcr",
            ".tm_clone_table");

    DataSection {
        Objects.requireNonNull(name);
        Objects.requireNonNull(copies);
    }

    /** {@return a section as one of variables; empty when it is none, or nothing writes them} */
    static Optional<DataSection> of(Section section) {
        long flags = section.flags();
        boolean isData = (section.type() == PROGBITS || section.type() == NOBITS)
                && (flags & WRITE) != 0
                && (flags & ALLOCATED) != 0
                && (flags & EXECUTABLE) == 0;
        if (!isData || CONSTANT.stream().anyMatch(section.name()::startsWith)) {
            return Optional.empty();
        }
        Copies copies = (flags & THREAD_LOCAL) != 0
                ? Copies.THREAD
                : section.name().startsWith(PER_CPU) ? Copies.CPU : Copies.SHARED;
        return Optional.of(new DataSection(
                section.name(),
                section.index(),
                section.address(),
                section.byteSize(),
                alignment(section.byteAlignment()),
                copies));
    }

    private static long alignment(long stated) {
        return stated > 0 && stated <= MOST_ALIGNMENT ? Long.lowestOneBit(stated) : 1;
    }

    /** {@return the address behind its last byte} */
    long byteEnd() {
        return byteAddress + byteSize;
    }
}
