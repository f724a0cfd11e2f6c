package dev.faultline.source.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Access;
import dev.faultline.access.AccessKind;
import dev.faultline.access.ElementPath;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;

/** Arrays as layouts; the running VM's are compared in {@code VmAgreementTest} and {@code VerificationTest}. */
class ArrayLayoutTest {

    private static Subject found(ClassSource source, String name) {
        Lookup lookup = source.find(name);
        assertThat(lookup).as(name).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) lookup).subjects().get(0);
    }

    private static StructLayout layout(String mode, String name) {
        return found(ClassSource.ofRunningVm(VmMode.parse(mode)), name).layout();
    }

    private static String bytes(String mode, String name) {
        StructLayout layout = layout(mode, name);
        return layout.members().get(1).byteOffset() + " "
                + layout.members().get(2).byteOffset() + " " + layout.byteSize();
    }

    /** Length, first element and size, as the VMs of these modes have them. */
    @Test
    void length_and_elements_follow_the_header() {
        assertThat(bytes("17", "long[8]")).isEqualTo("12 16 80");
        assertThat(bytes("17", "byte[1]")).isEqualTo("12 16 24");
        assertThat(bytes("17-no-ccp", "byte[1]")).isEqualTo("16 24 32");
        assertThat(bytes("17-no-coops", "java.lang.String[2]")).isEqualTo("12 16 32");
        assertThat(bytes("25", "long[8]")).isEqualTo("12 16 80");
        assertThat(bytes("25-no-ccp", "int[3]")).isEqualTo("16 20 32");
        assertThat(bytes("25-no-ccp", "long[3]")).isEqualTo("16 24 48");
        assertThat(bytes("25-coh", "int[3]")).isEqualTo("8 12 24");
        assertThat(bytes("25-coh", "long[8]")).isEqualTo("8 16 80");
        assertThat(bytes("25-coh-no-coops", "Object[1]")).isEqualTo("8 16 24");
        assertThat(bytes("17-align16", "long[9]")).isEqualTo("12 16 96");
    }

    @Test
    void an_array_is_named_by_type_and_length() {
        StructLayout layout = layout("17", "long[8]");

        assertThat(layout.kind()).isEqualTo(AggregateKind.ARRAY);
        assertThat(layout.spelling()).isEqualTo("array long[8]");
        assertThat(layout.paths()).containsExactly("(header)", "length", "elements");
        assertThat(layout.members().get(2).type().spelling()).isEqualTo("long[8]");
        assertThat(layout.provenance().detail()).isEqualTo("VM mode 17");
        assertThat(layout("17", "[J").provenance().detail()).isEqualTo("VM mode 17, 16 elements assumed");
        assertThat(layout("17", "long[]").name()).isEqualTo("long[16]");
        assertThat(layout("17", "long[4][]").members().get(2).type().spelling()).isEqualTo("long[][4]");
        assertThat(layout("17", "[[J").byteSize()).isEqualTo(16 + 16 * 4);
        assertThat(layout("17", "String[2]").name()).isEqualTo("java.lang.String[2]");
        assertThat(layout("17", "long[0]").byteSize()).isEqualTo(16);
    }

    @Test
    void an_atomic_array_is_the_array_inside() {
        StructLayout layout = layout("17", "java.util.concurrent.atomic.AtomicLongArray(8)");

        assertThat(layout.name()).isEqualTo("long[8]");
        assertThat(layout.members().get(2).type().spelling()).isEqualTo("volatile long[8]");
        assertThat(layout.provenance().detail())
                .isEqualTo("VM mode 17, the array inside java.util.concurrent.atomic.AtomicLongArray");
        assertThat(layout("17", "AtomicReferenceArray(4)").name()).isEqualTo("java.lang.Object[4]");
        assertThat(layout("17", "AtomicIntegerArray()").name()).isEqualTo("int[16]");
    }

    @Test
    void elements_may_be_of_classes_of_the_source_and_interfaces_too() {
        ClassSource source = ClassMaker.source(
                VmMode.parse("17"),
                ClassMaker.named("com/acme/Cell"),
                ClassMaker.named("com/acme/Shape").access(Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT));

        assertThat(found(source, "com.acme.Cell[16]").layout().byteSize()).isEqualTo(80);
        assertThat(found(source, "Shape[2]").layout().name()).isEqualTo("com.acme.Shape[2]");
        assertThat(found(source, "int[2]").placement().baseAlignment()).isEqualTo(8);
        assertThat(((Lookup.Missing) source.find("com.acme.Cel[16]")).reason())
                .contains("no class com.acme.Cel (did you mean com.acme.Cell?)");
        assertThat(source.entries()).extracting(entry -> entry.name()).noneMatch(name -> name.contains("["));
    }

    @Test
    void what_is_too_long_is_missing_with_the_limit() {
        ClassSource source = ClassSource.ofRunningVm(VmMode.parse("17"));
        for (String name : List.of("long[2000000000]", "long[9999999999]", "byte[2147483648]")) {
            assertThat(((Lookup.Missing) source.find(name)).reason()).as(name).contains("2147483647");
        }
        assertThat(((Lookup.Missing) source.find("long[99999999999]")).reason()).contains("names no class");
    }

    @Test
    void a_path_goes_to_elements_and_not_through_references() {
        StructLayout array = layout("17", "long[8]");
        StructLayout cells = layout("17", "long[4][]");
        ClassSource holder = ClassMaker.source(
                VmMode.parse("17"),
                ClassMaker.named("demo/SlotCounts").with("[J", "raw").with("J", "n"));
        StructLayout slots = found(holder, "demo.SlotCounts").layout();

        assertThat(ElementPath.find(array, "elements[own]")
                        .orElseThrow()
                        .elements()
                        .strideBytes())
                .isEqualTo(8);
        assertThat(ElementPath.find(
                        slots, Access.of("raw[own]", AccessKind.WRITE, 0).field()))
                .isEmpty();
        assertThat(ElementPath.problem(slots, "raw[own]"))
                .isEqualTo("raw (long[]) is a reference to another object, whose elements are not in class"
                        + " demo.SlotCounts; give that object a profile of its own under structs, such as long[8]"
                        + " with the field elements[own]");
        assertThat(ElementPath.problem(slots, "n[own]")).startsWith("n (long) is no array");
        assertThat(ElementPath.problem(cells, "elements[0][3]"))
                .startsWith("elements[0] (long[]) is a reference to another object");
    }
}
