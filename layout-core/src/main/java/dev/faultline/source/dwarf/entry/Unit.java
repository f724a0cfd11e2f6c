package dev.faultline.source.dwarf.entry;

/**
 * A unit: the bytes of its entries, and what they refer to.
 *
 * @param bytes the unit from its length on; positions of entries count from there
 * @param header its header
 * @param abbreviations how its entries are written
 * @param strings the sections with the texts of its entries
 * @param sectionOffset where it starts in its section, in bytes
 * @param strOffsetsBase where its indexes of texts count from, in bytes
 * @param linesBase where the offset of its line table counts from, in bytes
 */
public record Unit(
        UnitBytes bytes,
        UnitHeader header,
        AbbreviationTable abbreviations,
        StringSections strings,
        long sectionOffset,
        long strOffsetsBase,
        long linesBase) {

    /** {@return the position of the unit's own entry} */
    public int root() {
        return header.byteSize();
    }

    /** {@return a copy whose offsets count from elsewhere} */
    public Unit withBases(long otherStrOffsetsBase, long otherLinesBase) {
        return new Unit(bytes, header, abbreviations, strings, sectionOffset, otherStrOffsetsBase, otherLinesBase);
    }

    /** {@return the text with a number, which {@link EntryReader#text} has returned} */
    public String text(long number) {
        UnitBytes from = strings.bytes(number, bytes);
        return from.text(strings.at(number, from));
    }

    /** {@return a hash of the text with a number, equal for equal texts; of its first 16,384 bytes} */
    public long textHash(long number) {
        return strings.hash(number, bytes);
    }

    /** {@return whether the text with a number has a character of ASCII; in its first 16,384 bytes} */
    public boolean textHas(long number, char character) {
        UnitBytes from = strings.bytes(number, bytes);
        return from.textHas(strings.at(number, from), (byte) character);
    }

    /**
     * Finds how an entry is written.
     *
     * @param at its position; its values are at {@link UnitBytes#next()}
     * @return its abbreviation; null at the end of a list of children
     * @throws IllegalArgumentException when the table does not have it
     */
    public Abbreviation abbreviation(int at) {
        long code = bytes.uleb(at);
        if (code == 0) {
            return null;
        }
        Abbreviation abbreviation = abbreviations.get(code);
        if (abbreviation == null) {
            throw new IllegalArgumentException("entry 0x" + Long.toHexString(sectionOffset + at) + " with abbreviation "
                    + code + ", which its table does not have");
        }
        return abbreviation;
    }

    /**
     * Counts an entry that is passed over again to find the end of a list.
     *
     * @throws IllegalArgumentException when entries of the unit were passed over too often
     */
    public void pass() {
        bytes.pass();
    }

    /**
     * {@return the position behind an entry whose values start at a position}
     *
     * @throws IllegalArgumentException when entries of the unit were passed over too often
     */
    public int behind(Abbreviation abbreviation, int values) {
        pass();
        return abbreviation.skip(bytes, values, header);
    }
}
