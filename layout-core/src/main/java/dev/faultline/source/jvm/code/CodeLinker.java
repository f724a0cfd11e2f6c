package dev.faultline.source.jvm.code;

import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.DeclaredField;
import dev.faultline.access.code.UnreadCode;
import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Connects the code of classes: finds the class that declares each field, the field that each VarHandle, updater and
 * offset stands for, and what helper methods do to the arrays and updaters they are given.
 */
@Internal
public final class CodeLinker {

    private static final Set<String> SERIALIZABLE = Set.of(
            "java/io/Serializable",
            "java/io/Externalizable",
            "java/lang/Number",
            "java/lang/Enum",
            "java/lang/Throwable");

    private final ClassTable table;
    private final HandleTable handles;
    private final Set<String> names = new HashSet<>();
    private final Set<String> reflected = new HashSet<>();

    private CodeLinker(Collection<ClassCode> classes) {
        table = new ClassTable(classes);
        handles = new HandleTable(table);
    }

    /**
     * Connects classes. They are used up: none of them can be linked again.
     *
     * @param classes the classes; of two with one name, the first counts
     * @param unread classes whose code could not be read
     * @param notes what was not looked at, a phrase each
     * @return their code
     */
    public static CodeIndex link(Collection<ClassCode> classes, List<UnreadCode> unread, List<String> notes) {
        return of(classes).linked(List.of(), unread, notes);
    }

    /** {@return what connects these classes, which are used up by that; of two with one name, the first counts} */
    public static CodeLinker of(Collection<ClassCode> classes) {
        return new CodeLinker(classes);
    }

    /** {@return the accesses of memory outside of Java objects, which may be told what they touch before linking} */
    public List<MemoryAccess> memory() {
        return new MemoryAccessFinder(table, handles).find();
    }

    /**
     * Connects the classes; once.
     *
     * @param structs what is touched outside of Java objects, as classes without code
     * @param unread classes whose code could not be read
     * @param notes what was not looked at, a phrase each
     * @return the code
     */
    public CodeIndex linked(List<CodeClass> structs, List<UnreadCode> unread, List<String> notes) {
        List<CodeClass> all = new ArrayList<>(link());
        all.addAll(structs);
        return new CodeIndex(all, unread, notes);
    }

    private List<CodeClass> link() {
        HelperEffects.spread(table, handles);
        OwnValues own = new OwnValues(table, HelperEffects.threadBodies(table));
        for (RawClass type : table.classes()) {
            names.addAll(type.names());
            reflected.addAll(type.reflected);
            for (Value.FieldQuery query : type.queries) {
                if (handles.field(query).isEmpty()) {
                    names.add(query.name());
                }
            }
        }
        EffectLinker effects = new EffectLinker(table, handles, own, ThreadStarts.of(table));
        return table.classes().parallelStream()
                .map(type -> linked(type, effects))
                .toList();
    }

    private CodeClass linked(RawClass type, EffectLinker effects) {
        Set<CodeClass.Trait> traits = new HashSet<>(type.traits);
        if (reflected.contains(type.name)) {
            traits.add(CodeClass.Trait.REFLECTS);
        }
        if (table.isKind(type.name, SERIALIZABLE::contains)) {
            traits.add(CodeClass.Trait.SERIALIZABLE);
        }
        List<DeclaredField> fields = new ArrayList<>(type.fields.size());
        for (DeclaredField field : type.fields) {
            fields.add(names.contains(field.name()) ? named(field) : field);
        }
        return new CodeClass(
                table.external(type.name),
                type.superName.map(table::external),
                type.interfaces.stream().map(table::external).toList(),
                traits,
                fields,
                type.methods.stream()
                        .map(method -> effects.linked(type, method))
                        .toList());
    }

    private static DeclaredField named(DeclaredField field) {
        Set<DeclaredField.Trait> traits = EnumSet.of(DeclaredField.Trait.NAMED_BY_STRING);
        traits.addAll(field.traits());
        return new DeclaredField(field.name(), field.descriptor(), traits, field.line());
    }
}
