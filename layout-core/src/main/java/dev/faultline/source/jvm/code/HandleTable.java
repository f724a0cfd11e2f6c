package dev.faultline.source.jvm.code;

import dev.faultline.access.code.CodeField;
import dev.faultline.source.jvm.code.ClassTable.Declared;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which field each VarHandle, updater and offset stands for. */
final class HandleTable {

    /** Most methods that hand a handle on before a field holds it. */
    private static final int MOST_HELPERS = 4;

    private final ClassTable table;
    private final Map<CodeField, Declared> fields = new HashMap<>();
    private final Set<CodeField> arrays = new HashSet<>();

    HandleTable(ClassTable table) {
        this.table = table;
        for (RawClass type : table.classes()) {
            type.holders.forEach((holder, value) ->
                    table.field(holder.owner(), holder.name()).ifPresent(declared -> hold(declared.field(), value)));
        }
    }

    private void hold(CodeField holder, Value value) {
        Value handle = value;
        for (int i = 0; i < MOST_HELPERS && handle != null && handle.is(Value.Kind.RESULT); i++) {
            handle =
                    table.method(handle.member()).map(method -> method.returned).orElse(null);
        }
        if (handle == null) {
            return;
        }
        if (handle.is(Value.Kind.ARRAY_HANDLE)) {
            arrays.add(holder);
        } else if (handle.is(Value.Kind.HANDLE)) {
            field(handle.lookup()).ifPresent(field -> fields.put(holder, field));
        }
    }

    /** {@return the field that a search finds} */
    Optional<Declared> field(Value.FieldQuery query) {
        for (String type : query.types()) {
            Optional<Declared> found = table.field(type, query.name());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** {@return the field that a handle stands for} */
    Optional<Declared> of(Value handle) {
        if (handle.is(Value.Kind.HANDLE)) {
            return field(handle.lookup());
        }
        return holder(handle).map(fields::get);
    }

    /** {@return the field that is read through the handle in a field} */
    Optional<Declared> through(ConstantPool.Member holder) {
        return table.field(holder.owner(), holder.name()).map(declared -> fields.get(declared.field()));
    }

    /** {@return whether a handle stands for a field} */
    boolean isOfField(Value handle) {
        return of(handle).isPresent();
    }

    /** {@return whether a handle stands for the elements of arrays} */
    boolean isOfArray(Value handle) {
        return handle.is(Value.Kind.ARRAY_HANDLE)
                || holder(handle).filter(arrays::contains).isPresent();
    }

    private Optional<CodeField> holder(Value handle) {
        return handle.is(Value.Kind.LOADED)
                ? table.field(handle.member().owner(), handle.member().name()).map(Declared::field)
                : Optional.empty();
    }
}
