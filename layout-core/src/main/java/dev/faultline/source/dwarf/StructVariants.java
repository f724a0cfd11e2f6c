package dev.faultline.source.dwarf;

import dev.faultline.input.InputException;
import dev.faultline.input.name.QualifiedName;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.dwarf.record.TypeRecord;
import dev.faultline.source.dwarf.record.TypeStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The structs of a source. Equal ones of several units are one; different ones of one name have their units as
 * versions.
 */
final class StructVariants {

    /**
     * A struct.
     *
     * @param name the name that it is found by
     * @param version its unit, or the member of the archive that it is in, where the source has different structs of
     *     this name; else empty
     * @param type its members
     * @param unit the first unit that has it, as shown
     */
    record Variant(String name, String version, TypeRecord.Aggregate type, String unit) {}

    private final DwarfLayouts layouts;
    private final Function<TypeStore.Named, String> members;
    private final UnitNames units;
    private final Map<String, List<TypeStore.Named>> groups = new LinkedHashMap<>();
    private final Map<String, List<Variant>> known = new HashMap<>();
    private final Map<String, QualifiedName> forms = new HashMap<>();

    /**
     * Sorts structs by their names.
     *
     * @param named all structs, in the order of the file
     * @param members the name of the archive's member that a struct was first seen in; empty when there is none
     * @param layouts lays out those whose name is not unique, when they are asked for
     */
    StructVariants(List<TypeStore.Named> named, Function<TypeStore.Named, String> members, DwarfLayouts layouts) {
        this.members = members;
        this.layouts = layouts;
        this.units = UnitNames.of(named.stream().map(TypeStore.Named::unit).collect(Collectors.toSet()));
        for (TypeStore.Named one : named) {
            groups.computeIfAbsent(one.name(), any -> new ArrayList<>(1)).add(one);
        }
    }

    /** {@return every struct, in the order in which the file has their names first} */
    List<Variant> all() {
        return groups.keySet().stream().flatMap(name -> of(name).stream()).toList();
    }

    /** {@return the structs of a name as the source has it; none when it has no such name} */
    List<Variant> of(String name) {
        List<TypeStore.Named> group = groups.get(name);
        return group == null ? List.of() : known.computeIfAbsent(name, any -> variants(name, group));
    }

    /** {@return each name once} */
    Collection<String> names() {
        return groups.keySet();
    }

    private List<Variant> variants(String name, List<TypeStore.Named> group) {
        List<TypeStore.Named> different = group.size() == 1 ? group : different(group);
        List<String> shown =
                different.stream().map(one -> units.shown(one.unit())).toList();
        if (different.size() == 1) {
            return List.of(new Variant(name, "", different.get(0).type(), shown.get(0)));
        }
        List<String> homes = new ArrayList<>();
        for (int i = 0; i < different.size(); i++) {
            String member = members.apply(different.get(i));
            homes.add(member.isEmpty() ? shown.get(i) : member);
        }
        List<String> versions = UnitNames.distinct(
                homes, different.stream().map(one -> one.type().place().line()).toList());
        List<Variant> variants = new ArrayList<>();
        for (int i = 0; i < different.size(); i++) {
            variants.add(new Variant(name, versions.get(i), different.get(i).type(), shown.get(i)));
        }
        return variants;
    }

    private List<TypeStore.Named> different(List<TypeStore.Named> group) {
        List<TypeStore.Named> different = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        for (TypeStore.Named one : group) {
            Optional<StructLayout> layout = layout(one);
            if (layout.isEmpty() || seen.add(bytes(layout.get()))) {
                different.add(one);
            }
        }
        return different;
    }

    private Optional<StructLayout> layout(TypeStore.Named one) {
        try {
            return Optional.of(layouts.layout(one.type(), one.name()));
        } catch (InputException broken) {
            return Optional.empty();
        }
    }

    /**
     * {@return what structs with the same bytes have in common; the words of C and C++ for the same types do not count}
     */
    private List<Object> bytes(StructLayout layout) {
        List<Object> bytes = new ArrayList<>();
        bytes.add(layout.byteSize());
        bytes.add(layout.byteAlignment());
        for (Slot slot : layout.slots()) {
            if (slot instanceof Slot.Field field) {
                bytes.add(field.path());
                bytes.add(field.byteOffset());
                bytes.add(field.byteSize());
                bytes.add(field.bits());
                bytes.add(field.overlaps());
                bytes.add(forms.computeIfAbsent(field.type().spelling(), QualifiedName::of));
            } else {
                bytes.add(slot);
            }
        }
        openElements(layout).forEach(element -> bytes.add(bytes(element)));
        return bytes;
    }

    /**
     * {@return the structs that arrays without bytes consist of, which slots do not show: {@code struct entry all[]}}
     */
    private static List<StructLayout> openElements(StructLayout layout) {
        List<StructLayout> elements = new ArrayList<>();
        for (Member member : layout.members()) {
            FieldType type = member.type();
            if (type.innermost() instanceof FieldType.Aggregate inner) {
                if (type.byteSize() == 0) {
                    elements.add(inner.layout());
                } else {
                    elements.addAll(openElements(inner.layout()));
                }
            }
        }
        return elements;
    }
}
