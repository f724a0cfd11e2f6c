package dev.faultline.source.btf;

import dev.faultline.input.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The type records of one BTF file and of the file it continues, by id. Ids and string offsets of a split file continue
 * those of its base. Every offset and length is checked here.
 */
final class BtfTypes {

    /** Names are cut after this many bytes. */
    static final int LONGEST_NAME_BYTES = 4096;

    private static final int MEMBER_WORDS = 3;
    private static final int PARAMETER_WORDS = 2;

    private final BtfHeader header;
    private final ByteBuffer data;
    private final BtfIndex index;
    private final Optional<BtfBase> base;
    private final OptionalInt pointerBytes;
    private final boolean sizesOnly;
    private final int firstId;
    private final long firstString;

    /** The result of {@link #pointerSize}; 0 before it is asked for. */
    private int pointerSize;

    private BtfTypes(BtfHeader header, Optional<BtfBase> base, OptionalInt pointerBytes, boolean sizesOnly) {
        this.header = header;
        this.data = header.data();
        this.base = base;
        this.pointerBytes = pointerBytes;
        this.sizesOnly = sizesOnly;
        this.firstId = base.map(other -> other.types().endId()).orElse(1);
        this.firstString =
                base.flatMap(BtfBase::strings).map(BtfTypes::endString).orElse(0L);
        this.index = new BtfIndex(header, firstId, base.map(other -> other.types().header));
    }

    /** {@return the records of a file that is complete, or that continues the base} */
    static BtfTypes of(BtfHeader header, Optional<BtfBase> base, OptionalInt pointerBytes) {
        return new BtfTypes(header, base, pointerBytes, false);
    }

    /** {@return the records of a base with only the sizes of structs; its ids follow those of other types, if any} */
    static BtfTypes ofSizes(BtfHeader header, Optional<BtfTypes> before, OptionalInt pointerBytes) {
        return new BtfTypes(header, before.map(BtfBase::beside), pointerBytes, true);
    }

    String source() {
        return header.source();
    }

    ByteOrder byteOrder() {
        return data.order();
    }

    /** {@return the first id of this file; lower ones are those of the base} */
    int firstId() {
        return firstId;
    }

    /** {@return one past the last id} */
    int endId() {
        return firstId + index.count();
    }

    /** {@return the offset of the first of this file's strings} */
    long firstString() {
        return firstString;
    }

    /** {@return the offset behind the last of this file's strings} */
    long endString() {
        return firstString + header.strings().byteSize();
    }

    /** {@return the size of a pointer as far as it is known from elsewhere than the types} */
    OptionalInt pointerBytes() {
        return pointerBytes.isPresent() || base.isEmpty()
                ? pointerBytes
                : base.get().types().pointerBytes();
    }

    /** {@return the size of a pointer in bytes, 4 or 8} */
    int pointerSize() {
        if (pointerSize == 0) {
            pointerSize = BtfPointerSize.of(this);
        }
        return pointerSize;
    }

    /** {@return how many records of this file there are of each kind that is not known} */
    Map<Integer, Integer> unknownKinds() {
        return index.unknownKinds();
    }

    /** {@return the kind; 0 for {@code void}} */
    int kind(int id) {
        return id == 0 ? BtfKind.VOID : BtfKind.of(word(id, 1));
    }

    boolean isAggregate(int id) {
        int kind = kind(id);
        return kind == BtfKind.STRUCT || kind == BtfKind.UNION;
    }

    /** {@return whether the members of a struct or union are not in the file} */
    boolean isSizeOnly(int id) {
        return owner(id).sizesOnly && isAggregate(id);
    }

    /** {@return the number of members, parameters or values} */
    int vlen(int id) {
        return BtfKind.vlen(word(id, 1));
    }

    /** {@return the top bit of the record's info word: members have bit-field sizes} */
    boolean flag(int id) {
        return word(id, 1) < 0;
    }

    /** {@return the size in bytes that the record states} */
    long byteSize(int id) {
        return word(id, 2) & 0xffffffffL;
    }

    /** {@return the type that a pointer, typedef or qualifier refers to, or that a function returns} */
    int target(int id) {
        return reference(id, 2);
    }

