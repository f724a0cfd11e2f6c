package dev.faultline.source.btf;

import dev.faultline.input.InputException;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Checks that a split file goes with its base. With another base its ids and string offsets mean other types and parts
 * of other names, which this finds: a name must start where a string starts, a type must be of a kind that can stand
 * where it is used, a member must have room, and the file's last string must be used.
 *
 * <p>A base of the same kernel with another size of a struct that has more room is not found.
 */
final class BtfFit {

    private final BtfTypes types;
    private final BtfTypes base;
    private final BtfSizes sizes;

    /** The highest offset of a string that is used. */
    private long lastString;

    private BtfFit(BtfTypes types, BtfTypes base) {
        this.types = types;
        this.base = base;
        this.sizes = new BtfSizes(types, OptionalInt.empty());
    }

    /**
     * Throws {@link InputException} when a file does not fit its base.
     *
     * @param types the file
     * @param base the base, for the message
     */
    static void check(BtfTypes types, BtfTypes base) {
        new BtfFit(types, base).check();
    }

    /** Throws {@link InputException} when a file and its base are of machines of different kinds. */
    static void checkMachine(BtfHeader file, OptionalInt pointerBytes, BtfTypes base) {
        if (file.data().order() != base.byteOrder()) {
            throw new InputException(
                    file.source(),
                    "",
                    "the base " + base.source() + " does not fit: it is " + words(base.byteOrder()) + ", this file "
                            + words(file.data().order()));
        }
        if (pointerBytes.isPresent() && base.pointerBytes().isPresent() && !pointerBytes.equals(base.pointerBytes())) {
            throw new InputException(
                    file.source(),
                    "",
                    "the base " + base.source() + " does not fit: its pointers have "
                            + base.pointerBytes().getAsInt() + " bytes, those of this file "
                            + pointerBytes.getAsInt());
        }
    }

    private static String words(ByteOrder order) {
        return order == ByteOrder.BIG_ENDIAN ? "big-endian" : "little-endian";
    }

    private void check() {
        for (int id = types.firstId(); id < types.endId(); id++) {
            names(id);
            references(id);
        }
        boolean empty = types.firstString() == types.endString();
        if (types.unknownKinds().isEmpty() && !empty && !types.isLastString(lastString)) {
            throw misfit(types.endId() - 1, "this last type leaves names of the file that nothing would be called by");
        }
    }

    private InputException misfit(int id, String what) {
        return new InputException(
                types.source(),
                "",
                "the base " + base.source() + " does not fit: at type " + id + ", " + what
                        + "; give the BTF of the very kernel build that this file belongs to with --base");
    }

    private void names(int id) {
        int kind = types.kind(id);
        switch (kind) {
            case BtfKind.PTR, BtfKind.ARRAY, BtfKind.CONST, BtfKind.VOLATILE, BtfKind.RESTRICT, BtfKind.FUNC_PROTO ->
                nameless(id);
            case BtfKind.STRUCT, BtfKind.UNION, BtfKind.ENUM, BtfKind.ENUM64 -> name(id, 0, false);
            default -> {
                if (BtfKind.isKnown(kind)) {
                    name(id, 0, true);
                }
            }
        }
        int elements = types.vlen(id);
        switch (kind) {
            case BtfKind.STRUCT, BtfKind.UNION, BtfKind.ENUM64 -> elementNames(id, elements, 3, kind == BtfKind.ENUM64);
            case BtfKind.ENUM -> elementNames(id, elements, 2, true);
            case BtfKind.FUNC_PROTO -> elementNames(id, elements, 2, false);
            default -> {
                // the others have no names but their own
            }
        }
    }

    private void elementNames(int id, int elements, int words, boolean required) {
        for (int i = 0; i < elements; i++) {
            name(id, 3 + words * i, required);
        }
    }

    private void nameless(int id) {
        if (types.word(id, 0) != 0) {
            throw misfit(id, "a pointer, array or qualifier would have a name");
        }
    }

