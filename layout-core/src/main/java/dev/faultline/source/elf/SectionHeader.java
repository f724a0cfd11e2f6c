package dev.faultline.source.elf;

import java.nio.ByteBuffer;

/**
 * An entry of the table of sections, as it is in the file.
 *
 * @param nameOffset offset of the name in the section of names
 * @param type {@code sh_type}
 * @param flags {@code sh_flags}
 * @param address {@code sh_addr}
 * @param byteOffset offset of the content in the file
 * @param byteSize size of the content in the file
 * @param link {@code sh_link}
 * @param info {@code sh_info}
 * @param byteAlignment {@code sh_addralign}
 * @param entryBytes {@code sh_entsize}
 */
record SectionHeader(
        int nameOffset,
        int type,
        long flags,
        long address,
        long byteOffset,
        long byteSize,
        int link,
        int info,
        long byteAlignment,
        long entryBytes) {

    static final int NULL = 0;
    static final int NOBITS = 8;
    static final long COMPRESSED = 0x800;

    /** {@return the entry at a place of a part of the table} */
    static SectionHeader read(ByteBuffer entries, int at, boolean wide) {
        return wide
                ? new SectionHeader(
                        entries.getInt(at),
                        entries.getInt(at + 4),
                        entries.getLong(at + 8),
                        entries.getLong(at + 16),
                        entries.getLong(at + 24),
                        entries.getLong(at + 32),
                        entries.getInt(at + 40),
                        entries.getInt(at + 44),
                        entries.getLong(at + 48),
                        entries.getLong(at + 56))
                : new SectionHeader(
                        entries.getInt(at),
                        entries.getInt(at + 4),
                        word(entries, at + 8),
                        word(entries, at + 12),
                        word(entries, at + 16),
                        word(entries, at + 20),
                        entries.getInt(at + 24),
                        entries.getInt(at + 28),
                        word(entries, at + 32),
                        word(entries, at + 36));
    }

    private static long word(ByteBuffer bytes, int at) {
        return bytes.getInt(at) & 0xffffffffL;
    }
}
