package dev.faultline.source.dwarf;

import dev.faultline.input.InputException;
import dev.faultline.source.dwarf.entry.LineFiles;
import dev.faultline.source.dwarf.entry.StringSections;
import dev.faultline.source.dwarf.entry.UnitBytes;
import dev.faultline.source.elf.Section;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The source files that the line tables of a file name. A table that cannot be read has none, since layouts do not
 * depend on it. Safe for use by several threads.
 */
final class LineTables {

    private static final int HEAD_BYTES = 24;
    private static final int MOST_HEADER_BYTES = 64 << 20;
    private static final int MOST_ADDRESS_BYTES = 8;
    private static final int LEAST_BYTES = 1 << 20;
    private static final int MOST_REPEATS = 2;

    private final Optional<Section> section;
    private final StringSections strings;
    private final long sectionBytes;

    /** How many bytes of tables may still be read: tables that overlap have more than their section. */
    private final AtomicLong bytesLeft;

    private final Map<Long, LineFiles> known = new ConcurrentHashMap<>();

    LineTables(Optional<Section> section, StringSections strings) {
        this.section = section.filter(Section::hasContent);
        this.strings = strings;
        this.sectionBytes = byteSize(this.section);
        this.bytesLeft = new AtomicLong(LEAST_BYTES + MOST_REPEATS * sectionBytes);
    }

    /** {@return the size of the section; 0 when there is none, or it lies outside the file} */
    private static long byteSize(Optional<Section> section) {
        try {
            return section.map(Section::byteSize).orElse(0L);
        } catch (InputException broken) {
            return 0;
        }
    }

    /** {@return the files of the table at an offset; none when there is no table, or it is broken} */
    LineFiles at(long byteOffset) {
        return known.computeIfAbsent(byteOffset, this::read);
    }

    private LineFiles read(long byteOffset) {
        if (byteOffset < 0 || byteOffset > sectionBytes - HEAD_BYTES) {
            return LineFiles.NONE;
        }
        try {
            long left = sectionBytes - byteOffset;
            long size = LineFiles.headerBytes(bytes(byteOffset, HEAD_BYTES));
            long some = Math.min(left, Math.max(HEAD_BYTES, size));
            if (some > MOST_HEADER_BYTES || bytesLeft.addAndGet(-some) < 0) {
                return LineFiles.NONE;
            }
            return LineFiles.read(bytes(byteOffset, (int) some), strings, MOST_ADDRESS_BYTES);
        } catch (InputException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            return LineFiles.NONE;
        }
    }

    private UnitBytes bytes(long byteOffset, int byteSize) {
        return DwarfSections.bytes(section.orElseThrow().read(byteOffset, byteSize, "a line table"));
    }
}