    private void name(int id, int word, boolean required) {
        long offset = types.word(id, word) & 0xffffffffL;
        if (offset >= types.endString()) {
            throw misfit(id, "a name would start at byte " + offset + " of " + types.endString() + " bytes of names");
        }
        if (!types.isStringStart(offset)) {
            String part = types.string((int) offset);
            throw misfit(
                    id,
                    part.isEmpty()
                            ? "a name would be empty, at the end of another"
                            : "a name would be a part of another, '" + part + "'");
        }
        if (required && offset == 0) {
            throw misfit(id, "a name is missing");
        }
        lastString = Math.max(lastString, offset);
    }

    private void references(int id) {
        int kind = types.kind(id);
        switch (kind) {
            case BtfKind.PTR, BtfKind.TYPEDEF, BtfKind.CONST, BtfKind.VOLATILE, BtfKind.RESTRICT, BtfKind.TYPE_TAG ->
                type(id, types.target(id));
            case BtfKind.FUNC ->
                ofKind(id, types.target(id), BtfKind.FUNC_PROTO, "a function would have the type of something else");
            case BtfKind.ARRAY -> array(id);
            case BtfKind.STRUCT, BtfKind.UNION -> members(id, kind == BtfKind.UNION);
            case BtfKind.FUNC_PROTO -> {
                type(id, types.target(id));
                for (int i = 0; i < types.vlen(id); i++) {
                    type(id, types.parameterType(id, i));
                }
            }
            default -> {
                // numbers have no types; variables, sections and tags take no part in layouts
            }
        }
    }

    private void array(int id) {
        type(id, types.elementType(id));
        ofKind(id, types.indexType(id), BtfKind.INT, "an array would be indexed by no number");
    }

    private void ofKind(int id, int reference, int kind, String problem) {
        type(id, reference);
        if (types.kind(reference) != kind && isKnown(reference)) {
            throw misfit(id, problem);
        }
    }

    private boolean isKnown(int id) {
        return id == 0 || BtfKind.isKnown(types.kind(id));
    }

    private void type(int id, int reference) {
        if (reference < 0 || reference >= types.endId()) {
            throw misfit(
                    id, "type " + (reference & 0xffffffffL) + " would be used, and the last is " + (types.endId() - 1));
        }
        switch (types.kind(reference)) {
            case BtfKind.FUNC, BtfKind.VAR, BtfKind.DATASEC, BtfKind.DECL_TAG ->
                throw misfit(id, "a function, variable or tag (type " + reference + ") would be used as a type");
            default -> {
                // any other may be pointed to, renamed or passed
            }
        }
    }

    /** A member that does not start before the previous one, as in Rust, starts behind it. */
    private void members(int id, boolean union) {
        boolean widths = types.flag(id);
        long before = 0;
        long end = 0;
        for (int i = 0; i < types.vlen(id); i++) {
            int type = types.memberType(id, i);
            type(id, type);
            int place = types.memberPlace(id, i);
            long start = widths ? place & 0xffffffL : place & 0xffffffffL;
            long bits = widths && place >>> 24 != 0 ? place >>> 24 : start % 8 == 0 ? wholeBits(id, type) : 0;
            if (start + bits > types.byteSize(id) * 8) {
                throw misfit(
                        id,
                        "member " + types.memberName(id, i) + " would end at byte " + (start + bits + 7) / 8
                                + " of a struct of " + types.byteSize(id));
            }
            if (!union && widths && start >= before && start < end) {
                throw misfit(id, "member " + types.memberName(id, i) + " would overlap the one before it");
            }
            before = start;
            end = start + bits;
        }
    }

    /** {@return the size of a member in bits; 0 when it is not known, as for pointers} */
    private long wholeBits(int id, int type) {
        OptionalLong size = sizes.of(type);
        if (size.isEmpty() && types.kind(type) == BtfKind.VOID) {
            throw misfit(id, "a member would have no type");
        }
        return Math.min(1L << 40, size.orElse(0)) * 8;
    }
}
