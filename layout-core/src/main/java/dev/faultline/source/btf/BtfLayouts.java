package dev.faultline.source.btf;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.InferredAlignment;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns type records into layouts, each once. Throws {@link InputException} for a struct that contains itself, members
 * that overlap, and types nested too deep.
 */
final class BtfLayouts {

    private static final int DEEPEST = 64;
    private static final int INT128_BYTES = 16;

    /** Most members of all layouts, those of an embedded struct counted each time; a kernel has a twentieth. */
    private static final long MOST_MEMBERS = 1 << 22;

    private final BtfTypes types;
    private final BtfTypeNames spelling;
    private final Provenance provenance;
    private final int pointerBytes;
    private final FieldType[] known;
    private final boolean[] underWay;
    private final Map<Integer, Failure> broken = new HashMap<>();
    private long membersMade;

    /** Why a type at some depth has no layout; it has none at greater depth either. */
    private record Failure(InputException reason, int depth) {}

    BtfLayouts(BtfTypes types, Provenance provenance) {
        this.types = types;
        this.spelling = new BtfTypeNames(types);
        this.provenance = provenance;
        this.pointerBytes = types.pointerSize();
        this.known = new FieldType[types.endId()];
        this.underWay = new boolean[types.endId()];
    }

    /** {@return the layout of a struct or union record} */
    StructLayout layout(int id) {
        checkBudget();
        return ((FieldType.Aggregate) type(id, 0)).layout();
    }

    /** Throws {@link InputException} when the layouts have too many members in total. */
    void checkBudget() {
        if (membersMade > MOST_MEMBERS) {
            throw new InputException(
                    types.source(), "", "more than " + MOST_MEMBERS + " members in total, embedded ones included");
        }
    }

    private FieldType type(int id, int depth) {
        if (id > 0 && id < known.length && known[id] != null) {
            return known[id];
        }
        Failure before = broken.get(id);
        if (before != null && depth >= before.depth()) {
            throw before.reason();
        }
        if (depth > DEEPEST || id > 0 && id < underWay.length && underWay[id]) {
            throw new InputException(
                    types.source(), "type " + id, "contains itself or nests deeper than " + DEEPEST + " levels");
        }
        if (id <= 0 || id >= known.length) {
            throw new InputException(types.source(), "type " + (id & 0xffffffffL), "a member of an incomplete type");
        }
        underWay[id] = true;
        try {
            known[id] = make(id, depth);
        } catch (InputException refused) {
            throw remembered(id, depth, refused);
        } catch (IllegalArgumentException | ArithmeticException refused) {
            InputException reason =
                    new InputException(types.source(), "type " + id, String.valueOf(refused.getMessage()));
            throw remembered(id, depth, reason);
        } finally {
            underWay[id] = false;
        }
        return known[id];
    }

    /** Remembers the failure, so that the type is not tried again where it is embedded. */
    private InputException remembered(int id, int depth, InputException reason) {
        broken.put(id, new Failure(reason, depth));
        return reason;
    }

    private FieldType make(int id, int depth) {
        int kind = types.kind(id);
        return switch (kind) {
            case BtfKind.INT, BtfKind.ENUM, BtfKind.ENUM64, BtfKind.FLOAT -> number(id);
            case BtfKind.PTR -> new FieldType.Scalar(spelling.of(id), pointerBytes, pointerBytes);
            case BtfKind.ARRAY -> new FieldType.Array(type(types.elementType(id), depth + 1), types.elementCount(id));
            case BtfKind.STRUCT, BtfKind.UNION ->
                types.isSizeOnly(id)
                        ? new FieldType.Opaque(spelling.of(id), types.byteSize(id), 1)
                        : new FieldType.Aggregate(spelling.of(id), aggregate(id, depth));
            case BtfKind.TYPEDEF, BtfKind.VOLATILE, BtfKind.CONST, BtfKind.RESTRICT ->
                renamed(spelling.of(id), type(types.target(id), depth + 1), kind == BtfKind.TYPEDEF);
            case BtfKind.TYPE_TAG -> type(types.target(id), depth + 1);
            default -> throw new InputException(types.source(), "type " + id, "a member of " + withoutSize(id, kind));
        };
    }

