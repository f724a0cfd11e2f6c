package dev.faultline.source.sbe;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Puts fields one behind the other, or at the offsets that a schema says. */
final class BlockBuilder {

    private final SchemaElement declaration;
    private final List<Member> members = new ArrayList<>();
    private final Map<String, SchemaElement> fields = new HashMap<>();
    private final Map<String, SchemaBlock> composites = new HashMap<>();
    private long end;

    BlockBuilder(SchemaElement declaration) {
        this.declaration = declaration;
    }

    /** {@return the offset behind the last field} */
    long end() {
        return end;
    }

    /**
     * Adds a name that takes no bytes here: a constant, a group, or data behind the block.
     *
     * @param field its declaration
     */
    void name(SchemaElement field) {
        SchemaElement other = fields.put(field.name(), field);
        if (other != null) {
            throw field.problem(field.name() + " is declared twice, also on line " + other.line());
        }
    }

    /**
     * Adds a field.
     *
     * @param field its declaration
     * @param type its type
     * @param isConstant whether it is a constant, of which only the offset counts
     * @param offset where it begins; empty when that is behind the field before
     */
    void add(SchemaElement field, EncodedType type, boolean isConstant, OptionalInt offset) {
        name(field);
        if (offset.isPresent() && offset.getAsInt() < end) {
            throw field.problem(field.name() + " has offset=\"" + offset.getAsInt()
                    + "\", but what is before it ends at " + end + "; expected " + end + " or more");
        }
        if (offset.isPresent()) {
            end = offset.getAsInt();
        }
        if (!isConstant && type.type().isPresent()) {
            members.add(Member.of(field.name(), type.type().get(), end));
            type.composite().ifPresent(inner -> composites.put(field.name(), inner));
            end += type.byteSize();
        }
    }

    /**
     * {@return the block, with gaps that are said to be declared}
     *
     * @param name its name
     * @param byteSize its size in bytes, at least {@link #end}
     * @param detail what it is
     */
    SchemaBlock build(String name, long byteSize, String detail) {
        try {
            StructLayout layout = StructLayout.of(
                    name,
                    AggregateKind.STRUCT,
                    byteSize,
                    1,
                    members,
                    new Provenance(
                            Provenance.Origin.SCHEMA,
                            declaration.source(),
                            detail,
                            OptionalInt.of(declaration.line())));
            return new SchemaBlock(withGaps(layout), declaration, Map.copyOf(fields), Map.copyOf(composites));
        } catch (IllegalArgumentException impossible) {
            throw declaration.problem(impossible.getMessage());
        }
    }

    private static StructLayout withGaps(StructLayout layout) {
        List<ByteRange> gaps = layout.slots().stream()
                .filter(slot -> slot instanceof Slot.Hole || slot instanceof Slot.Padding)
                .map(Slot::bytes)
                .toList();
        return layout.withReserved(gaps, "declared");
    }
}
