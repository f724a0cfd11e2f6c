package dev.faultline.source.jvm;

import dev.faultline.access.code.CodeAccess;
import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.DeclaredField;
import dev.faultline.access.object.StaticField;
import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Placement;
import dev.faultline.source.FieldOrigins;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.classfile.ClassFile;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The static fields of a class as variables of a section: they lie in the object of type {@code java.lang.Class} that
 * stands for it, behind the fields of that object. Such a subject is named by the class literal, {@code
 * com.acme.Ring.class}.
 */
final class StaticsLayout {

    /** What the name of a class literal ends with. */
    static final String SUFFIX = ".class";

    private static final String OWN_FIELDS = "(Class)";

    private StaticsLayout() {}

    /**
     * Lays out the static fields of a class.
     *
     * @param hierarchy the class
     * @param statics its static fields, in order of offset
     * @param code what the code does to them
     * @param index the code that was read
     * @param mode the VM
     * @param source the name of the source
     * @return the subject
     * @throws InputException when the class has no static field
     */
    static Subject of(
            Hierarchy hierarchy,
            List<StaticField> statics,
            CodeAccess code,
            CodeIndex index,
            VmMode mode,
            String source) {
        ClassFile leaf = hierarchy.leaf();
        String name = ClassNames.external(leaf.name());
        if (statics.isEmpty()) {
            throw new InputException(source, "", "class " + name + " has no static fields");
        }
        Set<String> volatiles = volatiles(index, name);
        List<Member> members = new ArrayList<>();
        long start = statics.get(0).bytes().start();
        members.add(Member.of(OWN_FIELDS, new FieldType.Scalar("Class", (int) start, mode.objectByteAlignment()), 0));
        Map<String, String> owners = new HashMap<>();
        for (StaticField field : statics) {
            String type = volatiles.contains(field.name()) ? "volatile " + field.type() : field.type();
            members.add(Member.of(
                    field.name(),
                    FieldType.Scalar.natural(type, (int) field.bytes().byteSize()),
                    field.bytes().start()));
            owners.put(field.name(), name);
        }
        long end = statics.get(statics.size() - 1).bytes().end();
        StructLayout layout = StructLayout.of(
                name + SUFFIX,
                AggregateKind.SECTION,
                ByteRange.roundUp(end, mode.objectByteAlignment()),
                mode.objectByteAlignment(),
                members,
                new Provenance(
                        Provenance.Origin.VM_MODEL,
                        source,
                        "VM mode " + mode.name() + ", the static fields in the Class object of " + name,
                        OptionalInt.empty()));
        return Subject.of(layout)
                .withPlacement(new Placement(mode.objectByteAlignment(), "HotSpot object alignment"))
                .withCode(code)
                .withOrigins(new FieldOrigins(List.of(name), owners, leaf.silenced()));
    }

    private static Set<String> volatiles(CodeIndex index, String name) {
        Set<String> volatiles = new HashSet<>();
        index.of(name).map(CodeClass::fields).orElse(List.of()).stream()
                .filter(field -> field.is(DeclaredField.Trait.STATIC) && field.is(DeclaredField.Trait.VOLATILE))
                .forEach(field -> volatiles.add(field.name()));
        return volatiles;
    }
}
