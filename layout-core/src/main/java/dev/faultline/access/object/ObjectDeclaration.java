package dev.faultline.access.object;

import dev.faultline.access.code.CodeAccess;
import dev.faultline.access.code.CodePlace;
import dev.faultline.api.Internal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the source of a class says about its objects beside their bytes.
 *
 * @param levels the class and its superclasses, the root first
 * @param extent whether there are objects of this very class
 * @param vm sizes and habits of the VM that lays the objects out
 * @param creations the objects that constructors make and keep in fields, in the order in which they are made; then
 *     those of the static initialiser
 * @param lockers the methods that take the lock of their object
 * @param statics the static fields of the class, in order of offset
 * @param staticCode what the code does to the static fields, whose names are their paths
 * @param elementBytes for fields that refer to an array whose elements a loop makes, the size of one of these objects,
 *     where it is known
 * @param otherModes computes the layout of the class in other VMs, for comparison
 */
@Internal
public record ObjectDeclaration(
        List<DeclaredLevel> levels,
        Extent extent,
        VmSizes vm,
        List<Creation> creations,
        List<CodePlace> lockers,
        List<StaticField> statics,
        CodeAccess staticCode,
        Map<String, Long> elementBytes,
        Supplier<List<OtherMode>> otherModes) {

    /** Whether there are objects of a class. */
    public enum Extent {
        /** No: it is abstract, or a layer that only leads to one subclass. */
        ABSTRACT,
        /** Perhaps: it is not abstract, and other classes extend it. */
        EXTENDED,
        /** Yes: no class that was read extends it. */
        LEAF
    }

    public ObjectDeclaration {
        Objects.requireNonNull(extent);
        Objects.requireNonNull(vm);
        levels = List.copyOf(levels);
        creations = List.copyOf(creations);
        lockers = List.copyOf(lockers);
        statics = List.copyOf(statics);
        Objects.requireNonNull(staticCode);
        elementBytes = Map.copyOf(elementBytes);
        Objects.requireNonNull(otherModes);
    }

    /** {@return all fields in the order of the declaration, those of superclasses first} */
    public Stream<ObjectMember> members() {
        return levels.stream().flatMap(level -> level.members().stream());
    }

    /** {@return the static field of that name} */
    public Optional<StaticField> staticField(String name) {
        return statics.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** {@return the field of that path} */
    public Optional<ObjectMember> member(String path) {
        return members().filter(member -> member.path().equals(path)).findFirst();
    }

    /** {@return a copy with the sizes of objects that loops make and keep in arrays} */
    public ObjectDeclaration withElementBytes(Map<String, Long> sizes) {
        return new ObjectDeclaration(levels, extent, vm, creations, lockers, statics, staticCode, sizes, otherModes);
    }
}
