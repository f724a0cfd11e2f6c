package dev.faultline.source.jvm.code;

import dev.faultline.access.code.DeclaredField;
import dev.faultline.source.jvm.code.ClassTable.Declared;
import dev.faultline.source.jvm.code.ConstantPool.Member;
import dev.faultline.source.jvm.code.RawClass.Effect;
import dev.faultline.source.jvm.code.RawClass.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the accesses of memory outside of Java objects in the code of all classes, with their offsets. */
final class MemoryAccessFinder {

    /** Most fields that are computed from each other. */
    private static final int DEEPEST = 4;

    private final ClassTable table;
    private final HandleTable handles;
    private final ViewTable views;

    MemoryAccessFinder(ClassTable table, HandleTable handles) {
        this.table = table;
        this.handles = handles;
        views = new ViewTable(table);
    }

    /** {@return all of them, in the order of the classes and of their code} */
    List<MemoryAccess> find() {
        List<MemoryAccess> found = new ArrayList<>();
        for (RawClass type : table.classes()) {
            for (RawClass.Method method : type.methods) {
                for (Effect effect : method.effects) {
                    if (effect.target == Target.VIEWED) {
                        views.part(effect.object)
                                .map(part -> new MemoryAccess(
                                        type, method, effect, Optional.empty(), Optional.empty(), Optional.of(part)))
                                .ifPresent(found::add);
                    } else if (effect.target == Target.MEMORY
                            || effect.target == Target.HANDLE && !handles.isOfField(effect.handle)) {
                        access(type, method, effect).ifPresent(found::add);
                    }
                }
            }
        }
        return found;
    }

    private Optional<MemoryAccess> access(RawClass type, RawClass.Method method, Effect effect) {
        Optional<Member> handle = effect.target == Target.HANDLE && effect.handle.is(Value.Kind.LOADED)
                ? declared(effect.handle.member())
                        .filter(MemoryAccessFinder::isConstant)
                        .map(MemoryAccessFinder::member)
                : Optional.empty();
        Optional<MemoryAccess.Place> place = Optional.ofNullable(effect.offset)
                .filter(any -> effect.object == null || !isOfObject(effect))
                .map(offset -> place(effect, offset));
        return handle.isEmpty() && place.isEmpty()
                ? Optional.empty()
                : Optional.of(new MemoryAccess(type, method, effect, handle, place, Optional.empty()));
    }

    /** {@return whether Unsafe is given an object, whose fields or elements are no memory outside} */
    private static boolean isOfObject(Effect effect) {
        boolean isVarHandle = effect.handle != null
                && effect.handle.is(Value.Kind.LOADED)
                && effect.handle.member().descriptor().equals("Ljava/lang/invoke/VarHandle;");
        return effect.target == Target.HANDLE && !isVarHandle && !effect.object.equals(Value.NULL);
    }

    private MemoryAccess.Place place(Effect effect, MemoryOffset offset) {
        Terms terms = new Terms();
        terms.number = offset.number();
        terms.isWhole = !offset.hasOther();
        terms.isAddress = effect.object == null || effect.object.equals(Value.NULL);
        offset.fields().forEach(field -> terms.add(field, DEEPEST));
        if (effect.object != null && effect.object.is(Value.Kind.LOADED)) {
            terms.base = effect.object.member().name();
        }
        return new MemoryAccess.Place(terms.constants, terms.number, terms.base, terms.isWhole);
    }

    /** The parts of an offset, with what fields hold put in their place. */
    private final class Terms {
        private final List<Member> constants = new ArrayList<>(1);
        private long number;
        private String base = "";
        private boolean isWhole;
        /** Whether it is an address: one field of it is where the memory begins, not a part of the offset. */
        private boolean isAddress;

        void add(Member field, int depth) {
            Declared declared = declared(field).orElse(null);
            if (declared != null && isConstant(declared)) {
                constants.add(member(declared));
                return;
            }
            MemoryOffset held = declared == null
                    ? null
                    : declared.owner().offsets.get(new Member(declared.owner().name, field.name(), field.descriptor()));
            if (held == null || depth == 0) {
                isWhole &= isAddress && base.isEmpty();
                base = base.isEmpty() ? field.name() : base;
                return;
            }
            number += held.number();
            isWhole &= !held.hasOther();
            held.fields().forEach(each -> add(each, depth - 1));
        }
    }

    private Optional<Declared> declared(Member field) {
        return table.field(field.owner(), field.name());
    }

    private static boolean isConstant(Declared field) {
        return field.declaration().is(DeclaredField.Trait.STATIC)
                && field.declaration().is(DeclaredField.Trait.FINAL);
    }

    private static Member member(Declared field) {
        return new Member(
                field.owner().name,
                field.declaration().name(),
                field.declaration().descriptor());
    }
}