    /** {@return the word that follows the record of a number: bits, and where they start} */
    int encoding(int id) {
        return word(id, 3);
    }

    int elementType(int id) {
        return reference(id, 3);
    }

    int indexType(int id) {
        return reference(id, 4);
    }

    long elementCount(int id) {
        return word(id, 5) & 0xffffffffL;
    }

    String memberName(int id, int member) {
        return owner(id).string(word(id, 3 + MEMBER_WORDS * member));
    }

    int memberType(int id, int member) {
        return reference(id, 4 + MEMBER_WORDS * member);
    }

    /** {@return where a member is: bits from the start of the struct, and its width if {@link #flag} is set} */
    int memberPlace(int id, int member) {
        return word(id, 5 + MEMBER_WORDS * member);
    }

    int parameterType(int id, int parameter) {
        return reference(id, 4 + PARAMETER_WORDS * parameter);
    }

    String name(int id) {
        return owner(id).string(word(id, 0));
    }

    /** {@return whether the name of a record is just these bytes, fewer than {@link #LONGEST_NAME_BYTES}} */
    boolean isNamed(int id, byte[] name) {
        return owner(id).isString(word(id, 0), name);
    }

    private boolean isString(int stringOffset, byte[] expected) {
        long offset = stringOffset & 0xffffffffL;
        if (offset < firstString) {
            return base.flatMap(BtfBase::strings).orElseThrow().isString(stringOffset, expected);
        }
        long start = header.strings().start() + offset - firstString;
        long end = start + expected.length;
        if (end > header.strings().end() || end < header.strings().end() && data.get((int) end) != 0) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (data.get((int) start + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** {@return the id that a word of a record means} */
    int reference(int id, int word) {
        return owner(id).idOf(word(id, word));
    }

    private int idOf(int written) {
        return base.isPresent() ? base.get().idOf(written) : written;
    }

    /** {@return word {@code index} of a record, from its start} */
    int word(int id, int index) {
        int ordinal = id - firstId;
        if (ordinal >= 0 && ordinal < this.index.count()) {
            return data.getInt(this.index.offset(ordinal) + Integer.BYTES * index);
        }
        if (ordinal < 0 && id > 0 && base.isPresent()) {
            return base.get().types().word(id, index);
        }
        throw new InputException(
                source(), "type " + (id & 0xffffffffL), "no such type; the last id is " + (endId() - 1));
    }

    /** {@return the string at an offset as this file counts them; the base's strings come first} */
    String string(int stringOffset) {
        long offset = stringOffset & 0xffffffffL;
        if (offset < firstString) {
            return base.flatMap(BtfBase::strings).orElseThrow().string(stringOffset);
        }
        if (offset >= endString()) {
            throw new InputException(
                    source(),
                    "string 0x" + Long.toHexString(offset),
                    "beyond the " + endString() + " bytes of strings");
        }
        int start = (int) (header.strings().start() + offset - firstString);
        int end = start;
        while (end < header.strings().end() && data.get(end) != 0 && end - start < LONGEST_NAME_BYTES) {
            end++;
        }
        byte[] bytes = new byte[end - start];
        data.get(start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** {@return whether a string starts at this offset, so that it is no part of another} */
    boolean isStringStart(long stringOffset) {
        if (stringOffset < firstString) {
            return base.flatMap(BtfBase::strings).orElseThrow().isStringStart(stringOffset);
        }
        long own = stringOffset - firstString;
        return own == 0
                || own < header.strings().byteSize()
                        && data.get((int) (header.strings().start() + own - 1)) == 0;
    }

    /** {@return whether no other string of this file follows the one at this offset} */
    boolean isLastString(long stringOffset) {
        if (stringOffset < firstString) {
            return false;
        }
        int at = (int) (header.strings().start() + stringOffset - firstString);
        while (at < header.strings().end() && data.get(at) != 0) {
            at++;
        }
        return at >= header.strings().end() - 1;
    }

    private BtfTypes owner(int id) {
        return id < firstId && base.isPresent() ? base.get().types().owner(id) : this;
    }
}
