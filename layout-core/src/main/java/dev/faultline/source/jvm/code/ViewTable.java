package dev.faultline.source.jvm.code;

import dev.faultline.access.code.CodeField;
import dev.faultline.access.code.DeclaredField;
import dev.faultline.source.jvm.code.ClassTable.Declared;
import dev.faultline.source.jvm.code.ConstantPool.Member;
import dev.faultline.source.jvm.code.call.ViewCall;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which field of which struct each accessor is for, and which layout each view has. */
final class ViewTable {

    /** Most fields and methods that hand a view on before an accessor is made of it. */
    private static final int DEEPEST = 8;

    private final ClassTable table;
    private final Map<CodeField, Value> holders = new HashMap<>();

    ViewTable(ClassTable table) {
        this.table = table;
        for (RawClass type : table.classes()) {
            type.holders.forEach((holder, value) -> {
                if (ViewCall.isPart(holder.descriptor())) {
                    table.field(holder.owner(), holder.name())
                            .ifPresent(declared -> holders.merge(declared.field(), value, Value::or));
                }
            });
        }
    }

    /** {@return the field that an accessor is for; empty when its path is not known} */
    Optional<MemoryAccess.Part> part(Value accessor) {
        return part(accessor, DEEPEST).filter(part -> !part.path().isEmpty());
    }

    private Optional<MemoryAccess.Part> part(Value value, int depth) {
        if (value == null || depth == 0) {
            return Optional.empty();
        }
        return switch (value.kind()) {
            case PART -> Optional.of(new MemoryAccess.Part(layout(value.member(), depth - 1), value.text()));
            case LOADED, RESULT -> part(held(value.member()), depth - 1);
            default -> Optional.empty();
        };
    }

    /** {@return the layout that a field holds, or that a view has which a field holds or a method returns} */
    private Optional<Member> layout(Member from, int depth) {
        if (from == null) {
            return Optional.empty();
        }
        if (!from.descriptor().equals(ViewCall.LAYOUT)) {
            return part(held(from), depth).flatMap(MemoryAccess.Part::layout);
        }
        return table.field(from.owner(), from.name())
                .filter(declared -> declared.declaration().is(DeclaredField.Trait.STATIC)
                        && declared.declaration().is(DeclaredField.Trait.FINAL))
                .map(declared ->
                        new Member(declared.owner().name, declared.declaration().name(), ViewCall.LAYOUT));
    }

    /** {@return what a field holds or a method returns; null when that is not known} */
    private Value held(Member from) {
        return from.descriptor().startsWith("(")
                ? table.method(from).map(method -> method.returned).orElse(null)
                : table.field(from.owner(), from.name())
                        .map(Declared::field)
                        .map(holders::get)
                        .orElse(null);
    }
}
