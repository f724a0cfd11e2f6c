package dev.faultline.source.data;

import dev.faultline.machine.Placement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sections of one program that lie one behind the other, so that variables of two of them can share a line: as a rule
 * {@code .data} and {@code .bss}. In an object file, whose sections the linker places, each section is a run.
 *
 * @param sections the sections by address, at least one
 * @param isLinked whether their addresses are known
 */
record DataRun(List<DataSection> sections, boolean isLinked) {

    /** A multiple of all lines and of their prefetched pairs, in bytes; each page starts at a multiple. */
    private static final long BLOCK_BYTES = 512;

    /** Loaders keep addresses modulo the size of a page, which is at least this. */
    private static final long PAGE_BYTES = 4096;

    /** The sections that people know; a run that has one is called by it. */
    private static final List<String> KNOWN = List.of(".data", ".bss", ".tdata");

    DataRun {
        sections = List.copyOf(sections);
        if (sections.isEmpty()) {
            throw new IllegalArgumentException("a run without sections");
        }
    }

    /** {@return the runs of these sections, by address} */
    static List<DataRun> of(List<DataSection> sections, boolean isLinked) {
        List<DataSection> sorted = new ArrayList<>(sections);
        if (isLinked) {
            sorted.sort(Comparator.comparing(DataSection::copies).thenComparing(DataSection::byteAddress));
        }
        List<DataRun> runs = new ArrayList<>();
        List<DataSection> run = new ArrayList<>();
        for (DataSection section : sorted) {
            if (!run.isEmpty() && !(isLinked && continues(run, section))) {
                runs.add(new DataRun(run, isLinked));
                run.clear();
            }
            run.add(section);
        }
        if (!run.isEmpty()) {
            runs.add(new DataRun(run, isLinked));
        }
        return runs;
    }

    /** {@return whether a section lies behind others with no more between than alignment or small tables explain} */
    private static boolean continues(List<DataSection> run, DataSection next) {
        DataSection last = run.get(run.size() - 1);
        long gap = next.byteAddress() - last.byteEnd();
        return last.copies() == next.copies() && gap >= 0 && gap < Math.max(next.byteAlignment(), BLOCK_BYTES);
    }

    /** {@return the name of its layout: {@code ".data"} where that is one of the sections, else the first} */
    String name() {
        return KNOWN.stream().filter(this::has).findFirst().orElse(first().name());
    }

    /** {@return whether it has a section of that name} */
    boolean has(String section) {
        return sections.stream().anyMatch(one -> one.name().equals(section));
    }

    /** {@return the address of byte 0 of the layout: of a linked program a multiple of lines, at or before the run} */
    long byteBase() {
        return isLinked && copies() != DataSection.Copies.THREAD
                ? first().byteAddress() & -BLOCK_BYTES
                : first().byteAddress();
    }

    /** {@return the address behind the last byte} */
    long byteEnd() {
        return last().byteEnd();
    }

    /** {@return who has a copy of its variables} */
    DataSection.Copies copies() {
        return first().copies();
    }

    /** {@return where byte 0 of the layout may be} */
    Placement placement() {
        if (!isLinked) {
            return new Placement(
                    first().byteAlignment(), "alignment of the section in an object file; the linker places it");
        }
        return switch (copies()) {
            case THREAD ->
                new Placement(
                        sections.stream()
                                .mapToLong(DataSection::byteAlignment)
                                .max()
                                .orElse(1),
                        "alignment of the block that each thread has");
            case CPU -> new Placement(pageAlignment(), "offset in the area that each CPU has");
            case SHARED -> new Placement(pageAlignment(), "address 0x" + Long.toHexString(byteBase()));
        };
    }

    private long pageAlignment() {
        long base = byteBase();
        return base == 0 ? PAGE_BYTES : Math.min(PAGE_BYTES, Long.lowestOneBit(base));
    }

    /** {@return the sections in words: {@code "sections .data and .bss"}} */
    String words() {
        List<String> names = sections.stream().map(DataSection::name).distinct().toList();
        int last = names.size() - 1;
        return last == 0
                ? "section " + names.get(0)
                : "sections " + String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private DataSection first() {
        return sections.get(0);
    }

    private DataSection last() {
        return sections.get(sections.size() - 1);
    }
}