    private String withoutSize(int id, int kind) {
        return BtfKind.isKnown(kind)
                ? "kind " + kind + " (" + spelling.of(id) + "), which has no size"
                : "kind " + kind + ", whose size this version of Faultline does not know";
    }

    private FieldType number(int id) {
        long byteSize = types.byteSize(id);
        long alignment = byteSize == 0 ? 1 : Math.min(INT128_BYTES, Long.lowestOneBit(byteSize));
        return new FieldType.Scalar(spelling.of(id), byteSize, alignment);
    }

    private static FieldType renamed(String name, FieldType target, boolean typedef) {
        if (target instanceof FieldType.Scalar scalar) {
            return new FieldType.Scalar(name, scalar.byteSize(), scalar.byteAlignment());
        }
        if (target instanceof FieldType.Aggregate aggregate) {
            return new FieldType.Aggregate(name, aggregate.layout());
        }
        if (!typedef && target instanceof FieldType.Array array) {
            return array; // qualifiers of an array apply to its elements, whose spelling has them or not
        }
        return new FieldType.Opaque(name, target.byteSize(), target.byteAlignment());
    }

    private StructLayout aggregate(int id, int depth) {
        boolean union = types.kind(id) == BtfKind.UNION;
        boolean sizesInOffsets = types.flag(id);
        int vlen = types.vlen(id);
        long byteSize = types.byteSize(id);
        List<Member> members = new ArrayList<>(vlen);
        long embedded = 0;
        for (int i = 0; i < vlen; i++) {
            membersMade++;
            Member member = member(id, i, sizesInOffsets, depth);
            embedded += membersIn(member.type());
            members.add(member);
        }
        membersMade += embedded > StructLayout.MOST_MEMBERS ? 0 : embedded; // above the limit nothing is made
        checkBudget();
        return StructLayout.of(
                types.name(id),
                union ? AggregateKind.UNION : AggregateKind.STRUCT,
                byteSize,
                InferredAlignment.of(byteSize, union, members),
                members,
                provenance);
    }

    private static long membersIn(FieldType type) {
        return type.innermost() instanceof FieldType.Aggregate inner
                ? inner.layout().memberCount()
                : 0;
    }

    private Member member(int id, int index, boolean sizesInOffsets, int depth) {
        String name = types.memberName(id, index);
        int typeId = types.memberType(id, index);
        if (typeId == 0) {
            throw new InputException(
                    types.source(),
                    "type " + id,
                    "member " + name
                            + " has no type: what wrote this BTF does not know its type, as pahole 1.24 does not"
                            + " know _Atomic; compile with `gcc -gbtf`, or take a newer pahole");
        }
        FieldType type = type(typeId, depth + 1);
        int word = types.memberPlace(id, index);
        long bitOffset = sizesInOffsets ? word & 0xffffffL : word & 0xffffffffL;
        int bitSize = word >>> 24;
        if (!sizesInOffsets) {
            int field = oldField(typeId, bitOffset, type);
            bitOffset += field >>> 16 & 0xff;
            bitSize = field & 0xff;
        }
        if (bitSize == 0) {
            if (bitOffset % 8 != 0) {
                throw new InputException(
                        types.source(),
                        "type " + id,
                        "member " + name + " starts at bit " + bitOffset % 8 + " of a byte");
            }
            return Member.of(name, type, bitOffset / 8);
        }
        // As in pahole, a unit starts at a multiple of its size, even in a packed struct.
        long unitBits = Math.max(1, type.byteSize()) * 8;
        long unit = bitOffset / unitBits * unitBits;
        return Member.bits(name, type, unit / 8, (int) (bitOffset - unit), bitSize);
    }

    /**
     * {@return bits (0 to 7) and where they start (16 to 23) of a bit-field in BTF without sizes in members, which is
     * of an integer type with fewer bits than its bytes have; 0 for another member}
     */
    private int oldField(int typeId, long bitOffset, FieldType type) {
        int id = typeId;
        for (int i = 0; i < DEEPEST && BtfKind.isRename(types.kind(id)); i++) {
            id = types.target(id);
        }
        if (types.kind(id) != BtfKind.INT) {
            return 0;
        }
        int bits = types.encoding(id) & 0xff;
        boolean isField = bits != 0 && (bits < type.byteSize() * 8 || bitOffset % 8 != 0);
        return isField ? types.encoding(id) & 0xff00ff : 0;
    }
}
